import type { ArticleRecord } from '#shared/api';
import type { Hash, Id } from '#shared/article';
import type { Store } from '../../../src-main/core/store/index.ts';
import type { Client } from '../world/client.ts';
import type { World } from '../world/world.ts';

type Waiting = ReturnType<Store['outbox']['pending']>;

/** What the server’s record comes to with what waits, as far as nobody has to decide it; written once more for the checker. */
export interface Expected {
  head: Hash | null;
  sides: Hash[];
  binned: boolean;
}

export function withWaiting(
  record: Pick<ArticleRecord, 'head' | 'sides' | 'binned'> | null,
  pending: Pick<Waiting[number], 'payload' | 'state'>[],
): Expected {
  let head = record?.head ?? null;
  let sides = [...(record?.sides ?? [])];
  let binned = record?.binned ?? false;
  for (const { payload, state } of pending) {
    if (state !== 'waiting') continue;
    if (payload.kind === 'bin') ({ binned } = payload);
    if (payload.kind !== 'revision') continue;
    if (payload.base === head) head = payload.hash;
    else sides = [...sides.filter((side) => side !== payload.hash), payload.hash];
  }
  return { head, sides, binned };
}

/** What a person did shows on their own computer, one thing upon the other, however long it has to wait. */
export function checkWaiting({ broken }: World, { core, index }: Client, article: Id): void {
  const pending = core?.store.outbox.pending(article) ?? [];
  if (!core || pending.length === 0) return;
  const shown = core.store.articles.record(article);
  if (!shown) return;
  const should = withWaiting(core.store.articles.serverRecord(article), pending);
  for (const name of ['head', 'sides', 'binned'] as const)
    if (JSON.stringify(shown[name]) !== JSON.stringify(should[name]))
      broken(
        11,
        `Client ${index} shows ${name} of ${article} as ${JSON.stringify(shown[name])}, not ${JSON.stringify(should[name])}, with what waits.`,
      );
}
