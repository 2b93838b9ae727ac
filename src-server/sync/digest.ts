import {
  Change,
  cursorOf,
  digestOf,
  type ArticleResponse,
  type Cursor,
  type DigestResponse,
  type SectorResponse,
} from '#shared/api';
import type { Id } from '#shared/article';
import { ServerError } from '../errors.ts';
import {
  articleRecords,
  feedOfArticle,
  feedPosition,
  findArticle,
  listStandings,
  loadChanges,
  type Db,
  type Store,
} from '../store/index.ts';
import { mayRead, readsEverything, type Caller } from './access.ts';

const cursorNow = async (db: Db): Promise<Cursor> => cursorOf(await feedPosition(db));

/** What devices compare with what they have; worked out once for each place in the feed. */
export function createDigest(store: Store): {
  all: (caller: Caller) => Promise<DigestResponse>;
  sector: (caller: Caller, sector: number) => Promise<SectorResponse>;
  article: (caller: Caller, article: Id) => Promise<ArticleResponse>;
} {
  let newest: DigestResponse | null = null;
  return {
    all: (caller) =>
      store.read(async (db) => {
        const person = await caller(db);
        const cursor = await cursorNow(db);
        const everything = readsEverything(person);
        if (everything && newest?.cursor === cursor) return newest;
        const articles = await listStandings(db);
        const digest = {
          cursor,
          sectors: digestOf(articles.filter((article) => mayRead(person, article))),
        };
        if (everything) newest = digest;
        return digest;
      }),
    sector: (caller, sector) =>
      store.read(async (db) => {
        const person = await caller(db);
        const articles = await listStandings(db, sector);
        const ids = articles.filter((article) => mayRead(person, article)).map(({ id }) => id);
        return { cursor: await cursorNow(db), articles: await articleRecords(db, ids) };
      }),
    article: (caller, id) =>
      store.read(async (db) => {
        const person = await caller(db);
        const article = await findArticle(db, id);
        // An article that may not be read looks like one that is not there.
        if (!article || !mayRead(person, article))
          throw new ServerError('not-found', 'The publishing server does not have this article.');
        const changes = await loadChanges(db, await feedOfArticle(db, id));
        return {
          cursor: await cursorNow(db),
          changes: changes.map((change) => Change.parse(change)),
        };
      }),
  };
}
