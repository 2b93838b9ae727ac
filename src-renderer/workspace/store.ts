import { useSyncExternalStore } from 'react';
import type { CommentThread, ImportProposal, OpenArticle } from '#shared/contract';
import type { Transition } from '#shared/workflow';

export const TABS = ['review', 'checks', 'story', 'related', 'history'] as const;
export type Tab = (typeof TABS)[number];

export type OpenDialog =
  | { kind: 'palette' }
  | { kind: 'shortcuts' }
  | { kind: 'settings' }
  | { kind: 'password' }
  | { kind: 'server' }
  | { kind: 'vault' }
  | { kind: 'transition'; transition: Transition }
  | { kind: 'bin' };

export type Anchor = CommentThread['anchor'];

/** What only this window knows: which panels are open, what is selected. */
export interface WindowState {
  dialog: OpenDialog | null;
  tab: Tab;
  list: boolean;
  inspector: boolean;
  /** Which of the two a window too narrow for both shows. */
  side: 'list' | 'inspector';
  /** The words selected in the text, ready to be commented on. */
  selection: Anchor;
  /** Where a new comment is being written, if one is. */
  commenting: { anchor: Anchor } | null;
  activeThread: string | null;
  /** The suggestion that was pointed at in the text. */
  activeSuggestion: string | null;
  /** Threads whose words are no longer in the text. */
  orphans: readonly string[];
  /** The article in the editing column, as the core last gave it. */
  open: OpenArticle | null;
  /** What its row in a list shows while it is written: the core tells that when typing pauses. */
  written: { id: string; headline: string; words: number } | null;
  /** What taking in a text would give, waiting for the person's word. */
  proposal: ImportProposal | null;
  /** The empty article that the text was pasted into and that it would fill. */
  fills: string | null;
}

let state: WindowState = {
  dialog: null,
  tab: 'review',
  list: true,
  inspector: true,
  side: 'list',
  selection: null,
  commenting: null,
  activeThread: null,
  activeSuggestion: null,
  orphans: [],
  open: null,
  written: null,
  proposal: null,
  fills: null,
};

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function windowNow(): WindowState {
  return state;
}

export function setWindow(change: Partial<WindowState>): void {
  state = { ...state, ...change };
  for (const listener of [...listeners]) listener();
}

/** Reads a part of the window's state; renders again when that part changes. */
export function useWindow<T>(select: (state: WindowState) => T): T {
  return useSyncExternalStore(subscribe, () => select(state));
}

export function showDialog(dialog: OpenDialog): void {
  setWindow({ dialog });
}

export function closeDialog(): void {
  setWindow({ dialog: null });
}
