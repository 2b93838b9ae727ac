import {
  isTextBlock,
  type Block,
  type Inline,
  type ListBlock,
  type ListItem,
  type TextBlock,
} from '#shared/article';
import type { Body } from './bodies.ts';
import { same } from './choose.ts';
import { idOf } from './ids.ts';
import { matchTokens } from './matching.ts';
import { isSpace, isWord, textOf, tokensOf } from './tokens.ts';
import { isLookalike } from './wordings.ts';

/**
 * Paragraphs of which one side made a list, or a list of which it made paragraphs, have not changed a word. Where the other
 * side changed those words, what was made of them is carried over first: to the base, and to the other side, so that each
 * item is compared with the paragraph that it was. Where it is not all there to be turned, or something else stands in the
 * midst of it, nothing is carried.
 */

/** A line of a list whose words stand there and not in a deeper list. */
type Line = ListItem & { children: Inline[] };

/** What one side turned: the list, and the texts that say the same, one for a line. */
export interface Turned {
  list: ListBlock;
  lines: readonly Line[];
  texts: readonly TextBlock[];
  /** Which of the two stands in the base. */
  was: 'list' | 'texts';
}

/** The lines of a list at every level; null where one is of words and lists together. */
function linesOf(list: ListBlock): Line[] | null {
  const lines: Line[] = [];
  for (const item of list.children) {
    const [only, more] = item.children;
    if (only?.type === 'list' && !more) {
      const deeper = linesOf(only);
      if (!deeper) return null;
      lines.push(...deeper);
    } else if (item.children.every((child) => child.type !== 'list')) lines.push(item as Line);
    else return null;
  }
  return lines;
}

const wordsOf = (node: { children: readonly Inline[] }): ReturnType<typeof tokensOf> =>
  tokensOf(node.children).filter((token) => !isSpace(token));

/** Whether most words of the one are those of the other, and it does not just tell of another figure in them. */
function isOfIt(x: { children: Inline[] }, y: { children: Inline[] }): boolean {
  const [ofX, ofY] = [wordsOf(x).filter(isWord), wordsOf(y).filter(isWord)];
  if (isLookalike(ofX.map(textOf), ofY.map(textOf))) return false;
  const kept = matchTokens(ofX, ofY).filter((place) => place !== null).length;
  return kept * 2 > Math.max(ofX.length, ofY.length);
}

/** As many texts as there are lines, one behind the other from `start`, most of which say what the lines say. */
function textsAt(body: Body, start: number, lines: readonly Line[]): TextBlock[] | null {
  const texts = body.slice(start, start + lines.length).filter(isTextBlock);
  if (start < 0 || lines.length === 0 || texts.length !== lines.length) return null;
  const said = texts.filter((text, index) => lines[index] && isOfIt(lines[index], text));
  return said.length * 2 > texts.length ? texts : null;
}

export const isPlain = ({ $ }: TextBlock): boolean => Object.keys($).every((name) => name === 'id');

/** The lists that stand in `listed` and are texts in `texted`. */
export function turned(listed: Body, texted: Body, was: Turned['was']): Turned[] {
  const [inListed, inTexted] = [listed, texted].map(
    (body) => new Map(body.map((b) => [idOf(b), b])),
  );
  return listed.flatMap((list): Turned[] => {
    const [lines, there] = [list.type === 'list' ? linesOf(list) : null, inTexted?.get(idOf(list))];
    if (list.type !== 'list' || !lines || (there && !isTextBlock(there))) return [];
    const isGone = (block: Block): boolean =>
      idOf(block) === idOf(list) || !inListed?.has(idOf(block));
    const start = there
      ? texted.indexOf(there)
      : texted.findIndex((block, at) => isGone(block) && textsAt(texted, at, lines) !== null);
    const texts = textsAt(texted, start, lines);
    return texts?.every((text) => isGone(text) && isPlain(text))
      ? [{ list, lines, texts, was }]
      : [];
  });
}

function kindOf(block: TextBlock): object {
  const { $: _state, children: _words, direction: _side, ...kind } = block;
  return kind;
}

/** The same words as the other has them, where they are the same, so that nothing seems changed. */
function childrenLike(from: { children: Inline[] }, like: { children: Inline[] }): Inline[] {
  const keys = (node: { children: Inline[] }): string[] => wordsOf(node).map(({ key }) => key);
  return same(keys(from), keys(like)) ? like.children : from.children;
}

/** The list with other items for its lines, one or none or several for each, its levels as they are. */
function withLines(list: ListBlock, itemsFor: (line: ListItem) => readonly ListItem[]): ListBlock {
  const children = list.children.flatMap((item): ListItem[] => {
    const [only, more] = item.children;
    if (only?.type !== 'list' || more) return [...itemsFor(item)];
    const deeper = withLines(only, itemsFor);
    return deeper.children.length > 0 ? [{ ...item, children: [deeper] }] : [];
  });
  return { ...list, children };
}

