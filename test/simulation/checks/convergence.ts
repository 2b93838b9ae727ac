import { canonicalJson, type Id } from '#shared/article';
import type { Change } from '#shared/api';
import { changesAfter } from '../../../src-server/sync/index.ts';
import type { Client } from '../world/client.ts';
import type { World } from '../world/world.ts';

/** Everything that the server’s feed tells somebody who may see it all. */
export async function wholeFeed(world: World): Promise<{ changes: Change[]; cursor: string }> {
  const { store } = world.server.context();
  const all = { ...world.clients[0]!.who, admin: true };
  const changes: Change[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await changesAfter(store, () => Promise.resolve(all), { cursor, limit: 500 });
    changes.push(...page.changes);
    cursor = page.cursor;
    if (!page.more) return { changes, cursor };
  }
}

/** What the client keeps of an article in lists, read once. */
type Entries = (kind: 'comment' | 'event', article: Id) => readonly { id: Id }[];

function entriesOf({ core }: Client): Entries {
  const { comments, events } = core!.store;
  const read = new Map<string, readonly { id: Id }[]>();
  return (kind, article) => {
    const key = `${kind} ${article}`;
    const known = read.get(key) ?? (kind === 'comment' ? comments : events).list(article);
    read.set(key, known);
    return known;
  };
}

/** What the client has of a row of the feed, and what it should have. */
function pairOf(
  { core, who }: Client,
  entries: Entries,
  change: Change,
): [unknown, unknown] | null {
  const { store } = core!;
  switch (change.kind) {
    case 'article':
      return [store.articles.serverRecord(change.data.id), change.data];
    case 'revision':
      return [store.revisions.get(change.data.hash)?.bytes, change.data.bytes];
    case 'event':
    case 'comment':
      return [
        entries(change.kind, change.data.article).find(({ id }) => id === change.data.id),
        change.data,
      ];
    case 'person':
      return [store.people.person(change.data.id), change.data];
    case 'desk':
      return [store.people.desk(change.data.id), change.data];
    case 'newsroom':
      return [store.people.newsroom(), change.data];
    case 'inbox':
      return who.memberships.some(({ desk }) => desk === change.data.desk)
        ? [store.inbox.get(change.data.id), change.data]
        : null;
  }
}

function checkClient(world: World, client: Client, changes: readonly Change[]): void {
  const { store } = client.core!;
  const entries = entriesOf(client);
  for (const change of changes) {
    const pair = pairOf(client, entries, change);
    if (!pair) continue;
    const [has, should] = pair;
    if (has === should || JSON.stringify(has) === JSON.stringify(should)) continue;
    if (has !== undefined && has !== null && canonicalJson(has) === canonicalJson(should)) continue;
    const missing = has === undefined || has === null;
    world.broken(
      missing ? 6 : 1,
      `Client ${client.index} ${missing ? 'lacks' : 'has something else for'} ${change.kind} ${JSON.stringify(should).slice(0, 200)}`,
    );
    return;
  }
  for (const change of changes) {
    if (change.kind !== 'article' || change.data.head === null) continue;
    const { id, head } = change.data;
    const copy = store.working.read(id);
    const refused = store.outbox
      .pending(id)
      .some(({ state, payload }) => state === 'parked' && payload.kind === 'revision');
    if (refused || copy?.standing === 'newer-schema') continue;
    if (copy?.base !== head || copy.dirty)
      world.broken(1, `Client ${client.index} shows ${id} at ${copy?.base ?? ''}, not at ${head}.`);
    else if (canonicalJson(copy.content) !== canonicalJson(contentAt(client, head)))
      world.broken(1, `Client ${client.index} shows other text than the head of ${id}.`);
  }
  for (const kind of ['comment', 'event'] as const) checkOrder(world, client, kind, changes);
  for (const { hash, bytes } of world.future) {
    const onServer = changes.some(
      (change) => change.kind === 'revision' && change.data.hash === hash,
    );
    if (onServer && store.revisions.get(hash)?.bytes !== bytes)
      world.broken(14, `Client ${client.index} changed what it does not understand.`);
  }
}

/** A thread reads alike everywhere: `resolve` and `reopen` mean nothing without their order. */
function checkOrder(
  world: World,
  { core, index }: Client,
  kind: 'comment' | 'event',
  changes: readonly Change[],
): void {
  const entries = changes
    .filter((change) => change.kind === 'comment' || change.kind === 'event')
    .flatMap((change) => (change.kind === kind ? [change.data] : []));
  for (const article of new Set(entries.map((entry) => entry.article))) {
    const should = entries.filter((entry) => entry.article === article).map(({ id }) => id);
    const known = new Set(should);
    const lists = { comment: core!.store.comments, event: core!.store.events };
    const has = lists[kind].list(article).flatMap(({ id }) => (known.has(id) ? [id] : []));
    if (has.join() !== should.join())
      world.broken(1, `Client ${index} has the ${kind}s of ${article} in another order.`);
  }
}

function contentAt({ core }: Client, hash: string): unknown {
  const revision = core!.store.revisions.open(hash);
  return (
    revision && { fields: revision.fields, body: revision.body, conflicts: revision.conflicts }
  );
}

/** Everyone holds what the server holds, to the byte, and shows it. */
export async function checkConvergence(world: World): Promise<void> {
  const { changes } = await wholeFeed(world);
  for (const client of world.clients) checkClient(world, client, changes);
}
