import { isTextBlock, type ListBlock } from '#shared/article';
import { formatInside, type Context } from './html-context.ts';
import type { Draft, Page, Walk } from './html-draft.ts';
import { attribute, isElement, styleOf, type HtmlElement } from './html-tree.ts';
import { inlineText, listItem } from './piece.ts';

/** A list, and after it what stood inside but cannot stand in a list. */
export function listPieces(
  element: HtmlElement,
  page: Page,
  context: Context,
  walk: Walk,
): Draft[] {
  const hoisted: Draft[] = [];
  const list = listOf(element, page, context, hoisted, walk);
  if (list.children.length === 0) return hoisted;
  const text = list.children.map((item) => inlineText(item.children)).join('\n');
  return [{ block: list, text, hints: context.hints, outside: context.outside }, ...hoisted];
}

function listOf(
  element: HtmlElement,
  page: Page,
  context: Context,
  hoisted: Draft[],
  walk: Walk,
): ListBlock {
  const items: ListBlock['children'] = [];
  for (const child of element.childNodes) {
    // Google Docs puts a nested list beside the items, not inside one.
    const bare = isElement(child) && (child.tagName === 'ul' || child.tagName === 'ol');
    const nodes = isElement(child) && child.tagName === 'li' ? child.childNodes : [child];
    const itemContext: Context = isElement(child)
      ? {
          ...context,
          type: 'paragraph',
          format: styleOf(child, 'font-weight')
            ? formatInside(child, context) & ~1
            : context.format,
        }
      : { ...context, type: 'paragraph' };
    const drafts = bare
      ? listPieces(child, page, itemContext, walk)
      : walk(nodes, page, itemContext);
    const words: ListBlock['children'][number]['children'] = [];
    const nested: ListBlock[] = [];
    for (const { block, ...rest } of drafts) {
      if (rest.leftOut || rest.picture || !block) hoisted.push({ block, ...rest });
      else if (block.type === 'list') nested.push(block);
      else if (isTextBlock(block))
        words.push(
          ...(words.length > 0 ? [{ type: 'linebreak' as const }] : []),
          ...block.children,
        );
      else hoisted.push({ block, ...rest });
    }
    if (words.length > 0) items.push(listItem(words, page.newId()));
    for (const inner of nested) items.push(listItem([inner], page.newId()));
  }
  const start = Number.parseInt(attribute(element, 'start'), 10);
  return {
    type: 'list',
    $: { id: page.newId() },
    listType: element.tagName === 'ol' ? 'number' : 'bullet',
    ...(start > 1 && start <= 99_999 && element.tagName === 'ol' && { start }),
    children: items,
  };
}
