import { z } from 'zod';

// XML 1.0 can carry none of these, PostgreSQL no NUL, and no font draws them; tab and line feed are all that a text needs.
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g;

/**
 * Text as it may stand in an article: half a surrogate pair becomes U+FFFD (RFC 8785 has no form for it, so that no
 * revision could be made), control characters go. What steers writing direction or joins letters stays.
 */
export function cleanText(text: string): string {
  return text.toWellFormed().replace(UNPRINTABLE, '');
}

/** Words that a person wrote. */
export const Text = z.string().overwrite(cleanText);
