import { TextFormat } from '#shared/article';
import type { Look, Stretch } from './changes.ts';

const FORMATS = Object.entries(TextFormat);

function formatNames(format: number): string {
  const names = FORMATS.flatMap(([name, bit]) => (format & bit ? [name] : []));
  return names.join(' and ');
}

const QUOTE_LENGTH = 40;

/** The beginning of a text in quotation marks. */
export function quoted(text: string): string {
  const words = text.trim();
  return words.length <= QUOTE_LENGTH
    ? `“${words}”`
    : `“${words.slice(0, QUOTE_LENGTH - 1).trimEnd()}…”`;
}

function settled(words: string, was: Look, now: Look): string | null {
  if (was.suggested === now.suggested) return null;
  if (was.suggested === 'in') return `The suggestion to add ${words} is accepted.`;
  if (was.suggested === 'out') return `The suggestion to cut ${words} is rejected.`;
  if (was.suggested === 'set') {
    const decision = was.format === now.format ? 'accepted' : 'rejected';
    return `The suggestion how to set ${words} is ${decision}.`;
  }
  return now.suggested === 'out' ? `It is suggested to cut ${words}.` : null;
}

function reset(words: string, was: Look, now: Look): string | null {
  const added = formatNames(now.format & ~was.format);
  const gone = formatNames(was.format & ~now.format);
  if (!added && !gone) return null;
  return `${words} is ${[added && `now ${added}`, gone && `no longer ${gone}`].filter(Boolean).join(', ')}.`;
}

function relinked(words: string, was: Look, now: Look): string | null {
  if (was.url === now.url) return null;
  if (now.url === null) return `${words} no longer leads to ${was.url ?? ''}`;
  return `${words} leads to ${now.url}${was.url === null ? '' : `, not to ${was.url}`}`;
}

/**
 * What a version changed beside the words, in words: what is bold, where a link leads, which suggestion was accepted.
 * The eye sees none of it in two versions that read alike.
 */
export function differencesOf(stretches: readonly Stretch[]): string[] {
  return stretches.flatMap(({ change, text, look, was }) => {
    const words = quoted(text);
    if (text.trim() === '') return [];
    const said =
      change === 'restyled' && was
        ? [settled(words, was, look), reset(words, was, look), relinked(words, was, look)]
        : change === 'removed' && look.suggested === 'in'
          ? [`The suggestion to add ${words} is rejected.`]
          : change === 'removed' && look.suggested === 'out'
            ? [`The suggestion to cut ${words} is accepted.`]
            : change === 'added'
              ? [
                  look.suggested === 'in' ? `It is suggested to add ${words}.` : null,
                  look.url === null ? null : `${words} leads to ${look.url}`,
                ]
              : [];
    return said.filter((one) => one !== null);
  });
}
