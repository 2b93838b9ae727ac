import { z } from 'zod';

const State = z.enum([
  'draft',
  'in-review',
  'sent-back',
  'approved',
  'scheduled',
  'published',
  'withdrawn',
]);

const list = (separator: string) =>
  z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(separator)
        .map((part) => part.trim())
        .filter(Boolean),
    );

/**
 * The head of an article's source file: `name: value` lines before the first empty line. `author` is a login, `age`
 * how long ago its last act was (`2d 3h 10m`), `in` when a scheduled one is due, `related` keys of other files.
 */
const Head = z.strictObject({
  slugline: z.string(),
  section: z.string(),
  headline: z.string(),
  shortHeadline: z.string().default(''),
  standfirst: z.string().default(''),
  teaser: z.string().default(''),
  dateline: z.string().default(''),
  desk: z.string().default('News Desk'),
  author: z.string(),
  byline: list(','),
  contributors: list(';'),
  keywords: list(','),
  related: list(','),
  outside: list(';'),
  image: z.string().default(''),
  language: z.string().default('en'),
  direction: z.enum(['ltr', 'rtl']).default('ltr'),
  source: z.string().default(''),
  editorsNote: z.string().default(''),
  urgency: z.coerce.number().int().min(1).max(8).nullable().default(null),
  state: State,
  age: z.string().default('1h'),
  in: z.string().default(''),
  reason: z.string().default(''),
  correction: z.string().default(''),
  update: z.string().default(''),
  comment: list(';;'),
  binned: z.literal('yes').optional(),
});

export type ArticleSource = z.output<typeof Head> & { key: string; text: string };

/** Reads a source file. Throws with the file's name when a line is not understood. */
export function parseArticleSource(key: string, file: string): ArticleSource {
  const [head = '', ...rest] = file.replaceAll('\r\n', '\n').split(/\n\n/);
  const entries = head.split('\n').map((line): [string, string] => {
    const colon = line.indexOf(':');
    if (colon < 1) throw new Error(`${key}: “${line}” is not a "name: value" line.`);
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  });
  const parsed = Head.safeParse(Object.fromEntries(entries));
  if (!parsed.success) throw new Error(`${key}: ${z.prettifyError(parsed.error)}`);
  return { ...parsed.data, key, text: rest.join('\n\n').trim() };
}

const UNITS = { d: 86_400_000, h: 3_600_000, m: 60_000 } as const;

/** Milliseconds of a span such as `2d 3h 10m`. */
export function spanOf(text: string): number {
  let span = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+)([dhm])/g))
    span += Number(amount) * UNITS[unit as keyof typeof UNITS];
  return span;
}
