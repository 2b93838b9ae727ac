import type { ListBlock } from '#shared/article';
import type { Draft, WordListLine } from './html-draft.ts';
import {
  attribute,
  findAll,
  isElement,
  textOf,
  type HtmlElement,
  type HtmlNode,
} from './html-tree.ts';
import { inlineText, listItem, type NewId } from './piece.ts';

const IGNORE = /mso-list\s*:\s*ignore/i;

function takeMarker(element: HtmlElement): string {
  const [marker] = findAll(element, (found) => IGNORE.test(attribute(found, 'style')));
  if (!marker) return '';
  const text = textOf(marker);
  const parent = marker.parentNode;
  if (parent) parent.childNodes = parent.childNodes.filter((child: HtmlNode) => child !== marker);
  return text;
}

/** The list line that a paragraph from Word stands for, its marker taken out; null for any other element. */
export function wordListLine(element: HtmlElement): Omit<WordListLine, 'children'> | null {
  if (!/^(p|div|h[1-6])$/.test(element.tagName) || !element.childNodes.some(isElement)) return null;
  const style = /mso-list\s*:\s*l\d+\s+level(\d+)/i.exec(attribute(element, 'style'));
  if (!style) return null;
  const marker = takeMarker(element);
  const numbered = /^\(?([0-9]+|[a-z]{1,4}|[A-Z]{1,4})[.)]/.test(marker);
  // An "o" without a point is Word's second bullet, set in Courier.
  return { level: Math.min(9, Number(style[1])), listType: numbered ? 'number' : 'bullet' };
}

function nest(lines: readonly WordListLine[], newId: NewId): ListBlock {
  const [first] = lines;
  const level = Math.min(...lines.map((line) => line.level));
  const children: ListBlock['children'] = [];
  let deeper: WordListLine[] = [];
  const close = (): void => {
    if (deeper.length > 0) children.push(listItem([nest(deeper, newId)], newId()));
    deeper = [];
  };
  for (const line of lines) {
    if (line.level > level) deeper.push(line);
    else {
      close();
      if (line.children.length > 0) children.push(listItem(line.children, newId()));
    }
  }
  close();
  const type = lines.find((line) => line.level === level)?.listType ?? first?.listType ?? 'bullet';
  return { type: 'list', listType: type, $: { id: newId() }, children };
}

/** Joins neighbouring list lines into lists. */
export function foldWordLists(drafts: readonly Draft[], newId: NewId): Draft[] {
  const folded: Draft[] = [];
  let lines: WordListLine[] = [];
  let last: Draft | null = null;
  const close = (): void => {
    if (last && lines.length > 0) {
      const block = nest(lines, newId);
      const text = lines.map(({ children }) => inlineText(children)).join('\n');
      const { hints, outside } = last;
      if (block.children.length > 0)
        folded.push({ block, text, hints, ...(outside !== undefined && { outside }) });
    }
    lines = [];
  };
  for (const draft of drafts) {
    if (draft.wordList) {
      lines.push(draft.wordList);
      last = draft;
    } else {
      close();
      folded.push(draft);
    }
  }
  close();
  return folded;
}
