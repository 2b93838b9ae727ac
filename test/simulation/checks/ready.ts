import type { Content } from '#shared/article';
import type { Frozen } from './server-disk.ts';

type Settling = Pick<Content, 'body' | 'conflicts'>;

const SUGGESTION = /"(inserted|deleted|formatChanged|breakInserted|breakRemoved|typeChanged)":\{/;

/** Whether nobody has to choose between versions any more. */
export function isAgreed({ body, conflicts }: Settling): boolean {
  return conflicts.length === 0 && !body.some(({ type }) => type === 'conflict');
}

/** Whether every suggestion in the text was answered. */
export function isAnswered({ body }: Pick<Content, 'body'>): boolean {
  return !SUGGESTION.test(JSON.stringify(body));
}

/** Whether a revision has a correction that the one before does not have. */
export function saysMore(revision: Frozen | undefined, before: Frozen | undefined): boolean {
  const known = new Set(before?.fields.corrections.map(({ id }) => id));
  return revision?.fields.corrections.some(({ id }) => !known.has(id)) ?? false;
}

/** Whether nothing is missing that the desks of a run ask for before an approval. */
export function isComplete({ fields, body }: Frozen): boolean {
  const isNamed =
    fields.section !== '' && fields.headline.trim() !== '' && fields.byline.length > 0;
  return isNamed && body.some((block) => block.type !== 'note' && hasWords(block));
}

/** Whether readers would find a word in it: not in an id, nor in what somebody suggests to take out. */
function hasWords(part: unknown): boolean {
  if (Array.isArray(part)) return part.some(hasWords);
  if (typeof part !== 'object' || part === null) return false;
  const { $, type, text, ...others } = part as Record<string, unknown>;
  if (type === 'text') return !($ as { deleted?: unknown } | undefined)?.deleted && isWord(text);
  const { caption, credit, title } = others;
  const { children, versions } = others;
  return (
    [caption, credit, type === 'embed' && title].some(isWord) || [children, versions].some(hasWords)
  );
}

const isWord = (text: unknown): boolean => typeof text === 'string' && /[\p{L}\p{N}]/u.test(text);
