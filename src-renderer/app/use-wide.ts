import { useSyncExternalStore } from 'react';

const WIDE = window.matchMedia('(min-width: 1200px)');

function subscribe(listener: () => void): () => void {
  WIDE.addEventListener('change', listener);
  return () => WIDE.removeEventListener('change', listener);
}

/** Whether the window has room for the list and the inspector at once. */
export function useWide(): boolean {
  return useSyncExternalStore(subscribe, () => WIDE.matches);
}
