import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing';
import {
  emptyFields,
  type Block,
  type Conflict,
  type Content,
  type Fields,
  type Hash,
  type Id,
} from '#shared/article';
import type { WorkingEdit } from '#shared/contract';
import { placementsOf, withConflicts, type Placement } from './content-edit.ts';
import type { Db } from './db.ts';
import { textJson } from './text-json.ts';

/** The content that the rows of a working copy hold. */
export function readRows(db: Db, article: Id, conflicts: string): Content {
  const fields = db
    .all<{ name: string; json: string }>(
      'SELECT name, json FROM working_field WHERE article = ?',
      article,
    )
    .map(({ name, json }) => [name, JSON.parse(json) as unknown] as const);
  const body = db
    .all<{ json: string }>(
      'SELECT json FROM working_block WHERE article = ? ORDER BY place',
      article,
    )
    .map(({ json }) => JSON.parse(json) as Block);
  return {
    fields: { ...emptyFields(), ...(Object.fromEntries(fields) as Partial<Fields>) },
    body,
    conflicts: JSON.parse(conflicts) as Conflict[],
  };
}

/** Writes a whole working copy in place of what stood there. */
export function writeRows(
  db: Db,
  article: Id,
  content: Content,
  { base, dirty, editedAt }: { base: Hash | null; dirty: boolean; editedAt: number },
): void {
  db.run('DELETE FROM working WHERE article = ?', article);
  db.run(
    'INSERT INTO working (article, base, conflicts, dirty, edited_at) VALUES (?, ?, ?, ?, ?)',
    article,
    base,
    JSON.stringify(content.conflicts),
    dirty ? 1 : 0,
    editedAt,
  );
  writeFields(db, article, content.fields);
  const body = uniqueBlocks(content.body);
  const places = generateNKeysBetween(null, null, body.length);
  body.forEach((block, at) => {
    insertBlock(db, article, block, places[at] ?? '');
  });
}

function writeFields(db: Db, article: Id, fields: WorkingEdit['fields']): void {
  for (const [name, value] of Object.entries(fields ?? {}))
    if (value !== undefined)
      db.run(
        'INSERT OR REPLACE INTO working_field (article, name, json) VALUES (?, ?, ?)',
        article,
        name,
        textJson(value),
      );
}

function insertBlock(db: Db, article: Id, block: Block, place: string): void {
  db.run(
    'INSERT INTO working_block (article, id, place, json) VALUES (?, ?, ?, ?)',
    article,
    block.$.id,
    place,
    textJson(block),
  );
}

/** Writes an edit: only the rows that it changes. */
export function changeRows(db: Db, edit: WorkingEdit): void {
  const { article } = edit;
  const exists = (id: string): boolean =>
    db.get('SELECT 1 FROM working_block WHERE article = ? AND id = ?', article, id) !== undefined;
  const last = (): string | null =>
    db.get<{ id: string }>(
      'SELECT id FROM working_block WHERE article = ? ORDER BY place DESC LIMIT 1',
      article,
    )?.id ?? null;

  writeFields(db, article, edit.fields);
  const removed = new Set(edit.removed ?? []);
  for (const id of removed)
    db.run('DELETE FROM working_block WHERE article = ? AND id = ?', article, id);
  const placements = placementsOf(edit, exists, last);
  const blocks = new Map((edit.blocks ?? []).map((block) => [block.$.id, block]));
  for (const [id, block] of blocks)
    db.run(
      'UPDATE working_block SET json = ? WHERE article = ? AND id = ?',
      textJson(block),
      article,
      id,
    );
  for (const { id, after } of appendChain(db, article, blocks, placements)) {
    const place = placeAfter(db, article, id, after);
    const moved = db.run(
      'UPDATE working_block SET place = ? WHERE article = ? AND id = ?',
      place,
      article,
      id,
    );
    const block = blocks.get(id);
    if (moved === 0 && block) insertBlock(db, article, block, place);
  }
  if (edit.settled?.length || edit.reopened?.length) changeConflicts(db, edit);
}

function changeConflicts(db: Db, edit: WorkingEdit): void {
  const { article } = edit;
  const row = db.get<{ conflicts: string }>(
    'SELECT conflicts FROM working WHERE article = ?',
    article,
  );
  const left = withConflicts(JSON.parse(row?.conflicts ?? '[]') as Conflict[], edit);
  db.run('UPDATE working SET conflicts = ? WHERE article = ?', JSON.stringify(left), article);
}

/**
 * Writes the blocks that an edit adds at the end, one behind the other, with keys that are worked out together: a long
 * text that is taken in has tens of thousands. Gives the placements that are left.
 */
function appendChain(
  db: Db,
  article: Id,
  blocks: ReadonlyMap<string, Block>,
  placements: readonly Placement[],
): readonly Placement[] {
  if (placements.length < 2) return placements;
  const last = db.get<{ id: string; place: string }>(
    'SELECT id, place FROM working_block WHERE article = ? ORDER BY place DESC LIMIT 1',
    article,
  );
  const known = new Set(
    db
      .all<{ id: string }>('SELECT id FROM working_block WHERE article = ?', article)
      .map(({ id }) => id),
  );
  let end = last?.id ?? null;
  let length = 0;
  for (const { id, after } of placements) {
    if (after !== end || known.has(id) || !blocks.has(id)) break;
    known.add(id);
    end = id;
    length += 1;
  }
  const places = generateNKeysBetween(last?.place ?? null, null, length);
  placements.slice(0, length).forEach(({ id }, at) => {
    const block = blocks.get(id);
    if (block) insertBlock(db, article, block, places[at] ?? '');
  });
  return placements.slice(length);
}

/** A sort key behind the block `after`: first when it is null, last when nobody knows it. */
function placeAfter(db: Db, article: Id, id: string, after: string | null): string {
  type Which =
    | 'AND id = ?'
    | 'AND place > ? ORDER BY place LIMIT 1'
    | 'ORDER BY place LIMIT 1'
    | 'ORDER BY place DESC LIMIT 1';
  const placeOf = (which: Which, ...values: string[]): string | null =>
    db.get<{ place: string }>(
      `SELECT place FROM working_block WHERE article = ? AND id <> ? ${which}`,
      article,
      id,
      ...values,
    )?.place ?? null;
  const end = (): string => generateKeyBetween(placeOf('ORDER BY place DESC LIMIT 1'), null);
  if (after === null) return generateKeyBetween(null, placeOf('ORDER BY place LIMIT 1'));
  const before = placeOf('AND id = ?', after);
  if (before === null) return end();
  return generateKeyBetween(before, placeOf('AND place > ? ORDER BY place LIMIT 1', before));
}

/** Blocks with an id each: a second one of the same id gets another, so that both stay. */
export function uniqueBlocks(body: readonly Block[]): Block[] {
  const seen = new Set<string>();
  return body.map((block) => {
    let { id } = block.$;
    for (let copy = 2; seen.has(id); copy += 1) id = `${block.$.id.slice(0, 34)}-${copy}`;
    seen.add(id);
    return id === block.$.id ? block : { ...block, $: { ...block.$, id } };
  });
}
