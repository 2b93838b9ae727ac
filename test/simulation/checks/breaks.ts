import { canonicalJson, type Block, type Content, type Id } from '#shared/article';
import { everythingIn, isTextBlock, passagesOf } from '../acts/text.ts';
import { marksIn } from '../world/words.ts';
import { same } from './merge-rules.ts';
import { isReorderedText } from './reordered.ts';
import { sentencesOf } from './sentences.ts';
import type { Revisions } from './server-disk.ts';

/** Breaks of paragraphs, told from words by the marked word that every sentence carries. */

export function textsOf(block: Block): string[] {
  const standing = block.type === 'conflict' ? block.versions : [block];
  return standing.flatMap((one) => (one && isTextBlock(one) ? passagesOf(one) : []));
}

/** With a space behind each sentence, also where somebody left none. */
export const spaced = (text: string): string =>
  ` ${text
    .replaceAll(/\.(?=\S)/g, '. ')
    .split(/\s+/)
    .filter(Boolean)
    .join(' ')} `;

/** Whether a passage stands in a text from end to end, wherever paragraphs begin there. */
export function isStretch(passage: string, { body }: Pick<Content, 'body'>): boolean {
  return spaced(body.flatMap(textsOf).join(' ')).includes(spaced(passage));
}

/** Whether a passage is of one text: a stretch of it, or two of its paragraphs again in one, from which it was cut. */
function isOf(passage: string, side: Pick<Content, 'body'>): boolean {
  if (isStretch(passage, side)) return true;
  const texts = side.body.flatMap(textsOf);
  return texts.some((first, at) =>
    texts.slice(at + 1).some((second) => spaced(`${first} ${second}`) === spaced(passage)),
  );
}

/** The blocks between which a side moved the end of a paragraph: a sentence that stood in one stands in another. */
export function brokenBlocks(base: readonly Block[], side: readonly Block[]): Set<Id> {
  const homes = (body: readonly Block[]): Map<string, Id> =>
    new Map(
      body
        .filter(isTextBlock)
        .flatMap((block) => [...marksIn(passagesOf(block))].map((mark) => [mark, block.$.id])),
    );
  const now = homes(side);
  return new Set(
    [...homes(base)].flatMap(([mark, was]) => {
      const is = now.get(mark);
      return is === undefined || is === was ? [] : [was, is];
    }),
  );
}

/**
 * The blocks between which a side may have moved the end of a paragraph: one that it changed with new ones behind it, or
 * one that is gone with what stands before it changed; and those that may be one, cut and pasted. A sentence that lost its
 * marked word where it was cut, or joined, has only its other words to tell that, and few sentences have words that no
 * other has.
 */
function perhapsBroken(base: readonly Block[], side: readonly Block[]): Set<Id> {
  const inBase = new Map(base.map((block) => [block.$.id, block]));
  const inSide = new Map(side.map((block) => [block.$.id, block]));
  const isChanged = (was: Block, is: Block): boolean =>
    isTextBlock(was) && isTextBlock(is) && !same(was, is);
  const cut = side.flatMap((first, at) => {
    const was = inBase.get(first.$.id);
    if (!was || !isChanged(was, first)) return [];
    const behind = side.slice(at + 1);
    const next = behind.findIndex(({ $ }) => inBase.has($.id));
    const fresh = (next < 0 ? behind : behind.slice(0, next)).filter(isTextBlock);
    return fresh.length > 0 ? [first, ...fresh].map(({ $ }) => $.id) : [];
  });
  let before: Block | undefined;
  const joined = base.flatMap((was) => {
    const is = inSide.get(was.$.id);
    if (is) before = was;
    const first = before && inSide.get(before.$.id);
    const isGone = !is && isTextBlock(was);
    return isGone && before && first && isChanged(before, first) ? [before.$.id, was.$.id] : [];
  });
  const pasted = base.flatMap((was) =>
    inSide.has(was.$.id)
      ? []
      : side.flatMap((is) =>
          mayBe(was, is) && !inBase.has(is.$.id) && areAlike(was, is) ? [was.$.id, is.$.id] : [],
        ),
  );
  return new Set([...cut, ...joined, ...pasted]);
}

