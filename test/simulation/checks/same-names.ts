import type { FieldName } from '#shared/article';

/**
 * What two people each add to a list without knowing of each other is one entry where it names one thing: a link, a person,
 * a desk. Written once more for the checker alone.
 */
type Entry = Readonly<Record<string, unknown>> & { id: string };

const isFilled = (value: unknown): boolean => value !== undefined && value !== '';

const sameIn = (x: Entry, y: Entry, ...names: string[]): boolean =>
  names.some((name) => isFilled(x[name]) && x[name] === y[name]);

function nameOne(field: FieldName, x: Entry, y: Entry): boolean {
  if (field === 'related') return sameIn(x, y, 'article', 'url');
  if (field !== 'byline' && field !== 'contributors') return false;
  const linked = [x, y].map(({ person, desk }) => person ?? desk);
  if (linked.every(isFilled)) return linked[0] === linked[1];
  return sameIn(x, y, 'name');
}

/** Both in one, or null where they say two things of what they name. */
function filledIn(x: Entry, y: Entry): Entry | null {
  const names = Object.keys({ ...x, ...y }).filter((name) => name !== 'id');
  const agree = names.every(
    (name) => !isFilled(x[name]) || !isFilled(y[name]) || x[name] === y[name],
  );
  if (!agree) return null;
  return {
    ...x,
    ...Object.fromEntries(names.map((name) => [name, isFilled(x[name]) ? x[name] : y[name]])),
  };
}

/**
 * The lists of two sides with what both added, and what names one thing, under one id, the smaller, and with all that both
 * know of it where they agree. Null where one of an entry could be several of the other side’s.
 */
export function underOneName(
  field: FieldName,
  base: readonly unknown[],
  left: readonly unknown[],
  right: readonly unknown[],
): [left: unknown[], right: unknown[]] | null {
  const idsIn = (list: readonly unknown[]): Set<string> =>
    new Set((list as Entry[]).map(({ id }) => id));
  const added = (list: readonly unknown[], other: readonly unknown[]): Entry[] =>
    (list as Entry[]).filter(({ id }) => !idsIn(base).has(id) && !idsIn(other).has(id));
  const pairs = added(left, right).flatMap((x) =>
    added(right, left)
      .filter((y) => nameOne(field, x, y))
      .map((y) => [x, y] as const),
  );
  if (new Set(pairs.flat()).size < pairs.length * 2) return null;
  const given = new Map<unknown, Entry>();
  for (const [x, y] of pairs) {
    const [named, one] = [{ id: x.id < y.id ? x.id : y.id }, filledIn(x, y)];
    given.set(x, { ...(one ?? x), ...named });
    given.set(y, { ...(one ?? y), ...named });
  }
  return [
    left.map((entry) => given.get(entry) ?? entry),
    right.map((entry) => given.get(entry) ?? entry),
  ];
}
