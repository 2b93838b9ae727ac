import { commentHandlers } from './comments.ts';
import { editingHandlers, fillArticle, startArticle, type Beginning } from './editing.ts';
import { historyHandlers } from './history.ts';
import { inboxHandlers } from './inbox.ts';
import { listHandlers } from './lists.ts';
import { openingHandlers } from './opening.ts';
import { outboxHandlers } from './outbox.ts';
import { relatedHandlers } from './related.ts';
import { createSealing } from './sealing.ts';
import { transitionHandlers } from './transitions.ts';
import { StetError } from '#shared/contract';
import type { Content, Id } from '#shared/article';
import { describeStoreError, type By } from '../store/index.ts';
import type { ArticleDeps, ArticleHandlers, Articles, Context, Later } from './types.ts';

export type { ArticleCall, ArticleDeps, ArticleHandlers, Articles, Later } from './types.ts';
export type { Beginning } from './editing.ts';
export { changedOn } from './names.ts';

const onTheMachine: Later = (milliseconds, work) => {
  const timer = setTimeout(work, milliseconds);
  return () => clearTimeout(timer);
};

interface Starting {
  start(beginning: Beginning): Id;
  /** Puts content into an article in which nothing is written yet; false when something is. */
  fill(article: Id, content: Pick<Content, 'fields' | 'body'>, note: string): boolean;
}

/** Everything that is done with articles on this computer: the calls of the contract over the store. */
export function createArticles(deps: ArticleDeps): Articles & Starting {
  const { store, emit, wake, statusChanged, later = onTheMachine } = deps;
  let failing: string | null = null;
  const setFailing = (sentence: string | null): void => {
    const changed = sentence !== failing;
    failing = sentence;
    if (changed) statusChanged();
  };
  const by = (note?: string): By => ({ author: deps.person().id, device: store.deviceId, note });
  const changed: Context['changed'] = (article, { working = false } = {}) => {
    emit('article', { article, working });
    emit('lists', {});
    statusChanged();
    wake();
  };
  const sealing = createSealing({
    store,
    by: () => bySignedIn(by),
    later,
    sealed: (article) => changed(article),
    unchanged: () => {
      emit('lists', {});
      statusChanged();
    },
    failed(article, error) {
      const known = describeStoreError(error);
      if (known) setFailing(known.message);
      else {
        deps.log?.('error', `The article ${article} could not be sealed.`, error);
        const text =
          'An article could not be made ready for sending. What you wrote is saved on this computer; edit it again, or restart Stet.';
        emit('notice', { tone: 'warning', text, article });
      }
    },
  });
  const context: Context = {
    ...deps,
    by,
    changed,
    seal: (article) => sealing.seal(article),
    touch: (article) => sealing.touch(article),
  };

  const handlers: ArticleHandlers = {
    ...listHandlers(context),
    ...openingHandlers(context),
    ...editingHandlers(context, setFailing),
    ...transitionHandlers(context),
    ...historyHandlers(context),
    ...commentHandlers(context),
    ...relatedHandlers(context),
    ...inboxHandlers(context),
    ...outboxHandlers(context),
  };
  return {
    handlers,
    saved: () => ({ at: store.savedAt(), failing }),
    start: (beginning) => startArticle(context, beginning),
    fill: (article, content, note) => fillArticle(context, article, content, note),
    resume() {
      for (const article of store.working.dirtyArticles()) sealing.touch(article);
    },
    sealAll: () => sealing.sealAll(),
    close: () => sealing.close(),
  };
}

/** Null while nobody is signed in: edits then stay in the working copy. */
function bySignedIn(by: () => By): By | null {
  try {
    return by();
  } catch (error) {
    if (error instanceof StetError) return null;
    throw error;
  }
}
