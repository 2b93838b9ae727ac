import type { Inline, ListBlock } from '#shared/article';
import { choose } from './choose.ts';
import { agreedText } from './words.ts';

/** What each side would show where it had its way in what is contested; the two agree in everything else. */
export type Sides<T> = readonly [forA: T, forB: T];

interface Marked {
  $: object;
}

/** Members of a node that mean nothing apart from each other, by the name of their part. */
const TOGETHER: Readonly<Record<string, string>> = {
  type: 'kind',
  tag: 'kind',
  '$.typeChanged': 'kind',
  asset: 'picture',
  mime: 'picture',
  width: 'picture',
  height: 'picture',
  focal: 'picture',
  url: 'address',
  provider: 'address',
};

type Parts = Map<string, Record<string, unknown>>;

function partsOf({ $, ...members }: Marked): Parts {
  const marks = Object.entries($).map(([name, value]): [string, unknown] => [`$.${name}`, value]);
  const parts: Parts = new Map();
  for (const [name, value] of [...Object.entries(members), ...marks]) {
    if (value === undefined) continue;
    const part = TOGETHER[name] ?? (name.startsWith('$.') ? 'marks' : name);
    parts.set(part, { ...parts.get(part), [name]: value });
  }
  return parts;
}

function assemble(parts: readonly (Record<string, unknown> | undefined)[]): unknown {
  const node: Record<string, unknown> = {};
  const $: Record<string, unknown> = {};
  for (const [name, value] of parts.flatMap((part) => Object.entries(part ?? {})))
    if (name.startsWith('$.')) $[name.slice(2)] = value;
    else node[name] = value;
  return { ...node, $ };
}

const isText = (children: unknown): children is readonly Inline[] =>
  Array.isArray(children) &&
  (children as readonly (Inline | ListBlock)[]).every((child) => child.type !== 'list');

/** The words of a part that two changed who have nothing to settle; null where they have, or where it is none of words. */
function agreed(
  parts: readonly (Record<string, unknown> | undefined)[],
): { children: Inline[] } | null {
  const [base, a, b] = parts.map((part) => part?.children);
  const children = isText(base) && isText(a) && isText(b) ? agreedText(base, a, b) : null;
  return children && { children };
}

/**
 * Merges a block, or a list item, part by part: what kind of block it is, its direction, its tracked breaks, and each of
 * its words' homes (text, caption, credit) by itself. One side's subhead takes the other side's text; the words of one
 * part are always those of one side, whole.
 */
export function mergeParts<T extends Marked>(base: T, a: T, b: T): Sides<T> {
  const [ofBase, ofA, ofB] = [partsOf(base), partsOf(a), partsOf(b)];
  const forA: (Record<string, unknown> | undefined)[] = [];
  const forB: (Record<string, unknown> | undefined)[] = [];
  for (const name of new Set([...ofBase.keys(), ...ofA.keys(), ...ofB.keys()])) {
    const three = [ofBase.get(name), ofA.get(name), ofB.get(name)] as const;
    const choice = choose(...three);
    const words = choice.settled ? choice.value : agreed(three);
    forA.push(words ?? three[1]);
    forB.push(words ?? three[2]);
  }
  return [assemble(forA) as T, assemble(forB) as T];
}