/** A body with the texts of `turning` as the list that was made of them; null where they are not there as they were. */
function asList(body: Body, { list, lines, texts }: Turned, base: Body): Body | null {
  const known = new Set(base.map(idOf));
  const at = (block: Block): number => texts.findIndex((text) => idOf(text) === idOf(block));
  const places = body.flatMap((block, index) => (at(block) >= 0 ? [index] : []));
  const [start, end] = [places[0], places.at(-1)];
  if (start === undefined || end === undefined) return null;
  const stretch = body.slice(start, end + 1);
  const follows = new Map<string, ListItem[]>();
  let [before, last] = ['', -1];
  for (const block of stretch) {
    const place = at(block);
    // Who put them into another order has to see both orders.
    if (place >= 0 && place < last) return null;
    last = Math.max(last, place);
    const [text, line] = [texts[place], lines[place]];
    if (!isTextBlock(block) || !isPlain(block)) return null;
    const isNew = place < 0 && block.type === 'paragraph' && !known.has(idOf(block));
    if (!isNew && !(text && same(kindOf(text), kindOf(block)))) return null;
    const direction =
      text && same(text.direction, block.direction) ? line?.direction : block.direction;
    const item: ListItem = {
      ...line,
      type: 'listitem',
      $: line?.$ ?? block.$,
      ...(direction && { direction }),
      children: line ? childrenLike(block, line) : block.children,
    };
    if (line) before = idOf(line);
    follows.set(before, [...(follows.get(before) ?? []), item]);
  }
  const made = withLines(list, (line) => follows.get(idOf(line)) ?? []);
  return [...body.slice(0, start), made, ...body.slice(end + 1)];
}

/** A body with the list of `turning` as the texts that were made of it; null where it is none any more. */
function asTexts(body: Body, { list, lines, texts }: Turned): Body | null {
  const there = body.find((block) => idOf(block) === idOf(list));
  const now = there?.type === 'list' ? linesOf(there) : null;
  if (!there || !now || now.length === 0) return null;
  const made = now.map((line): Block => {
    const place = lines.findIndex((each) => idOf(each) === idOf(line));
    const [was, text] = [lines[place], texts[place]];
    if (!was || !text) {
      const { direction } = line;
      return {
        type: 'paragraph',
        $: { id: idOf(line) },
        ...(direction && { direction }),
        children: line.children,
      };
    }
    const { direction: _side, ...frame } = text;
    const direction = same(was.direction, line.direction) ? text.direction : line.direction;
    return { ...frame, ...(direction && { direction }), children: childrenLike(line, text) };
  });
  return body.flatMap((block) => (block === there ? made : [block]));
}

/** Both made the same of it: the names that the one gave are taken for the other's too. */
function withNamesOf(body: Body, own: Turned, kept: Turned): Body {
  const names = new Map<string, string>([[idOf(own.list), idOf(kept.list)]]);
  own.lines.forEach((line, index) => names.set(idOf(line), idOf(kept.lines[index] ?? line)));
  own.texts.forEach((text, index) => names.set(idOf(text), idOf(kept.texts[index] ?? text)));
  const named = <T extends { $: { id: string } }>(node: T): T => ({
    ...node,
    $: { ...node.$, id: names.get(idOf(node)) ?? idOf(node) },
  });
  return body.map((block) =>
    block.type === 'list' && idOf(block) === idOf(own.list)
      ? named(withLines(block, (line) => [named(line)]))
      : named(block),
  );
}

const namesIn = ({ list, lines, texts }: Turned): string =>
  [list, ...lines, ...texts].map(idOf).join();

function isOfTheSame(x: Turned, y: Turned): boolean {
  const from = ({ was, list, texts }: Turned): string[] =>
    was === 'list' ? [idOf(list)] : texts.map(idOf);
  return x.was === y.was && same(from(x), from(y));
}

/** Whether what one side turned stands in the other as it stood before. */
function isLeft({ was, list, texts }: Turned, other: Body): boolean {
  if (was === 'list') return other.some((block) => same(block, list));
  const ids = new Set(texts.map(idOf));
  const places = other.flatMap((block, index) => (ids.has(idOf(block)) ? [index] : []));
  return same(other.slice(places[0], (places.at(-1) ?? -1) + 1), texts);
}

function turnedBy(base: Body, side: Body): Turned[] {
  return [...turned(side, base, 'texts'), ...turned(base, side, 'list')];
}

/** The three bodies with what one side turned into a list, or into texts, turned in all of them. */
export function carryLists(base: Body, a: Body, b: Body): [base: Body, a: Body, b: Body] {
  const [byA, byB] = [turnedBy(base, a), turnedBy(base, b)];
  let now: [Body, Body, Body] = [base, a, b];
  const turn = (body: Body, what: Turned): Body | null =>
    what.was === 'texts' ? asList(body, what, base) : asTexts(body, what);
  const both = byA.flatMap((own) => {
    const theirs = byB.find((other) => isOfTheSame(own, other));
    return theirs ? [{ own, theirs }] : [];
  });
  for (const { own, theirs } of both) {
    const kept = namesIn(theirs) < namesIn(own) ? theirs : own;
    const [newBase, newA, newB] = now;
    const made = turn(newBase, kept);
    if (made) now = [made, withNamesOf(newA, own, kept), withNamesOf(newB, theirs, kept)];
  }
  const done = new Set(both.flatMap(({ own, theirs }) => [own, theirs]));
  // What one side turned may reach into what the other did: whichever is named first, the same of the two is carried.
  const alone = [...byA, ...byB]
    .filter((own) => !done.has(own))
    .sort((x, y) => (namesIn(x) < namesIn(y) ? -1 : 1));
  for (const own of alone) {
    const isOfA = byA.includes(own);
    if (isLeft(own, isOfA ? b : a)) continue;
    const [newBase, newA, newB] = now;
    const [made, other] = [turn(newBase, own), turn(isOfA ? newB : newA, own)];
    if (made && other) now = isOfA ? [made, newA, other] : [made, other, newB];
  }
  return now;
}
