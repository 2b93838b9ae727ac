import type { Block, Conflict, FieldName, Fields, LocalId } from '#shared/article';

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
