import type { Content, FieldName } from '#shared/article';
import { idsOf, listRule, same, type Entries } from './merge-rules.ts';
import { underOneName } from './same-names.ts';

/** The rule for a field: what one side changed, or every value to choose from. */
export function fieldRule(
  name: FieldName,
  base: Content,
  left: Content,
  right: Content,
  merged: Content,
): string | null {
  const [was, is, other, now] = [base, left, right, merged].map(({ fields }) => fields[name]);
  const cards = [base, left, right].flatMap(({ conflicts }) => cardsOf(name, conflicts));
  if (cards.length > 0) return null;
  const [card, more] = cardsOf(name, merged.conflicts);
  if (more) return 'asked for twice';
  const oneSided = same(is, other) || same(other, was) ? is : same(is, was) ? other : undefined;
  if (oneSided !== undefined)
    return same(now, oneSided) && !card ? null : 'not what the one side made of it';
  const versions: readonly unknown[] = card ? card.versions : [now];
  const whole = [is, other].every((side) => versions.some((version) => same(version, side)));
  if (whole && versions.some((version) => same(version, now))) return null;
  if (Array.isArray(was)) {
    const named = underOneName(name, was, is as unknown[], other as unknown[]);
    if (!named) return null;
    const [from, ofLeft, ofRight] = [was, ...named].map(entriesOf);
    const shown = versions.map(entriesOf);
    const known = new Set([from, ofLeft, ofRight].flatMap((entries) => idsOf(entries!)));
    const twice = shown.flatMap(idsOf).find((id) => !known.has(id));
    if (twice !== undefined) return `wrong in ${twice}: what both added stands twice`;
    return listRule(from!, ofLeft!, ofRight!, shown);
  }
  return name === 'leadImage' && was !== null ? null : 'without one of the two values';
}

const cardsOf = (
  name: FieldName,
  conflicts: Content['conflicts'],
): Extract<Content['conflicts'][number], { kind: 'field' }>[] =>
  conflicts.flatMap((card) => (card.kind === 'field' && card.field === name ? [card] : []));

const entriesOf = (list: unknown): Entries =>
  new Map((list as unknown[]).map((entry) => [idOf(entry), entry]));

const idOf = (entry: unknown): string =>
  typeof entry === 'string' ? entry : (entry as { id: string }).id;
