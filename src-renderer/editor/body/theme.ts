import type { EditorThemeClasses } from 'lexical';

/** The classes that editor.css dresses. */
export const BODY_THEME: EditorThemeClasses = {
  paragraph: 'stet-p',
  heading: { h2: 'stet-h2', h3: 'stet-h3' },
  quote: 'stet-quote',
  pullquote: 'stet-pullquote',
  note: 'stet-note',
  link: 'stet-link',
  list: {
    ul: 'stet-list',
    ol: 'stet-list',
    listitem: 'stet-item',
    nested: { listitem: 'stet-item-nested' },
  },
  table: 'stet-table',
  tableScrollableWrapper: 'stet-table-scroll',
  tableCell: 'stet-cell',
  tableCellHeader: 'stet-cell-header',
  tableCellSelected: 'stet-cell-selected',
  tableSelection: 'stet-table-selection',
  text: {
    bold: 'stet-bold',
    italic: 'stet-italic',
    underline: 'stet-underline',
    strikethrough: 'stet-strike',
    underlineStrikethrough: 'stet-underline-strike',
    subscript: 'stet-sub',
    superscript: 'stet-sup',
  },
};
