/** A command of the editing column, for menus, the palette and the list of shortcuts. */
export interface EditorCommand {
  id: string;
  label: string;
  /** Keys joined by `+`, in the order Mod, Alt, Shift; `Mod` is Command on a Mac and Control elsewhere. */
  keys: string;
}

/** Everything the toolbar and the keyboard do to the text: one table for menus, palette and shortcut list. */
export const EDITOR_COMMANDS = [
  { id: 'text.paragraph', label: 'Paragraph', keys: 'Mod+Alt+0' },
  { id: 'text.subhead', label: 'Subhead', keys: 'Mod+Alt+2' },
  { id: 'text.subhead-small', label: 'Smaller subhead', keys: 'Mod+Alt+3' },
  { id: 'text.quote', label: 'Quote', keys: 'Mod+Shift+9' },
  { id: 'text.pull-quote', label: 'Pull quote', keys: 'Mod+Alt+9' },
  { id: 'text.note', label: 'Note', keys: 'Mod+Alt+N' },
  { id: 'text.bullets', label: 'Bulleted list', keys: 'Mod+Shift+8' },
  { id: 'text.numbers', label: 'Numbered list', keys: 'Mod+Shift+7' },
  { id: 'text.bold', label: 'Bold', keys: 'Mod+B' },
  { id: 'text.italic', label: 'Italic', keys: 'Mod+I' },
  { id: 'text.strikethrough', label: 'Strikethrough', keys: 'Mod+Shift+X' },
  { id: 'text.superscript', label: 'Superscript', keys: 'Mod+.' },
  { id: 'text.subscript', label: 'Subscript', keys: 'Mod+,' },
  { id: 'text.link', label: 'Link', keys: 'Mod+Shift+K' },
  { id: 'insert.image', label: 'Image', keys: 'Mod+Alt+I' },
  { id: 'insert.embed', label: 'Embed', keys: 'Mod+Alt+E' },
  { id: 'insert.table', label: 'Table', keys: 'Mod+Alt+T' },
  { id: 'insert.divider', label: 'Divider', keys: 'Mod+Alt+-' },
  { id: 'text.comment', label: 'Comment on the selection', keys: 'Mod+Alt+M' },
  { id: 'text.move-up', label: 'Move up in the text', keys: 'Alt+Shift+ArrowUp' },
  { id: 'text.move-down', label: 'Move down in the text', keys: 'Alt+Shift+ArrowDown' },
  { id: 'suggestion.next', label: 'Next suggestion', keys: 'Mod+Alt+J' },
  { id: 'suggestion.accept', label: 'Accept the suggestion', keys: 'Mod+Alt+Y' },
  { id: 'suggestion.reject', label: 'Reject the suggestion', keys: 'Mod+Alt+X' },
  { id: 'edit.undo', label: 'Undo', keys: 'Mod+Z' },
  { id: 'edit.redo', label: 'Redo', keys: 'Mod+Shift+Z' },
  { id: 'edit.paste-plain', label: 'Paste as plain text', keys: 'Mod+Shift+V' },
] as const satisfies readonly EditorCommand[];

export type EditorCommandId = (typeof EDITOR_COMMANDS)[number]['id'];
