import type { Status } from '#shared/contract';
import type { Store } from '../store/index.ts';
import type { SyncEngine, Timers } from '../sync/index.ts';
import type { Session } from './session.ts';

export interface StatusKeeper {
  read(): Status;
  /** Something may have changed: tells it, if so, within a tenth of a second. */
  touch(): void;
  close(): void;
}

interface StatusParts {
  store: Store;
  session: Session;
  engine: SyncEngine;
  profile: string;
  timers: Timers;
  /** When the last edit reached the disk, and why edits cannot be written now. */
  saved: () => Status['saved'];
}

const DELAY_MS = 100;

/** What the status bar tells, worked out from what is, never kept beside it. */
export function keepStatus(parts: StatusParts, emit: (status: Status) => void): StatusKeeper {
  const { store, session, engine, profile, timers, saved } = parts;
  let last = '';
  let cancel: (() => void) | null = null;

  const read = (): Status => {
    const owner = session.owner();
    return {
      stage: owner ? 'ready' : 'setup',
      newsroom: session.newsroom(),
      serverUrl: owner?.url ?? null,
      sample: session.sample(),
      person: session.person(),
      profile,
      saved: saved(),
      sync: {
        ...engine.standing(),
        ...store.outbox.counts(),
        editing: store.working.dirtyArticles().length,
        pictures: store.assets.counts(),
      },
      store: { readOnly: store.readOnly, notices: [...store.notices] },
    };
  };
  const touch = (): void => {
    cancel ??= timers.after(DELAY_MS, () => {
      cancel = null;
      const status = read();
      const text = JSON.stringify(status);
      if (text === last) return;
      last = text;
      emit(status);
    });
  };
  return {
    read,
    touch,
    close: () => cancel?.(),
  };
}
