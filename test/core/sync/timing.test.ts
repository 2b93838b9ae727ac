import { afterEach, beforeEach, expect, it } from 'vitest';
import { sha256Hex, type Id } from '#shared/article';
import { backoffMs } from '#shared/api';
import { createSyncEngine, type Timers } from '../../../src-main/core/sync/index.ts';
import { paragraph } from '../../helpers/articles.ts';
import { openNewsroom, type TestNewsroom } from './newsroom.ts';
import { openStation, type Station } from './station.ts';
import { openLine, type UnreliableLine } from './unreliable-line.ts';
import { virtualTimers, type VirtualTimers } from './virtual-timers.ts';
import { ignore, SILENCE } from './silence.ts';

const ONE_BY_ONE = { mime: 'image/png', width: 1, height: 1 } as const;
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

let newsroom: TestNewsroom;
let line: UnreliableLine;
let timers: VirtualTimers;
let rim: Station;

beforeEach(async () => {
  newsroom = await openNewsroom();
  line = await openLine(() => newsroom.url);
  // Nobody is woken here: what happens, happens by the clock.
  line.trouble = (_, path) => (path === '/v1/events' ? 'cut' : 'pass');
  timers = virtualTimers();
  rim = await openStation({ url: line.url, login: 'rim', desk: newsroom.desk.id, timers });
});
afterEach(async () => {
  await rim.remove();
  await line.close();
  await newsroom.remove();
});

/** Slot’s version comes to stand beside the head, and the two are never joined there: it is typed in until the end. */
async function leftBeside(): Promise<Id> {
  const article = rim.create('Bridge reopens', 'One.', 'Two.');
  await rim.sync();
  const slot = await openStation({ url: newsroom.url, login: 'slot', desk: newsroom.desk.id });
  await slot.away();
  slot.edit(article, { blocks: [paragraph('Two by slot.', slot.block(article, 1).$.id)] });
  slot.seal(article);
  rim.edit(article, { blocks: [paragraph('One by rim.', rim.block(article, 0).$.id)] });
  rim.seal(article);
  await rim.sync();
  slot.engine.noteEdit(article);
  await slot.sync();
  await slot.remove();
  await rim.sync();
  return article;
}

it('waits 0.5 s after a failure, twice as long after each further one, and 5 minutes at most', async () => {
  line.trouble = () => 'cut';
  await rim.sync();
  const waits: (number | null)[] = [];
  for (let attempt = 0; attempt < 13; attempt += 1) {
    const wait = timers.next();
    waits.push(wait);
    timers.pass(wait ?? 0);
    await rim.engine.idle();
  }
  expect(waits).toEqual([
    500, 1000, 2000, 4000, 8000, 16_000, 32_000, 64_000, 128_000, 256_000, 300_000, 300_000,
    300_000,
  ]);
});

it('tries again when the time for it comes while the last attempt is still ending', async () => {
  const hasty: Timers = {
    now: () => timers.now(),
    after(ms, work) {
      if (ms !== 500) return timers.after(ms, work);
      queueMicrotask(work);
      return () => undefined;
    },
  };
  const slot = await openStation({
    url: line.url,
    login: 'slot',
    desk: newsroom.desk.id,
    timers: hasty,
  });
  await rim.away();
  line.trouble = () => 'cut';
  await slot.sync();
  expect(timers.next()).toBe(1000);
  line.trouble = () => 'pass';
  timers.pass(1000);
  await slot.engine.idle();
  expect(slot.engine.standing().state).toBe('online');
  await slot.remove();
});

it('spreads the waits of many computers over the whole time', () => {
  const wait = (byte: number): number =>
    backoffMs(4, (length) => new Uint8Array(length).fill(byte));
  expect([wait(0), wait(128), wait(255)]).toEqual([0, 2008, 4000]);
});

it('new work brings the next attempt forward, but not more often than every 15 seconds', async () => {
  let attempts = 0;
  line.trouble = () => {
    attempts += 1;
    return 'cut';
  };
  await rim.sync();
  for (let failure = 0; failure < 10; failure += 1) {
    timers.pass(timers.next() ?? 0);
    await rim.engine.idle();
  }
  const before = attempts;
  rim.engine.nudge();
  await rim.engine.idle();
  expect(attempts).toBe(before);
  timers.pass(15_000);
  rim.engine.nudge();
  await rim.engine.idle();
  expect(attempts).toBeGreaterThan(before);
});

