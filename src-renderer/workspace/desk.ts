import type { Id } from '#shared/article';
import type { ArticleEditorHandle, WorkingCopy } from '../editor/index.ts';

/** The editing column as commands reach it: what to run in it, and the owner of its unsaved edits. */
export interface Desk {
  editor: ArticleEditorHandle | null;
  copy: WorkingCopy | null;
  /** An article that was just begun: its headline takes the cursor as soon as it is on the screen. */
  begun: Id | null;
  /** An article that is opened to be read or written at once: its text takes the focus as soon as it is on the screen. */
  entered: Id | null;
}

/** Filled while an article is open. No part of what is drawn depends on it. */
export const desk: Desk = { editor: null, copy: null, begun: null, entered: null };
