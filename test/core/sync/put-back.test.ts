import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Hash, Id } from '#shared/article';
import { findArticle } from '../../../src-server/store/index.ts';
import { ServerError } from '../../../src-main/core/server-client/index.ts';
import type { Remote } from '../../../src-main/core/sync/index.ts';
import type { TestNewsroom } from './newsroom.ts';
import { remoteOf, type Station } from './station.ts';
import { openTwoStations, removeTwoStations } from './two-stations.ts';

let newsroom: TestNewsroom;
let rim: Station;
let slot: Station;
let article: Id;

beforeEach(async () => {
  ({ newsroom, rim, slot } = await openTwoStations());
  article = rim.create('Bridge reopens', 'One.');
  await rim.sync();
  await slot.sync();
});
afterEach(() => removeTwoStations({ newsroom, rim, slot }));

const onServer = () => findArticle(newsroom.server.context.store.db, article);

/** Puts a picture on Rim’s computer. */
function picture(last: number): Hash {
  const bytes = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, last]);
  return rim.store.assets.add(bytes, { mime: 'image/png', width: 1, height: 1 }).hash;
}

/** The connections of before are gone with the server. */
const again = <R>(ask: () => Promise<R>): Promise<R> =>
  ask().catch((error: unknown) => {
    if (error instanceof ServerError && error.kind === 'network') return ask();
    throw error;
  });

/** The same server, that tells when a page of its feed was read. */
const readingOn = (remote: Remote, read: () => void): Remote => ({
  ...remote,
  async changes(...asked) {
    const page = await again(() => remote.changes(...asked));
    read();
    return page;
  },
});

