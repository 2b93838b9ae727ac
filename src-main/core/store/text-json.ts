import { cleanText } from '#shared/article';

/**
 * A value as JSON for a row of the working copy. JSON.stringify escapes control characters and half surrogate pairs and
 * nothing else, so that an escape is the sign to look closer: they may come out of any file, and no revision can hold them.
 */
export function textJson(value: unknown): string {
  const json = JSON.stringify(value);
  return json.includes('\\u') ? JSON.stringify(value, cleaned) : json;
}

function cleaned(_: string, value: unknown): unknown {
  return typeof value === 'string' ? cleanText(value) : value;
}
