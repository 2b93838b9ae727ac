import type { KyselyPlugin } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Hash, Id } from '#shared/article';
import type { ServerContext } from '../../src-server/context.ts';
import { startScheduler, type Scheduler } from '../../src-server/publishing/index.ts';
import { anId } from '../helpers/articles.ts';
import {
  chiefOn,
  contentFor,
  editorOn,
  startNewsroom,
  type TestClient,
  type TestNewsroom,
} from '../helpers/server.ts';

/** Shorter than any pause the scheduler makes by itself, longer than anything it has to do. */
const BEFORE_ANY_RETRY = { timeout: 4000, interval: 20 };

describe('the scheduler', () => {
  let newsroom: TestNewsroom;
  let chief: TestClient;
  let editor: TestClient;
  let context: ServerContext;
  let own: Scheduler | undefined;

  beforeEach(async () => {
    newsroom = await startNewsroom({ clock: Date.now });
    newsroom.clock.now = Date.now();
    ({ context } = newsroom.server);
    editor = await newsroom.join('Editor', editorOn(newsroom.newsDesk));
    chief = await newsroom.join('Chief', chiefOn(newsroom.newsDesk));
    await newsroom.server.scheduler.stop();
  });
  afterEach(async () => {
    await own?.stop();
    own = undefined;
    await newsroom.close();
  });

  async function approved(): Promise<{ article: Id; hash: Hash }> {
    const article = anId();
    const { hash } = await editor.write(article, contentFor(newsroom.newsDesk));
    await editor.move(article, 'submit', 'draft', hash);
    await chief.move(article, 'approve', 'in-review', hash);
    return { article, hash };
  }

  async function schedule({ article, hash }: { article: Id; hash: Hash }, at: number) {
    await chief.move(article, 'schedule', 'approved', hash, { at: new Date(at).toISOString() });
  }

  async function stateOf(article: Id): Promise<string | undefined> {
    const query = context.store.db.selectFrom('articles').select('state');
    return (await query.where('id', '=', article).executeTakeFirst())?.state;
  }

  const start = (changes: Partial<ServerContext> = {}): void => {
    own = startScheduler({ ...context, ...changes }, (error) => {
      throw error;
    });
  };

  /** Runs `act` once, between the scheduler's reading of what comes next and what it makes of that. */
  function behindItsBack(act: () => Promise<void>): Partial<ServerContext> {
    let done = false;
    const plugin: KyselyPlugin = {
      transformQuery: ({ node }) => node,
      async transformResult({ result }) {
        const isWhatComesNext = 'at' in (result.rows[0] ?? {});
        if (isWhatComesNext && !done) {
          done = true;
          await act();
        }
        return result;
      },
    };
    return { store: { ...context.store, db: context.store.db.withPlugin(plugin) } };
  }

  it('publishes at once what falls due between two looks at the clock', async () => {
    const due = await approved();
    const at = Date.now() + 3_600_000;
    await schedule(due, at);
    // A timer may ring a millisecond early: the first reading is before the time, every later one is not.
    let reading = at - 1;
    const { store } = context;
    const inTime = { at: new Date(at).toISOString() };
    start({
      clock: () => reading++,
      store: { ...store, write: (work) => store.write((unit) => work({ ...unit, ...inTime })) },
    });
    await expect.poll(() => stateOf(due.article), BEFORE_ANY_RETRY).toBe('published');
  });

  it('does not oversleep what is scheduled while it reads the schedule', async () => {
    const due = await approved();
    start(behindItsBack(() => schedule(due, Date.now() + 200)));
    await expect.poll(() => stateOf(due.article), BEFORE_ANY_RETRY).toBe('published');
  });

  it('publishes what was scheduled though the article is on no desk by then', async () => {
    const planned = await approved();
    await schedule(planned, Date.now() + 300);
    const { article, hash } = planned;
    const withoutDesk = contentFor(newsroom.newsDesk, { fields: { desk: null } });
    expect(await editor.write(article, withoutDesk, [hash])).toMatchObject({
      outcome: 'accepted',
    });
    start();
    await expect.poll(() => stateOf(article), BEFORE_ANY_RETRY).toBe('published');
  });

  it('publishes the others on time while a check holds one back', async () => {
    const [held, due] = [await approved(), await approved()];
    await schedule(held, Date.now() + 100);
    await schedule(due, Date.now() + 1200);
    await context.store.db
      .updateTable('articles')
      .set({ approved_revision: null })
      .where('id', '=', held.article)
      .execute();
    start();
    await expect.poll(() => stateOf(due.article), BEFORE_ANY_RETRY).toBe('published');
    expect(await stateOf(held.article)).toBe('scheduled');
  });
});
