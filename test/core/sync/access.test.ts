import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { placeOf } from '#shared/api';
import { changePerson } from '../../../src-server/accounts/index.ts';
import { paragraph } from '../../helpers/articles.ts';
import type { TestNewsroom } from './newsroom.ts';
import { remoteOf, type Station } from './station.ts';
import { openTwoStations, removeTwoStations } from './two-stations.ts';

let newsroom: TestNewsroom;
let rim: Station;
let slot: Station;

beforeEach(async () => {
  ({ newsroom, rim, slot } = await openTwoStations());
});
afterEach(() => removeTwoStations({ newsroom, rim, slot }));

const change = (to: Parameters<typeof changePerson>[3]) =>
  changePerson(newsroom.server.context, null, newsroom.rim.id, to);

describe('a person who was taken off every desk', () => {
  it('loses the copies, not the work: what was unsent is in the vault, and a sentence says where', async () => {
    const theirs = slot.create('Dam report', 'The dam holds.', 'The gauge was read.');
    const untouched = slot.create('Weather', 'Rain.');
    await slot.sync();
    await rim.sync();
    const mine = rim.create('Bridge reopens', 'One.');
    await rim.sync();
    await rim.away();
    rim.edit(theirs, { blocks: [paragraph('The dam does not hold.', rim.block(theirs, 0).$.id)] });
    const gauge = paragraph('Who read the gauge?', rim.block(theirs, 1).$.id);
    rim.edit(theirs, { blocks: [{ ...gauge, type: 'note' }] });
    rim.seal(theirs);
    rim.edit(theirs, { fields: { headline: 'Dam report, second take' } });
    await change({ memberships: [] });
    await rim.sync();

    expect(rim.store.articles.exists(theirs)).toBe(false);
    expect(rim.store.articles.exists(untouched)).toBe(false);
    expect(rim.store.search.search('dam', 0, 10).total).toBe(0);
    expect(rim.store.outbox.counts()).toEqual({ waiting: 0, parked: 0 });
    const vault = join(rim.dir, 'vault');
    const files = readdirSync(vault);
    const text = files.find((name) => name.endsWith('.txt'))!;
    expect(readFileSync(join(vault, text), 'utf8')).toContain('The dam does not hold.');
    expect(readFileSync(join(vault, text), 'utf8')).toContain('Dam report, second take');
    expect(readFileSync(join(vault, text), 'utf8')).toContain('Who read the gauge?');
    const json = JSON.parse(readFileSync(join(vault, text.replace('.txt', '.json')), 'utf8')) as {
      format: string;
      operations: { payload: { revision: { bytes: string } } }[];
    };
    expect(json.format).toBe('stet-vault');
    expect(json.operations[0]?.payload.revision.bytes).toContain('does not hold');
    expect(files).toHaveLength(2);
    expect(rim.notices).toContain(
      '“Dam report” is no longer open to you. What the publishing server does not have is kept in the vault of this computer: read it there, bring it back, or save it as a file.',
    );

    // What they started themselves stays theirs.
    expect(rim.texts(mine)).toEqual(['One.']);
    rim.edit(mine, { blocks: [paragraph('Two.', rim.block(mine, 0).$.id)] });
    rim.seal(mine);
    await rim.sync();
    expect(rim.engine.standing()).toMatchObject({ state: 'online', message: null });
    expect(rim.store.outbox.counts()).toEqual({ waiting: 0, parked: 0 });
  });

  it('gets everything back with a desk', async () => {
    const theirs = slot.create('Dam report', 'The dam holds.');
    await slot.sync();
    await rim.sync();
    await change({ memberships: [] });
    await rim.sync();
    const meanwhile = slot.create('Meanwhile', 'Not to be seen.');
    await slot.sync();
    await rim.sync();
    expect(rim.store.articles.exists(meanwhile)).toBe(false);
    await change({ memberships: [{ desk: newsroom.desk.id, role: 'copy-editor' }] });
    await rim.sync();
    expect(rim.texts(theirs)).toEqual(['The dam holds.']);
    expect(rim.texts(meanwhile)).toEqual(['Not to be seen.']);
  });
});

