import { isDeepStrictEqual } from 'node:util';
import {
  blockText,
  Fields,
  isTextBlock,
  type Block,
  type Content,
  type ListBlock,
  type LocalId,
  type PlainBlock,
  type TableBlock,
  type TextBlock,
} from '#shared/article';
import { suggestMerge } from '#shared/merge';
import type { Passage } from '../import/index.ts';
import { pairTexts, squashed } from './pairing.ts';

/** The words of a post: its text passage by passage. */
export interface PostWords {
  title: string;
  excerpt: string;
  passages: readonly Passage[];
}

interface Reading {
  /** What Stet had put there, as it reads there, and what somebody made of it. */
  before: PostWords;
  after: PostWords;
  /** What the newsroom calls the CMS. */
  channel: string;
  newId: () => LocalId;
}

/**
 * The content that Stet published, with the edit that somebody made in a CMS: what they left alone stays as Stet has it,
 * for the page shows only part of that. What has no place in the article (another byline, a picture from elsewhere) is
 * told in a note, which never prints.
 */
export function withTheirEdit(published: Content, reading: Reading): Content {
  const [fields, notes] = editedFields(published.fields, reading);
  return { ...published, fields, body: [...notes, ...editedBody(published.body, reading)] };
}

function noteOf({ newId }: Reading, text: string): Block {
  return { type: 'note', $: { id: newId() }, children: [{ type: 'text', text }] };
}

function editedFields(fields: Fields, reading: Reading): [Fields, Block[]] {
  const { before, after, channel } = reading;
  const edited = { ...fields };
  const notes: Block[] = [];
  for (const [field, part, name] of [
    ['headline', 'title', 'headline'],
    ['standfirst', 'excerpt', 'standfirst'],
  ] as const) {
    const words = squashed(after[part]);
    if (words === squashed(before[part])) continue;
    const value = Fields.shape[field].safeParse(words);
    // What was cut to fit there, or is too long here, cannot take the place of the whole.
    if (value.success && squashed(before[part]) === squashed(fields[field]))
      edited[field] = value.data;
    else notes.push(noteOf(reading, `On ${channel} the ${name} now reads: ${words}`));
  }
  return [edited, notes];
}

function editedBody(body: readonly Block[], reading: Reading): Block[] {
  const { before, after, channel } = reading;
  const textsOf = (passages: readonly Passage[]): string[] => passages.map(({ text }) => text);
  const shown = pairTexts(body.map(blockText), textsOf(before.passages));
  const kept = pairTexts(textsOf(before.passages), textsOf(after.passages), { oneForOne: true });
  const edited = after.passages.flatMap((passage, index): Block[] => {
    const from = kept.get(index) ?? -1;
    const was = before.passages[from];
    const block = body[shown.get(from) ?? -1];
    if (was && saysTheSame(was, passage)) return block ? [block] : [];
    if (block && was) return editedBlock(block, was, passage, reading);
    // Around the body stands what fields say, the byline first.
    if (was) return [noteOf(reading, `On ${channel} this now reads: ${passage.text}`)];
    return [passage.block ?? leftOut(passage, reading)];
  });
  return withUnseen(body, new Set(shown.values()), edited);
}

/** Nothing of a page that has an id of Stet’s own comes from the page, so ids are not compared. */
function withoutIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutIds);
  if (typeof value !== 'object' || value === null) return value;
  const rest = Object.entries(value).filter(([name]) => name !== '$');
  return Object.fromEntries(rest.map(([name, member]) => [name, withoutIds(member)]));
}

function saysTheSame(x: Passage, y: Passage): boolean {
  return (
    squashed(x.text) === squashed(y.text) &&
    isDeepStrictEqual(withoutIds(x.block), withoutIds(y.block))
  );
}

function leftOut({ label, text }: Passage, reading: Reading): Block {
  return noteOf(reading, `On ${reading.channel} stands here (${label}): ${text}`);
}

function editedBlock(ours: Block, was: Passage, now: Passage, reading: Reading): Block[] {
  if (!now.block || !was.block || ours.type === 'conflict') return [ours, leftOut(now, reading)];
  if (!isTextBlock(ours) || !isTextBlock(was.block) || !isTextBlock(now.block))
    return [withIdsOf(ours, now.block)];
  const isOfOneKind = was.block.type === now.block.type;
  const frame = isOfOneKind ? ours : { ...now.block, $: ours.$ };
  return [{ ...frame, children: editedWords(ours, was.block, now.block) }];
}

/** Their words; where the page showed ours otherwise than we have them, only what they changed of it. */
function editedWords(ours: TextBlock, was: TextBlock, now: TextBlock): TextBlock['children'] {
  if (isDeepStrictEqual(withoutIds(ours.children), withoutIds(was.children))) return now.children;
  const asParagraph = ({ children }: TextBlock): PlainBlock => ({
    type: 'paragraph',
    $: { id: ours.$.id },
    children,
  });
  const joined = suggestMerge(asParagraph(was), asParagraph(ours), asParagraph(now));
  return joined?.type === 'paragraph' ? joined.children : now.children;
}

/** A block of theirs under the ids that its parts have here, so that each item and row is merged by itself. */
function withIdsOf(ours: PlainBlock, theirs: PlainBlock): PlainBlock {
  if (ours.type === 'list' && theirs.type === 'list') return listLike(ours, theirs);
  if (ours.type === 'table' && theirs.type === 'table')
    return {
      ...theirs,
      $: ours.$,
      children: paired(ours.children, theirs.children, rowText).map(([mine, row]) =>
        mine ? { ...row, $: mine.$ } : row,
      ),
    };
  return { ...theirs, $: ours.$ };
}

function listLike(ours: ListBlock, theirs: ListBlock): ListBlock {
  const items = paired(ours.children, theirs.children, itemText).map(([mine, item]) => {
    if (!mine) return item;
    const nested = mine.children.find((child) => child.type === 'list');
    const children = item.children.map((child) =>
      child.type === 'list' && nested?.type === 'list' ? listLike(nested, child) : child,
    );
    return { ...item, $: mine.$, children };
  });
  return { ...theirs, $: ours.$, children: items };
}

/** Each of theirs with the one of ours that it is. */
function paired<T>(
  ours: readonly T[],
  theirs: readonly T[],
  textOf: (part: T) => string,
): [T | undefined, T][] {
  const origins = pairTexts(ours.map(textOf), theirs.map(textOf), { oneForOne: true });
  return theirs.map((part, index) => [ours[origins.get(index) ?? -1], part]);
}

function itemText({ children }: ListBlock['children'][number]): string {
  const words = children.filter((child) => child.type !== 'list');
  return blockText({ type: 'paragraph', $: { id: 'item' }, children: words });
}

function rowText(row: TableBlock['children'][number]): string {
  return blockText({ type: 'table', $: { id: 'table' }, children: [row] });
}

/** Puts what the page never showed (notes, pictures, whatever was not found there) behind what it follows here. */
function withUnseen(
  body: readonly Block[],
  seen: ReadonlySet<number>,
  edited: readonly Block[],
): Block[] {
  const standing = new Set(edited.map(({ $ }) => $.id));
  const behind = new Map<LocalId | null, Block[]>();
  let last: LocalId | null = null;
  body.forEach((block, index) => {
    if (!seen.has(index)) behind.set(last, [...(behind.get(last) ?? []), block]);
    else if (standing.has(block.$.id)) last = block.$.id;
  });
  const following = (id: LocalId | null): Block[] => behind.get(id) ?? [];
  return [...following(null), ...edited.flatMap((block) => [block, ...following(block.$.id)])];
}
