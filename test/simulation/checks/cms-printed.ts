import { isDeepStrictEqual } from 'node:util';
import type { Content, Fields } from '#shared/article';
import type { CmsPost } from '../../helpers/cms/cms.ts';
import { marksIn } from '../world/words.ts';

type Kind = 'wordpress' | 'ghost';
type Shown = Pick<CmsPost, 'title' | 'excerpt' | 'body' | 'tags' | 'image'>;

/** The values of a field in the text of a post, around the body of the article. */
const PRINTED: Partial<Record<keyof Fields, (fields: Fields) => unknown>> = {
  byline: ({ byline }) => byline.map(({ name }) => name),
  dateline: ({ dateline }) => dateline,
  // A credit line that somebody wrote stands in place of the one that the contributors give.
  contributors: ({ contributors, creditLine }) =>
    creditLine === null ? contributors.map(({ name }) => name) : [],
  creditLine: ({ creditLine }) => creditLine ?? '',
  corrections: ({ corrections }) => corrections.map(({ note }) => note),
  related: ({ related }) => related.map(({ title, teaser }) => [title, teaser]),
};

/** Ghost has tags alone, and takes the first for the section; in WordPress an author makes no categories. */
function tagsOf(kind: Kind, { section, keywords }: Fields): string[] {
  const tags = kind === 'ghost' ? [section, ...keywords] : keywords;
  return [...new Set(tags.filter((tag) => tag !== ''))];
}

/** The picture of an article by the name that each CMS has for it. */
function isPicture(kind: Kind, image: string | null, { leadImage }: Fields): boolean {
  if (image === null || leadImage === null) return image === leadImage;
  return kind === 'ghost'
    ? image.endsWith(`/${leadImage.asset}`)
    : image === `stet-${leadImage.asset.slice(0, 40)}`;
}

function lacking(found: unknown, wanted: unknown): string | undefined {
  const there = marksIn(found);
  return [...marksIn(wanted)].find((mark) => !there.has(mark));
}

/**
 * What of a post is not as the published revision has it, beside the paragraphs of its body; null where all is. `mayHaveMore`
 * where nobody can tell which tags and which picture Stet had put there itself; `theirs` are the tags that people added.
 */
export function misprinted(
  kind: Kind,
  post: Shown,
  { fields }: Pick<Content, 'fields'>,
  { mayHaveMore = false, theirs = [] }: { mayHaveMore?: boolean; theirs?: readonly string[] } = {},
): string | null {
  for (const [place, shown, wanted] of [
    ['title', post.title, fields.headline],
    ['excerpt', post.excerpt, fields.standfirst],
  ] as const)
    if (!isDeepStrictEqual(marksIn(shown), marksIn(wanted)))
      return `has “${shown}” for its ${place}, and not “${wanted}”`;
  for (const [name, valuesOf] of Object.entries(PRINTED)) {
    const mark = lacking(post.body, valuesOf(fields));
    if (mark !== undefined) return `lacks “${mark}” of ${name}`;
  }
  const tags = tagsOf(kind, fields);
  const missing = [...tags, ...theirs].find((tag) => !post.tags.includes(tag));
  if (missing !== undefined) return `lacks the tag “${missing}”`;
  if (kind === 'ghost' && post.tags[0] !== tags[0])
    return `belongs to “${post.tags[0] ?? ''}”, and not to “${fields.section}”`;
  if (mayHaveMore) return null;
  const more = post.tags.find((tag) => ![...tags, ...theirs].includes(tag));
  if (more !== undefined) return `has the tag “${more}”, which is none of the article`;
  if (!isPicture(kind, post.image, fields))
    return `has the picture ${post.image ?? 'of none'}, and not ${fields.leadImage?.asset ?? 'none'}`;
  return null;
}
