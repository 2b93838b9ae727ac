import {
  Change,
  digestOf,
  type ArticleResponse,
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

async function cursorOf(db: Db): Promise<string> {
  const { epoch, seq } = await feedPosition(db);
  return `${epoch}:${seq}`;
}

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
        const cursor = await cursorOf(db);
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
        return { cursor: await cursorOf(db), articles: await articleRecords(db, ids) };
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
          cursor: await cursorOf(db),
          changes: changes.map((change) => Change.parse(change)),
        };
      }),
  };
}
