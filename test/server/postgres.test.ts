import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServer } from '../../src-server/index.ts';
import { startPostgres, type TestPostgres } from '../helpers/postgres.ts';
import { editorOn, contentFor, startNewsroom } from '../helpers/server.ts';
import { anId } from '../helpers/articles.ts';
import { describeStore } from './suites/store-suite.ts';
import { describeSync } from './suites/sync-suite.ts';
import { describeWorkflow } from './suites/workflow-suite.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 120_000);
afterAll(() => postgres.stop());

describe('on PostgreSQL', () => {
  const start = async () => startNewsroom({ databaseUrl: await postgres.createDatabase() });
  describeSync(start);
  describeWorkflow(start);
  describeStore(() => postgres.createDatabase());

  it('orders the feed by commit when two servers write to one database at once', async () => {
    const databaseUrl = await postgres.createDatabase();
    const newsroom = await startNewsroom({ databaseUrl });
    const second = await createServer({ ...newsroom.options, databaseUrl });
    const secondUrl = await second.listen();
    try {
      const here = await newsroom.join('Here', editorOn(newsroom.newsDesk));
      const there = await newsroom.join('There', editorOn(newsroom.newsDesk));
      const firstUrl = newsroom.url;
      let cursor = (await here.changes()).cursor;
      const seen: string[] = [];
      const written: string[] = [];
      const writing = Promise.all(
        [here, there].map(async (client, index) => {
          for (let number = 0; number < 15; number += 1) {
            newsroom.url = index === number % 2 ? firstUrl : secondUrl;
            const { hash } = await client.write(
              anId(),
              contentFor(newsroom.newsDesk, { body: [`${index} ${number}`] }),
            );
            written.push(hash);
          }
        }),
      );
      let done = false;
      void writing.then(() => (done = true));
      const pull = async (): Promise<void> => {
        const page = await here.changes(cursor);
        ({ cursor } = page);
        for (const change of page.changes)
          if (change.kind === 'revision') seen.push(change.data.hash);
      };
      await expect
        .poll(
          async () => {
            await pull();
            return done;
          },
          { timeout: 20_000, interval: 5 },
        )
        .toBe(true);
      await pull();
      expect([...seen].sort()).toEqual([...written].sort());
    } finally {
      await second.close();
      await newsroom.close();
    }
  });

  it('says so when the database cannot be reached', async () => {
    await expect(
      startNewsroom({ databaseUrl: 'postgres://stet:wrong@127.0.0.1:1/none' }),
    ).rejects.toThrow(/cannot be reached/);
  });
});
