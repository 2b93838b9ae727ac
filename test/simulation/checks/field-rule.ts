import type { Content, FieldName, Fields } from '#shared/article';
import { idsOf, listRule, same, type Entries } from './merge-rules.ts';
import { underOneName } from './same-names.ts';
import { versionsRule, type Standing } from './versions-rule.ts';

/** The rule for a field: what one side changed, or every value to choose from. */
export function fieldRule(
  name: FieldName,
  base: Content,
  left: Content,
  right: Content,
  merged: Content,
): string | null {
  const [was, is, other, now] = [base, left, right, merged].map(({ fields }) => fields[name]);
  const [card, more] = cardsOf(name, merged.conflicts);
  if (more) return 'asked for twice';
  if ([base, left, right].some(({ conflicts }) => cardsOf(name, conflicts).length > 0))
    return contestedRule(name, base, left, right, merged);
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
  // Of one picture each says something else; of two, what is said of the one goes under no other.
  const pictures = [was, is, other].map((value) => (value as Fields['leadImage'])?.asset);
  const isOnePicture = pictures.every(Boolean) && pictures[1] === pictures[2];
  return name === 'leadImage' && isOnePicture ? null : 'without one of the two values';
}

/** The rule for a field that was contested before, or is on a side. */
function contestedRule(
  name: FieldName,
  base: Content,
  left: Content,
  right: Content,
  merged: Content,
): string | null {
  const [was, is, other, now] = [base, left, right, merged].map(({ fields, conflicts }) => {
    const [card] = cardsOf(name, conflicts);
    return { value: fields[name], card };
  });
  if (same(is, other) || same(other, was))
    return same(now, is) ? null : 'not as the one side has it';
  if (same(is, was)) return same(now, other) ? null : 'not as the one side has it';
  const [before, mine, theirs, shown] = [was, is, other, now].map((held): Standing => ({
    ...(held!.card && { base: held!.card.base }),
    versions: [...(held!.card?.versions ?? []), held!.value],
  }));
  return versionsRule(
    before!,
    mine!,
    theirs!,
    shown!,
    (version) => Array.isArray(version) || name === 'leadImage',
  );
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
