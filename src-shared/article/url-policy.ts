import { z } from 'zod';

const LINK_PROTOCOLS = new Set(['http:', 'https:', 'mailto:', 'tel:']);
const WEB_PROTOCOLS = new Set(['http:', 'https:']);

// Browsers skip these inside a scheme, so `java\nscript:` would run; they never belong in an address.
// eslint-disable-next-line no-control-regex -- control characters are exactly what is looked for
const HIDDEN = /[\u0000-\u0020\u007f-\u009f\u200b-\u200f\u2028\u2029\ufeff]/g;

function parse(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

/**
 * The one URL policy: what may stand behind a link in an article.
 * Takes any text; gives a normalised absolute http, https, mailto or tel address, or null when it may not be linked.
 */
export function safeLink(text: string): string | null {
  const url = parse(text.replace(HIDDEN, ''));
  return url && LINK_PROTOCOLS.has(url.protocol) ? url.href : null;
}

/** Like {@link safeLink}, for what is fetched or embedded: http and https without credentials only. */
export function safeWebUrl(text: string): string | null {
  const url = parse(text.replace(HIDDEN, ''));
  return url && WEB_PROTOCOLS.has(url.protocol) && !url.username && !url.password ? url.href : null;
}

/** A link target that passes {@link safeLink}; at most 2,048 characters. */
export const LinkUrl = z
  .string()
  .max(2048)
  .refine((text) => safeLink(text) !== null, 'This address may not be linked.');

/** A web address that passes {@link safeWebUrl}, or the empty string for "none". */
export const WebUrl = z
  .string()
  .max(2048)
  .refine((text) => text === '' || safeWebUrl(text) !== null, 'This is not a web address.');
