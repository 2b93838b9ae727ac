import { openConflicts, type Conflict, type Content } from '#shared/article';
import { mergeBodies } from './body.ts';
import { choose, derivedId, distinct } from './choose.ts';
import { mergeFields } from './fields.ts';
import { contestVanished } from './vanished.ts';

type Unplaced = Extract<Conflict, { kind: 'unplaced' }>;

function unplacedIn({ conflicts }: Content): Map<string, Unplaced> {
  return new Map(
    conflicts.flatMap((conflict) =>
      conflict.kind === 'unplaced' ? [[conflict.id, conflict]] : [],
    ),
  );
}

/** Text without a place: what a side has placed or left out is gone, what one brought along stays. */
function mergeUnplaced(base: Content, a: Content, b: Content): Unplaced[] {
  const [inBase, inA, inB] = [unplacedIn(base), unplacedIn(a), unplacedIn(b)];
  return [...new Set([...inA.keys(), ...inB.keys()])].flatMap((id): Unplaced[] => {
    const [ofA, ofB] = [inA.get(id), inB.get(id)];
    const choice = choose(inBase.get(id), ofA, ofB);
    if (choice.settled) return choice.value ? [choice.value] : [];
    const kept = distinct([ofA, ofB].filter((one) => one !== undefined));
    return kept.map((one, index) => (index === 0 ? one : { ...one, id: derivedId(one) }));
  });
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
  const { fields, conflicts } = mergeFields(base, a, b);
  const body = mergeBodies(base.body, a.body, b.body);
  const merged: Content = {
    fields,
    body,
    conflicts: [...mergeUnplaced(base, a, b), ...conflicts],
  };
  const asked = contestVanished(merged, base, a, b);
  const content: Content = {
    ...asked,
    conflicts: asked.conflicts.toSorted((x, y) => (x.id < y.id ? -1 : 1)),
  };
  return { content, conflicts: openConflicts(content) };
}
