import type { Clock, Instant } from '#shared/article';
import type { Status } from '#shared/contract';

/** How syncing stands; what it counts (waiting, editing, parked, pictures) is read from the store. */
export type Standing = Omit<Status['sync'], 'waiting' | 'editing' | 'parked' | 'pictures'>;

export interface StandingKeeper {
  read(): Standing;
  /** Changes what is named; `since` moves when the state does. Tells `changed` when anything differs. */
  update(changes: Partial<Omit<Standing, 'since'>>): void;
}

export function keepStanding(
  clock: Clock,
  first: Pick<Standing, 'state' | 'lastSyncedAt' | 'message'>,
  changed: () => void,
): StandingKeeper {
  const now = (): Instant => new Date(clock()).toISOString();
  let standing: Standing = { ...first, since: now(), progress: null };
  return {
    read: () => standing,
    update(changes) {
      const next = { ...standing, ...changes };
      if (next.state !== standing.state) next.since = now();
      const differs = JSON.stringify(next) !== JSON.stringify(standing);
      standing = next;
      if (differs) changed();
    },
  };
}
