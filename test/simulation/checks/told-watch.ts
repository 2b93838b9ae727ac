import type { ArticleRecord } from '#shared/api';
import { canonicalJson, type Id } from '#shared/article';
import type { ArticleRow, Emit } from '#shared/contract';
import { articleOf, type Store } from '../../../src-main/core/store/index.ts';
import type { SyncEvents } from '../../../src-main/core/sync/index.ts';
import type { createArticles } from '../../../src-main/core/articles/index.ts';

type Handlers = ReturnType<typeof createArticles>['handlers'];
type Heard = Pick<SyncEvents, 'articles' | 'working' | 'people' | 'inbox' | 'notice'>;

/** Looks on whether a window is told of what changes beside it: it reads nothing anew unless it is. */
export interface ToldWatch {
  /** What the sync engine tells. */
  events: Heard;
  /** What the operations on articles tell. */
  emit: Emit;
  /** The operations, looked at: what a person does shows in the lists of every window. */
  over(handlers: Handlers): Handlers;
  /** What has come to this computer and was told to nobody by now; null when there is nothing. */
  untold(): string | null;
}

/** What a window shows of an article beside its text. */
function shownOf({ articles, comments, events }: Store, article: Id): string {
  const record: ArticleRecord | null = articles.record(article);
  return canonicalJson([record, comments.list(article).length, events.list(article).length]);
}

/** The same, with what waits or was refused: so History shows it. */
const withWaiting = (store: Store, article: Id): string =>
  shownOf(store, article) +
  store.outbox
    .pending(article)
    .map(({ id, state }) => id + state)
    .join();

const rowsOf = ({ queues }: Store): ArticleRow[] =>
  (['archive', 'bin'] as const).flatMap((kind) => queues.list({ kind }, '', 0, 100).rows);

/** What stands in the lists, and what windows show of each article. */
function everythingShown(store: Store): { lists: string; articles: Map<Id, string> } {
  const rows = rowsOf(store);
  return {
    lists: JSON.stringify([rows, store.inbox.openCounts(), store.outbox.counts()]),
    articles: new Map(rows.map(({ id }) => [id, withWaiting(store, id)])),
  };
}

const CHANGING = [
  'article.edit',
  'article.create',
  'article.seal',
  'article.transition',
  'article.bin',
  'article.restore',
  'comments.add',
  'inbox.handle',
  'outbox.retry',
  'outbox.dismiss',
] as const;

/** Every so often only: it is asked at each key. */
const EVERY = 12;