export const mayBe = (was: Block, is: Block): boolean =>
  isTextBlock(was) ? isTextBlock(is) : was.type === 'image' && is.type === 'image';

/** Whether most words of the one stand in the other, or both are the same picture, whatever is said below it. */
export function areAlike(was: Block, is: Block): boolean {
  if (was.type === 'image' && is.type === 'image') return was.asset === is.asset;
  const [before, after] = [was, is].map((block) => textsOf(block).join(' '));
  return isMostlyIn(before!, after!);
}

function isMostlyIn(was: string, is: string): boolean {
  const [before, after] = [was, is].map((text) => text.split(/\s+/));
  return before!.filter((word) => after!.includes(word)).length * 2 > before!.length;
}

export interface Merging {
  base: readonly Block[];
  left: readonly Block[];
  right: readonly Block[];
  merged: readonly Block[];
}

/**
 * Whether a merge asks about a new block of one side, for it is one that the other took out, cut or pasted, and written on:
 * it stands there letter by letter, with what it was, a text or part of one that is gone, and nothing beside it.
 */
function isAskedFor(id: Id, { base, left, right, merged }: Merging): boolean {
  const now = merged.find(({ $ }) => $.id === id);
  const [is, more] = [...left, ...right].filter(({ $ }) => $.id === id);
  if (now?.type !== 'conflict' || !is || more) return false;
  const asks = now.versions.length === 2 && now.versions.includes(null);
  // What one side has contested against nothing, for it met another's removal of it, may be gone by that.
  const isGone = ({ $ }: Block): boolean =>
    [...left, ...right].every(
      (each) => each.$.id !== $.id || (each.type === 'conflict' && each.versions.includes(null)),
    );
  const isWhole = base.some(
    (was) => isGone(was) && same({ ...was, $: { ...was.$, id } }, now.base) && areAlike(was, is),
  );
  return (
    asks &&
    (isWhole || isPartOf(now.base, is, { base, left, right, merged })) &&
    now.versions.some((version) => same(version, is))
  );
}

/** Whether `part` is one of a text of the base, of which nothing stands on either side but what was written on. */
function isPartOf(part: Block | null, is: Block, { base, left, right }: Merging): boolean {
  const [words = ''] = part && isTextBlock(part) ? textsOf(part) : [];
  return (
    part !== null &&
    words.trim() !== '' &&
    (areAlike(part, is) || areAlike(is, part)) &&
    base.some((was) => isTextBlock(was) && isStretch(words, { body: [was] })) &&
    // What was cut may go on behind it.
    ![[is], ...[left, right].map((body) => body.filter((block) => block !== is))].some((body) =>
      isStretch(words, { body }),
    )
  );
}

/**
 * The new names of what was cut and pasted, where the merge can only have gone by them: what the other side changed
 * stands there no more under its old name, or what both pasted stands there once. It was moved, then, and not by its name.
 */
export function pastedNames({ base, left, right, merged }: Merging): Map<Id, Id> {
  const [inBase, inLeft, inRight, inMerged] = [base, left, right, merged].map(
    (body) => new Map(body.map((block) => [block.$.id, block])),
  );
  const names = new Map<Id, Id>();
  for (const was of base.filter((block) => !inMerged!.has(block.$.id))) {
    const [ofLeft, ofRight] = [inLeft!, inRight!].map((side, index) => {
      const other = index === 0 ? inRight! : inLeft!;
      const [is, more] = [...side.values()].filter(
        (block) =>
          !inBase!.has(block.$.id) &&
          !other.has(block.$.id) &&
          mayBe(was, block) &&
          areAlike(was, block),
      );
      return side.has(was.$.id) || more ? undefined : is;
    });
    const there = inLeft!.get(was.$.id) ?? inRight!.get(was.$.id);
    const pasted = [ofLeft, ofRight].flatMap((block) => (block ? [block.$.id] : []));
    const [name, more] = pasted.filter((id) => inMerged!.has(id));
    const isOne = there ? !same(there, was) : pasted.length === 2;
    if (name !== undefined && more === undefined && isOne)
      for (const id of [was.$.id, ...pasted]) if (id !== name) names.set(id, name);
  }
  return names;
}

