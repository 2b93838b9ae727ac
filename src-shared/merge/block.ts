import { isTextBlock, type PlainBlock, type TableBlock } from '#shared/article';
import { choose, same } from './choose.ts';
import { mergeEntries } from './entries.ts';
import { idOf, withoutId } from './ids.ts';
import { mergeLists } from './list.ts';
import { mergeParts, type Sides } from './parts.ts';

/** Whether every row fills the same columns, cells that reach down from rows above counted in. */
function isRegular({ children }: TableBlock): boolean {
  const widths = new Set<number>();
  let reaching: number[] = [];
  for (const row of children) {
    const below = reaching.map((rows) => Math.max(0, rows - 1));
    let column = 0;
    const skipReached = (): void => {
      while ((reaching[column] ?? 0) > 0) column += 1;
    };
    for (const { colSpan = 1, rowSpan = 1 } of row.children) {
      skipReached();
      for (let end = column + colSpan; column < end; column += 1) below[column] = rowSpan - 1;
    }
    skipReached();
    widths.add(column);
    reaching = below;
  }
  return widths.size <= 1 && reaching.every((rows) => rows === 0);
}

function mergeTables(base: TableBlock, a: TableBlock, b: TableBlock): Sides<TableBlock> {
  const rows = mergeEntries(base.children, a.children, b.children, { idOf, withoutId });
  const frame = choose(base.$, a.$, b.$);
  if (!frame.settled) return [a, b];
  const forA = { ...a, $: frame.value, children: rows[0] };
  const forB = { ...b, $: frame.value, children: rows[1] };
  // A column added on one side and a row on the other would leave a ragged table that nobody made.
  return isRegular(forA) && isRegular(forB) ? [forA, forB] : [a, b];
}

/** Merges a block that both sides changed: what each side would show. Words are never mixed within a text. */
export function mergePlain(base: PlainBlock, a: PlainBlock, b: PlainBlock): Sides<PlainBlock> {
  if (base.type === 'list' && a.type === 'list' && b.type === 'list') return mergeLists(base, a, b);
  if (base.type === 'table' && a.type === 'table' && b.type === 'table')
    return mergeTables(base, a, b);
  if ([base, a, b].every(isTextBlock)) return mergeParts(base, a, b);
  // A caption speaks of one picture, a title of one address: neither goes under another.
  if (base.type === 'image' && a.type === 'image' && b.type === 'image')
    return a.asset === b.asset ? mergeParts(base, a, b) : [a, b];
  if (base.type === 'embed' && a.type === 'embed' && b.type === 'embed')
    return same(a.url, b.url) ? mergeParts(base, a, b) : [a, b];
  return [a, b];
}
