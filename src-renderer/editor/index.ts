export { ArticleEditor } from './article-editor.tsx';
export { Inlines, PlainBlockView } from './cards/plain-block-view.tsx';
export { compareTexts, type Stretch } from './conflicts/changes.ts';
export { EDITOR_COMMANDS } from './editor-commands.ts';
export { inPageOrder, isBelow } from './fields/page-order.ts';
export type {
  Anchor,
  ArticleEditorHandle,
  ArticleEditorProps,
  Highlight,
  SavingState,
  Stats,
  WorkingCopy,
} from './types.ts';
export {
  useBody,
  useSavingState,
  useStats,
  useWorkingCopy,
  WorkingCopyProvider,
} from './working-copy/provider.tsx';
export { directionChoices, languageChoices, urgencyChoices, withOwn } from './fields/choices.ts';
