import { canonicalJson } from '#shared/article';

/**
 * What stands side by side after a merge, told by sets: who settled something decided over what they saw, and nothing that
 * somebody else met meanwhile is gone. Written once more for the checker alone.
 */
export interface Standing {
  /** What stood there before it was contested; left out where nothing is contested. */
  base?: unknown;
  versions: readonly unknown[];
}

const textOf = (version: unknown): string => canonicalJson(version ?? null);
const textsOf = ({ versions }: Standing): Set<string> => new Set(versions.map(textOf));
/** Each version once, in the order in which they are offered, and what they are shown beside. */
const asSeen = (standing: Standing): string => [textOf(standing.base), ...textsOf(standing)].join();
const isOpen = ({ versions }: Standing): boolean => textsOf({ versions }).size > 1;

const without = (texts: ReadonlySet<string>, others: ReadonlySet<string>): string[] =>
  [...texts].filter((text) => !others.has(text));

/** The versions that have to stand, and no others; null where two texts may be joined to a third. */
function wanted(was: Standing, is: Standing, other: Standing): Set<string> | null {
  const [before, left, right] = [was, is, other].map(textsOf) as [
    Set<string>,
    Set<string>,
    Set<string>,
  ];
  if (isOpen(was)) {
    // Who left the versions as they were decided nothing.
    if (asSeen(is) === asSeen(was)) return right;
    if (asSeen(other) === asSeen(was)) return left;
    if (isOpen(is) === isOpen(other)) return new Set([...left, ...right]);
    const [settled, open] = isOpen(is) ? [right, left] : [left, right];
    const unseen = without(open, before);
    const isOtherwise = unseen.length === 0 && without(settled, open).length > 0;
    return new Set([...settled, ...(isOtherwise ? open : unseen)]);
  }
  if (!isOpen(is) || !isOpen(other)) return null;
  const [base = ''] = before;
  const isLeft = left.has(base) !== right.has(base);
  return new Set([...left, ...right].filter((text) => !isLeft || text !== base));
}

/**
 * The rule for a place in which several versions stood already, on one side or before. `joins` says whether one text may be
 * what came of joining a version with what the other side wrote.
 */
export function versionsRule(
  was: Standing,
  is: Standing,
  other: Standing,
  now: Standing,
  joins: (version: unknown, own: unknown, theirs: unknown) => boolean,
): string | null {
  const should = wanted(was, is, other);
  const shown = textsOf(now);
  if (should) {
    if (without(should, shown).length > 0) return 'without a version that nobody decided over';
    if (without(shown, should).length > 0) return 'contested with a version that should not stand';
    return baseRule(was, is, other, now);
  }
  const [open, [theirs]] = isOpen(is) ? [is, other.versions] : [other, is.versions];
  const stands = (own: unknown, beside: unknown): boolean =>
    shown.has(textOf(own)) || now.versions.some((version) => joins(version, own, beside));
  const base = textOf(was.versions[0]);
  const isLost = open.versions.some(
    (version) => textOf(version) !== base && !(stands(version, theirs) && stands(theirs, version)),
  );
  return isLost ? 'without a version of one side' : baseRule(was, is, other, now);
}

/** Beside the versions is shown what stood there before the first of them, as far as both sides know of the same. */
function baseRule(was: Standing, is: Standing, other: Standing, now: Standing): string | null {
  if (!isOpen(now)) return null;
  const shown = textOf(now.base);
  if (isOpen(is) && isOpen(other) && textOf(is.base) === textOf(other.base))
    return shown === textOf(is.base) ? null : 'shown beside what did not stand there';
  if (!isOpen(was)) return null;
  // What one left as it was is shown as the other has it.
  const changed = [is, other].filter((side) => asSeen(side) !== asSeen(was));
  if (changed.length === 1 && isOpen(changed[0]!))
    return shown === textOf(changed[0]!.base) ? null : 'shown beside what did not stand there';
  return shown === textOf(was.base) ? null : 'shown beside what did not stand there';
}
