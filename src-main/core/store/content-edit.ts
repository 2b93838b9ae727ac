import { emptyFields, type Block, type Conflict, type Content, type Fields } from '#shared/article';
import type { WorkingEdit } from '#shared/contract';

/** Where a block goes: behind `after` (null: first). */
export interface Placement {
  id: string;
  after: string | null;
}

/**
 * The placements of an edit, with one more for each new block that has none (it goes to the end) and without those of
 * blocks nobody knows: an edit that arrives out of step loses no text.
 */
export function placementsOf(
  edit: WorkingEdit,
  exists: (id: string) => boolean,
  last: () => string | null,
): Placement[] {
  const sent = new Set((edit.blocks ?? []).map((block) => block.$.id));
  const removed = new Set(edit.removed ?? []);
  const placed = (edit.placed ?? []).filter(
    ({ id }) => !removed.has(id) && (sent.has(id) || exists(id)),
  );
  const known = new Set(placed.map(({ id }) => id));
  let end = last();
  const appended: Placement[] = [];
  for (const id of sent) {
    if (removed.has(id) || known.has(id) || exists(id)) continue;
    appended.push({ id, after: end });
    end = id;
  }
  return [...appended, ...placed];
}

/** Applies an edit to content, as the tables of the working copy do row by row. */
export function applyToContent(content: Content, edit: WorkingEdit): Content {
  const blocks = new Map<string, Block>(content.body.map((block) => [block.$.id, block]));
  let order = content.body.map((block) => block.$.id);
  const removed = new Set(edit.removed ?? []);
  order = order.filter((id) => !removed.has(id));
  const before = new Set(order);
  const placements = placementsOf(
    edit,
    (id) => before.has(id),
    () => order[order.length - 1] ?? null,
  );
  for (const block of edit.blocks ?? []) blocks.set(block.$.id, block);
  for (const { id, after } of placements) {
    order = order.filter((other) => other !== id);
    const at = after === null ? 0 : order.indexOf(after) + 1;
    order.splice(after !== null && at === 0 ? order.length : at, 0, id);
  }
  return {
    fields: withFields(content.fields, edit.fields),
    body: order.flatMap((id) => blocks.get(id) ?? []),
    conflicts: withConflicts(content.conflicts, edit),
  };
}

/** The content without the blocks and fields that an edit is about, as if it and the edit had each put them there. */
export function withoutTouched(content: Content, edit: WorkingEdit): Content {
  const touched = new Set([...(edit.blocks ?? []).map(({ $ }) => $.id), ...(edit.removed ?? [])]);
  const empty = Object.entries(emptyFields()).filter(([name]) => name in (edit.fields ?? {}));
  return {
    ...content,
    fields: withFields(content.fields, Object.fromEntries(empty)),
    body: content.body.filter(({ $ }) => !touched.has($.id)),
  };
}

/** The conflicts that stand after an edit: without those it settled, with those it put back. */
export function withConflicts(
  conflicts: readonly Conflict[],
  { settled = [], reopened = [] }: WorkingEdit,
): Conflict[] {
  const changed = new Set([...settled, ...reopened.map(({ id }) => id)]);
  return [...conflicts.filter(({ id }) => !changed.has(id)), ...reopened].sort((x, y) =>
    x.id < y.id ? -1 : 1,
  );
}

/** Fields with those of an edit over them; a field that an edit leaves out stays. */
export function withFields(fields: Fields, changes: WorkingEdit['fields']): Fields {
  const given = Object.entries(changes ?? {}).filter(([, value]) => value !== undefined);
  return { ...fields, ...(Object.fromEntries(given) as Partial<Fields>) };
}
