import type { z } from 'zod';

/** Texts are kept until together they are longer than this. */
const KEPT_LENGTH = 4_000_000;

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const member of Object.values(value)) freeze(member);
}

/**
 * Parses stored texts: what is stored is read far more often than it changes, and checking it takes much longer than reading
 * it. A text that was parsed lately gives the same value again, which nobody may change: it is frozen.
 */
export function parsingOnce<T>(
  parse: (text: string) => T,
  keptLength = KEPT_LENGTH,
): (text: string) => T {
  const known = new Map<string, T>();
  let length = 0;
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const value = parse(text);
    freeze(value);
    known.set(text, value);
    length += text.length;
    for (const oldest of known.keys()) {
      if (length <= keptLength) break;
      known.delete(oldest);
      length -= oldest.length;
    }
    return value;
  };
}

/** The same for what is stored as JSON. */
export const readingOnce = <T>(schema: z.ZodType<T>): ((json: string) => T) =>
  parsingOnce((json) => schema.parse(JSON.parse(json)));
