import { useEffect } from 'react';
import { useCall } from '../queries.ts';

/** Lays the person's theme and text size over the page. */
export function useAppearance(): void {
  const { data } = useCall('settings.get', {});
  useEffect(() => {
    const root = document.documentElement;
    if (!data || data.theme === 'system') delete root.dataset.theme;
    else root.dataset.theme = data.theme;
    root.style.setProperty('--text-scale', String((data?.textSize ?? 100) / 100));
  }, [data]);
}
