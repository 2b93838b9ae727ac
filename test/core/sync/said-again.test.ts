import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Id } from '#shared/article';
import { findComment } from '../../../src-server/store/index.ts';
import type { TestNewsroom } from './newsroom.ts';
import type { Station } from './station.ts';
import { openTwoStations, removeTwoStations } from './two-stations.ts';

let newsroom: TestNewsroom;
let rim: Station;
let slot: Station;

beforeEach(async () => {
  ({ newsroom, rim, slot } = await openTwoStations());
});
afterEach(() => removeTwoStations({ newsroom, rim, slot }));

const onServer = (id: Id) => findComment(newsroom.server.context.store.db, id);
const refused = () => rim.warnings.filter((text) => text.includes('refused'));

describe('a comment that waits when a server goes back to an older backup', () => {
  it('goes behind the article that its writer brings back', async () => {
    await newsroom.backUp();
    const article = rim.create('Bridge reopens', 'One.');
    await rim.sync();
    await rim.away();
    await newsroom.restore();
    const entry = rim.say(article, 'Who says so?');
    await rim.sync();
    expect(await onServer(entry.id)).toEqual(entry);
    expect(rim.parked()).toEqual([]);
    expect(refused()).toEqual([]);
  });

  it('goes behind what it answers, as soon as whoever said that has brought it back', async () => {
    const article = rim.create('Bridge reopens', 'One.');
    await rim.sync();
    await slot.sync();
    await newsroom.backUp();
    const opening = slot.say(article, 'Who says so?');
    await slot.sync();
    await rim.sync();
    await rim.away();
    await slot.away();
    await newsroom.restore();
    const entry = rim.say(article, 'The council.', opening);
    await rim.sync();
    expect(await onServer(entry.id)).toBeNull();
    await slot.sync();
    await rim.sync();
    expect(await onServer(entry.id)).toEqual(entry);
    expect(rim.parked()).toEqual([]);
  });
});
