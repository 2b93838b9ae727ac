import type { ListBlock, TextBlock } from '#shared/article';
import type { Body } from './bodies.ts';
import { same } from './choose.ts';
import { idOf } from './ids.ts';
import { asText } from './nested.ts';
import { idsIn, pastedIn, renamed } from './pasted.ts';

/**
 * An item of a list that is cut and pasted, into its list or another, comes back under a new id as any block does; and as
 * a block it goes by that on every side first, where the other side changed or moved it meanwhile.
 */

type Bodies = readonly [base: Body, side: Body, other: Body];

/** An item as the text that it is, and how deep it stands. */
interface Line {
  text: TextBlock;
  depth: number;
}

function linesOf(list: ListBlock, depth: number): Line[] {
  return list.children.flatMap((item): Line[] => {
    const deeper = item.children.filter((child) => child.type === 'list');
    if (deeper.length === 0) return [{ text: asText(item), depth }];
    return deeper.flatMap((child) => linesOf(child, depth + 1));
  });
}

const linesIn = (body: Body): Line[] =>
  body.flatMap((block) => (block.type === 'list' ? linesOf(block, 0) : []));

/** What a side cut and pasted, by the item of the base: nothing of which one of the two names stands where it should not. */
function pastedItems(
  lines: readonly [base: Line[], side: Line[], other: Line[]],
  bodies: Bodies,
): Map<string, string> {
  const texts = lines.map((each) => each.map(({ text }) => text)) as [
    TextBlock[],
    TextBlock[],
    TextBlock[],
  ];
  const pasted = pastedIn(...texts);
  if (pasted.size === 0) return new Map();
  const [inBase, inSide, inOther] = bodies.map((body) => new Set(body.flatMap(idsIn)));
  return new Map(
    [...pasted].flatMap(([was, now]) => {
      const [from, to] = [idOf(was), idOf(now)];
      const isTold = !inSide?.has(from) && !inBase?.has(to) && !inOther?.has(to);
      return isTold ? [[from, to]] : [];
    }),
  );
}

/** The three bodies with each item that was cut and pasted under one name, where that makes a difference. */
export function carryPastedItems(base: Body, a: Body, b: Body): [base: Body, a: Body, b: Body] {
  const [before, ofA, ofB] = [base, a, b].map(linesIn) as [Line[], Line[], Line[]];
  const byA = pastedItems([before, ofA, ofB], [base, a, b]);
  const byB = pastedItems([before, ofB, ofA], [base, b, a]);
  const isLeft = (line: Line, side: readonly Line[]): boolean =>
    side.some((each) => same(each, line));
  const names = new Map<string, string>();
  for (const line of before) {
    const id = idOf(line.text);
    const given = [byA.get(id) ?? [], byB.get(id) ?? []].flat().sort();
    const [name] = given;
    const isMoved = given.length > 1 || !isLeft(line, byA.has(id) ? ofB : ofA);
    if (name !== undefined && isMoved) for (const each of [id, ...given]) names.set(each, name);
  }
  const inOneName = (body: Body): Body =>
    body.map((block) =>
      idsIn(block).some((id) => names.has(id))
        ? renamed(block, (id) => names.get(id) ?? id)
        : block,
    );
  return names.size === 0 ? [base, a, b] : [inOneName(base), inOneName(a), inOneName(b)];
}
