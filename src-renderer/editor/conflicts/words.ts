import { BLOCK_LABELS, type PlainBlock } from '#shared/article';
import type { ConflictOrigins } from '#shared/contract';

export type Origin = ConflictOrigins['versions'][number];

const NUMBERS = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine'];

/** "Two versions", "Three versions". */
export function countedVersions(count: number): string {
  return `${NUMBERS[count] ?? String(count)} versions`;
}

/** What a conflict is about, as it stands in a sentence: "paragraph", "list". */
export function thingOf(base: PlainBlock | null, versions: readonly (PlainBlock | null)[]): string {
  const block = base ?? versions.find((version) => version !== null);
  return block ? BLOCK_LABELS[block.type].toLowerCase() : 'block';
}

function joined(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** What an editor did with what stood before; `wrote` where nothing did. */
export type Deed = 'wrote' | 'changed' | 'removed' | 'kept';

/** Who did what, in words for someone who saw none of it. */
export function saysWhat(
  thing: string,
  origins: readonly Origin[],
  deeds: readonly Deed[],
): string {
  const named = (index: number): string =>
    origins[index]?.by ?? (index === 0 ? 'one editor' : 'another');
  const those = (...which: Deed[]): string[] =>
    deeds.flatMap((deed, index) => (which.includes(deed) ? [named(index)] : []));
  const removers = those('removed');
  const writers = those('changed', 'wrote');
  const keepers = those('kept');
  const verb = deeds.includes('wrote') ? 'wrote' : 'changed';
  const isOne = new Set(writers).size === 1 && writers.length > 1;
  const it = removers.length > 0 ? 'it' : `this ${thing}`;
  const did =
    isOne && removers.length === 0
      ? `${verb} ${it} in two ways`
      : `${writers.length > 1 && !isOne && removers.length === 0 ? 'each ' : ''}${verb} ${it}`;
  const parts = [
    removers.length > 0 && `${joined(removers)} removed this ${thing}`,
    writers.length > 0 && `${joined([...new Set(writers)])} ${did}`,
    keepers.length > 0 && `${joined(keepers)} left it as it stood`,
  ];
  return `${capital(parts.filter((part) => part !== false).join('; '))}.`;
}

/** A label as it stands in a sentence: "the headline", "the URL slug". */
export function inSentence(label: string): string {
  return /^\p{Lu}\p{Ll}/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
