import { FIELD_NAMES, type Conflict, type FieldName } from '#shared/article';

/** Fields that stand in the column above the body, and those below it, from top to bottom. */
const ABOVE: readonly FieldName[] = ['section', 'headline', 'standfirst', 'byline', 'leadImage'];
const BELOW: readonly FieldName[] = ['contributors', 'creditLine', 'related'];

export const PLACED: readonly FieldName[] = [...ABOVE, ...BELOW];

/** Whether a conflict stands below the body. */
export function isBelow(conflict: Conflict): boolean {
  return conflict.kind === 'unplaced' || BELOW.includes(conflict.field);
}

function rank(conflict: Conflict): number {
  if (conflict.kind === 'unplaced') return FIELD_NAMES.length + ABOVE.length;
  const { field } = conflict;
  if (ABOVE.includes(field)) return FIELD_NAMES.length + ABOVE.indexOf(field);
  if (BELOW.includes(field)) return FIELD_NAMES.length + PLACED.length + BELOW.indexOf(field);
  return FIELD_NAMES.indexOf(field);
}

/** Conflicts of fields as they stand on the page: those of fields that print nowhere come first. */
export function inPageOrder(conflicts: readonly Conflict[]): Conflict[] {
  return [...conflicts].sort((x, y) => rank(x) - rank(y));
}
