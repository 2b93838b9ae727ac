import { openConflicts, type Conflict, type Content, type FieldName } from '#shared/article';
import { mergeBodies } from './body.ts';
import { choose, derivedId, distinct, same } from './choose.ts';
import { mergeFields } from './fields.ts';

/** Conflicts that stand already: one that a side has settled is gone, one that a side brought along stays. */
function mergeStanding(
  base: readonly Conflict[],
  a: readonly Conflict[],
  b: readonly Conflict[],
): Conflict[] {
  const byId = (list: readonly Conflict[]): Map<string, Conflict> =>
    new Map(list.map((conflict) => [conflict.id, conflict]));
  const [inBase, inA, inB] = [byId(base), byId(a), byId(b)];
  const standing: Conflict[] = [];
  for (const id of new Set([...inA.keys(), ...inB.keys()])) {
    const choice = choose(inBase.get(id), inA.get(id), inB.get(id));
    const kept = choice.settled ? choice.value : (inA.get(id) ?? inB.get(id));
    if (kept) standing.push(kept);
  }
  return standing;
}

/**
 * Fields whose conflict one side settled while the other wrote a value of its own into the field, the conflict still
 * standing there.
 */
function decidedFields(base: Content, a: Content, b: Content): Set<FieldName> {
  const contested = ({ conflicts }: Content): Set<FieldName> =>
    new Set(conflicts.flatMap((conflict) => (conflict.kind === 'field' ? [conflict.field] : [])));
  const [inA, inB] = [contested(a), contested(b)];
  const changed = (side: Content, field: FieldName): boolean =>
    !same(side.fields[field], base.fields[field]);
  return new Set(
    [...contested(base)].filter(
      (field) =>
        (!inA.has(field) && inB.has(field) && changed(b, field)) ||
        (!inB.has(field) && inA.has(field) && changed(a, field)),
    ),
  );
}

/** One card per field: when a field is contested again before its first conflict is settled, all values share a card. */
function joinByField(conflicts: readonly Conflict[]): Conflict[] {
  const unplaced = conflicts.filter((conflict) => conflict.kind === 'unplaced');
  const fields = new Map<FieldName, Extract<Conflict, { kind: 'field' }>>();
  for (const conflict of conflicts) {
    if (conflict.kind !== 'field') continue;
    const earlier = fields.get(conflict.field);
    if (!earlier) {
      fields.set(conflict.field, conflict);
      continue;
    }
    const versions = distinct([...earlier.versions, ...conflict.versions]);
    const base = distinct([earlier.base, conflict.base])[0];
    fields.set(conflict.field, {
      ...earlier,
      base,
      versions,
      id: derivedId({ field: conflict.field, base, versions }),
    });
  }
  return [...unplaced, ...fields.values()].sort((x, y) => (x.id < y.id ? -1 : 1));
}

export interface MergedContent {
  content: Content;
  /** How many conflicts stand in the merged content for a person to settle. */
  conflicts: number;
}

/**
 * Three-way merge of an article's content. Pure and symmetric: naming the sides the other way round gives the same
 * bytes. Nothing of either side is dropped: it is in the content, or in a conflict that stands in it.
 */
export function mergeContents(base: Content, a: Content, b: Content): MergedContent {
  const { fields, conflicts } = mergeFields(
    base.fields,
    a.fields,
    b.fields,
    decidedFields(base, a, b),
  );
  const standing = mergeStanding(base.conflicts, a.conflicts, b.conflicts);
  const content: Content = {
    fields,
    body: mergeBodies(base.body, a.body, b.body),
    conflicts: joinByField([...standing, ...conflicts]),
  };
  return { content, conflicts: openConflicts(content) };
}
