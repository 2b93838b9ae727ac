import type { VaultItem } from '#shared/contract';

/** The headline, or what stands for it. */
export function titleOf({ headline }: Pick<VaultItem, 'headline'>): string {
  return headline.trim() || 'An article without a headline';
}
