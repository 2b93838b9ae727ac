import type { Op, OpAnswer } from '#shared/api';
import type { Id } from '#shared/article';
import { articleOf, describeOp } from '../store/index.ts';
import { isClosed } from './access.ts';
import { titleOf, type SyncContext } from './context.ts';

export interface Refusals {
  /** Tells that the server refused what now stands in the outbox for the person to decide on. */
  tell(op: Op, message: OpAnswer['message']): void;
  /** Tells what was kept back when its article was closed: it was to be told with the taking away, and there was none. */
  tellReopened(): void;
}

/** Sentences about what the server refused, each told once. */
export function createRefusals(context: SyncContext): Refusals {
  const { store, events } = context;
  const keptBack = new Map<Id, { article: Id; text: string }>();

  const say = (article: Id | null, text: string): void => {
    const subject = article === null ? '' : `${titleOf(store, article)}: `;
    events.notice('warning', subject + text, article, { command: 'server.open' });
  };
  return {
    tell({ id, payload }, message) {
      const article = articleOf(payload);
      const refused = `the publishing server refused “${describeOp(payload)}”. ${message ?? ''}`;
      const text = `${refused.trim()} What you wrote is kept. The outbox shows what was refused, to try again or to dismiss.`;
      if (article !== null && isClosed(context, article)) keptBack.set(id, { article, text });
      else say(article, text);
    },
    tellReopened() {
      for (const [id, { article, text }] of keptBack) {
        if (isClosed(context, article)) continue;
        keptBack.delete(id);
        if (store.outbox.find(id)?.state === 'parked') say(article, text);
      }
    },
  };
}
