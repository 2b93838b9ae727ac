import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Place, Present } from '#shared/api';
import { PresenceEvent } from '#shared/api';
import { anId } from '../../helpers/articles.ts';
import { contentFor, editorOn, type TestClient, type TestNewsroom } from '../../helpers/server.ts';

interface Line {
  /** What the stream last said of the others; null while it said nothing. */
  here: () => Present[] | null;
  end: () => void;
}

/** What is promised of telling who is where; `start` gives a newsroom and an address at which listeners are served. */
export function describePresence(
  start: () => Promise<{ newsroom: TestNewsroom; listenAt: string; close: () => Promise<void> }>,
): void {
  describe('presence', () => {
    let newsroom: TestNewsroom;
    let listenAt: string;
    let close: () => Promise<void>;
    let rim: TestClient;
    let slot: TestClient;
    const lines: Line[] = [];

    beforeEach(async () => {
      ({ newsroom, listenAt, close } = await start());
      rim = await newsroom.join('Rim', editorOn(newsroom.newsDesk));
      slot = await newsroom.join('Slot', editorOn(newsroom.newsDesk));
    });
    afterEach(async () => {
      for (const line of lines.splice(0)) line.end();
      await close();
    });

    async function listen(client: TestClient, url: string): Promise<Line> {
      const ending = new AbortController();
      const stream = await fetch(`${url}/v1/events`, {
        headers: { authorization: `Bearer ${client.token}` },
        signal: ending.signal,
      });
      let heard = '';
      void (async () => {
        for await (const chunk of stream.body!) heard += Buffer.from(chunk).toString();
      })().catch(() => undefined);
      const line = {
        here: () => {
          const said = [...heard.matchAll(/event: presence\ndata: (.*)\n\n/g)].at(-1)?.[1];
          return said === undefined ? null : PresenceEvent.parse(JSON.parse(said)).here;
        },
        end: () => ending.abort(),
      };
      lines.push(line);
      return line;
    }

    const move = async (client: TestClient, place: Place | null): Promise<Present[]> =>
      PresenceEvent.parse((await client.request('PUT', '/v1/presence', { place })).body).here;

    it('tells colleagues who is in which paragraph, as they move and leave', async () => {
      const article = anId();
      await rim.write(article, contentFor(newsroom.newsDesk));
      const line = await listen(slot, listenAt);
      await move(rim, { article, block: 'block-0001' });
      const present = { person: rim.person.id, article };
      await expect.poll(line.here).toEqual([{ ...present, block: 'block-0001' }]);
      await move(rim, { article, block: null });
      await expect.poll(line.here).toEqual([{ ...present, block: null }]);
      expect(await move(slot, { article, block: null })).toEqual([{ ...present, block: null }]);
      await move(rim, null);
      await expect.poll(line.here).toEqual([]);
    });

    it('forgets a device whose line ends, and one that is silent for long', async () => {
      const article = anId();
      await rim.write(article, contentFor(newsroom.newsDesk));
      const [watching, own] = [await listen(slot, newsroom.url), await listen(rim, newsroom.url)];
      await move(rim, { article, block: null });
      await expect.poll(watching.here).toHaveLength(1);
      own.end();
      await expect.poll(watching.here).toEqual([]);
      await move(rim, { article, block: null });
      await expect.poll(watching.here).toHaveLength(1);
      newsroom.clock.now += 120_000;
      expect(await move(slot, null)).toEqual([]);
    });

    it('goes on forgetting who is silent where its clock was put back', async () => {
      const article = anId();
      await rim.write(article, contentFor(newsroom.newsDesk));
      await move(rim, { article, block: null });
      await expect.poll(() => move(slot, null)).toHaveLength(1);
      newsroom.clock.now -= 3_600_000;
      expect(await move(slot, null)).toEqual([]);
      await move(rim, { article, block: null });
      await expect.poll(() => move(slot, null)).toHaveLength(1);
      newsroom.clock.now += 120_000;
      expect(await move(slot, null)).toEqual([]);
    });

    it('tells nobody of an article that they may not read', async () => {
      const guest = await newsroom.join('Guest', []);
      const article = anId();
      await rim.write(article, contentFor(newsroom.newsDesk));
      const present = { person: rim.person.id, article };
      await move(rim, { article, block: null });
      await expect.poll(() => move(slot, null)).toEqual([{ ...present, block: null }]);
      expect(await move(guest, null)).toEqual([]);
      await move(guest, { article, block: null });
      // Through PostgreSQL word of it comes in the order in which it was said: behind this, the guest’s has come, too.
      await move(rim, { article, block: 'block-0001' });
      await expect.poll(() => move(slot, null)).toEqual([{ ...present, block: 'block-0001' }]);
    });
  });
}
