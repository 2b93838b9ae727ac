import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServer } from '../../src-server/index.ts';
import { feedAfter, openStore, verifyAudit } from '../../src-server/store/index.ts';
import { startChild, type Child } from '../durability/child.ts';
import { anId } from '../helpers/articles.ts';
import { startPostgres, type TestPostgres } from '../helpers/postgres.ts';
import { chiefOn, contentFor, editorOn, startNewsroom } from '../helpers/server.ts';
import { describePresence } from './suites/presence-suite.ts';

const WRITER = join(import.meta.dirname, 'feed-writer.ts');
const CLI = join(import.meta.dirname, '../../src-server/cli.ts');

let postgres: TestPostgres;
let folder: string;
beforeAll(async () => {
  postgres = await startPostgres();
  folder = await mkdtemp(join(tmpdir(), 'stet-processes-'));
}, 120_000);
afterAll(async () => {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

async function runWriter(dataDir: string, count: number, url: string): Promise<void> {
  const writer = spawn(process.execPath, [WRITER, dataDir, String(count)], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = (await once(writer, 'exit')) as [number];
  expect(code).toBe(0);
}

describe.each(['sqlite', 'postgres'])('several processes on one database (%s)', (engine) => {
  it('set it up once, number what they write without a gap, and hide no row from a poller', async () => {
    const url = engine === 'postgres' ? await postgres.createDatabase() : '';
    const dataDir = join(folder, engine);
    const writers = 4;
    const each = 25;
    let done = false;
    const writing = Promise.all(
      Array.from({ length: writers }, () => runWriter(dataDir, each, url)),
    ).finally(() => (done = true));

    const store = await openStore({ dataDir, databaseUrl: url === '' ? undefined : url });
    const seen: string[] = [];
    let cursor = 0;
    const pull = async (): Promise<void> => {
      const rows = await store.read((db) => feedAfter(db, cursor, 7));
      for (const row of rows) {
        expect(row.seq).toBeGreaterThan(cursor);
        cursor = row.seq;
        if (row.kind === 'inbox') seen.push(row.entity);
      }
      if (rows.length > 0) await pull();
    };
    await expect
      .poll(
        async () => {
          await pull();
          return done;
        },
        { timeout: 90_000, interval: 2 },
      )
      .toBe(true);
    await writing;
    await pull();
    const all = await feedAfter(store.db, 0, 1000);
    const written = all.filter(({ kind }) => kind === 'inbox').map(({ entity }) => entity);
    expect(written).toHaveLength(writers * each);
    expect(seen).toEqual(written);
    // The desk was touched by each writer once; its row moved, which is the only reason for a missing number.
    expect((await store.position()).seq).toBe(writers * each + writers);
    expect(await verifyAudit(store.db)).toEqual({ entries: writers * each, brokenAt: null });
    await store.close();
  }, 120_000);
});

describe('several servers on one PostgreSQL', () => {
  it('wake the windows of each other', async () => {
    const databaseUrl = await postgres.createDatabase();
    const newsroom = await startNewsroom({ databaseUrl });
    const second = await createServer({ ...newsroom.options, databaseUrl });
    const url = await second.listen();
    try {
      const editor = await newsroom.join('Editor', editorOn(newsroom.newsDesk));
      const ending = new AbortController();
      const stream = await fetch(`${url}/v1/events`, {
        headers: { authorization: `Bearer ${editor.token}` },
        signal: ending.signal,
      });
      let heard = '';
      void (async () => {
        for await (const chunk of stream.body!) heard += Buffer.from(chunk).toString();
      })().catch(() => undefined);
      await editor.write(anId(), contentFor(newsroom.newsDesk));
      const { seq } = await newsroom.server.context.store.position();
      await expect.poll(() => heard, { timeout: 10_000 }).toContain(`"seq":${seq}`);
      ending.abort();
    } finally {
      await second.close();
      await newsroom.close();
    }
  });

  it('publish a scheduled article once and soon, also when the one that was about to is killed', async () => {
    const databaseUrl = await postgres.createDatabase();
    const newsroom = await startNewsroom({ databaseUrl, clock: Date.now });
    newsroom.clock.now = Date.now();
    const { store } = newsroom.server.context;
    const editor = await newsroom.join('Editor', editorOn(newsroom.newsDesk));
    const chief = await newsroom.join('Chief', chiefOn(newsroom.newsDesk));
    const article = anId();
    const { hash } = await editor.write(article, contentFor(newsroom.newsDesk));
    await editor.move(article, 'submit', 'draft', hash);
    await chief.move(article, 'approve', 'in-review', hash);
    const servers: Child[] = [];
    const serve = async (): Promise<void> => {
      servers.push(
        await startChild([CLI, 'serve', '--data', newsroom.dataDir, '--port', '0'], {
          env: { DATABASE_URL: databaseUrl },
          ready: /is served at/,
        }),
      );
    };
    // A process that has begun to publish and stands still with the lock in its hand.
    const holder = await startChild(
      [join(import.meta.dirname, 'lock-holder.ts'), newsroom.dataDir],
      {
        env: { DATABASE_URL: databaseUrl },
        ready: /held/,
      },
    );
    try {
      await Promise.all([serve(), serve()]);
      await newsroom.server.scheduler.stop();
      const at = Date.now() + 500;
      await chief.move(article, 'schedule', 'approved', hash, { at: new Date(at).toISOString() });
      const events = async (): Promise<string[]> => {
        const rows = await store.db.selectFrom('events').selectAll().execute();
        return rows
          .map(
            ({ data }) => JSON.parse(data) as { article: string; transition: string; at: string },
          )
          .filter((event) => event.article === article && event.transition === 'publish')
          .map((event) => event.at);
      };
      const waiting = sql<{ count: number }>`
        select count(*)::int as count from pg_locks where locktype = 'advisory' and granted`;
      expect((await waiting.execute(store.db)).rows[0]?.count).toBe(1);
      await expect.poll(() => Date.now() > at + 300, { timeout: 10_000 }).toBe(true);
      expect(await events()).toEqual([]);
      const killedAt = Date.now();
      await holder.kill();
      await expect.poll(events, { timeout: 20_000, interval: 20 }).toHaveLength(1);
      const [published = ''] = await events();
      expect(Date.parse(published)).toBeGreaterThanOrEqual(killedAt);
      expect(Date.parse(published) - killedAt).toBeLessThan(5000);
    } finally {
      await Promise.all([holder, ...servers].map((child) => child.kill()));
      await newsroom.close();
    }
  }, 120_000);
});

describe('across two servers on one PostgreSQL', () => {
  describePresence(async () => {
    const databaseUrl = await postgres.createDatabase();
    const newsroom = await startNewsroom({ databaseUrl });
    const second = await createServer({ ...newsroom.options, databaseUrl });
    const listenAt = await second.listen();
    return {
      newsroom,
      listenAt,
      close: async () => {
        await second.close();
        await newsroom.close();
      },
    };
  });
});