describe('a server whose data somebody put back by hand, and told nobody', () => {
  it('is sent again what it lost, though the feed has come as far again meanwhile', async () => {
    await newsroom.backUp();
    await slot.away();
    rim.edit(article, { fields: { headline: 'Bridge reopens early' } });
    rim.seal(article);
    await rim.sync();
    const head = rim.store.articles.serverRecord(article)?.head;
    await rim.away();
    await newsroom.restore();
    for (const headline of ['Ferry strike', 'Harbour fees', 'Night bus']) {
      slot.create(headline, 'One.');
      await slot.sync();
    }
    expect((await onServer())?.head).not.toBe(head);
    await rim.sync();
    expect((await onServer())?.head).toBe(head);
    expect(rim.notices.join()).toContain('came back from an older backup');
    await slot.sync();
    expect(slot.store.articles.serverRecord(article)?.head).toBe(head);
  });

  it('is sent again what it had taken just before, though more was on its way', async () => {
    const remote = await remoteOf(newsroom.url, 'rim', rim);
    await rim.away();
    let isPutBack = false;
    rim.engine.connect({
      ...remote,
      async push(request, cancel) {
        if (isPutBack) return again(() => remote.push(request, cancel));
        await newsroom.backUp();
        const [first] = request.ops;
        const answers = await again(() => remote.push({ ...request, ops: [first!] }, cancel));
        isPutBack = true;
        await newsroom.restore();
        return answers;
      },
      changes: (...asked) => again(() => remote.changes(...asked)),
    });
    rim.edit(article, { fields: { headline: 'Bridge reopens early' } });
    const head = rim.seal(article);
    const other = rim.create('Ferry strike', 'One.');
    await rim.sync();
    expect((await onServer())?.head).toBe(head);
    expect(await findArticle(newsroom.server.context.store.db, other)).not.toBe(null);
    expect(rim.store.outbox.counts().waiting).toBe(0);
  });

  it('is sent a picture again that it had taken just before', async () => {
    const remote = await remoteOf(newsroom.url, 'rim', rim);
    await rim.sync();
    const hash = picture(1);
    let isPutBack = false;
    const pulled = Promise.withResolvers<null>();
    rim.engine.connect({
      ...readingOn(remote, () => pulled.resolve(null)),
      hasAsset: (...asked) => again(() => remote.hasAsset(...asked)),
      async putAsset(...asked) {
        if (isPutBack) return again(() => remote.putAsset(...asked));
        await pulled.promise;
        await newsroom.backUp();
        await again(() => remote.putAsset(...asked));
        await newsroom.restore();
        isPutBack = true;
      },
    });
    await rim.engine.idle();
    expect(isPutBack).toBe(true);
    await rim.sync();
    expect(await newsroom.server.context.assets.has(hash)).toBe(true);
    expect(rim.store.assets.pendingUploads()).toEqual([]);
  });

  it('is sent the newest pictures again, of which no text that it lost is made', async () => {
    await newsroom.backUp();
    await rim.sync();
    const hash = picture(1);
    await rim.sync();
    rim.create('Ferry strike', 'One.');
    await rim.sync();
    expect(await newsroom.server.context.assets.has(hash)).toBe(true);
    await rim.away();
    await newsroom.restore();
    await rim.sync();
    await rim.sync();
    expect(await newsroom.server.context.assets.has(hash)).toBe(true);
  });

  it('is sent a picture again that it took while its feed was read, and one that it had taken before', async () => {
    const remote = await remoteOf(newsroom.url, 'rim', rim);
    await rim.sync();
    const pulled = Promise.withResolvers<null>();
    const first = picture(1);
    rim.engine.connect({
      ...readingOn(remote, () => pulled.resolve(null)),
      async putAsset(...asked) {
        await pulled.promise;
        await remote.putAsset(...asked);
      },
    });
    await rim.engine.idle();
    const second = picture(2);
    let isPutBack = false;
    rim.engine.connect({
      ...remote,
      async changes(...asked) {
        if (!isPutBack) {
          await expect.poll(() => rim.store.assets.pendingUploads()).toEqual([]);
          await newsroom.restore();
          isPutBack = true;
        }
        return again(() => remote.changes(...asked));
      },
      async putAsset(...asked) {
        if (!isPutBack) await newsroom.backUp();
        await again(() => remote.putAsset(...asked));
      },
    });
    await rim.engine.idle();
    await rim.sync();
    await rim.sync();
    expect(rim.store.assets.pendingUploads()).toEqual([]);
    for (const hash of [first, second])
      expect(await newsroom.server.context.assets.has(hash)).toBe(true);
  });

  /** Gives a head that the server took from Rim, whose line broke before they could read on; then the server went back. */
  async function lostBehindTheLine(remote: Remote): Promise<Hash | undefined> {
    let isTaken = false;
    rim.engine.connect({
      ...remote,
      async push(...asked) {
        // They have read on since it was started: the backup knows all of what they read.
        await newsroom.backUp();
        const answers = await again(() => remote.push(...asked));
        isTaken = true;
        return answers;
      },
      changes: (...asked) =>
        isTaken ? Promise.reject(new Error('The line broke.')) : remote.changes(...asked),
    });
    rim.edit(article, { fields: { headline: 'Bridge reopens early' } });
    rim.seal(article);
    await rim.engine.idle();
    const head = rim.store.articles.serverRecord(article)?.head ?? undefined;
    expect((await onServer())?.head).toBe(head);
    expect(rim.store.outbox.counts().waiting).toBe(0);
    await newsroom.restore();
    expect((await onServer())?.head).not.toBe(head);
    return head;
  }

  it('is sent again what it had taken just before the line broke', async () => {
    const remote = await remoteOf(newsroom.url, 'rim', rim);
    const head = await lostBehindTheLine(remote);
    rim.engine.connect({ ...remote, changes: (...asked) => again(() => remote.changes(...asked)) });
    await rim.engine.idle();
    expect((await onServer())?.head).toBe(head);
  });

  it('is sent that also by a device that it signed out, and that comes back under another id', async () => {
    const head = await lostBehindTheLine(await remoteOf(newsroom.url, 'rim', rim));
    rim.store.renewDevice();
    rim.engine.connect(await remoteOf(newsroom.url, 'rim', rim));
    await rim.engine.idle();
    expect((await onServer())?.head).toBe(head);
  });
});
