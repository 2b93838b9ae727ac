import type { CommentEntry } from '#shared/api';
import { canonicalJson, type Hash } from '#shared/article';
import type { Client } from '../world/client.ts';
import { lookAt } from '../world/disk.ts';
import { DESKS } from '../world/newsroom.ts';
import type { World } from '../world/world.ts';
import { wordsOf } from './counted-words.ts';
import { isAnswered } from './ready.ts';
import type { ServerDisk } from './server-disk.ts';
import { checkTakenForSent } from './taken-for-sent.ts';

/** A thread is closed by a resolving that ends it, unless somebody else had said something there that it did not know. */
export function isOpen(entries: readonly CommentEntry[]): boolean {
  const last = entries.at(-1);
  if (last?.kind !== 'resolve') return true;
  const { author, after } = last;
  if (after === undefined) return false;
  const known = entries.findIndex(({ id }) => id === after);
  const beside = entries
    .slice(known + 1, -1)
    .filter(({ kind }) => kind === 'comment' || kind === 'reply');
  return beside.some((entry) => entry.author !== author);
}

/** What the lists say of an article is what it is, and nothing that was refused or has passed is played over it. */
function checkClient({ core, file, index }: Client, broken: World['broken']): void {
  const { store } = core!;
  for (const record of store.articles.serverRecords()) {
    const pending = store.outbox.pending(record.id);
    const about = `Client ${index}: ${record.id}`;
    const shown = store.articles.record(record.id);
    if (
      pending.every(({ state }) => state === 'parked') &&
      canonicalJson(shown) !== canonicalJson(record)
    )
      broken(1, `${about} is shown as ${JSON.stringify(shown)}.`);
    const line = store.queues.row(record.id);
    const copy = store.working.read(record.id);
    if (!line || copy?.standing !== 'editable') continue;
    const { headline, slugline, section, byline } = copy.content.fields;
    // What stands in versions is settled with them, and not counted as suggested beside.
    const plain = copy.content.body.filter(({ type }) => type !== 'conflict');
    const contested = copy.content.conflicts.length + copy.content.body.length - plain.length;
    const sending = (['waiting', 'parked'] as const).map((kind) =>
      pending.some(({ state }) => state === kind),
    );
    const { state, live, conflicts, waiting, refused, postedOn, marks } = line;
    const names = byline.map(({ name }) => name).filter((name) => name.trim() !== '');
    const credited = names.length > 0 && names.every((name) => line.credit.includes(name));
    const threads = Map.groupBy(store.comments.list(record.id), ({ thread }) => thread);
    const open = [...threads.values()].filter(isOpen).length;
    const suggested = marks > contested + open;
    const is = [
      ...[line.headline, line.slugline, line.section, credited, suggested],
      ...[state, live, postedOn, conflicts, waiting, refused, line.words],
    ];
    const should = [
      ...[headline, slugline, section, names.length > 0, !isAnswered({ body: plain })],
      ...[shown?.state, shown?.live, shown?.publishedAt, contested, ...sending],
      wordsOf(copy.content.body),
    ];
    if (canonicalJson(is) !== canonicalJson(should))
      broken(13, `${about} is listed as ${JSON.stringify(is)}, not as ${JSON.stringify(should)}.`);
    const counted = lookAt(file, (db) =>
      db.prepare('SELECT threads FROM listing WHERE article = ?').pluck().get(record.id),
    );
    if (counted !== open)
      broken(13, `${about} has ${open} open threads, and ${String(counted)} are counted.`);
  }
}

/**
 * Nothing is called refused but what the server refused; and no revision is left so for want of one that the server has:
 * it is offered again with what came before it, and let go of where somebody else has brought it there.
 */
function checkRefused({ core, index }: Client, { watch, broken }: World, disk: ServerDisk): void {
  for (const { op, state, message } of core!.store.outbox.entries()) {
    if (state !== 'parked') continue;
    const { payload, id } = op;
    const code = watch.refusalOf(id);
    if (code === undefined)
      broken(12, `Client ${index} keeps back a ${payload.kind} as refused: ${message}`);
    if (payload.kind !== 'revision' || code !== 'unknown-parent') continue;
    const { hash, bytes } = payload.revision;
    if (disk.revisions.has(hash))
      broken(12, `Client ${index} keeps revision ${hash} as refused, and the server has it.`);
    const { parents } = JSON.parse(bytes) as { parents: Hash[] };
    if (!disk.revisions.has(hash) && parents.every((parent) => disk.revisions.has(parent)))
      broken(2, `Client ${index} left revision ${hash} refused, though all it builds on is there.`);
  }
}

/** How many messages of a desk are open is what its list says. */
export function checkInbox({ core, index }: Client, broken: World['broken']): void {
  if (!core) return;
  const { inbox } = core.store;
  const counts = new Map(inbox.openCounts().map(({ desk, open }) => [desk, open]));
  for (const { id } of DESKS) {
    const open = inbox.list(id).filter(({ handledBy }) => handledBy === null).length;
    if ((counts.get(id) ?? 0) !== open)
      broken(
        13,
        `Client ${index} counts ${counts.get(id) ?? 0} open messages of ${id}, not ${open}.`,
      );
  }
}

export function checkLists(world: World, disk: ServerDisk): void {
  for (const client of world.clients) {
    checkClient(client, world.broken);
    checkRefused(client, world, disk);
    checkTakenForSent(world, client);
    checkInbox(client, world.broken);
  }
}
