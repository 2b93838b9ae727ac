import { useEffect, useState } from 'react';
import type { NameSuggestion } from '#shared/contract';
import { useBridge } from '../working-copy/provider.tsx';

const PAUSE_MS = 80;

/** People, desks and services that what is typed may mean. An answer that comes after the next key is dropped. */
export function useNameSuggestions(text: string, open: boolean): NameSuggestion[] {
  const bridge = useBridge();
  const [found, setFound] = useState<{ text: string; list: NameSuggestion[] }>({
    text: '',
    list: [],
  });
  const wanted = open ? text.trim() : '';
  useEffect(() => {
    if (wanted === '') return;
    let current = true;
    const timer = setTimeout(() => {
      bridge.call('names.suggest', { text: wanted }).then(
        (answer) => {
          if (current) setFound({ text: wanted, list: answer.found });
        },
        // Without suggestions the name can still be typed.
        () => undefined,
      );
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [bridge, wanted]);
  return wanted !== '' && wanted.startsWith(found.text) ? found.list : [];
}
