import { isDeepStrictEqual } from 'node:util';
import {
  blockText,
  isTextBlock,
  type Block,
  type Content,
  type FieldName,
  type Hash,
} from '#shared/article';
import type { ConflictOrigins } from '#shared/contract';
import { piecesOf } from '#shared/merge';
import type { Store } from '../store/index.ts';
import { writerOf } from './names.ts';

/** Members that hold words. */
const WORDED: ReadonlySet<string> = new Set(
  'text caption credit alt title name teaser affiliation role note'.split(' '),
);

/** A value that can be contested: blocks by their ids, several where a merge joined or cut them, or a field. */
type Place = { blocks: readonly string[] } | { field: FieldName };

/** Texts that follow one another, as one. */
function together(blocks: readonly Block[]): unknown {
  const [only, more] = blocks;
  return more ? blocks.filter(isTextBlock).flatMap(({ children }) => children) : (only ?? null);
}

/** What stands in a place: one value, or all that stand side by side. Null is a removed block. */
function standingAt(content: Content, place: Place): unknown[] {
  if ('blocks' in place) {
    const found = content.body.filter(({ $ }) => place.blocks.includes($.id));
    const [block, more] = found;
    return block?.type === 'conflict' && !more ? block.versions : [together(found)];
  }
  const contested = content.conflicts.find(
    (conflict) => conflict.kind === 'field' && conflict.field === place.field,
  );
  return contested?.kind === 'field' ? contested.versions : [content.fields[place.field]];
}

function isList(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'list';
}

interface Candidate {
  value: unknown;
  place: Place;
}

/**
 * What in one side of a merge a version can have been made of: what stands in its place, and, since a merge carries breaks
 * over, a text there together with its neighbour, or any text or list where the block is only the other side's.
 */
function sourcesIn(content: Content, place: Place, version: unknown): Candidate[] {
  const own = standingAt(content, place).map((value) => ({ value, place }));
  if (!('blocks' in place) || !(isTextBlock(version) || isList(version))) return own;
  const isHere = ({ $ }: Block): boolean => place.blocks.includes($.id);
  const anywhere = !content.body.some(isHere);
  const windows = content.body.flatMap((block, at): Block[][] => {
    const after = content.body[at + 1];
    if (block.type === 'list' && anywhere) return [[block]];
    if (!isTextBlock(block)) return [];
    return isTextBlock(after) ? [[block], [block, after]] : [[block]];
  });
  return [
    ...own,
    ...windows
      .filter((window) => anywhere || window.some(isHere))
      .map((window) => ({
        value: together(window),
        place: { blocks: window.map(({ $ }) => $.id) },
      })),
  ];
}

/** The id of an item or a row: the same word in two of them is not the same. */
function partOf(value: object): string | null {
  const { type, $ } = value as { type?: unknown; $?: { id?: unknown } };
  return type === 'listitem' || type === 'tablerow' ? String($?.id) : null;
}

interface Said {
  part: string;
  says: string;
  isWord: boolean;
}

/** Every word of a value, and every property that is not words: the kind of a block, the address of a picture. */
function saidIn(value: unknown, name = '', part = ''): Said[] {
  if (typeof value === 'object' && value !== null) {
    const inside = partOf(value) ?? part;
    return Object.entries(value).flatMap(([member, one]) =>
      saidIn(one, Array.isArray(value) ? name : member, inside),
    );
  }
  if (typeof value === 'string' && WORDED.has(name))
    return piecesOf(value)
      .filter((piece) => piece.trim() !== '')
      .map((says) => ({ part, says, isWord: true }));
  return [{ part, says: `${name}=${String(value)}`, isWord: false }];
}

/** How much one says and the other does not. Where only one of them has items, they share no more than words. */
function distance(x: unknown, y: unknown): number {
  if (x === null || y === null) return x === y ? 0 : Infinity;
  const sides = [saidIn(x), saidIn(y)];
  const [ofX, ofY] = sides.map((side) => side.some(({ part }) => part !== ''));
  const left = new Map<string, number>();
  sides.forEach((side, index) => {
    for (const { part, says, isWord } of side) {
      if (ofX !== ofY && !isWord) continue;
      const key = ofX === ofY ? `${part} ${says}` : says;
      left.set(key, (left.get(key) ?? 0) + (index === 0 ? 1 : -1));
    }
  });
  return [...left.values()].reduce((sum, count) => sum + Math.abs(count), 0);
}

