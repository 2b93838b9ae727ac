import { isDeepStrictEqual } from 'node:util';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { placeOf, type ChangesResponse } from '#shared/api';
import { openRevision } from '#shared/article';
import {
  feedPosition,
  findArticle,
  findRevision,
  verifyAudit,
  type Store,
} from '../../src-server/store/index.ts';
import type { Core } from './core.ts';
import type { Device } from './device.ts';
import type { Ledger } from './ledger.ts';
import type { Newsroom } from './newsroom.ts';

/** Something that was promised and does not hold. */
export class Broken extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Broken';
  }
}

function hold(condition: boolean, otherwise: () => string): void {
  if (!condition) throw new Broken(otherwise());
}

/** A colleague who pulls the feed page by page through all that happens, and remembers what came. */
export interface Poller {
  pull: () => Promise<void>;
  cursor: () => string;
  seen: ReadonlySet<string>;
}

export function pollerOver(reader: Device): Poller {
  const seen = new Set<string>();
  let cursor = '';
  return {
    seen,
    cursor: () => cursor,
    pull: async () => {
      for (let more = true; more;) {
        const query = new URLSearchParams({ limit: '100', ...(cursor !== '' && { cursor }) });
        const response = await reader.request('GET', `/v1/changes?${query.toString()}`);
        const page = (await response.json()) as ChangesResponse;
        hold(!page.reset, () => `The feed began anew at ${cursor}: the server forgot its place.`);
        for (const { kind, data } of page.changes)
          seen.add(`${kind} ${'hash' in data ? data.hash : data.id}`);
        ({ cursor, more } = page);
      }
    },
  };
}

/** Whether everything that HTTP devices were told is so. */
export async function checkAnswers(reader: Device, ledger: Ledger): Promise<void> {
  for (const { op, answer, again } of ledger.answers)
    hold(isDeepStrictEqual(await again(), answer), () => `Operation ${op.id} has another answer.`);
  for (const { path, words } of ledger.pages) {
    const page = await reader.request('GET', path);
    const text = await page.text();
    hold(page.status === 200 && text.includes(words), () => `${path} is not what was published.`);
  }
  for (const { hash, bytes } of ledger.pictures) {
    const picture = await reader.request('GET', `/v1/assets/${hash}`);
    const stored = new Uint8Array(await picture.arrayBuffer());
    hold(isDeepStrictEqual(stored, bytes), () => `Picture ${hash} is not what was sent.`);
  }
}

/** Whether the server's database is whole, and holds every act once and every word that was saved. */
export async function checkServer(newsroom: Newsroom, store: Store, ledger: Ledger): Promise<void> {
  const { db } = store;
  await checkPages(newsroom, store);
  const audit = await verifyAudit(db);
  hold(audit.brokenAt === null, () => `The audit log breaks at entry ${String(audit.brokenAt)}.`);

  const gaps = await sql<{ device: string }>`
    select device from answers group by device having count(*) <> max(seq)`.execute(db);
  hold(gaps.rows.length === 0, () => 'A device’s numbers have a gap.');
  const doubled = await sql<{ op: string }>`
    select op from answers group by op having count(*) > 1`.execute(db);
  hold(doubled.rows.length === 0, () => 'An operation was answered under two numbers.');

  const acts = new Map<string, number>();
  for (const { data } of await db.selectFrom('events').select('data').execute()) {
    const { article, transition } = JSON.parse(data) as { article: string; transition: string };
    const key = `${article} ${transition}`;
    acts.set(key, (acts.get(key) ?? 0) + 1);
  }
  for (const [act, times] of acts)
    hold(times === 1, () => `${act} happened ${String(times)} times.`);
  for (const { article, transition } of ledger.acts)
    hold(acts.has(`${article} ${transition}`), () => `${transition} of ${article} is lost.`);

  for (const { article, block, words } of ledger.blocks) {
    const head = (await findArticle(db, article))?.head ?? null;
    const revision = head === null ? null : await findRevision(db, head);
    const found = revision && openRevision(revision.bytes).body.find(({ $ }) => $.id === block);
    hold(JSON.stringify(found ?? null).includes(words), () => `“${words}” is not on the server.`);
  }
}

