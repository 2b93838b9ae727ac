import type { Newsroom } from '#shared/api';
import { slugOf } from '#shared/article';
import { ServerError } from '../errors.ts';
import { RESERVED_SLUGS } from '../publishing/index.ts';

/** Fields that a request left out are absent or undefined; both mean "as it is". */
export type Partially<T> = { [K in keyof T]?: T[K] | undefined };

/** Gives a name as it is stored. One that the feed cannot carry would stop the sync of every device, for good. */
export function checkName(whose: string, name: string, longest = 200): string {
  const trimmed = name.trim();
  if (trimmed === '' || trimmed.length > longest)
    throw new ServerError('malformed', `${whose} needs a name of 1 to ${longest} characters.`);
  return trimmed;
}

/** Refuses site settings under which the public site could not work. */
export function checkSite(site: Partially<Omit<Newsroom, 'id'>>): void {
  const { name, sections = [], siteUrl, timeZone, language } = site;
  if (name !== undefined) checkName('The newsroom', name);
  for (const section of sections) checkName('A section', section.name, 100);
  checkSlugs(sections.map(({ slug }) => slug));
  if (siteUrl !== undefined) checkSiteUrl(siteUrl);
  if (timeZone !== undefined && !isTimeZone(timeZone))
    throw new ServerError(
      'malformed',
      `“${timeZone}” is not a time zone. Use a name such as Europe/Berlin.`,
    );
  if (language !== undefined && !isLanguage(language))
    throw new ServerError(
      'malformed',
      `“${language}” is not a language tag. Use one such as en, ar or ckb.`,
    );
}

function checkSlugs(slugs: readonly string[]): void {
  const reserved = slugs.find((slug) => RESERVED_SLUGS.has(slug) || slug !== slugOf(slug));
  if (reserved !== undefined)
    throw new ServerError(
      'reserved-address',
      `A section cannot stand at /${reserved}. Choose another slug.`,
    );
  if (slugs.includes(''))
    throw new ServerError('reserved-address', 'A section’s name needs a letter or a digit.');
  if (new Set(slugs).size !== slugs.length)
    throw new ServerError('reserved-address', 'Two sections cannot stand at the same address.');
}

/** The pages lead to one another from the root of their host: in a folder of it they would lead nowhere. */
function checkSiteUrl(siteUrl: string): void {
  const url = URL.parse(siteUrl);
  if (!url || !/^https?:$/.test(url.protocol))
    throw new ServerError('malformed', 'The site’s address starts with http:// or https://.');
  if (!/^\/*$/.test(url.pathname) || url.search || url.hash || url.username || url.password)
    throw new ServerError(
      'malformed',
      `The site’s address names a host and nothing behind it, such as ${url.protocol}//${url.host}.`,
    );
}

function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}

function isLanguage(language: string): boolean {
  try {
    return Intl.getCanonicalLocales(language).length === 1;
  } catch {
    return false;
  }
}
