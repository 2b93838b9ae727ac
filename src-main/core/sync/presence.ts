import { PRESENCE_EVERY_MS, type Place, type Present } from '#shared/api';
import type { SyncContext } from './context.ts';
import type { Remote } from './remote.ts';

/** Who is in which paragraph: told while there is a line to the server, and never waited for. */
export interface Presence {
  /** Where the person at this computer is now; null for nowhere. */
  move(place: Place | null): void;
  /** What the server says of the others. */
  heard(here: readonly Present[]): void;
  others(): readonly Present[];
  /** There is a line to the server: it is told at once, and again from time to time. */
  connected(remote: Pick<Remote, 'present'>, cancel: AbortSignal): void;
  /** The line is gone, and with it all that was known of the others. */
  lost(): void;
}

export function createPresence({ timers, events }: SyncContext): Presence {
  let place: Place | null = null;
  let line: { remote: Pick<Remote, 'present'>; cancel: AbortSignal } | null = null;
  let others: readonly Present[] = [];
  let stopRepeating: (() => void) | null = null;

  const tell = (): void => {
    stopRepeating?.();
    stopRepeating = null;
    if (!line || line.cancel.aborted) return;
    if (place) stopRepeating = timers.after(PRESENCE_EVERY_MS, tell);
    // Advice only: whoever cannot be told is not told.
    line.remote.present(place, line.cancel).catch(() => undefined);
  };
  const heard = (here: readonly Present[]): void => {
    others = here;
    events.present(here);
  };
  return {
    move(next) {
      if (JSON.stringify(next) === JSON.stringify(place)) return;
      place = next;
      tell();
    },
    heard,
    others: () => others,
    connected(remote, cancel) {
      line = { remote, cancel };
      if (others.length > 0) heard([]);
      if (place) tell();
    },
    lost() {
      line = null;
      stopRepeating?.();
      if (others.length > 0) heard([]);
    },
  };
}