async function checkPages({ engine, dataDir }: Newsroom, { db }: Store): Promise<void> {
  if (engine === 'postgres') {
    await sql`create extension if not exists amcheck`.execute(db);
    await sql`select bt_index_check(index.indexrelid, true) from pg_index index
      join pg_class class on class.oid = index.indexrelid
      join pg_am method on method.oid = class.relam
      join pg_namespace namespace on namespace.oid = class.relnamespace
      where method.amname = 'btree' and namespace.nspname = 'public'`.execute(db);
    return;
  }
  checkFile(join(dataDir, 'server.db'), 'The server’s database');
}

function checkFile(file: string, what: string): void {
  const database = new Database(file, { readonly: true });
  const check = database.pragma('integrity_check', { simple: true });
  const foreign = database.pragma('foreign_key_check') as unknown[];
  database.close();
  hold(check === 'ok' && foreign.length === 0, () => `${what} is damaged: ${String(check)}`);
}

/** Whether the feed numbers everything there is, and the poller has met all of it. */
export async function checkFeed(store: Store, poller: Poller): Promise<void> {
  // One snapshot: scheduled articles go on being published meanwhile.
  const { seq, rows, revisions, events } = await store.read(async (db) => ({
    ...(await feedPosition(db)),
    rows: await db.selectFrom('feed').selectAll().execute(),
    revisions: await db.selectFrom('revisions').select('hash').execute(),
    events: await db.selectFrom('events').select('id').execute(),
  }));
  // For the same reason the poller may already be further.
  await poller.pull();
  const here = placeOf(poller.cursor()).seq;
  hold(here >= seq, () => `The poller stands at ${here}, the feed at ${seq}.`);
  const fed = new Set(rows.map(({ kind, entity }) => `${kind} ${entity}`));
  // Behind the newest row there may be places without one.
  hold(Math.max(...rows.map((row) => row.seq)) <= seq, () => 'A row stands behind the counter.');
  for (const row of fed) hold(poller.seen.has(row), () => `The poller never met ${row}.`);
  for (const entry of [
    ...revisions.map(({ hash }) => `revision ${hash}`),
    ...events.map(({ id }) => `event ${id}`),
  ])
    hold(fed.has(entry), () => `${entry} is not in the feed.`);
}

/** Whether a core has, right after it was killed, what it said was on its disk. */
export async function checkTyped(core: Core, ledger: Ledger): Promise<void> {
  const bodies = new Map<string, string>();
  for (const { article, block, words } of ledger.blocks) {
    const known = bodies.get(article);
    const body = known ?? JSON.stringify((await core.call('article.open', { article })).body);
    bodies.set(article, body);
    hold(body.includes(words), () => `“${words}” (${block}) is not on the computer.`);
  }
}

/** Whether a core’s outbox is empty with nothing refused, and its copy is whole and the server's. */
export async function checkCore(core: Core, store: Store): Promise<void> {
  const { outbox } = await core.call('outbox.list', {});
  hold(outbox.length === 0, () => `The outbox holds ${JSON.stringify(outbox[0])}.`);
  checkFile(join(core.folder, 'stet.db'), 'The core’s database');
  const database = new Database(join(core.folder, 'stet.db'), { readonly: true });
  const here = database.prepare('select hash from revision where known = 1').pluck().all();
  database.close();
  const there = await store.db.selectFrom('revisions').select('hash').execute();
  const held = new Set(here);
  hold(held.size === there.length, () => `Of ${there.length} revisions ${held.size} are here.`);
  for (const { hash } of there) hold(held.has(hash), () => `Revision ${hash} is not here.`);
}
