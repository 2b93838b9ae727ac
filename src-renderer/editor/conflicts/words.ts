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

/** Who wrote what, in words for someone who saw none of it. `gone` tells of each version whether it is a removal. */
export function saysWhat(
  thing: string,
  origins: readonly Origin[],
  gone: readonly boolean[],
  isNew: boolean,
): string {
  const who = gone.map((_, index) => origins[index]?.by ?? null);
  const named = (index: number): string => who[index] ?? (index === 0 ? 'One editor' : 'another');
  const removers = gone.flatMap((is, index) => (is ? [named(index)] : []));
  const writers = gone.flatMap((is, index) => (is ? [] : [named(index)]));
  const isOne = new Set(writers).size === 1 && writers.length > 1;
  const verb = isNew ? 'wrote' : 'changed';
  if (removers.length > 0) {
    const removed = `${capital(joined(removers))} removed this ${thing}`;
    return `${removed}; ${joined([...new Set(writers)])} ${verb} it.`;
  }
  if (isOne) return `${capital(writers[0] ?? '')} ${verb} this ${thing} in two ways.`;
  return `${capital(joined(writers))} each ${verb} this ${thing}.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
