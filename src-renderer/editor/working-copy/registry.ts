import type { Id } from '#shared/article';
import type { Bridge } from '#shared/contract';
import { createWorkingCopy, type WorkingCopyStore } from './working-copy.ts';

interface Entry {
  store: Promise<WorkingCopyStore>;
  users: number;
  stopListening: () => void;
}

const open = new WeakMap<Bridge, Map<Id, Entry>>();

/**
 * Opens an article, or takes up the copy that is still open: one that could not save its last words stays alive until
 * they are stored, and whoever comes back to the article finds them there.
 */
export function acquireWorkingCopy(
  bridge: Bridge,
  id: Id,
): { store: Promise<WorkingCopyStore>; release: () => void } {
  const entries = open.get(bridge) ?? new Map<Id, Entry>();
  open.set(bridge, entries);
  const entry = entries.get(id) ?? start(bridge, id);
  entries.set(id, entry);
  entry.users += 1;
  // One that could not be opened is not handed out again: whoever asks next tries anew.
  entry.store.catch(() => {
    if (entries.get(id) === entry) entries.delete(id);
    entry.stopListening();
  });

  const drop = (): void => {
    if (entry.users > 0 || entries.get(id) !== entry) return;
    entries.delete(id);
    entry.stopListening();
  };
  const leave = async (): Promise<void> => {
    const store = await entry.store.catch(() => null);
    if (!store) {
      drop();
      return;
    }
    // A failed flush goes on by itself; each change of the saving state may be the one that ends it.
    const stop = store.saving.subscribe(() => {
      if (entry.users > 0) stop();
      else if (!store.unsaved()) {
        stop();
        drop();
      }
    });
    await store.copy
      .get()
      .flush()
      .then(
        () => {
          stop();
          drop();
        },
        () => undefined,
      );
  };
  let held = true;
  return {
    store: entry.store,
    release: () => {
      if (!held) return;
      held = false;
      entry.users -= 1;
      if (entry.users === 0) void leave();
    },
  };
}

function start(bridge: Bridge, id: Id): Entry {
  const store = bridge
    .call('article.open', { article: id })
    .then((opened) => createWorkingCopy(opened, bridge));
  const heard = (use: (copy: WorkingCopyStore) => void): void => {
    store.then(use, () => undefined);
  };
  const stopEvent = bridge.on('article', ({ article, working }) => {
    if (article !== id) return;
    heard((copy) =>
      working
        ? copy.foreignEdit()
        : void copy.copy
            .get()
            .refresh()
            .catch(() => undefined),
    );
  });
  const leaving = (event: BeforeUnloadEvent): void => {
    heard((copy) => {
      void copy.copy
        .get()
        .flush()
        .catch(() => undefined);
    });
    if (current?.failing()) event.preventDefault();
  };
  const hidden = (): void => {
    if (document.visibilityState === 'hidden')
      heard(
        (copy) =>
          void copy.copy
            .get()
            .flush()
            .catch(() => undefined),
      );
  };
  let current: WorkingCopyStore | null = null;
  heard((copy) => {
    current = copy;
  });
  window.addEventListener('beforeunload', leaving);
  document.addEventListener('visibilitychange', hidden);
  return {
    store,
    users: 0,
    stopListening: () => {
      stopEvent();
      window.removeEventListener('beforeunload', leaving);
      document.removeEventListener('visibilitychange', hidden);
      current?.stop();
    },
  };
}