/** Whether each stretch of a block looks as words of one of the sides do: what one suggests or sets in bold, the other may cut. */
function looksAsGiven(now: Block, given: readonly Block[]): boolean {
  const stretches = (block: Block): { text: string; look: string }[] =>
    isTextBlock(block)
      ? block.children.flatMap((node) => {
          if (node.type !== 'text') return [];
          const { text, ...look } = node;
          return [{ text: text.trim(), look: canonicalJson(look) }];
        })
      : [];
  const there = given.flatMap(stretches);
  return (
    isTextBlock(now) &&
    stretches(now).every(({ text, look }) =>
      there.some((each) => each.look === look && each.text.includes(text)),
    )
  );
}

/** Whether the versions of a block are shown beside a part of what it was, of which the rest was cut off. */
function isShownInPart(was: Block | undefined, now: Block): boolean {
  return (
    now.type === 'conflict' &&
    now.base !== null &&
    was !== undefined &&
    same({ ...now.base, children: [] }, { ...was, children: [] }) &&
    textsOf(now.base).every((part) => isStretch(part, { body: [was] }))
  );
}

/** Whether a block may be otherwise than its sides have it because a break was carried: then their words stand, elsewhere. */
export function isCarried(id: Id, { base, left, right, merged }: Merging): boolean {
  if (![left, right].some((side) => perhapsBroken(base, side).has(id))) return false;
  if (isAskedFor(id, { base, left, right, merged })) return true;
  const [was, now, ...sides] = [base, merged, left, right].map((body) =>
    body.find(({ $ }) => $.id === id),
  );
  const changedTo = sides.flatMap((is) => (is && !same(is, was) ? [is] : []));
  const changed = changedTo.map(textsOf);
  // The half of a text goes along where the other side made that another kind.
  const isOfAnotherKind =
    now?.type !== 'conflict' && changedTo.some(({ type }) => type !== now?.type);
  const isElsewhere =
    !now ||
    isOfAnotherKind ||
    changed.some((texts) => !same(texts, textsOf(now))) ||
    isShownInPart(was, now) ||
    looksAsGiven(now, [...left, ...right]);
  const standsIn = (text: string, body: readonly Block[]): boolean =>
    isStretch(text, { body: [...body] });
  // Old words that one side took out may be gone, wherever the other had put them.
  const isTakenOut = (text: string): boolean =>
    standsIn(text, base) && [left, right].some((side) => !standsIn(text, side));
  // Where a text was joined with one that is gone, it may go on under the name of the second.
  if (changed.length === 0 && now)
    return (
      textsOf(now).every((text) => [left, right].some((side) => standsIn(text, side))) &&
      (was ? textsOf(was) : []).flatMap(sentencesOf).every(isTakenOut)
    );
  return (
    isElsewhere &&
    changed.length > 0 &&
    changed
      .flat()
      .flatMap(sentencesOf)
      .every((words) => standsIn(words, merged) || isTakenOut(words))
  );
}

/** What a merge shows in its body: of a contested block its versions. */
const shownIn = ({ body }: Pick<Content, 'body'>): string[] =>
  body.flatMap((block) =>
    (block.type === 'conflict' ? block.versions : [block]).flatMap(passagesOf),
  );

/**
 * A passage of a merge that is no side’s: neither whole, nor a stretch of the text of one, but for sentences moved since.
 * The first of the sides is what the others came from.
 */
export function madeUp(merge: Content, sides: readonly Content[]): string | null {
  const whole = new Set(sides.flatMap(everythingIn));
  const unlike = shownIn(merge).filter(
    // An empty cell, as a column of one side puts it into a row of the other, says nothing.
    (passage) =>
      passage !== '' && !whole.has(passage) && !sides.some((side) => isOf(passage, side)),
  );
  if (unlike.length === 0) return null;
  const moved = new Set([...movedSentences(sides), ...movedInRow(merge, sides)]);
  const bodies = sides.map(({ body }) => body);
  const strange = unlike.filter((passage) => !isReorderedText(passage, bodies, moved));
  const rest = (text: string): string =>
    spaced(
      sentencesOf(text)
        .filter((sentence) => !moved.has(sentence))
        .join(' '),
    );
  const texts = sides.map(({ body }) => rest(body.flatMap(textsOf).join(' ')));
  return strange.find((passage) => !texts.some((text) => text.includes(rest(passage)))) ?? null;
}

