import Database from 'better-sqlite3';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestOf } from '#shared/api';
import { findComment } from '../../../src-server/store/index.ts';
import { paragraph } from '../../helpers/articles.ts';
import type { TestNewsroom } from './newsroom.ts';
import { openStation, type Station } from './station.ts';
import { openTwoStations, removeTwoStations } from './two-stations.ts';

let newsroom: TestNewsroom;
let rim: Station;
let slot: Station;

beforeEach(async () => {
  ({ newsroom, rim, slot } = await openTwoStations());
});
afterEach(() => removeTwoStations({ newsroom, rim, slot }));

/** Something outside Stet changes a file that is open, as a failing disk or a careless script might. */
function tamper(file: string, ...statements: string[]): void {
  const database = new Database(file);
  for (const statement of statements) database.exec(statement);
  database.close();
}

/** Somebody takes an article out of the server's database, with all that belongs to it. */
async function loseOnServer(article: string): Promise<void> {
  await newsroom.stop();
  const of = (table: string, name: string) =>
    `SELECT ${name} FROM ${table} WHERE article = '${article}'`;
  tamper(
    join(newsroom.dir, 'server.db'),
    `DELETE FROM feed WHERE entity = '${article}' OR entity IN (${of('revisions', 'hash')} UNION ${of('events', 'id')} UNION ${of('comments', 'id')})`,
    `DELETE FROM comments WHERE article = '${article}'`,
    `DELETE FROM events WHERE article = '${article}'`,
    `DELETE FROM revisions WHERE article = '${article}'`,
    `DELETE FROM articles WHERE id = '${article}'`,
  );
  await newsroom.start();
}

const yesterday = (station: Station): void =>
  station.store.values.set('sync.compared-at', Date.now() - 86_400_001);

const standings = (station: Station) => digestOf(station.store.articles.serverRecords());

describe('the daily comparison', () => {
  it('asks nothing further where all is the same', async () => {
    rim.create('Bridge reopens', 'One.');
    await rim.sync();
    yesterday(rim);
    await rim.sync();
    expect(rim.notices).toEqual([]);
    expect(Date.now() - (rim.store.values.get('sync.compared-at') as number)).toBeLessThan(60_000);
  });

  it('brings back a record that a computer lost', async () => {
    const article = rim.create('Bridge reopens', 'One.');
    rim.command(article, 'submit');
    await rim.sync();
    await slot.sync();
    await slot.close();
    tamper(join(slot.dir, 'stet.db'), `UPDATE article SET server = NULL WHERE id = '${article}'`);
    slot = await slot.reopen();
    expect(slot.store.articles.serverRecord(article)).toBeNull();
    yesterday(slot);
    await slot.sync();
    expect(slot.store.articles.serverRecord(article)).toMatchObject({ state: 'in-review' });
    expect(standings(slot)).toEqual(standings(rim));
    expect(slot.notices.join()).toContain('set right');
  });

  it('brings back a revision and a comment that a computer lost', async () => {
    const article = rim.create('Bridge reopens', 'One.');
    rim.command(article, 'submit');
    await rim.sync();
    await slot.sync();
    await slot.close();
    tamper(join(slot.dir, 'stet.db'), 'DELETE FROM revision', 'DELETE FROM event');
    slot = await slot.reopen();
    expect(slot.texts(article)).toEqual([]);
    yesterday(slot);
    await slot.sync();
    expect(slot.texts(article)).toEqual(['One.']);
    expect(slot.store.events.list(article).map(({ transition }) => transition)).toEqual([
      'create',
      'submit',
    ]);
  });

  it('offers again what the server lost without knowing', async () => {
    const kept = rim.create('Kept', 'One.');
    const article = rim.create('Bridge reopens', 'One.');
    await rim.sync();
    rim.edit(article, { blocks: [paragraph('Two.', rim.block(article, 0).$.id)] });
    rim.seal(article);
    await rim.sync();
    const first = rim.store.revisions.list(article)[0]!.hash;
    await rim.away();
    await newsroom.stop();
    tamper(
      join(newsroom.dir, 'server.db'),
      `UPDATE articles SET head = '${first}' WHERE id = '${article}'`,
      `DELETE FROM feed WHERE kind = 'revision' AND entity IN (SELECT hash FROM revisions WHERE article = '${article}' AND hash <> '${first}')`,
      `DELETE FROM revisions WHERE article = '${article}' AND hash <> '${first}'`,
    );
    await newsroom.start();
    yesterday(rim);
    await rim.sync();
    await rim.sync();
    await slot.sync();
    expect(slot.texts(article)).toEqual(['Two.']);
    expect(rim.texts(article)).toEqual(['Two.']);
    expect(rim.store.outbox.counts()).toEqual({ waiting: 0, parked: 0 });
    expect(slot.texts(kept)).toEqual(['One.']);
  });

  it('waits for its author where the server lost an article without knowing', async () => {
    const kept = rim.create('Kept', 'One.');
    const article = rim.create('Bridge reopens', 'One.');
    rim.say(article, 'Who counted them?');
    await rim.sync();
    await slot.sync();
    await loseOnServer(article);
    yesterday(slot);
    await slot.sync();
    expect(slot.store.awaited.since(0)).toMatchObject([{ article }]);
    expect(slot.store.outbox.counts()).toEqual({ waiting: 0, parked: 0 });
    yesterday(rim);
    await rim.sync();
    await slot.sync();
    expect(slot.store.awaited.since(0)).toEqual([]);
    expect(standings(slot)).toEqual(standings(rim));
    expect(slot.texts(kept)).toEqual(['One.']);
    const third = await openStation({
      url: newsroom.url,
      login: 'slot',
      desk: newsroom.desk.id,
    });
    await third.sync();
    expect(third.texts(article)).toEqual(['One.']);
    expect(third.store.comments.list(article)).toMatchObject([{ text: 'Who counted them?' }]);
    await third.remove();
  });

  it('brings back what was said of an article that its author had brought back before', async () => {
    const article = rim.create('Bridge reopens', 'One.');
    await rim.sync();
    await slot.sync();
    const { id } = slot.say(article, 'Which bridge?');
    await slot.sync();
    await rim.sync();
    await loseOnServer(article);
    yesterday(rim);
    await rim.sync();
    expect(await findComment(newsroom.server.context.store.db, id)).toBeNull();
    yesterday(slot);
    await slot.sync();
    expect(slot.store.awaited.since(0)).toEqual([]);
    expect(await findComment(newsroom.server.context.store.db, id)).toMatchObject({ id });
  });

  it('follows when the server comes back as it was', async () => {
    rim.create('Bridge reopens', 'One.');
    await rim.sync();
    await newsroom.backUp();
    const later = rim.create('Written later', 'Two.');
    await rim.sync();
    await newsroom.restore();
    await rim.sync();
    await rim.sync();
    await slot.sync();
    expect(slot.texts(later)).toEqual(['Two.']);
    expect(standings(slot)).toEqual(standings(rim));
  });
});
