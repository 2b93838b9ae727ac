import { placeOf, type OpAnswer } from '#shared/api';
import { canonicalJson, type Id } from '#shared/article';
import type { Store } from '../../../src-main/core/store/index.ts';

/** Whether an answer was given where the feed has been read up to, or behind that. */
function isNewer({ cursor }: OpAnswer, read: string | null): boolean {
  if (read === null) return true;
  const then = placeOf(cursor ?? '');
  const now = placeOf(read);
  return then.epoch === now.epoch && then.seq >= now.seq;
}

/**
 * Looks on whenever answers are taken in: what the server says it made of an article is what this computer knows of it from
 * then on, and not only once it has read the feed.
 */
export function watchAnswers(store: Store, complain: (what: string) => void): void {
  const { outbox, articles, feed } = store;
  const take = outbox.recordAnswers.bind(outbox);
  outbox.recordAnswers = (answers) => {
    const recorded = take(answers);
    // An answer that comes a second time says nothing new.
    const news = new Set(recorded.articles);
    const newest = new Map<Id, OpAnswer>();
    for (const answer of answers)
      if (answer.record && news.has(answer.record.id) && isNewer(answer, feed.cursor()))
        newest.set(answer.record.id, answer);
    for (const [article, { record }] of newest)
      if (canonicalJson(articles.serverRecord(article)) !== canonicalJson(record))
        complain(`It was told what became of ${article}, and knows something else.`);
    return recorded;
  };
}
