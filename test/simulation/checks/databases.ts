import { bodyText, type Content } from '#shared/article';
import { verifyAudit } from '../../../src-server/store/index.ts';
import type { Client } from '../world/client.ts';
import { diceOf } from '../world/dice.ts';
import { lookAt } from '../world/disk.ts';
import { MARKED, marksIn } from '../world/words.ts';
import type { World } from '../world/world.ts';
import { wholeFeed } from './convergence.ts';

function checkSoundness(world: World, { file, index }: Client): void {
  lookAt(file, (db) => {
    try {
      const sound = String(db.pragma('integrity_check', { simple: true }));
      if (sound !== 'ok')
        world.broken(13, `The database of client ${index} is not sound: ${sound}`);
      db.prepare(`INSERT INTO search (search, rank) VALUES ('integrity-check', 1)`).run();
    } catch (error) {
      world.broken(13, `The search index of client ${index} is not sound: ${String(error)}`);
    }
  });
}

/** What stands in a text is found, and what is gone from it is not. */
function checkSearch(world: World, { core, index }: Client): void {
  const dice = diceOf(world.seed, 7, index);
  for (const article of world.articles) {
    const content = core!.store.working.read(article)?.content;
    const record = core!.store.articles.record(article);
    if (!content || !record || core!.store.articles.serverRecord(article) === null) continue;
    const { headline, standfirst } = content.fields;
    const text = [headline, standfirst, bodyText(content.body)].join('\n');
    const marks: string[] = text.match(MARKED) ?? [];
    const gone = world.ledger
      .removed(article)
      .filter((mark) => !JSON.stringify(content).includes(mark));
    // A note is for the desk alone, and its words are looked for by nobody.
    const notes = content.body.filter(({ type }) => type === 'note');
    const noted = [...marksIn(notes)].filter(
      (mark) => !JSON.stringify(others(content)).includes(mark),
    );
    for (const mark of [
      ...sample(dice, marks, 3),
      ...sample(dice, gone, 2),
      ...noted.slice(0, 1),
    ]) {
      const found = core!.store.search.search(mark, 0, 10).rows.some(({ id }) => id === article);
      const should = !record.binned && marks.includes(mark) && !noted.includes(mark);
      if (found !== should)
        world.broken(
          13,
          `Client ${index}: a search for ${mark} ${found ? 'finds' : 'misses'} ${article}.`,
        );
    }
  }
}

const others = ({ fields, body }: Content): unknown => [
  fields,
  body.filter(({ type }) => type !== 'note'),
];

const marked = (value: unknown): string => [...marksIn(value)].sort().join();

/** The names and terms that are offered while somebody types are those of the articles, and no others. */
function checkTerms({ broken, articles }: World, { core, file, index }: Client): void {
  const read = (sql: string, ...of: string[]): string[] =>
    lookAt(file, (db) =>
      db
        .prepare<string[], string>(sql)
        .pluck()
        .all(...of),
    );
  for (const article of articles) {
    const copy = core!.store.working.read(article);
    if (copy?.standing !== 'editable' || core!.store.articles.serverRecord(article) === null)
      continue;
    const { byline, contributors, dateline, keywords, subjects } = copy.content.fields;
    const names = [...byline, ...contributors].map(({ name }) => name);
    const is = [
      read('SELECT name FROM credit WHERE article = ?', article),
      read('SELECT term FROM shared_term WHERE article = ?', article),
    ];
    const should = [names, [names, dateline, keywords, subjects]];
    const isSame = is.every((list, at) => marked(list) === marked(should[at]));
    if (!isSame) broken(13, `Client ${index} offers other names and terms than ${article} has.`);
  }
  const stale = read('SELECT name FROM credit_word WHERE name NOT IN (SELECT name FROM credit)');
  if (stale.length > 0) broken(13, `Client ${index} offers ${stale.join()}, credited nowhere.`);
}

function sample<T>(dice: ReturnType<typeof diceOf>, list: readonly T[], most: number): T[] {
  return Array.from({ length: Math.min(most, list.length) }, () => dice.pick(list));
}

const COUNTED = new Set(['comment', 'event']);

/** In which order the entries of an article came counts, not by which numbers that is told. */
function countAnew(rows: Record<string, unknown>[]): void {
  rows.sort((x, y) => String(x.article).localeCompare(String(y.article)));
  for (const row of rows) delete row.arrived;
}

/** Everything in a database but the search index, which the rows it is made of stand for. */
function fingerprint(file: string): Map<string, string> {
  return lookAt(file, (db) => {
    const prints = new Map<string, string>();
    const tables = db
      .prepare(
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%' AND name <> 'sqlite_sequence' ORDER BY name`,
      )
      .pluck()
      .all() as string[];
    for (const table of tables) {
      const rows = db.prepare(`SELECT * FROM "${table}"`).all() as Record<string, unknown>[];
      if (COUNTED.has(table)) countAnew(rows);
      prints.set(table, JSON.stringify(rows));
    }
    return prints;
  });
}

function difference(before: string, after: string): string {
  const [was, is] = [before, after].map((rows) => JSON.parse(rows) as unknown[]);
  const had = new Set(was!.map((row) => JSON.stringify(row)));
  const has = new Set(is!.map((row) => JSON.stringify(row)));
  const [gone] = [...had].filter((row) => !has.has(row));
  const [come] = [...has].filter((row) => !had.has(row));
  return `${gone ?? 'nothing'} became ${come ?? 'nothing'}`.slice(0, 1000);
}

/** Telling a client the whole feed again changes nothing. */
async function checkReplay(world: World, { core, file, index, who }: Client): Promise<void> {
  const { changes, cursor } = await wholeFeed(world);
  const desks = new Set(who.memberships.map(({ desk }) => desk));
  const visible = changes.filter(
    (change) => change.kind !== 'inbox' || desks.has(change.data.desk),
  );
  const before = fingerprint(file);
  core!.store.feed.applyChanges(visible, cursor);
  for (const [table, rows] of fingerprint(file))
    if (rows !== before.get(table))
      world.broken(
        6,
        `Telling client ${index} everything again changed its table “${table}”: ${difference(before.get(table) ?? '[]', rows)}`,
      );
}

/** The disks of clients and server at the end of a run. */
export async function checkDatabases(world: World): Promise<void> {
  const dice = diceOf(world.seed, 8);
  for (const client of world.clients) {
    checkSearch(world, client);
    checkTerms(world, client);
  }
  await checkReplay(world, dice.pick(world.clients));
  for (const client of world.clients) checkSoundness(world, client);
  const { brokenAt } = await verifyAudit(world.server.context().store.db);
  if (brokenAt !== null) world.broken(13, `The audit log is broken at entry ${brokenAt}.`);
}
