import type { FieldName } from '#shared/article';
import { same } from './choose.ts';
import type { Sides } from './parts.ts';

/** What an entry names: an article, a page, a person, a desk. */
export interface Named {
  id: string;
  name?: string;
  person?: string;
  desk?: string;
  article?: string;
  url?: string;
}

/** Whether two entries name one thing: the same link, or the same person or desk. */
type NamesTheSame = (x: Named, y: Named) => boolean;

const alike = (x: string | undefined, y: string | undefined): boolean => !!x && x === y;

const samePerson: NamesTheSame = (x, y) => {
  const [who, other] = [x.person ?? x.desk, y.person ?? y.desk];
  return alike(who, other) || (alike(x.name, y.name) && (who === undefined || other === undefined));
};

/** The fields whose entries name things, and when two of them name one. */
export const NAMES_THE_SAME: Partial<Record<FieldName, NamesTheSame>> = {
  related: (x, y) => alike(x.article, y.article) || alike(x.url, y.url),
  byline: samePerson,
  contributors: samePerson,
};

/** Two entries as one, each filling in what the other left empty; null where they contradict each other. */
function completed(x: Named, y: Named): object | null {
  const isEmpty = (value: unknown): boolean => value === undefined || value === '';
  const [ofX, ofY] = [x, y].map((entry) => new Map<string, unknown>(Object.entries(entry))) as [
    Map<string, unknown>,
    Map<string, unknown>,
  ];
  const both = new Map([...ofX, ...ofY]);
  for (const name of both.keys()) {
    const [one, other] = [ofX.get(name), ofY.get(name)];
    if (name === 'id' || same(one, other)) continue;
    if (!isEmpty(one) && !isEmpty(other)) return null;
    both.set(name, isEmpty(one) ? other : one);
  }
  return Object.fromEntries(both);
}

/**
 * Two who each add the same link or the same person mean one entry: it gets one id, the smaller, and is merged like any
 * other. Without that it would stand twice. What only one of them filled in is taken over.
 */
export function withSharedIds(
  base: readonly Named[],
  a: readonly Named[],
  b: readonly Named[],
  isSame: NamesTheSame,
): Sides<readonly Named[]> {
  const addedTo = (side: readonly Named[], other: readonly Named[]): Named[] => {
    const known = new Set([...base, ...other].map(({ id }) => id));
    return side.filter(({ id }) => !known.has(id));
  };
  const fromB = addedTo(b, a);
  const pairs = addedTo(a, b)
    .flatMap((x) => fromB.filter((y) => isSame(x, y)).map((y) => (x.id < y.id ? [x, y] : [y, x])))
    .map(([x, y]) => ({ x, y, order: `${x?.id ?? ''} ${y?.id ?? ''}` }))
    .sort(({ order: one }, { order: other }) => (one < other ? -1 : 1));
  const shared = new Map<string, object>();
  for (const { x, y } of pairs)
    if (x && y && !shared.has(x.id) && !shared.has(y.id)) {
      const one = completed(x, y);
      shared.set(x.id, one ? { ...one, id: x.id } : x);
      shared.set(y.id, { ...(one ?? y), id: x.id });
    }
  const share = (side: readonly Named[]): readonly Named[] =>
    side.map((entry) => ({ ...entry, ...shared.get(entry.id) }));
  return [share(a), share(b)];
}