/**
 * How much nearer a value is to one version than to any other. The versions of a list or a table agree in all that was
 * not contested, whoever wrote that: what tells their authors apart is only where they differ.
 */
function nearness(value: unknown, version: unknown, others: readonly unknown[]): number {
  const far = distance(value, version);
  if (far === Infinity) return -Infinity;
  return Math.min(...others.map((other) => distance(value, other)), Number.MAX_SAFE_INTEGER) - far;
}

const SENTENCE_END = /(?<=[.!?…؟۔。])\s+/u;

/**
 * How many sentences of a text a side has, wherever they stand there. A merge moves whole sentences out of a text and into
 * it, as the other side did; all others are those of who wrote the version.
 */
function sentencesIn(content: Content, version: unknown): number {
  if (!isTextBlock(version)) return 0;
  const texts = content.body.map(blockText).join('\n');
  return blockText(version)
    .split(SENTENCE_END)
    .filter((sentence) => sentence !== '' && texts.includes(sentence)).length;
}

/** Whether texts differ in no word: then their words do not tell who made which of them. */
function sayTheSame(version: unknown, others: readonly unknown[]): boolean {
  return (
    others.length > 0 &&
    isTextBlock(version) &&
    others.every((other) => isTextBlock(other) && blockText(other) === blockText(version))
  );
}

/**
 * The revision in which a version was written: the earliest, along parents, that holds it. A merge may have put a
 * version together (a list that takes over what was not contested); then the search goes on from the side it is most like.
 */
function writtenIn(
  store: Store,
  start: Hash,
  from: Place,
  version: unknown,
  others: readonly unknown[],
): Hash | null {
  let wanted = version;
  let place = from;
  let at = start;
  const isOfWords = !sayTheSame(version, others);
  const holds = (hash: Hash): boolean => {
    const content = store.revisions.open(hash);
    return (
      content !== null &&
      standingAt(content, place).some((value) => isDeepStrictEqual(value, wanted))
    );
  };
  if (!holds(start)) return null;
  for (;;) {
    const parents = store.revisions.parents(at);
    const holder = parents.find(holds);
    if (holder !== undefined) {
      at = holder;
      continue;
    }
    if (parents.length < 2) return at;
    const [likest] = parents
      .flatMap((hash) => {
        const content = store.revisions.open(hash);
        if (!content) return [];
        const sentences = isOfWords ? sentencesIn(content, wanted) : 0;
        return sourcesIn(content, place, wanted).map((one) => ({ ...one, hash, sentences }));
      })
      .map((one) => ({
        ...one,
        near: nearness(one.value, wanted, others),
        far: distance(one.value, wanted),
      }))
      .sort((x, y) => y.sentences - x.sentences || y.near - x.near || x.far - y.far);
    if (!likest) return at;
    at = likest.hash;
    wanted = likest.value;
    place = likest.place;
  }
}

/** Who wrote the versions that stand in an article's conflicts, and when, as the revisions tell. */
export function originsOf(store: Store, content: Content, base: Hash | null): ConflictOrigins[] {
  const origin = (
    place: Place,
    version: unknown,
    all: readonly unknown[],
  ): ConflictOrigins['versions'][number] => {
    const others = all.filter((one) => one !== version);
    try {
      const hash = base === null ? null : writtenIn(store, base, place, version, others);
      const envelope = hash === null ? null : store.revisions.envelope(hash);
      return envelope && { by: writerOf({ store }, envelope), at: envelope.at };
    } catch {
      // An ancestor that only a newer Stet can read: the versions are all here, only their author is not known.
      return null;
    }
  };
  const ofBlocks = content.body.flatMap((block): ConflictOrigins[] => {
    if (block.type !== 'conflict') return [];
    const place = { blocks: [block.$.id] };
    const versions = block.versions.map((version) => origin(place, version, block.versions));
    return [{ conflict: block.$.id, versions }];
  });
  const ofFields = content.conflicts.flatMap((conflict): ConflictOrigins[] => {
    if (conflict.kind !== 'field') return [];
    const place = { field: conflict.field };
    return [
      {
        conflict: conflict.id,
        versions: conflict.versions.map((value) => origin(place, value, conflict.versions)),
      },
    ];
  });
  return [...ofBlocks, ...ofFields];
}
