import { z } from 'zod';
import { Body, Fields } from '#shared/article';

/** One thing that taking in recognised or changed, which a person may decline. */
export const ImportGuess = z.object({
  id: z.string(),
  kind: z.enum(['recognised', 'changed']),
  /** What it was taken for: `Headline`, `Byline`, `Related article`, `Subhead`. */
  label: z.string(),
  /** The words concerned, shortened for display. */
  excerpt: z.string(),
  /** What happens to them when the guess is declined: "stays in the body as a paragraph". */
  otherwise: z.string(),
});
export type ImportGuess = z.infer<typeof ImportGuess>;

/** Something that was left out, with all its words, so that nothing disappears unseen. */
export const LeftOut = z.object({
  id: z.string(),
  label: z.string(),
  text: z.string(),
  reason: z.string(),
});
export type LeftOut = z.infer<typeof LeftOut>;

/** What taking in a text would give. Nothing is stored before it is accepted. */
export const ImportProposal = z.object({
  id: z.string(),
  source: z.string(),
  /** True when the text was recognised as a page (headline, byline and the like), not a mere passage. */
  page: z.boolean(),
  guesses: z.array(ImportGuess),
  declined: z.array(z.string()),
  leftOut: z.array(LeftOut),
  /** Left-out items the person put back into the body. */
  kept: z.array(z.string()),
  fields: Fields,
  body: Body,
  words: z.number().int(),
});
export type ImportProposal = z.infer<typeof ImportProposal>;

/** The text to take in: plain text, HTML, or a file's bytes as base64 (at most 20 MB). */
export const ImportSource = z.object({
  /** Of the file; empty for what was pasted, where a headline alone does not make a page. */
  name: z.string().max(300).default(''),
  text: z.string().optional(),
  html: z.string().optional(),
  base64: z.base64().max(28_000_000).optional(),
});
export type ImportSource = z.infer<typeof ImportSource>;