export function watchTold(store: Store, who: Id, complain: (what: string) => void): ToldWatch {
  /** What is to be told, each with whether it still is so: what a failing disk took back is no news. */
  const untold = new Map<string, () => boolean>();
  /** Refused operations, with the article of each and what they were refused for. */
  const refused = new Map<Id, { article: Id | null; code: string }>();
  /** What the window was told since a call began. */
  const said = new Set<string>();
  let calls = 0;

  const isToBeTold = (name: string, read: () => string, before: string): void => {
    if (read() !== before) untold.set(name, () => read() !== before);
  };
  /** What is closed to a person is told of when it is taken away, or open again. */
  const isClosed = (article: Id | null): boolean =>
    article !== null &&
    store.people.person(who)?.memberships.length === 0 &&
    store.articles.serverRecord(article)?.createdBy !== who;
  const { feed, outbox } = store;
  const apply = feed.applyChanges.bind(feed);
  feed.applyChanges = (changes, cursor) => {
    const reading = new Map<string, () => string>();
    for (const { kind, data } of changes) {
      if (kind === 'inbox')
        reading.set(`inbox ${data.desk}`, () => JSON.stringify(store.inbox.list(data.desk)));
      const about = kind === 'article' ? data.id : 'article' in data ? data.article : null;
      if (kind !== 'inbox' && about !== null)
        reading.set(`article ${about}`, () => shownOf(store, about));
    }
    if (changes.some(({ kind }) => kind === 'person' || kind === 'desk'))
      reading.set('people', () => JSON.stringify([store.people.persons(), store.people.desks()]));
    const before = [...reading].map(([name, read]) => [name, read, read()] as const);
    const bases = new Map([...reading.keys()].map((name) => [name, baseOf(name)]));
    const applied = apply(changes, cursor);
    for (const each of before) isToBeTold(...each);
    for (const [name, base] of bases) {
      const isOther = (): boolean => ![base, null].includes(baseOf(name));
      if (base !== null && isOther()) untold.set(name.replace('article', 'working'), isOther);
    }
    return applied;
  };
  /** On what the text is built that a window shows and takes edits of. */
  const baseOf = (name: string): string | null => {
    if (!name.startsWith('article ')) return null;
    const copy = store.working.read(name.replace('article ', ''));
    return copy?.standing === 'editable' ? copy.base : null;
  };
  const record = outbox.recordAnswers.bind(outbox);
  outbox.recordAnswers = (answers) => {
    const asked = answers.flatMap((answer) => {
      const pending = outbox.find(answer.id);
      return pending ? [{ ...answer, article: articleOf(pending.payload) }] : [];
    });
    const before = new Map(
      asked.flatMap(({ article }) =>
        article === null ? [] : [[article, withWaiting(store, article)] as const],
      ),
    );
    const recorded = record(answers);
    for (const [article, shown] of before)
      isToBeTold(`article ${article}`, () => withWaiting(store, article), shown);
    for (const { id, article, outcome, code } of asked)
      if (outcome === 'refused' && code !== 'head') refused.set(id, { article, code: code ?? '' });
    return recorded;
  };

  const { working } = store;
  const commit = working.commit.bind(working);
  working.commit = (article, change) => {
    const hash = commit(article, change);
    if (change.by.note?.startsWith('Merged')) untold.set(`working ${article}`, () => true);
    return hash;
  };

  const toldOf = (article: Id): void => {
    untold.delete(`article ${article}`);
  };
  return {
    events: {
      articles: (changed) => changed.forEach(toldOf),
      working: (changed) => {
        for (const article of changed) untold.delete(`working ${article}`);
      },
      people: () => void untold.delete('people'),
      inbox: (desks) => {
        for (const desk of desks) untold.delete(`inbox ${desk}`);
      },
      notice(tone, _, article) {
        for (const [id, one] of refused)
          if (tone === 'warning' && one.article === article) refused.delete(id);
      },
    },
    emit(name, data) {
      if (name === 'article' && 'article' in data) untold.delete(`working ${String(data.article)}`);
      said.add(name === 'article' && 'article' in data ? String(data.article) : name);
    },
    over(handlers) {
      const looked = { ...handlers } as Record<string, (input: never) => unknown>;
      for (const name of CHANGING) {
        const handle = handlers[name] as (input: never) => unknown;
        looked[name] = async (input: never) => {
          if ((calls += 1) % EVERY !== 0) return handle(input);
          const before = everythingShown(store);
          said.clear();
          const result = await handle(input);
          const after = everythingShown(store);
          if (!said.has('lists') && after.lists !== before.lists)
            complain(`${name} changed the lists, and the window was not told.`);
          for (const [article, shown] of after.articles)
            if (!said.has(article) && (before.articles.get(article) ?? shown) !== shown)
              complain(`${name} changed ${article}, and the window was not told.`);
          return result;
        };
      }
      return looked as unknown as Handlers;
    },
    untold() {
      for (const [name, isSo] of untold)
        if (!isSo()) untold.delete(name);
        else return `The window was not told that ${name} is other than it was.`;
      for (const [id, { article, code }] of refused) {
        const pending = outbox.find(id);
        // What is sent once more, or was taken away with its article, is told otherwise.
        if (pending?.state !== 'parked') refused.delete(id);
        else if (!isClosed(article))
          return `Nobody was told that a ${pending.payload.kind} of ${article ?? 'a message'} was refused: ${code}.`;
      }
      return null;
    },
  };
}
