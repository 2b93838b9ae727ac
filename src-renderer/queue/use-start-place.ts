import { useEffect, useEffectEvent, useRef } from 'react';
import type { Status } from '#shared/contract';
import { call } from '../bridge.ts';
import { go, hasRoute } from '../workspace/index.ts';
import { startPlace } from './start-place.ts';

/**
 * Goes to where the day begins when the address names no place. Before the first sync is through nothing is known of
 * what waits, so it is decided again behind it, unless the person has gone or opened something by then.
 */
export function useStartPlace(status: Status): void {
  const begun = useRef<string | null>(null);
  const isThrough = status.sync.lastSyncedAt !== null;
  const decide = useEffectEvent(async (): Promise<void> => {
    const counts = await call('queues.counts', {});
    if (hasRoute() && window.location.hash !== begun.current) return;
    go(startPlace(status, counts), null);
    begun.current = window.location.hash;
  });
  useEffect(() => {
    // Without an answer the window stays where it is, with drafts.
    void decide().catch(() => undefined);
  }, [isThrough]);
}
