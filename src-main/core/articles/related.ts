import { bodyText, newLocalId, type Content, type Id, type RelatedArticle } from '#shared/article';
import { StetError, type ArticleRow, type RelatedSuggestion } from '#shared/contract';
import type { SearchHit, Store } from '../store/index.ts';
import { recordOf } from './opening.ts';
import { keyWords, namesIn } from './topics.ts';
import type { ArticleHandlers, Context } from './types.ts';

const OFFERED = 8;
const LOOKED_AT = 60;

/** Related articles, found in the index on this computer. */
export function relatedHandlers(
  context: Context,
): Pick<ArticleHandlers, 'related.search' | 'related.suggest'> {
  const { store } = context;
  const timed = (
    find: () => RelatedSuggestion[],
  ): { found: RelatedSuggestion[]; milliseconds: number } => {
    const start = performance.now();
    const found = find();
    return { found, milliseconds: Math.round((performance.now() - start) * 10) / 10 };
  };
  return {
    'related.search': ({ article, text }) =>
      timed(() => {
        const taken = takenBy(store, article);
        return store.search
          .search(text, 0, LOOKED_AT)
          .rows.filter(({ id }) => !taken.has(id))
          .slice(0, OFFERED * 2)
          .map((row) => ({
            related: relatedOf(context, row),
            why: inHeadline(row, text) ? 'in the headline' : 'in the text',
          }));
      }),
    'related.suggest': ({ article }) => timed(() => suggest(context, article)),
  };
}

/** The article itself and those it links to already. */
function takenBy(store: Store, article: Id): Set<Id> {
  const related = store.working.read(article)?.content.fields.related ?? [];
  return new Set([article, ...related.flatMap((link) => link.article ?? [])]);
}

function inHeadline({ headline }: ArticleRow, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => headline.toLowerCase().includes(word));
}

type Reason = 'close match' | 'same people' | 'same place' | 'same subject';

/** How much each thing in common counts. A byline in common says little: one person writes on many things. */
const WEIGHTS = { names: 3, byline: 0.5, place: 1.5, subject: 2 } as const;

function suggest(context: Context, article: Id): RelatedSuggestion[] {
  const { store } = context;
  recordOf(context, article);
  const content = store.working.read(article)?.content;
  if (!content) throw new StetError('not-found', 'This article is not on this computer.');
  const taken = takenBy(store, article);
  const scores = new Map<Id, Map<Reason, number>>();
  const count = (
    reason: Reason,
    hits: readonly SearchHit[],
    weight: (hit: SearchHit) => number,
  ): void => {
    for (const hit of hits) {
      if (taken.has(hit.article)) continue;
      const reasons = scores.get(hit.article) ?? new Map<Reason, number>();
      reasons.set(reason, (reasons.get(reason) ?? 0) + weight(hit));
      scores.set(hit.article, reasons);
    }
  };
  const options = { except: article, limit: LOOKED_AT };
  const matching = (terms: readonly string[]): SearchHit[] => store.search.matchAny(terms, options);
  const relative = (hits: readonly SearchHit[]): ((hit: SearchHit) => number) => {
    const best = Math.max(...hits.map(({ score }) => score), Number.MIN_VALUE);
    return ({ score }) => score / best;
  };

  const { fields } = content;
  const close = matching(rare(store, keyWords(`${fields.headline} ${fields.slugline}`)));
  count('close match', close, (hit) => 3 * relative(close)(hit));
  const named = matching(namesOf(store, content));
  count('same people', named, (hit) => WEIGHTS.names * relative(named)(hit));
  const credited = [...fields.byline, ...fields.contributors].map(({ name }) => name);
  count(
    'same people',
    store.search.sharing('person', credited, options),
    ({ score }) => WEIGHTS.byline * score,
  );
  count(
    'same place',
    store.search.sharing('place', [fields.dateline], options),
    () => WEIGHTS.place,
  );
  const subjects = [...fields.keywords, ...fields.subjects];
  count(
    'same subject',
    store.search.sharing('subject', subjects, options),
    ({ score }) => WEIGHTS.subject * score,
  );

  return [...scores]
    .map(([id, reasons]) => ({
      id,
      reasons,
      total: [...reasons.values()].reduce((sum, score) => sum + score, 0),
    }))
    .sort((a, b) => b.total - a.total || (a.id < b.id ? 1 : -1))
    .filter(({ total }) => total >= 0.5)
    .slice(0, OFFERED)
    .flatMap(({ id, reasons }) => {
      const row = store.queues.row(id);
      return row ? [{ related: relatedOf(context, row), why: strongest(reasons) }] : [];
    });
}

/** Words that stand in so many articles that they tell nothing are left out. */
function rare(store: Store, words: readonly string[]): string[] {
  return words
    .map((word) => ({ word, articles: store.search.documents(word) }))
    .filter(({ articles }) => articles > 0 && articles <= TOO_COMMON)
    .map(({ word }) => word);
}
const TOO_COMMON = 2_000;
const NAMES = 12;

function namesOf(store: Store, { body, fields }: Content): string[] {
  return namesIn(`${fields.standfirst}\n${bodyText(body.slice(0, 200))}`)
    .filter((name) => name.split(' ').some((word) => store.search.documents(word) <= TOO_COMMON))
    .slice(0, NAMES);
}

function strongest(reasons: Map<Reason, number>): Reason {
  const [best] = [...reasons].sort(([, a], [, b]) => b - a);
  return best?.[0] ?? 'close match';
}

function relatedOf({ store, random }: Context, row: ArticleRow): RelatedArticle {
  const record = store.articles.record(row.id);
  return {
    id: newLocalId(random),
    title: row.headline.trim() || row.slugline || 'Untitled',
    url: record?.publicUrl ?? '',
    postedOn: record?.publishedAt?.slice(0, 10) ?? '',
    publication: store.people.newsroom()?.name ?? '',
    desk: row.desk,
    teaser: store.queues.teaser(row.id),
    article: row.id,
  };
}
