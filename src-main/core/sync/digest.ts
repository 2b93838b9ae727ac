import { digestLine, digestOf, sectorOf, type ArticleRecord, type Change } from '#shared/api';
import type { Hash, Id } from '#shared/article';
import { can } from '#shared/workflow';
import type { Store } from '../store/index.ts';
import { personOf, type SyncContext } from './context.ts';
import { noteCompared } from './digest-due.ts';
import type { Remote } from './remote.ts';
import { keptIn, OF_NOTHING, offerOf } from './offer.ts';
import { sendsAtOnce } from './rights.ts';

/** The record as far as this computer can show it: a revision that is not here any more counts as none. */
function asHeld(store: Store, record: ArticleRecord): ArticleRecord {
  const held = (hash: Hash | null): Hash | null =>
    hash !== null && store.revisions.has(hash) ? hash : null;
  return {
    ...record,
    head: held(record.head),
    approvedRevision: held(record.approvedRevision),
    publishedRevision: held(record.publishedRevision),
    sides: record.sides.filter((hash) => store.revisions.has(hash)),
  };
}

/**
 * Compares where all articles stand with the server, and heals what differs: it is fetched anew, and what the server
 * lacks is offered. Does nothing when the server has moved on since the last pull; the next cycle tries again. Gives
 * the articles that are to be merged.
 */
export async function compareDigest(
  context: SyncContext,
  remote: Remote,
  cancel: AbortSignal,
): Promise<readonly Id[]> {
  const { store, clock, log, events } = context;
  const cursor = store.feed.cursor();
  const theirs = await remote.digest(cancel);
  cancel.throwIfAborted();
  if (theirs.cursor !== cursor) return [];
  // What is closed to the person is not in what the server compares, and is to be taken away.
  const me = personOf(context);
  const ours = store.articles
    .serverRecords()
    .filter((record) => !me || can(me, 'article.read', record))
    .map((record) => asHeld(store, record));
  const known = new Map(digestOf(ours).map((sector) => [sector.sector, sector.hash]));
  const differing = new Set(
    theirs.sectors
      .filter(({ sector, hash }) => known.get(sector) !== hash)
      .map((one) => one.sector),
  );
  const there = new Set(theirs.sectors.map(({ sector }) => sector));
  for (const sector of known.keys()) if (!there.has(sector)) differing.add(sector);

  const needsMerge: Id[] = [];
  let healed = 0;
  for (const sector of differing) {
    const answer = await remote.sector(sector, cancel);
    cancel.throwIfAborted();
    if (answer.cursor !== cursor) return needsMerge;
    const lines = new Map(
      ours.filter(({ id }) => sectorOf(id) === sector).map((one) => [one.id, digestLine(one)]),
    );
    for (const record of answer.articles) {
      const same = lines.get(record.id) === digestLine(record);
      lines.delete(record.id);
      if (same) continue;
      const whole = await remote.article(record.id, cancel);
      cancel.throwIfAborted();
      if (whole?.cursor !== cursor) return needsMerge;
      needsMerge.push(...takeArticle(context, record.id, whole.changes, cursor));
      healed += 1;
    }
    // What is left the server does not have at all.
    const person = context.by()?.author;
    const foreign: Id[] = [];
    for (const article of lines.keys())
      if (person === undefined || !sendsAtOnce(store, person, article)) foreign.push(article);
      else
        healed += store.transaction(() => offerOf(store, article, OF_NOTHING, person)) > 0 ? 1 : 0;
    if (foreign.length > 0) store.awaited.add(foreign);
  }
  noteCompared(store, clock);
  if (healed > 0) {
    log('warn', `${healed} articles differed from the publishing server and were set right.`);
    events.notice(
      'info',
      `${healed === 1 ? 'One article' : `${healed} articles`} on this computer differed from the publishing server and ${healed === 1 ? 'was' : 'were'} set right. Nothing was lost.`,
      null,
    );
  }
  return needsMerge;
}

function takeArticle(
  context: SyncContext,
  article: Id,
  changes: readonly Change[],
  cursor: string,
): readonly Id[] {
  const { store, events } = context;
  const person = context.by()?.author;
  const applied = store.transaction(() => {
    const result = store.feed.applyChanges(changes, cursor);
    if (person !== undefined) offerOf(store, article, keptIn(changes), person);
    return result;
  });
  if (applied.moved.length > 0) events.working(applied.moved);
  events.articles([article]);
  return applied.needsMerge;
}
