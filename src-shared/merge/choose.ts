import { canonicalJson, sha256Hex, type LocalId } from '#shared/article';

function members(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, member]) => member !== undefined);
}

/** Whether two values are the same JSON; undefined stands for absence. */
export function same(x: unknown, y: unknown): boolean {
  if (x === y) return true;
  if (typeof x !== 'object' || typeof y !== 'object' || !x || !y) return false;
  if (Array.isArray(x) || Array.isArray(y))
    return (
      Array.isArray(x) &&
      Array.isArray(y) &&
      x.length === y.length &&
      x.every((item, index) => same(item, y[index]))
    );
  const ofX = members(x);
  return (
    ofX.length === members(y).length &&
    ofX.every(([name, value]) => Object.hasOwn(y, name) && same(value, Reflect.get(y, name)))
  );
}

/** Different values in the order of their canonical bytes. */
export function distinct<T>(values: readonly T[]): T[] {
  const byBytes = new Map(values.map((value) => [canonicalJson(value), value]));
  return [...byBytes.entries()].sort(([x], [y]) => (x < y ? -1 : 1)).map(([, value]) => value);
}

/** What a three-way choice between values says: take one, or both sides changed it differently. */
export type Choice<T> = { settled: true; value: T } | { settled: false };

/** The rule everything rests on: changed on one side, take it; changed alike, take it; changed differently, choose nothing. */
export function choose<T>(base: T, a: T, b: T): Choice<T> {
  if (same(a, b) || same(b, base)) return { settled: true, value: a };
  if (same(a, base)) return { settled: true, value: b };
  return { settled: false };
}

/** An id that both sides of a merge derive alike. */
export function derivedId(value: unknown): LocalId {
  return sha256Hex(canonicalJson(value)).slice(0, 16);
}
