import type {
  Block,
  Conflict,
  Decision,
  FieldName,
  Fields,
  Instant,
  LocalId,
} from '#shared/article';
import type { CommentThread, ImportProposal, OpenArticle } from '#shared/contract';

/** Whether what was typed is on this computer's disk. `failing` edits are kept and tried again. */
export type SavingState =
  | { state: 'saved'; at: Instant | null }
  | { state: 'saving'; at: Instant | null }
  | { state: 'failing'; at: Instant | null; message: string };

/** What another hand changed: blocks that are new or different, and the order the body has now. */
export interface ForeignChange {
  changed: Block[];
  order: LocalId[];
}

/** Counts of the body as it stands now; notes, which never print, are left out. */
export interface Stats {
  words: number;
  minutes: number;
}

/**
 * The open article and the only owner of its unsaved edits. The object keeps its identity; what
 * `useWorkingCopy` gives is renewed when `article`, `fields` or `conflicts` change, never for a key in the body.
 */
export interface WorkingCopy {
  /** As the core gave it last: record, offers, profile, revision. Its fields and body may be older than ours. */
  article: OpenArticle;
  /** With the edits that are not saved yet. */
  fields: Fields;
  /** Field and unplaced conflicts that are still to be settled. */
  conflicts: Conflict[];
  setField: <N extends FieldName>(name: N, value: Fields[N]) => void;
  /** Works a field out from what stands in it now: for what ends later than it began, or happens twice before a render. */
  changeField: <N extends FieldName>(name: N, change: (now: Fields[N]) => Fields[N]) => void;
  /** Settles a field or unplaced conflict: by now the wanted value or blocks stand in the article. */
  settle: (conflict: LocalId) => void;
  /** Puts back a conflict that was settled: for undo. */
  reopen: (conflict: Conflict) => void;
  /** The blocks as they stand now, unsaved edits included. */
  readBody: () => Block[];
  /** Resolves when nothing is left to send, or rejects with the sentence that says why it cannot be saved. */
  flush: () => Promise<void>;
  /** Reads record, offers and revision again, for example after a transition. */
  refresh: () => Promise<void>;
}

export type Anchor = NonNullable<CommentThread['anchor']>;

/** A comment thread to be drawn in the text. */
export interface Highlight {
  thread: string;
  anchor: Anchor;
  active: boolean;
}

export interface ArticleEditorProps {
  highlights?: readonly Highlight[];
  /** A click into the words of a thread. */
  onThread?: (thread: string) => void;
  /** A click on a suggestion. */
  onSuggestion?: (suggestion: LocalId) => void;
  /** The anchor that a comment on the selected words would have; null when nothing in the body is selected. */
  onSelectionAnchor?: (anchor: Anchor | null) => void;
  /** A threads' words are gone from the text (true) or back (false); the thread itself stays. */
  onOrphans?: (threads: readonly string[]) => void;
  /** A whole page was pasted into an empty article: show what was recognised before anything is taken in. */
  onImportProposal?: (proposal: ImportProposal) => void;
  /** "Add" under Related articles: search stands in the inspector. */
  onAddRelated?: () => void;
  /** "Comment" in the toolbar and its shortcut; left out, the button is not shown. */
  onComment?: (anchor: Anchor) => void;
  /** Section names the newsroom has. */
  sections?: readonly string[];
  spellCheck?: boolean;
  /** The browser's spelling language and the direction come from the article's own fields. */
  ref?: React.Ref<ArticleEditorHandle>;
}

export interface ArticleEditorHandle {
  /** Puts the cursor into a field, or into the body. */
  focusField: (name: FieldName | 'body') => void;
  /** Gives the focus to the text: to the cursor's place in the body, or to the page of an article that is only read. */
  enter: () => void;
  /** Shows a block and puts the cursor into it. */
  showBlock: (block: LocalId) => void;
  /** Goes to a conflict, by id or from where the cursor is. False when there is none. */
  showConflict: (which: 'next' | 'previous' | { id: LocalId }) => boolean;
  /** Shows the words of an anchor. False when they are no longer there. */
  showAnchor: (anchor: Anchor) => boolean;
  /** Shows a suggestion and puts the cursor into it. */
  showSuggestion: (suggestion: LocalId) => void;
  /** Accepts or rejects a suggestion. */
  settleSuggestion: (suggestion: LocalId, decision: Decision) => void;
  /** Runs one of EDITOR_COMMANDS where the cursor is. */
  run: (command: string) => void;
}
