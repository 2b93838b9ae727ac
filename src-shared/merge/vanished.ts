import {
  isEmptyField,
  type Block,
  type Content,
  type FieldName,
  type Fields,
  type PlainBlock,
} from '#shared/article';
import { byId, put, putAs, type Body } from './bodies.ts';
import { derivedId, distinct, same } from './choose.ts';
import { idOf } from './ids.ts';
import { keysOf, textsOf, wantedIn } from './sentences.ts';

/**
 * A sentence that stands in two places, as in the standfirst and in a paragraph, may lose the one by one side and the other
 * by the other: each left it standing, and it stands nowhere. One of the two places is put to the choice, as it was and as
 * the side left it that took the sentence out there: rather in the body, where it can be read in its place.
 */

/** The fields in which sentences stand. Names, days and addresses are none, and a headline is written anew as a whole. */
const PROSE = [
  'standfirst',
  'teaser',
  'editorsNote',
  'leadImage',
] as const satisfies readonly FieldName[];

const versionsOf = (block: Block): readonly (PlainBlock | null)[] =>
  block.type === 'conflict' ? block.versions : [block];

const textsIn = (block: Block): string[] =>
  versionsOf(block).flatMap((version) => (version ? textsOf(version) : []));

const textsInField = (value: unknown): string[] => {
  const { caption, credit, alt } = (value ?? {}) as Partial<NonNullable<Fields['leadImage']>>;
  return [value, caption, credit, alt].filter((each) => typeof each === 'string');
};

/** What a field holds, and every version that is to choose there. */
function heldIn({ fields, conflicts }: Content, name: FieldName): unknown[] {
  const cards = conflicts.filter((card) => card.kind === 'field' && card.field === name);
  return [fields[name], ...cards.flatMap((card) => (card.kind === 'field' ? card.versions : []))];
}

/** The texts of one place each: a block, or a field. */
type Places = readonly (readonly string[])[];

const fieldsOf = (content: Content): Places =>
  PROSE.map((name) => heldIn(content, name).flatMap(textsInField));

function keysIn(places: Places, wanted: ReturnType<typeof wantedIn>): Set<string> {
  return new Set(keysOf(places.flat(), wanted));
}

/** The sentences that both sides still have, though neither in a place that stands in the merge as that side has it. */
function lostIn(merged: Content, a: Content, b: Content): Set<string> {
  const inMerged = byId(merged.body);
  const only = (side: Content): Places => [
    ...side.body.filter((block) => !same(inMerged.get(idOf(block)), block)).map(textsIn),
    ...PROSE.filter((name) => !same(heldIn(merged, name), heldIn(side, name))).map((name) =>
      heldIn(side, name).flatMap(textsInField),
    ),
  ];
  const [onlyA, onlyB] = [only(a), only(b)];
  if (onlyA.length === 0 || onlyB.length === 0) return new Set();
  const shared = new Set([
    ...keysIn(onlyB, wantedIn(onlyA.flat())),
    ...keysIn(onlyA, wantedIn(onlyB.flat())),
  ]);
  const [inA, inB] = [byId(a.body), byId(b.body)];
  const isLeft = (block: Block): boolean =>
    same(inA.get(idOf(block)), block) && same(inB.get(idOf(block)), block);
  // What nobody touched is looked through last: mostly nothing is left to look for.
  const placesOf = (blocks: Body): Places => blocks.map(textsIn);
  const touched = placesOf(merged.body.filter((block) => !isLeft(block)));
  const left = placesOf(merged.body.filter(isLeft));
  return [fieldsOf(merged), touched, left].reduce((lost, places) => {
    const found = lost.size > 0 ? keysIn(places, wantedIn([...lost])) : new Set();
    return new Set([...lost].filter((key) => !found.has(key)));
  }, shared);
}

/** The body with each of these sentences put to the choice where one side took it out; those that it asks for are lost no more. */
function askInBody(merged: Body, lost: Set<string>, base: Body, a: Body, b: Body): Body {
  const [inA, inB] = [byId(a), byId(b)];
  let now = merged;
  for (const was of base) {
    const isLeftByA = same(inA.get(idOf(was)), was);
    if (isLeftByA === same(inB.get(idOf(was)), was)) continue;
    const there = now.find((block) => idOf(block) === idOf(was)) ?? null;
    const keys = keysIn([textsIn(was)], wantedIn([...lost]));
    if (keys.size === 0 || there?.type === 'conflict') continue;
    for (const key of keys) lost.delete(key);
    const asked: Block = {
      type: 'conflict',
      $: { id: idOf(was) },
      base: was.type === 'conflict' ? was.base : was,
      versions: distinct([there, ...versionsOf(was)]),
    };
    const side = isLeftByA ? a : b;
    now = there ? put(now, asked) : putAs(now, asked, side);
  }
  return now;
}

/** The same for the fields. */
function askInFields(
  { fields, conflicts }: Content,
  lost: Set<string>,
  base: Content,
  a: Content,
  b: Content,
): Pick<Content, 'fields' | 'conflicts'> {
  const asked = PROSE.flatMap((field) => {
    const [was, now] = [base.fields[field], fields[field]];
    const isLeft = (side: Content): boolean => same(heldIn(side, field), heldIn(base, field));
    const isContested = [base, { ...base, conflicts }].some(
      (each) => heldIn(each, field).length > 1,
    );
    const keys = keysIn([textsInField(was)], wantedIn([...lost]));
    if (isLeft(a) === isLeft(b) || isContested || keys.size === 0) return [];
    for (const key of keys) lost.delete(key);
    const versions: unknown[] = distinct<unknown>([was, now]);
    const id = derivedId({ field, base: was, versions });
    return [{ kind: 'field' as const, id, field, base: was, versions }];
  });
  // What stands there until a person chooses: rather words than nothing.
  const shown = asked.flatMap(({ field, base: was }) =>
    isEmptyField(fields[field]) ? [[field, was]] : [],
  );
  return {
    fields: { ...fields, ...Object.fromEntries(shown) } as Fields,
    conflicts: [...conflicts, ...asked],
  };
}

/** Merged content with each sentence put to the choice that each side took out of one place and left in another. */
export function contestVanished(merged: Content, base: Content, a: Content, b: Content): Content {
  const lost = lostIn(merged, a, b);
  if (lost.size === 0) return merged;
  const body = [...askInBody(merged.body, lost, base.body, a.body, b.body)];
  return { body, ...askInFields(merged, lost, base, a, b) };
}
