import { randomBytes } from 'node:crypto';
import { createServer, connect, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256Hex } from '#shared/article';
import { heldTokens } from '../../../src-server/store/index.ts';
import { openNewsroom, type TestNewsroom } from './newsroom.ts';
import { openStation, remoteOf, type Station } from './station.ts';

let newsroom: TestNewsroom;
let line: CuttingLine;
let rim: Station;

beforeEach(async () => {
  newsroom = await openNewsroom();
  line = await openCuttingLine(Number(new URL(newsroom.url).port));
  rim = await openStation({ url: line.url, login: 'rim', desk: newsroom.desk.id });
});
afterEach(async () => {
  await rim.remove();
  await line.close();
  await newsroom.remove();
});

interface CuttingLine {
  url: string;
  /** Connections that are cut once they have carried so many bytes towards the server; 0 for none. */
  cutAfter: number;
  cuts: number;
  /** How many more connections are cut. */
  patience: number;
  carried: number;
  close(): Promise<void>;
}

/** A line on which no connection lives longer than so many bytes. */
async function openCuttingLine(port: number): Promise<CuttingLine> {
  const open = new Set<Socket>();
  const server: Server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    open.add(near);
    let carried = 0;
    const end = (): void => {
      open.delete(near);
      near.destroy();
      far.destroy();
    };
    near.on('data', (chunk: Buffer) => {
      carried += chunk.length;
      line.carried += chunk.length;
      if (line.cutAfter === 0 || carried < line.cutAfter || line.patience <= 0) {
        far.write(chunk);
        return;
      }
      line.cuts += 1;
      line.patience -= 1;
      near.pause();
      // What came before the cut gets through.
      far.end(chunk, end);
    });
    far.on('data', (chunk) => near.write(chunk));
    for (const socket of [near, far]) socket.on('error', end).on('close', end);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const line: CuttingLine = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cutAfter: 0,
    cuts: 0,
    patience: Infinity,
    carried: 0,
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return line;
}

function addPicture(size: number): string {
  const bytes = randomBytes(size);
  bytes.set(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'));
  const { hash } = rim.store.assets.add(bytes, { mime: 'image/png', width: 1, height: 1 });
  expect(hash).toBe(sha256Hex(bytes));
  return hash;
}

describe('a large picture', () => {
  it('gets through a line that is cut again and again, without being sent twice', async () => {
    const hash = addPicture(3_000_000);
    line.cutAfter = 300_000;
    await rim.sync();
    line.cutAfter = 0;
    await rim.sync();
    expect(rim.store.assets.pendingUploads()).toEqual([]);
    expect(await newsroom.server.context.assets.has(hash)).toBe(true);
    expect(line.cuts).toBeGreaterThan(4);
    // Parts on the way when a line breaks are sent again, the picture is not.
    expect(line.carried).toBeLessThan(6_000_000);
    expect(rim.engine.standing()).toMatchObject({ state: 'online', message: null });
  });

  it('goes on after Stet was closed in the middle', async () => {
    const hash = addPicture(3_000_000);
    line.cutAfter = 1_500_000;
    line.patience = 1;
    const before = line.carried;
    const closing = expect
      .poll(() => line.carried - before, { timeout: 10_000 })
      .toBeGreaterThan(1_200_000);
    const syncing = rim.sync();
    await closing;
    rim = await rim.reopen();
    await syncing.catch(() => undefined);
    await rim.sync();
    expect(await newsroom.server.context.assets.has(hash)).toBe(true);
    expect(line.carried - before).toBeLessThan(5_500_000);
  });
});

describe('a picture that reached the server just after that was asked for it', () => {
  it('is not sent a second time', async () => {
    const remote = await remoteOf(line.url, 'rim', rim);
    const hash = addPicture(2_000_000);
    const before = line.carried;
    rim.engine.connect({
      ...remote,
      async hasAsset(...asked) {
        const has = await remote.hasAsset(...asked);
        const { bytes } = (await rim.store.assets.read(hash))!;
        await remote.putAsset(hash, 'image/png', bytes, new AbortController().signal);
        return has;
      },
    });
    await rim.sync();
    expect(rim.store.assets.pendingUploads()).toEqual([]);
    expect(rim.warnings).toEqual([]);
    expect(line.carried - before).toBeLessThan(3_000_000);
  });
});

describe('a picture that reached the server just before that went back to a backup', () => {
  it('is sent again, though the answer came when the server was another already', async () => {
    const remote = await remoteOf(newsroom.url, 'rim', rim);
    await newsroom.backUp();
    const gone = Promise.withResolvers<null>();
    const hash = addPicture(1000);
    const before = rim.store.feed.cursor();
    rim.engine.connect({
      ...remote,
      async putAsset(...asked) {
        await remote.putAsset(...asked);
        if (rim.store.feed.cursor() !== before) return;
        await newsroom.restore();
        const alive = heldTokens(join(newsroom.dir, 'server.db'));
        await newsroom.server.context.store.newEpoch(alive);
        gone.resolve(null);
        await expect.poll(() => rim.store.feed.cursor()).not.toBe(before);
      },
      async changes(...asked) {
        await gone.promise;
        // The connections of before are gone with the server.
        return remote.changes(...asked).catch(() => remote.changes(...asked));
      },
    });
    await rim.sync();
    await rim.sync();
    expect(rim.store.feed.cursor()).not.toBe(before);
    expect(await newsroom.server.context.assets.has(hash)).toBe(true);
    expect(rim.store.assets.pendingUploads()).toEqual([]);
  });
});
