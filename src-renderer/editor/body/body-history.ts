import { createEmptyHistoryState, type HistoryState } from '@lexical/history';
import { createContext, use, useSyncExternalStore } from 'react';
import { watched, type Watched } from '../working-copy/watched.ts';

export interface Reach {
  undo: boolean;
  redo: boolean;
}

export interface BodyHistory {
  state: HistoryState;
  reach: Watched<Reach>;
  /** Reads again how far undo and redo reach. */
  look: () => void;
}

export function createBodyHistory(): BodyHistory {
  const state = createEmptyHistoryState();
  const reach = watched<Reach>({ undo: false, redo: false });
  return {
    state,
    reach,
    look: () => {
      const next = { undo: state.undoStack.length > 0, redo: state.redoStack.length > 0 };
      const now = reach.get();
      if (now.undo !== next.undo || now.redo !== next.redo) reach.set(next);
    },
  };
}

export const BodyHistoryContext = createContext<BodyHistory | null>(null);

export function useBodyHistory(): BodyHistory {
  const history = use(BodyHistoryContext);
  if (!history) throw new Error('This stands outside a BodyComposer.');
  return history;
}

/** Whether there is anything to undo or to do again. */
export function useReach(): Reach {
  const { reach } = useBodyHistory();
  return useSyncExternalStore(reach.subscribe, reach.get);
}