/** The sentences that stand in one text here and in another there, and what stands in their old place in other words. */
function movedSentences(sides: readonly Content[]): Set<string> {
  const homes = new Map<string, Set<Id>>();
  for (const block of sides.flatMap(({ body }) => body))
    for (const sentence of textsOf(block).flatMap(sentencesOf))
      homes.set(sentence, (homes.get(sentence) ?? new Set()).add(block.$.id));
  const moved = new Set([...homes].flatMap(([sentence, ids]) => (ids.size > 1 ? [sentence] : [])));
  const [base, ...later] = sides;
  const reworded = later.flatMap((side) => rewordedIn(side, base!, moved));
  return new Set([...moved, ...reworded]);
}

/**
 * The sentences that a merge has in another text than before, for a side put them between two others that stood
 * together; where that had joined these with what stood there before, no name of a text tells of it.
 */
function movedInRow(merge: Content, [base, ...later]: readonly Content[]): string[] {
  const homesIn = ({ body }: Content): Map<string, Id> =>
    new Map(
      body.flatMap((block) =>
        textsOf(block)
          .flatMap(sentencesOf)
          .map((sentence) => [sentence, block.$.id]),
      ),
    );
  const [was, is] = [base!, merge].map(homesIn);
  return later.flatMap((side) => {
    const now = homesIn(side);
    const [before, after] = [
      [...was!.keys()].filter((each) => now.has(each)),
      [...now.keys()].filter((each) => was!.has(each)),
    ];
    return before.filter((each) => {
      const place = after.indexOf(each);
      const [ahead, behind] = [after[place - 1], after[place + 1]];
      const isBetween = ahead !== undefined && before[before.indexOf(ahead) + 1] === behind;
      return isBetween && behind !== undefined && is!.has(each) && is!.get(each) !== was!.get(each);
    });
  });
}

/** What a side has in the place of sentences that are gone there: new in the text in which one stood, in most of its words. */
function rewordedIn(side: Content, base: Content, gone: ReadonlySet<string>): string[] {
  const [before, now] = [base, side].map(
    ({ body }) => new Set(body.flatMap(textsOf).flatMap(sentencesOf)),
  );
  return base.body.flatMap((was) => {
    const is = side.body.find(({ $ }) => $.id === was.$.id);
    const fresh = (is ? textsOf(is).flatMap(sentencesOf) : []).filter((each) => !before!.has(each));
    const sought = textsOf(was).flatMap(sentencesOf);
    const left = sought.filter((each) => gone.has(each) && !now!.has(each));
    return fresh.filter((each) => left.some((sentence) => isMostlyIn(sentence, each)));
  });
}

/**
 * Whether a passage came to be where a merge took a break of one side over to the words of the other; or to what both came
 * from, which is then shown beside their versions. A cut, or a join, in a window that showed an older text is carried over
 * to the words of now before anything is sealed.
 */
export function madeByBreak(disk: Revisions, article: Id, passage: string): boolean {
  const own = [...disk.revisions.values()].filter((revision) => revision.article === article);
  return own.some((merge) => {
    const [parent, second] = merge.parents.flatMap((hash) => disk.revisions.get(hash) ?? []);
    if (!second)
      return (
        parent !== undefined && isStretch(passage, parent) && everythingIn(merge).includes(passage)
      );
    // What its body shows, {@link madeUp} asks its sides for.
    if (shownIn(merge).includes(passage)) return true;
    const isShown = everythingIn(withoutBases(merge)).includes(passage);
    if (!isShown && !everythingIn(merge).includes(passage)) return false;
    const from = isShown ? merge.parents.flatMap((hash) => disk.revisions.get(hash) ?? []) : own;
    return from.some((text) => isOf(passage, text));
  });
}

function withoutBases({ fields, body, conflicts }: Content): Content {
  const shown = body.map((block) => (block.type === 'conflict' ? { ...block, base: null } : block));
  return { fields, body: shown, conflicts };
}
