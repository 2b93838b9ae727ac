import { afterEach, beforeEach, expect, describe, it } from 'vitest';
import type { Id } from '#shared/article';
import { addDesk, changePerson } from '../../../src-server/accounts/index.ts';
import { findArticle } from '../../../src-server/store/index.ts';
import type { TestNewsroom } from './newsroom.ts';
import { openStation, type Station } from './station.ts';
import { openTwoStations, removeTwoStations } from './two-stations.ts';
import { openLine, type UnreliableLine } from './unreliable-line.ts';
import { virtualTimers, type VirtualTimers } from './virtual-timers.ts';

const MINUTE = 60_000;

let newsroom: TestNewsroom;
let rim: Station;
let slot: Station;
let timers: VirtualTimers;
let article: Id;

/** What was written since is on both computers, and lost on the server. */
beforeEach(async () => {
  timers = virtualTimers();
  ({ newsroom, rim, slot } = await openTwoStations({ timers }));
  await newsroom.backUp();
  article = rim.create('Bridge reopens', 'One.');
  await rim.sync();
  await slot.sync();
  await rim.away();
  await newsroom.restore();
  await slot.sync();
});
afterEach(() => removeTwoStations({ newsroom, rim, slot }));

const onServer = () => findArticle(newsroom.server.context.store.db, article);

async function pass(minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    timers.pass(MINUTE);
    await slot.engine.idle();
  }
}

describe('an article that the server lost and its author does not bring back', () => {
  it('is brought back by a colleague after some minutes, and stays its author’s', async () => {
    await pass(10);
    expect(await onServer()).toBeNull();
    await pass(2);
    expect(await onServer()).toMatchObject({ createdBy: newsroom.rim.id, state: 'draft' });
    expect(slot.notices.join()).toContain('“Bridge reopens”: the publishing server had lost it');
    await rim.sync();
    expect(rim.texts(article)).toEqual(['One.']);
    expect(rim.store.outbox.counts()).toEqual({ waiting: 0, parked: 0 });
    expect(slot.store.outbox.counts()).toEqual({ waiting: 0, parked: 0 });
  });

  it('is not approved by the colleague who brought it', async () => {
    await pass(12);
    slot.command(article, 'submit');
    await slot.sync();
    slot.command(article, 'approve');
    expect(slot.store.articles.record(article)).toMatchObject({ state: 'in-review' });
    await slot.sync();
    expect(slot.parked().join()).toContain('Nobody approves their own article');
    expect(await onServer()).toMatchObject({ state: 'in-review' });
  });

  it('is waited for anew when Stet was closed meanwhile', async () => {
    await pass(8);
    slot = await slot.reopen();
    await slot.engine.idle();
    await pass(10);
    expect(await onServer()).toBeNull();
    await pass(2);
    expect(await onServer()).toMatchObject({ createdBy: newsroom.rim.id });
  });

  it('is left to its author when they come back in time', async () => {
    await rim.sync();
    await pass(15);
    expect(await onServer()).toMatchObject({ createdBy: newsroom.rim.id });
    expect(slot.notices.join()).not.toContain('the publishing server had lost it');
    slot.command(article, 'submit');
    await slot.sync();
    slot.command(article, 'approve');
    await slot.sync();
    expect(await onServer()).toMatchObject({ state: 'approved' });
  });

  it('stays with whoever only reads it, who is told what to ask for, and is sent once they have it', async () => {
    const { context } = newsroom.server;
    const sports = await addDesk(context, 'Sports Desk');
    const editorOf = (...desks: Id[]) =>
      changePerson(context, null, newsroom.slot.id, {
        memberships: desks.map((desk) => ({ desk, role: 'copy-editor' })),
      });
    await editorOf(sports.id);
    await slot.sync();
    await pass(15);
    const [restored, ...early] = slot.warnings;
    expect(restored).toContain('came back from an older backup');
    expect(early).toEqual([]);
    await pass(5);
    const [, told, ...more] = slot.warnings;
    expect(told).toContain('“Bridge reopens”: the publishing server had lost it');
    expect(told).toContain('Ask your newsroom admin for a place on News Desk');
    await pass(20);
    expect(more).toEqual([]);
    expect(await onServer()).toBeNull();
    expect(slot.texts(article)).toEqual(['One.']);
    await editorOf(sports.id, newsroom.desk.id);
    await slot.sync();
    await pass(7);
    expect(await onServer()).toMatchObject({ createdBy: newsroom.rim.id, state: 'draft' });
    expect(slot.store.outbox.counts()).toEqual({ waiting: 0, parked: 0 });
  });
});

describe('an article that the server lost while its author may start none there', () => {
  let line: UnreliableLine;
  let sports: Id;
  let hers: VirtualTimers;

  const editorOf = (...desks: Id[]) =>
    changePerson(newsroom.server.context, null, newsroom.rim.id, {
      memberships: desks.map((desk) => ({ desk, role: 'copy-editor' })),
    });

  async function passHers(minutes: number): Promise<void> {
    for (let minute = 0; minute < minutes; minute += 1) {
      hers.pass(MINUTE);
      await rim.engine.idle();
    }
  }

  beforeEach(async () => {
    await slot.away();
    await rim.close();
    line = await openLine(() => newsroom.url);
    sports = (await addDesk(newsroom.server.context, 'Sports Desk')).id;
    hers = virtualTimers();
  });
  afterEach(() => line.close());

  async function returns(): Promise<void> {
    const { dir } = rim;
    const desk = newsroom.desk.id;
    rim = await openStation({ url: line.url, login: 'rim', desk, dir, timers: hers });
    await rim.sync();
  }

  async function comesBackOnceSheMay(): Promise<void> {
    expect(rim.parked()).toEqual([]);
    expect(rim.warnings.join()).not.toContain('refused');
    await passHers(25);
    expect(rim.warnings.join()).toContain('Ask your newsroom admin for a place on News Desk');
    expect(await onServer()).toBeNull();
    await editorOf(sports, newsroom.desk.id);
    await rim.sync();
    await passHers(7);
    expect(await onServer()).toMatchObject({ createdBy: newsroom.rim.id, state: 'draft' });
    expect(rim.notices.join()).toContain('You may start it there again: Stet sends it.');
    expect(rim.store.outbox.counts()).toEqual({ waiting: 0, parked: 0 });
    await slot.sync();
    expect(slot.texts(article)).toEqual(['One.']);
  }

  it('is not offered to be refused, and is sent once she may', async () => {
    await editorOf(sports);
    await returns();
    await comesBackOnceSheMay();
  });

  it('is sent once she may where the right went while it was on its way', async () => {
    line.trouble = (_, path) => (path.endsWith('/push') ? 'cut' : 'pass');
    await returns();
    expect(rim.store.outbox.counts()).toMatchObject({ waiting: 1 });
    await editorOf(sports);
    line.trouble = () => 'pass';
    await rim.sync();
    await comesBackOnceSheMay();
  });
});
