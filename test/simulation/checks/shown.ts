import type { ArticleRecord } from '#shared/api';
import { canonicalJson, type Id } from '#shared/article';
import type { ArticleRow, Queue } from '#shared/contract';
import type { Client, Core } from '../world/client.ts';
import { lookAt } from '../world/disk.ts';
import type { World } from '../world/world.ts';
import { wrongInHistory } from './history.ts';
import { isOpen } from './lists.ts';
import { mayBin } from './rules.ts';

type Complain = (what: string) => void;

/** Few, so that a list of a handful of articles has several pages. */
const PAGE = 2;
/** More than there are articles: a list that goes on for ever is wrong enough. */
const MOST = 100;
/** In which an article may be, with a queue of each desk for each. */
const STATES = 7;

/** All pages of a list, as somebody sees them who leafs through it. */
async function leafThrough(
  read: (offset: number) => Promise<{ rows: ArticleRow[]; total: number }>,
): Promise<{ rows: ArticleRow[]; total: number }> {
  const rows: ArticleRow[] = [];
  for (;;) {
    const page = await read(rows.length);
    rows.push(...page.rows);
    if (page.rows.length < PAGE || rows.length > MOST) return { rows, total: page.total };
  }
}

function isIn(queue: Queue, record: ArticleRecord, person: Id): boolean {
  if (queue.kind === 'archive') return !record.binned;
  if (queue.kind === 'bin') return record.binned;
  const isOf = queue.kind === 'mine' ? record.createdBy === person : record.desk === queue.desk;
  return !record.binned && isOf && record.state === queue.state;
}

/** Beside each of a person’s desks stands how many messages wait there, and beside the newsroom how many are in it. */
function checkCounts(
  { store }: Core,
  person: Id,
  { inbox, people }: { inbox: { desk: Id; open: number }[]; people: number },
  complain: Complain,
): void {
  const active = store.people.persons().filter((one) => one.active).length;
  if (people !== active) complain(`${people} people are counted, and there are ${active}`);
  const should = (store.people.person(person)?.memberships ?? []).map(({ desk }) => ({
    desk,
    open: store.inbox.list(desk).filter(({ handledBy }) => handledBy === null).length,
  }));
  if (canonicalJson(inbox) !== canonicalJson(should))
    complain(`${JSON.stringify(inbox)} messages are counted, not ${JSON.stringify(should)}`);
}

/** Each queue holds the articles that belong in it, once, in their order; and as many as it says. */
async function checkQueues(
  core: Core,
  records: readonly ArticleRecord[],
  person: Id,
  complain: Complain,
): Promise<void> {
  const { handlers } = core.articles;
  const { counts, inbox, people } = await handlers['queues.counts']({});
  checkCounts(core, person, { inbox, people }, complain);
  const { memberships } = core.store.people.person(person) ?? { memberships: [] };
  const expected = 4 + memberships.length * STATES;
  if (counts.length !== expected) complain(`${counts.length} queues of ${expected} are counted`);
  for (const { queue, count } of counts) {
    const { rows, total } = await leafThrough(async (offset) =>
      handlers['articles.list']({ queue, offset, limit: PAGE }),
    );
    const about = `the queue ${JSON.stringify(queue)}`;
    const should = records.filter((record) => isIn(queue, record, person)).map(({ id }) => id);
    const has = rows.map(({ id }) => id);
    if (has.toSorted().join() !== should.toSorted().join())
      complain(`${about} holds ${has.join() || 'nothing'}, not ${should.join() || 'nothing'}`);
    if (total !== should.length || count !== should.length)
      complain(`${about} says ${total} and ${count}, and ${should.length} are in it`);
    const times = rows.map(({ updatedAt }) => Date.parse(updatedAt));
    for (const { id, mayRestore } of rows) {
      const record = queue.kind === 'bin' ? records.find((one) => one.id === id) : undefined;
      const { desk = null, createdBy: author = '' } = record ?? {};
      if (record && mayRestore !== mayBin({ person, memberships, desk, author }))
        complain(`${id} is offered from the bin to the wrong person`);
    }
    const oldestFirst = queue.kind === 'desk' && queue.state === 'in-review';
    const inOrder = times.toSorted((a, b) => (oldestFirst ? a - b : b - a));
    if (inOrder.join() !== times.join()) complain(`${about} is not in the order of time`);
  }
}

/** Whoever leafs through what a search finds meets each article once, and as many as it says. */
async function checkHits({ articles: { handlers } }: Core, complain: Complain): Promise<void> {
  const { rows, total } = await leafThrough(async (offset) =>
    handlers['articles.search']({ text: 'Name', offset, limit: PAGE }),
  );
  const found = new Set(rows.map(({ id }) => id)).size;
  if (found !== rows.length || found !== total)
    complain(`a search says ${total}, and gives ${rows.length} of which ${found} differ`);
}

/** Every thread stands with all that was said in it, open or not. */
async function checkThreads({ store, articles }: Core, article: Id): Promise<string | null> {
  const { threads } = await articles.handlers['comments.list']({ article });
  const should = Map.groupBy(store.comments.list(article), ({ thread }) => thread);
  if (threads.length !== should.size) return `${threads.length} threads of ${should.size}`;
  const pending = store.outbox.pending(article);
  const waiting = new Set(
    pending.map(({ payload }) => (payload.kind === 'comment' ? payload.entry.id : null)),
  );
  for (const { id, anchor, entries, resolved } of threads) {
    const said = should.get(id) ?? [];
    const opening = said.find((entry) => entry.id === id);
    if (canonicalJson(anchor) !== canonicalJson(opening?.anchor ?? null))
      return `the thread ${id} at another place than it was opened`;
    const isNamed = ({ author, authorName }: (typeof entries)[number]): boolean =>
      authorName === (store.people.person(author)?.name ?? authorName);
    if (!entries.every(isNamed)) return `who spoke in the thread ${id} wrongly`;
    if (entries.map((entry) => entry.id).join() !== said.map((entry) => entry.id).join())
      return `other entries in the thread ${id}`;
    if (resolved === isOpen(said)) return `the thread ${id} as ${resolved ? 'resolved' : 'open'}`;
    if (entries.some((entry) => entry.waiting !== waiting.has(entry.id)))
      return `what has been sent of the thread ${id} wrongly`;
  }
  return null;
}

async function checkClient(
  { core, index, who, file }: Client,
  broken: World['broken'],
): Promise<void> {
  const { store } = core!;
  const ids = lookAt(file, (db) => db.prepare<[], Id>('SELECT id FROM article').pluck().all());
  const records = ids.flatMap((id) => store.articles.record(id) ?? []);
  const complain: Complain = (what) => broken(13, `On client ${index} ${what}.`);
  await checkQueues(core!, records, who.id, complain);
  await checkHits(core!, complain);
  for (const record of records) {
    const history = await wrongInHistory(core!, record);
    if (history !== null) complain(`the history of ${record.id} shows ${history}`);
    const threads = await checkThreads(core!, record.id);
    if (threads !== null) complain(`the comments on ${record.id} show ${threads}`);
  }
}

/** In the end the lists, the history and the comments of every window say what is so. */
export async function checkShown({ clients, broken }: World): Promise<void> {
  for (const client of clients) await checkClient(client, broken);
}
