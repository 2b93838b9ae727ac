import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { paragraph } from '../../helpers/articles.ts';
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

const state = (station: Station, article: string) =>
  station.store.articles.serverRecord(article)?.state;

describe('two workstations and a publishing server', () => {
  it('takes an article from an offline draft to the public site', async () => {
    await newsroom.stop();
    const article = rim.create('Bridge reopens', 'The bridge reopened on Sunday.');
    rim.command(article, 'submit');
    await rim.sync();
    expect(rim.engine.standing().state).toBe('offline');
    expect(rim.store.outbox.counts()).toEqual({ waiting: 2, parked: 0 });
    expect(rim.store.articles.record(article)?.state).toBe('in-review');

    await newsroom.start();
    await rim.sync();
    expect(rim.engine.standing()).toMatchObject({ state: 'online', message: null });
    expect(rim.store.outbox.counts()).toEqual({ waiting: 0, parked: 0 });

    await slot.sync();
    expect(slot.texts(article)).toEqual(['The bridge reopened on Sunday.']);
    slot.command(article, 'send-back', { reason: 'Which bridge?' });
    await slot.sync();

    await rim.sync();
    expect(state(rim, article)).toBe('sent-back');
    const first = rim.block(article, 0);
    rim.edit(article, { blocks: [paragraph('The Mill Bridge reopened on Sunday.', first.$.id)] });
    rim.command(article, 'submit');
    await rim.sync();

    await slot.sync();
    expect(slot.texts(article)).toEqual(['The Mill Bridge reopened on Sunday.']);
    slot.command(article, 'approve');
    await slot.sync();
    slot.command(article, 'publish');
    await slot.sync();
    expect(slot.parked()).toEqual([]);
    expect(state(slot, article)).toBe('published');

    await rim.sync();
    const record = rim.store.articles.serverRecord(article)!;
    expect(record).toMatchObject({
      state: 'published',
      live: true,
      publishedRevision: record.head,
    });
    const page = await (await fetch(record.publicUrl!)).text();
    expect(page).toContain('The Mill Bridge reopened on Sunday.');
    expect(rim.store.events.list(article).map(({ transition }) => transition)).toEqual([
      'create',
      'submit',
      'send-back',
      'submit',
      'approve',
      'publish',
    ]);
  });

  it('brings a colleague’s edit into a working copy nobody has touched', async () => {
    const article = rim.create('Bridge reopens', 'One.');
    await rim.sync();
    await slot.sync();
    const before = slot.store.working.read(article)!.generation;
    rim.edit(article, { blocks: [paragraph('Two.', rim.block(article, 0).$.id)] });
    rim.seal(article);
    await rim.sync();
    await slot.sync();
    expect(slot.texts(article)).toEqual(['Two.']);
    expect(slot.store.working.read(article)!.generation).toBeGreaterThan(before);
    expect(slot.store.outbox.counts().waiting).toBe(0);
  });

  it('joins edits of different paragraphs and says so', async () => {
    const article = rim.create('Bridge reopens', 'One.', 'Two.');
    await rim.sync();
    await slot.sync();
    await rim.away();
    rim.edit(article, { blocks: [paragraph('One by rim.', rim.block(article, 0).$.id)] });
    rim.seal(article);
    slot.edit(article, { blocks: [paragraph('Two by slot.', slot.block(article, 1).$.id)] });
    slot.seal(article);
    await slot.sync();
    await rim.sync();
    await slot.sync();
    for (const station of [rim, slot])
      expect(station.texts(article)).toEqual(['One by rim.', 'Two by slot.']);
    const record = slot.store.articles.serverRecord(article)!;
    expect(record.sides).toEqual([]);
    expect(rim.store.articles.serverRecord(article)).toEqual(record);
    expect(rim.notices.join()).toContain('were joined');
    expect(slot.notices).toEqual([]);
  });

  it('tells whoever joins them, and History, what both moved to two places', async () => {
    const article = rim.create('Bridge reopens', 'One.', 'Two.', 'Three.', 'Four.');
    await rim.sync();
    await slot.sync();
    const [one, two, , four] = [0, 1, 2, 3].map((at) => rim.block(article, at).$.id);
    const place = (station: Station, id: string | undefined, after: string | null): void => {
      const { generation } = station.store.working.read(article)!;
      station.store.working.apply({ article, generation, placed: [{ id: id!, after }] });
      station.seal(article);
    };
    await rim.away();
    place(rim, two, null);
    place(slot, two, four!);
    await slot.sync();
    await rim.sync();
    await slot.sync();
    expect(rim.texts(article).sort()).toEqual(['Four.', 'One.', 'Three.', 'Two.']);
    expect(slot.texts(article)).toEqual(rim.texts(article));
    const told = 'Moved to two places: “Two.”';
    expect(rim.notices.join()).toContain(`${told}. It stands in one of them`);
    const { head } = slot.store.articles.serverRecord(article)!;
    expect(slot.store.revisions.envelope(head!)?.note).toBe(`Merged. ${told}`);

    // To the same place is one move.
    await rim.away();
    place(rim, one, four!);
    place(slot, one, four!);
    rim.edit(article, { fields: { headline: 'Bridge open' } });
    rim.seal(article);
    await slot.sync();
    await rim.sync();
    expect(rim.notices.filter((notice) => notice.includes('two places'))).toHaveLength(1);
  });

  it('tells whoever joins them, and History, what one moved and the other removed', async () => {
    const article = rim.create('Bridge reopens', 'One.', 'Two.', 'Three.', 'Four.');
    await rim.sync();
    await slot.sync();
    const two = rim.block(article, 1).$.id;
    await rim.away();
    const { generation } = rim.store.working.read(article)!;
    rim.store.working.apply({ article, generation, removed: [two] });
    rim.seal(article);
    const { generation: theirs } = slot.store.working.read(article)!;
    slot.store.working.apply({ article, generation: theirs, placed: [{ id: two, after: null }] });
    slot.seal(article);
    await slot.sync();
    await rim.sync();
    await slot.sync();
    expect(rim.texts(article)).toEqual(['One.', 'Three.', 'Four.']);
    expect(slot.texts(article)).toEqual(rim.texts(article));
    const told = 'Moved by one, removed by the other: “Two.”';
    expect(rim.notices.join()).toContain(
      `${told}. It is gone: an earlier version in History has it.`,
    );
    const { head } = slot.store.articles.serverRecord(article)!;
    expect(slot.store.revisions.envelope(head!)?.note).toBe(`Merged. ${told}`);
  });

  it('keeps both versions when two people changed the same words, and merges once', async () => {
    const article = rim.create('Bridge reopens', 'The toll is 4 crowns.');
    await rim.sync();
    await slot.sync();
    const id = rim.block(article, 0).$.id;
    await rim.away();
    rim.edit(article, { blocks: [paragraph('The toll is 5 crowns.', id)] });
    rim.seal(article);
    slot.edit(article, { blocks: [paragraph('The toll is 6 crowns.', id)] });
    slot.seal(article);
    await slot.sync();
    await rim.sync();
    await slot.sync();
    for (const station of [rim, slot]) {
      const [block] = station.store.working.read(article)!.content.body;
      expect(block?.type).toBe('conflict');
      expect(station.texts(article)[0]).toContain('The toll is 5 crowns.');
      expect(station.texts(article)[0]).toContain('The toll is 6 crowns.');
    }
    expect(rim.store.revisions.list(article)).toHaveLength(4);
    expect(slot.store.revisions.list(article)).toHaveLength(4);
    expect(rim.notices.join()).toContain('Both versions stand in the text');
  });

  it('merges an unsealed working copy when the head moved under it', async () => {
    const article = rim.create('Bridge reopens', 'One.', 'Two.');
    await rim.sync();
    await slot.sync();
    await rim.away();
    slot.edit(article, { blocks: [paragraph('Two by slot.', slot.block(article, 1).$.id)] });
    slot.seal(article);
    await slot.sync();
    rim.edit(article, { blocks: [paragraph('One being typed.', rim.block(article, 0).$.id)] });
    await rim.sync();
    expect(rim.texts(article)).toEqual(['One being typed.', 'Two by slot.']);
    expect(rim.store.working.dirty(article)).toBe(false);
    expect(rim.store.outbox.counts()).toEqual({ waiting: 0, parked: 0 });
  });

  it('submits again what was submitted offline, once both edits are one text', async () => {
    const article = rim.create('Bridge reopens', 'One.', 'Two.');
    await rim.sync();
    await slot.sync();
    await rim.away();
    slot.edit(article, { blocks: [paragraph('Two by slot.', slot.block(article, 1).$.id)] });
    slot.seal(article);
    await slot.sync();
    rim.edit(article, { blocks: [paragraph('One by rim.', rim.block(article, 0).$.id)] });
    rim.command(article, 'submit');
    await rim.sync();
    expect(state(rim, article)).toBe('in-review');
    expect(rim.store.outbox.counts()).toEqual({ waiting: 0, parked: 0 });
    await slot.sync();
    expect(slot.texts(article)).toEqual(['One by rim.', 'Two by slot.']);
  });

  it('submits each of several again that were submitted offline', async () => {
    const articles = ['Bridge reopens', 'Ferry strike'].map((headline) =>
      rim.create(headline, 'One.', 'Two.'),
    );
    await rim.sync();
    await slot.sync();
    await rim.away();
    for (const article of articles) {
      slot.edit(article, { blocks: [paragraph('Two by slot.', slot.block(article, 1).$.id)] });
      slot.seal(article);
      rim.edit(article, { blocks: [paragraph('One by rim.', rim.block(article, 0).$.id)] });
      rim.command(article, 'submit');
    }
    await slot.sync();
    await rim.sync();
    expect(articles.map((article) => state(rim, article))).toEqual(['in-review', 'in-review']);
    expect(rim.store.outbox.counts()).toEqual({ waiting: 0, parked: 0 });
  });

  it('leaves a submission to the person when two versions stand in the text', async () => {
    const article = rim.create('Bridge reopens', 'One.');
    await rim.sync();
    await slot.sync();
    const id = rim.block(article, 0).$.id;
    await rim.away();
    slot.edit(article, { blocks: [paragraph('One by slot.', id)] });
    slot.seal(article);
    await slot.sync();
    rim.edit(article, { blocks: [paragraph('One by rim.', id)] });
    rim.command(article, 'submit');
    await rim.sync();
    expect(state(rim, article)).toBe('draft');
    expect(rim.parked()).toHaveLength(1);
    expect(rim.notices.join()).toContain('was not submitted');
  });

  it('parks what the server refuses, keeps the work and moves on', async () => {
    const article = rim.create('Bridge reopens', 'One.');
    await rim.sync();
    rim.command(article, 'approve');
    rim.edit(article, { fields: { headline: 'Bridge reopens at last' } });
    rim.seal(article);
    await rim.sync();
    expect(rim.parked()).toHaveLength(1);
    expect(rim.parked()[0]).toMatch(/[.]$/);
    expect(rim.store.outbox.counts().waiting).toBe(0);
    await slot.sync();
    expect(slot.store.working.read(article)!.content.fields.headline).toBe(
      'Bridge reopens at last',
    );
  });

  it('says what was refused, that the words are kept, and where it stands', async () => {
    const article = rim.create('Bridge reopens', 'The toll is 4 crowns.');
    rim.command(article, 'submit');
    await rim.sync();
    await slot.sync();
    await rim.away();
    slot.command(article, 'approve');
    await slot.sync();
    rim.command(article, 'recall');
    await rim.sync();
    expect(rim.notices).toEqual([
      '“Bridge reopens”: the publishing server refused “Recall”. The article is approved by now, no longer in review. What you wrote is kept. The outbox shows what was refused, to try again or to dismiss.',
    ]);
  });

  it('tells in which paragraph a colleague is, and forgets it when the line is lost', async () => {
    const article = rim.create('Bridge reopens', 'One.');
    await rim.sync();
    await slot.sync();
    const block = rim.block(article, 0).$.id;
    rim.engine.move({ article, block });
    const { author } = rim.session.by()!;
    await expect.poll(() => slot.engine.others()).toEqual([{ person: author, article, block }]);
    await newsroom.stop();
    await expect.poll(() => slot.engine.others()).toEqual([]);
    await newsroom.start();
    // It is said again, without the person doing anything, once there is a line.
    await expect
      .poll(
        () => {
          slot.engine.now();
          rim.engine.now();
          return slot.engine.others();
        },
        { timeout: 15_000 },
      )
      .toEqual([{ person: author, article, block }]);
    rim.engine.move(null);
    await expect.poll(() => slot.engine.others()).toEqual([]);
  });

  it('wakes by the event stream when a colleague has pushed', async () => {
    const article = rim.create('Bridge reopens', 'One.');
    rim.engine.nudge();
    await expect.poll(() => slot.store.articles.exists(article)).toBe(true);
  });
});
