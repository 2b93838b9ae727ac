import { describe, expect, it } from 'vitest';
import type { Id } from '#shared/article';
import type { Store } from '../../../src-main/core/store/index.ts';
import { NEWS, WORLD } from '../world/newsroom.ts';
import { watchAwaited, type AwaitedWatch } from './awaited-watch.ts';

const ARTICLE = 'an article';
const MINUTE = 60_000;
const PLEA = (desk: string): string => `Ask your newsroom admin for a place on ${desk}.`;

/** As much of a store as is looked at: one article of the World Desk, whose reader works on the News Desk. */
function aStore(role: string, createdBy: Id) {
  const awaited: Id[] = [];
  const waiting: { payload: object }[] = [];
  const store = {
    awaited: {
      has: (article: Id) => awaited.includes(article),
      since: () => awaited.map((article, number) => ({ article, number })),
      add: (articles: Iterable<Id>) => void awaited.push(...articles),
      replace: (articles: Iterable<Id>) => void awaited.splice(0, Infinity, ...articles),
    },
    outbox: { pending: () => waiting, add: (payload: object) => void waiting.push({ payload }) },
    articles: { serverRecord: () => ({ createdBy }) },
    people: { person: () => ({ memberships: [{ desk: NEWS.id, role }] }) },
    revisions: {
      list: () => [{ hash: 'a' }],
      isKnown: () => true,
      deskOf: () => WORLD.id,
    },
  };
  return store as unknown as Store;
}

function watched(
  minutes: number,
  act: (store: Store, watch: AwaitedWatch) => void,
  { role = 'copy-editor', createdBy = 'a colleague' } = {},
): AwaitedWatch {
  let now = 0;
  const store = aStore(role, createdBy);
  const watch = watchAwaited(store, 'a reader', () => now);
  store.awaited.add([ARTICLE]);
  now = minutes * MINUTE;
  act(store, watch);
  return watch;
}

const send = (store: Store): void =>
  void store.outbox.add({ kind: 'revision', revision: { article: ARTICLE } } as never, 'a reader');

describe('an article that a server lost', () => {
  it('is left to whoever started it, and to others before a chief', () => {
    expect(watched(4, send).wrong()).toMatch('before others have had their turn');
    expect(watched(6, send).wrong()).toBeNull();
    expect(watched(0, send, { createdBy: 'a reader' }).wrong()).toBeNull();
    expect(watched(6, send, { role: 'desk-chief' }).wrong()).toMatch(
      'before others have had their turn',
    );
    expect(watched(11, send, { role: 'desk-chief' }).wrong()).toBeNull();
  });

  it('is told of to who may not send it, in time and with the desk that they need', () => {
    const tell = (desk: string) => (_: Store, watch: AwaitedWatch) =>
      watch.notice('warning', PLEA(desk), ARTICLE);
    expect(watched(31, () => undefined).unasked()).toBe(ARTICLE);
    expect(watched(31, tell(WORLD.name)).unasked()).toBeNull();
    expect(watched(31, tell(WORLD.name)).wrong()).toBeNull();
    expect(watched(31, tell(NEWS.name)).wrong()).toMatch(`needs a place on ${WORLD.name}`);
    expect(watched(3, tell(WORLD.name)).wrong()).toMatch('asks for a place');
  });
});
