import {
  FIELD_NAMES,
  isEmptyField,
  type Conflict,
  type FieldName,
  type Fields,
} from '#shared/article';
import { choose, derivedId, distinct, same } from './choose.ts';
import { mergeEntries } from './entries.ts';
import { mergeParts, type Sides } from './parts.ts';

type FieldConflict = Extract<Conflict, { kind: 'field' }>;
type Entry = { id: string };

const ENTRY_LISTS = [
  'byline',
  'contributors',
  'related',
  'corrections',
] as const satisfies readonly FieldName[];
const WORD_SETS = ['keywords', 'subjects'] as const satisfies readonly FieldName[];

function isOneOf<T extends string>(names: readonly T[], name: string): name is T {
  return (names as readonly string[]).includes(name);
}

function mergeList(
  name: (typeof ENTRY_LISTS)[number] | (typeof WORD_SETS)[number],
  base: Fields,
  a: Fields,
  b: Fields,
): Sides<unknown> {
  if (isOneOf(WORD_SETS, name)) {
    const itself = (word: string): string => word;
    return mergeEntries(base[name], a[name], b[name], { idOf: itself, withoutId: itself });
  }
  return mergeEntries<Entry>(base[name], a[name], b[name], {
    idOf: ({ id }) => id,
    withoutId: (entry) => ({ ...entry, id: '' }),
  });
}

/** Of one picture, caption, credit and alternative text merge by themselves; two pictures are two versions. */
function mergePictures(base: Fields, a: Fields, b: Fields): Sides<unknown> {
  const pictures = [base.leadImage, a.leadImage, b.leadImage].map(
    (picture) => picture && { ...picture, $: {} },
  );
  const [before, ofA, ofB] = pictures;
  if (!before || !ofA || ofA.asset !== ofB?.asset) return [a.leadImage, b.leadImage];
  const [{ $: _x, ...forA }, { $: _y, ...forB }] = mergeParts(before, ofA, ofB);
  return [forA, forB];
}

function sidesOf(name: FieldName, base: Fields, a: Fields, b: Fields): Sides<unknown> {
  if (isOneOf(ENTRY_LISTS, name) || isOneOf(WORD_SETS, name)) return mergeList(name, base, a, b);
  const choice = choose<Fields[FieldName]>(base[name], a[name], b[name]);
  if (choice.settled) return [choice.value, choice.value];
  return name === 'leadImage' ? mergePictures(base, a, b) : [a[name], b[name]];
}

/**
 * Merges every field by itself; those that both sides changed differently come back as conflicts with all values.
 * `decided` are fields in which a side settled what stood contested: its choice counts as a change, even where the value
 * it chose was the one that stood there already.
 */
export function mergeFields(
  base: Fields,
  a: Fields,
  b: Fields,
  decided: ReadonlySet<FieldName> = new Set(),
): { fields: Fields; conflicts: FieldConflict[] } {
  const merged: Partial<Record<FieldName, unknown>> = {};
  const conflicts: FieldConflict[] = [];
  for (const field of FIELD_NAMES) {
    const overruled = decided.has(field) && !same(a[field], b[field]);
    const sides = overruled ? [a[field], b[field]] : sidesOf(field, base, a, b);
    const versions = distinct(sides);
    // Something has to stand in the field until a person chooses: rather words than nothing.
    merged[field] =
      versions.find((version) => !isEmptyField(version as Fields[FieldName])) ?? versions[0];
    if (versions.length > 1)
      conflicts.push({
        kind: 'field',
        id: derivedId({ field, base: base[field], versions }),
        field,
        base: base[field],
        versions,
      });
  }
  return { fields: merged as Fields, conflicts };
}
