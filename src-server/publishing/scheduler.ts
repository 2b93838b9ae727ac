import type { Id } from '#shared/article';
import type { ServerContext } from '../context.ts';
import { dueArticles, findArticle, nextDue } from '../store/index.ts';
import { startWakeLoop, type WakeLoop } from '../wake-loop.ts';
import { transit } from './transit.ts';

/** The longest sleep: a clock that is set, or another process that schedules, is noticed within this time. */
const LONGEST_SLEEP_MS = 30_000;
const RETRY_MS = 5000;
/** How soon to look again at what another process is publishing: it may die at it. */
const LOOK_AGAIN_MS = 1000;

/** Publishes one article whose time has come; every check of a publication by hand holds here too. */
async function publishDue(context: ServerContext, id: Id): Promise<boolean> {
  return context.store.write(async (unit) => {
    const article = await findArticle(unit.db, id);
    // Looked at again under the write lock: another process may have published it, a chief may have moved it.
    const due =
      article?.state === 'scheduled' &&
      article.scheduledAt !== null &&
      article.scheduledAt <= unit.at;
    if (!due || article.approvedRevision === null) return false;
    const request = {
      transition: 'publish',
      revision: article.approvedRevision,
      expectedState: 'scheduled',
    } as const;
    return (await transit(context, unit, null, id, request)).ok;
  });
}

/**
 * Publishes everything that is due now. Gives the articles that went out; null while another process is at it. An article
 * that fails holds up no other: what went wrong with the first is thrown once all have had their turn.
 */
export async function publishDueArticles(context: ServerContext): Promise<Id[] | null> {
  const { store, clock } = context;
  const due = await dueArticles(store.db, new Date(clock()).toISOString());
  if (due.length === 0) return [];
  return store.alone('schedule', async (stillHere) => {
    const published: Id[] = [];
    const failures: unknown[] = [];
    for (const id of due) {
      try {
        if (await publishDue(context, id)) published.push(id);
      } catch (error) {
        failures.push(error);
      }
      await stillHere();
    }
    if (failures.length > 0) throw failures[0];
    return published;
  });
}

/** Its looks give the articles that went out. */
export type Scheduler = WakeLoop<Id[]>;

/** Keeps the newsroom's times: sleeps until the next scheduled article, wakes when the schedule changes. */
export function startScheduler(
  context: ServerContext,
  onError: (error: unknown) => void,
): Scheduler {
  const { store, clock } = context;
  const look = async (): Promise<{ result: Id[]; waitMs: number }> => {
    // One moment for the whole look: an article that falls due between two readings of the clock is not overdue.
    const since = new Date(clock()).toISOString();
    const published = await publishDueArticles(context).catch((error: unknown) => {
      onError(error);
      return [];
    });
    const next = await nextDue(store.db, since);
    const isHeldBack = published === null || (await dueArticles(store.db, since)).length > 0;
    const again = published === null ? LOOK_AGAIN_MS : isHeldBack ? RETRY_MS : LONGEST_SLEEP_MS;
    const untilNext = next === null ? LONGEST_SLEEP_MS : Date.parse(next) - clock();
    const waitMs = Math.max(0, Math.min(again, untilNext, LONGEST_SLEEP_MS));
    return { result: published ?? [], waitMs };
  };
  return startWakeLoop(store, { look, nothing: [], retryMs: RETRY_MS, onError });
}
