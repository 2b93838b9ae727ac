import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InboxMessage } from '#shared/api';
import { blockText, type Id } from '#shared/article';
import { saveDesk, saveMessage } from '../../../src-server/store/index.ts';
import { createArticles, type Articles } from '../../../src-main/core/articles/index.ts';
import { anId, paragraph } from '../../helpers/articles.ts';
import type { TestNewsroom } from './newsroom.ts';
import type { Station } from './station.ts';
import { openTwoStations, removeTwoStations } from './two-stations.ts';

let newsroom: TestNewsroom;
let rim: Station;
let slot: Station;
let message: InboxMessage;

beforeEach(async () => {
  ({ newsroom, rim, slot } = await openTwoStations());
  message = {
    id: anId(),
    desk: newsroom.desk.id,
    kind: 'story',
    name: 'Ana',
    email: 'ana@example.org',
    subject: 'The bridge',
    text: 'It is open.\n\nI crossed it.',
    article: null,
    at: '2026-11-14T09:00:00.000Z',
    handledBy: null,
  };
  await newsroom.server.context.store.write((unit) => saveMessage(unit, message));
  await rim.sync();
  await slot.sync();
});
afterEach(() => removeTwoStations({ newsroom, rim, slot }));

/** The calls of the window on articles, at one of the stations. */
function callsAt({ store, session }: Station): Articles['handlers'] {
  return createArticles({
    store,
    emit: () => undefined,
    person: () => store.people.person(session.by()!.author)!,
    clock: Date.now,
    random: (length) => new Uint8Array(randomBytes(length)),
    wake: () => undefined,
    statusChanged: () => undefined,
    serverUrl: () => newsroom.url,
  }).handlers;
}

const makeArticleAt = async (station: Station): Promise<Id> =>
  (await callsAt(station)['inbox.toArticle']({ message: message.id })).article;

const add = (station: Station, article: Id, words: string): void => {
  const last = station.block(article, station.texts(article).length - 1).$.id;
  const added = paragraph(words);
  station.store.working.apply({
    article,
    generation: station.store.working.read(article)!.generation,
    blocks: [added],
    placed: [{ id: added.$.id, after: last }],
  });
};

describe('a reader’s message of which two people each make an article offline', () => {
  it('becomes one article, with what both wrote in it', async () => {
    await rim.away();
    await slot.away();
    const article = await makeArticleAt(rim);
    add(rim, article, 'The council says so, too.');
    const other = await makeArticleAt(slot);
    slot.edit(other, { fields: { headline: 'Bridge is open' } });
    for (const station of [rim, slot, rim]) {
      station.seal(article);
      await station.sync();
    }

    expect(other).toBe(article);
    for (const { store } of [rim, slot]) {
      expect(store.articles.serverRecords().map(({ id }) => id)).toEqual([article]);
      const { content } = store.working.read(article)!;
      expect(content.fields.headline).toBe('Bridge is open');
      expect(content.body.map(blockText)).toEqual([
        'It is open.',
        'I crossed it.',
        'The council says so, too.',
      ]);
      expect(content.conflicts).toEqual([]);
      expect(store.outbox.counts()).toEqual({ waiting: 0, parked: 0 });
    }
    expect(slot.notices.join()).toContain('your edits and those of a colleague were joined');
  });

  it('stands in it once where they have heard of another section for their desk', async () => {
    await slot.away();
    const { desk } = newsroom;
    const profile = { ...desk.profile, defaultSection: 'World' };
    await newsroom.server.context.store.write((unit) => saveDesk(unit, { ...desk, profile }));
    await rim.sync();
    await rim.away();
    const article = await makeArticleAt(rim);
    expect(await makeArticleAt(slot)).toBe(article);
    for (const station of [rim, slot, rim]) await station.sync();

    for (const { store } of [rim, slot]) {
      const { content } = store.working.read(article)!;
      expect(content.body.map(blockText)).toEqual(['It is open.', 'I crossed it.']);
      expect(content.fields.section).toBe('World');
      expect(content.conflicts).toEqual([]);
      expect(store.outbox.counts()).toEqual({ waiting: 0, parked: 0 });
    }
  });

  it('is opened, not made again, by whoever comes later', async () => {
    const article = await makeArticleAt(rim);
    await rim.sync();
    await slot.sync();
    const [listed] = (await callsAt(slot)['inbox.list']({ desk: newsroom.desk.id })).messages;
    expect(listed).toMatchObject({ became: article, handledBy: newsroom.rim.id });
    expect(await makeArticleAt(slot)).toBe(article);
    expect(slot.store.outbox.counts().waiting).toBe(0);
  });
});
