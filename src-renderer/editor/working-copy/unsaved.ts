import {
  canonicalJson,
  type Block,
  type Conflict,
  type FieldName,
  type Fields,
  type LocalId,
} from '#shared/article';

/** What has been changed and not yet stored. The order of blocks is compared when an edit is made of it. */
export interface Unsaved {
  fields: Partial<Fields>;
  blocks: Map<LocalId, Block>;
  settled: Set<LocalId>;
  /** Settled conflicts that shall stand again. */
  reopened: Map<LocalId, Conflict>;
}

export function nothingUnsaved(): Unsaved {
  return { fields: {}, blocks: new Map(), settled: new Set(), reopened: new Map() };
}

export function isNothing({ fields, blocks, settled, reopened }: Unsaved): boolean {
  const changed = blocks.size + settled.size + reopened.size + Object.keys(fields).length;
  return changed === 0;
}

/** Two lots of changes as one; the later one wins where both speak of the same thing. */
export function joinUnsaved(earlier: Unsaved, later: Unsaved): Unsaved {
  return {
    fields: { ...earlier.fields, ...later.fields },
    blocks: new Map([...earlier.blocks, ...later.blocks]),
    settled: new Set(
      [...earlier.settled, ...later.settled].filter((id) => !later.reopened.has(id)),
    ),
    reopened: new Map(
      [...earlier.reopened, ...later.reopened].filter(([id]) => !later.settled.has(id)),
    ),
  };
}

export function withField<N extends FieldName>(unsaved: Unsaved, name: N, value: Fields[N]): void {
  unsaved.fields = { ...unsaved.fields, [name]: value };
}

/** What the core holds of an article, as far as a window knows. */
export interface Known {
  fields: Fields;
  blocks: ReadonlyMap<LocalId, Block>;
  conflicts: readonly Conflict[];
}

export const same = (a: unknown, b: unknown): boolean =>
  a === b || canonicalJson(a ?? null) === canonicalJson(b ?? null);

/**
 * Whether something unsaved, or taken out and not yet told, was written over words that the core no longer holds: sent
 * as an edit of what it holds by now, it would take those words away unseen.
 */
export function isCrossed(
  { fields, blocks, settled }: Unsaved,
  removed: readonly LocalId[],
  known: Known,
  next: Known,
): boolean {
  const conflictOf = (of: Known, id: LocalId): Conflict | undefined =>
    of.conflicts.find((conflict) => conflict.id === id);
  return (
    [...blocks.keys(), ...removed].some((id) => !same(known.blocks.get(id), next.blocks.get(id))) ||
    (Object.keys(fields) as FieldName[]).some(
      (name) => !same(known.fields[name], next.fields[name]),
    ) ||
    [...settled].some((id) => !same(conflictOf(known, id), conflictOf(next, id)))
  );
}