describe('a person whose desk was taken away and given back while this computer read the feed', () => {
  it('is told what was left out in between', async () => {
    const theirs = slot.create('Dam report', 'The dam holds.');
    await slot.sync();
    await rim.sync();
    await rim.away();
    await change({ memberships: [] });
    const meanwhile = slot.create('Meanwhile', 'Not told at first.');
    await slot.sync();

    const remote = await remoteOf(newsroom.url, 'rim', rim);
    const whole = await remote.changes({ limit: 500 }, new AbortController().signal);
    const end = placeOf(whole.cursor).seq;
    rim.engine.connect({
      ...remote,
      // Row by row, so that the desk comes back after what was hidden and before the reader hears of having lost it.
      async changes(query, cancel) {
        const page = await remote.changes({ ...query, limit: 1 }, cancel);
        if (placeOf(page.cursor).seq === end - 1)
          await change({ memberships: [{ desk: newsroom.desk.id, role: 'copy-editor' }] });
        return page;
      },
    });
    await rim.sync();
    expect(rim.engine.standing()).toMatchObject({ state: 'online', message: null });
    expect(rim.texts(meanwhile)).toEqual(['Not told at first.']);
    expect(rim.texts(theirs)).toEqual(['The dam holds.']);
  });
});

describe('a person who was deactivated', () => {
  it('is signed out, and everything stays on the computer', async () => {
    const theirs = slot.create('Dam report', 'The dam holds.');
    await slot.sync();
    await rim.sync();
    rim.edit(theirs, { blocks: [paragraph('Unsent.', rim.block(theirs, 0).$.id)] });
    rim.seal(theirs);
    await change({ active: false });
    await rim.sync();
    expect(rim.engine.standing().state).toBe('signed-out');
    expect(rim.texts(theirs)).toEqual(['Unsent.']);
    expect(rim.store.outbox.counts()).toEqual({ waiting: 1, parked: 0 });
  });
});

describe('an article in the bin', () => {
  it('stays for good, also on a computer that reads the feed from its start', async () => {
    const article = rim.create('Bridge reopens', 'One.');
    await rim.sync();
    rim.store.outbox.add({ kind: 'bin', article, binned: true }, newsroom.rim.id);
    await rim.sync();
    await slot.sync();
    expect(slot.store.articles.record(article)?.binned).toBe(true);
    rim.store.feed.reset();
    await rim.sync();
    expect(rim.texts(article)).toEqual(['One.']);
  });

  it('is told of to who wrote in it meanwhile, and what they wrote is kept there', async () => {
    const [article, other] = [rim.create('Bridge reopens', 'One.'), rim.create('Weather', 'Rain.')];
    await rim.sync();
    await slot.sync();
    await slot.away();
    slot.edit(article, { blocks: [paragraph('Two.', slot.block(article, 0).$.id)] });
    slot.seal(article);
    for (const binned of [article, other])
      rim.store.outbox.add({ kind: 'bin', article: binned, binned: true }, newsroom.rim.id);
    await rim.sync();
    await slot.sync();
    expect(slot.warnings).toEqual([
      `“Bridge reopens”: ${newsroom.rim.name} moved it to the bin while you wrote in it. What you wrote is kept in it, and it can be taken out of the bin again.`,
    ]);
    await rim.sync();
    expect(rim.texts(article)).toEqual(['Two.']);
    expect(rim.warnings).toEqual([]);
  });

  it('is not what an empty answer means: what no list names is not deleted', async () => {
    const article = rim.create('Bridge reopens', 'One.');
    await rim.sync();
    const { store } = rim;
    store.feed.applyChanges([], store.feed.cursor()!);
    await newsroom.stop();
    await rim.sync();
    expect(rim.texts(article)).toEqual(['One.']);
    expect(store.articles.serverRecord(article)?.state).toBe('draft');
  });
});