it('looks every half minute for news when nothing wakes it', async () => {
  const slot = await openStation({ url: newsroom.url, login: 'slot', desk: newsroom.desk.id });
  const article = slot.create('From the desk', 'One.');
  await slot.sync();
  await slot.remove();
  timers.pass(29_000);
  await rim.engine.idle();
  timers.pass(1000);
  await rim.engine.idle();
  expect(rim.texts(article)).toEqual(['One.']);
});

it('looks again for a picture that reached the server behind the text that shows it', async () => {
  const bytes = Buffer.from(PIXEL, 'base64');
  const leadImage = {
    asset: sha256Hex(bytes),
    ...ONE_BY_ONE,
    caption: '',
    credit: '',
    alt: 'A bridge',
  };
  const slot = await openStation({ url: newsroom.url, login: 'slot', desk: newsroom.desk.id });
  const article = slot.create('From the desk', 'One.');
  slot.edit(article, { fields: { leadImage } });
  slot.seal(article);
  await slot.sync();
  const minutePasses = async (): Promise<void> => {
    for (const _half of [1, 2]) {
      timers.pass(30_000);
      await rim.engine.idle();
    }
  };
  await minutePasses();
  expect(rim.store.working.read(article)?.content.fields.leadImage).toEqual(leadImage);
  expect(rim.store.assets.get(leadImage.asset)).toBeNull();

  slot.store.assets.add(bytes, ONE_BY_ONE);
  await slot.sync();
  await slot.remove();
  await minutePasses();
  expect(rim.store.assets.get(leadImage.asset)).not.toBeNull();
});

it('leaves an article alone while someone types in it, and merges it two seconds later', async () => {
  const article = rim.create('Bridge reopens', 'One.', 'Two.');
  await rim.sync();
  const slot = await openStation({ url: newsroom.url, login: 'slot', desk: newsroom.desk.id });
  slot.edit(article, { blocks: [paragraph('Two by slot.', slot.block(article, 1).$.id)] });
  slot.seal(article);
  await slot.sync();
  await slot.remove();

  rim.edit(article, { blocks: [paragraph('One, still typ', rim.block(article, 0).$.id)] });
  rim.engine.noteEdit(article);
  await rim.sync();
  expect(rim.texts(article)).toEqual(['One, still typ', 'Two.']);
  timers.pass(1999);
  await rim.engine.idle();
  expect(rim.texts(article)).toEqual(['One, still typ', 'Two.']);
  timers.pass(1);
  await rim.engine.idle();
  expect(rim.texts(article)).toEqual(['One, still typ', 'Two by slot.']);
});

it('joins what stands beside the head with it when the computer that sent it does not come back', async () => {
  const article = await leftBeside();
  expect(rim.store.articles.serverRecord(article)?.sides).toHaveLength(1);
  for (let minute = 0; minute < 5; minute += 1) {
    timers.pass(60_000);
    await rim.engine.idle();
    expect(rim.texts(article)).toEqual(['One by rim.', 'Two.']);
  }
  timers.pass(60_000);
  await rim.engine.idle();
  expect(rim.texts(article)).toEqual(['One by rim.', 'Two by slot.']);
  expect(rim.store.articles.serverRecord(article)?.sides).toEqual([]);
  expect(rim.notices.join()).toContain('stood beside it');
});

it('joins what stood beside the head when Stet was closed, once it has been open for a while', async () => {
  const article = await leftBeside();
  rim = await rim.reopen();
  timers.pass(360_000);
  await rim.engine.idle();
  expect(rim.texts(article)).toEqual(['One by rim.', 'Two by slot.']);
});

it('says that nobody is signed in when it goes on where Stet was opened paused and signed out', async () => {
  const { store } = rim;
  store.values.set('sync.paused', true);
  const engine = createSyncEngine({
    store,
    clock: Date.now,
    random: (length) => new Uint8Array(length),
    timers,
    log: ignore,
    inspectImage: () => null,
    by: () => rim.session.by(),
    events: SILENCE,
  });
  expect(engine.standing().state).toBe('paused');
  engine.pause(false);
  expect(engine.standing().state).toBe('signed-out');
  await engine.close();
});

it('does nothing while paused, and everything that waited afterwards', async () => {
  rim.engine.pause(true);
  await rim.engine.idle();
  const article = rim.create('Bridge reopens', 'One.');
  rim.engine.nudge();
  timers.pass(600_000);
  await rim.engine.idle();
  expect(rim.engine.standing().state).toBe('paused');
  rim = await rim.reopen();
  expect(rim.engine.standing().state).toBe('paused');
  expect(rim.store.outbox.counts().waiting).toBe(1);
  await rim.sync();
  expect(rim.engine.standing().state).toBe('online');
  expect(rim.store.articles.serverRecord(article)?.state).toBe('draft');
});
