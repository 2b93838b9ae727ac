const ALLOWED: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);

/** An address as it may be opened outside Stet, or null: anything but web and mail could start a program. */
export function externalUrl(url: string): string | null {
  const parsed = URL.parse(url);
  return parsed && ALLOWED.has(parsed.protocol) ? parsed.href : null;
}
