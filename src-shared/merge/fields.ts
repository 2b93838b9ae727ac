import {
  FIELD_NAMES,
  Fields,
  isEmptyField,
  type Conflict,
  type Content,
  type FieldName,
} from '#shared/article';
import { choose, derivedId, distinct, same } from './choose.ts';
import { mergeEntries } from './entries.ts';
import { mergeParts, type Sides } from './parts.ts';
import { withSharedIds, NAMES_THE_SAME, type Named } from './same-entries.ts';
import { mergeStanding, type Standing } from './versions.ts';

type FieldConflict = Extract<Conflict, { kind: 'field' }>;
type Picture = NonNullable<Fields['leadImage']>;
type Entry = { id: string };

const WORD_SETS: readonly FieldName[] = ['keywords', 'subjects'];

function mergeLists(
  name: FieldName,
  base: readonly unknown[],
  a: readonly unknown[],
  b: readonly unknown[],
): Sides<unknown> {
  const isOfWords = WORD_SETS.includes(name);
  const isSame = NAMES_THE_SAME[name];
  const [ofA, ofB] = isSame
    ? withSharedIds(base as Named[], a as Named[], b as Named[], isSame)
    : [a, b];
  const merged = mergeEntries<unknown>(base, ofA, ofB, {
    idOf: (entry) => (isOfWords ? String(entry) : (entry as Entry).id),
    withoutId: (entry) => (isOfWords ? entry : { ...(entry as Entry), id: '' }),
  });
  // Two lists that fit can make one that does not: then a person has to choose what stays.
  const fits = merged.every((side) => Fields.shape[name].safeParse(side).success);
  return fits ? merged : [a, b];
}

/** Of one picture, caption, credit and alternative text merge by themselves; two pictures are two versions. */
function mergePictures(base: Picture, a: Picture, b: Picture): Sides<unknown> {
  if (a.asset !== b.asset) return [a, b];
  const marked = (picture: Picture): Picture & { $: object } => ({ ...picture, $: {} });
  const [{ $: _x, ...forA }, { $: _y, ...forB }] = mergeParts(marked(base), marked(a), marked(b));
  return [forA, forB];
}

function mergeValues(name: FieldName, base: unknown, a: unknown, b: unknown): readonly unknown[] {
  const choice = choose(base, a, b);
  if (choice.settled) return [choice.value];
  if (Array.isArray(base) && Array.isArray(a) && Array.isArray(b))
    return mergeLists(name, base, a, b);
  if (name === 'leadImage' && base !== null && a !== null && b !== null)
    return mergePictures(base as Picture, a as Picture, b as Picture);
  return [a, b];
}

interface Held {
  value: unknown;
  cards: readonly FieldConflict[];
}

function heldIn({ fields, conflicts }: Content, name: FieldName): Held {
  const cards = conflicts.filter(
    (conflict): conflict is FieldConflict => conflict.kind === 'field' && conflict.field === name,
  );
  return { value: fields[name], cards };
}

/** The value of a field and, where a card stands at it, the versions between which nobody has chosen yet. */
function standing({ value, cards }: Held): Standing<unknown> {
  const [card] = cards;
  const versions = distinct([value, ...cards.flatMap((one) => one.versions)]);
  return { base: card ? card.base : value, versions };
}

/** What stands in a contested field until a person chooses: rather words than nothing, and rather what stood there. */
function showing(versions: readonly unknown[], base: Held, a: Held, b: Held): unknown {
  const choice = choose(base.value, a.value, b.value);
  const offered = versions.filter((version) => !isEmptyField(version as Fields[FieldName]));
  return (
    offered.find((version) => choice.settled && same(version, choice.value)) ??
    offered[0] ??
    versions[0]
  );
}

/**
 * Merges every field by itself. Those that both sides changed differently, and those that stood contested and were not
 * settled, come back as conflicts with all values, one for a field.
 */
export function mergeFields(
  base: Content,
  a: Content,
  b: Content,
): { fields: Fields; conflicts: FieldConflict[] } {
  const merged: Partial<Record<FieldName, unknown>> = {};
  const conflicts: FieldConflict[] = [];
  for (const field of FIELD_NAMES) {
    const [before, ofA, ofB] = [heldIn(base, field), heldIn(a, field), heldIn(b, field)];
    const choice = choose(before, ofA, ofB);
    if (choice.settled) {
      merged[field] = choice.value.value;
      conflicts.push(...choice.value.cards);
      continue;
    }
    const { versions, base: was } = mergeStanding(
      standing(before),
      standing(ofA),
      standing(ofB),
      (from, x, y) => mergeValues(field, from, x, y),
    );
    merged[field] = showing(versions, before, ofA, ofB);
    if (versions.length < 2) continue;
    const id = derivedId({ field, base: was, versions });
    conflicts.push({ kind: 'field', id, field, base: was, versions: [...versions] });
  }
  return { fields: merged as Fields, conflicts };
}
