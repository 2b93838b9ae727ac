import type { Id } from '#shared/article';
import type { Store } from '../../../src-main/core/store/index.ts';
import type { SyncEvents } from '../../../src-main/core/sync/index.ts';
import { DESKS } from '../world/newsroom.ts';

const MINUTE_MS = 60_000;
/** Whoever started an article has so long to bring it back to a server that lost it, and before chiefs all others as long again. */
const LEFT_TO_OTHERS_MS = 5 * MINUTE_MS;
/** Nobody is asked for help before all have had their turn, and everybody by then who is at their computer. */
const ASKED_FROM_MS = 15 * MINUTE_MS;
const ASKED_BY_MS = 30 * MINUTE_MS;
const PLEA = 'Ask your newsroom admin for a place on';

/** Looks on at what one run of Stet does about articles that a server lost and that others are to bring back. */
export interface AwaitedWatch {
  notice: SyncEvents['notice'];
  /** What came before its time, or asks for something else than what is needed; null for nothing. */
  wrong(): string | null;
  /** An article for which this person needs a place on a desk, and that nobody has asked them to see to; null for none. */
  unasked(): Id | null;
}

/** `now` is how much time has passed, whatever any clock says. */
export function watchAwaited(store: Store, who: Id, now: () => number): AwaitedWatch {
  const { awaited, outbox, people, revisions } = store;
  const since = new Map<Id, number>();
  /** How often others have their turn first, by the fewest roles that this person had meanwhile. */
  const turns = new Map<Id, number>();
  /** How long was waited for those that were sent. */
  const sent = new Map<Id, number>();
  const asked = new Set<Id>();
  let askedForSeveral = -Infinity;
  let wrong: string | null = null;
  /** Set until it was looked for the first time what was awaited when Stet was opened. */
  let opened: number | null = now();
  const waitedFor = (article: Id): number => now() - (since.get(article) ?? now());
  const membershipsNow = (): readonly { desk: Id; role: string }[] =>
    people.person(who)?.memberships ?? [];
  const note = (): void => {
    const there = new Set(awaited.since(0).map(({ article }) => article));
    const isChief = membershipsNow().some(({ role }) => role === 'desk-chief');
    for (const article of there) {
      if (!since.has(article)) since.set(article, opened ?? now());
      turns.set(article, Math.min(turns.get(article) ?? 2, isChief ? 2 : 1));
    }
    opened = null;
    for (const article of since.keys())
      if (!there.has(article)) {
        since.delete(article);
        turns.delete(article);
        sent.delete(article);
        asked.delete(article);
      }
  };
  const { add, replace, remove } = awaited;
  awaited.add = (articles) => {
    add(articles);
    note();
  };
  // What somebody else brought back is there, and waits for no turn: what this computer has of it goes there at once.
  awaited.remove = (article) => {
    remove(article);
    sent.delete(article);
  };
  // Read over, a feed tells anew what is lost: from then on everybody waits once more.
  awaited.replace = (articles) => {
    replace(articles);
    since.clear();
    turns.clear();
    sent.clear();
    note();
  };

  /** The desks that the article was on and on which this person does not work, by their names. */
  const desksAway = (article: Id): string[] => {
    const known = revisions.list(article).filter(({ hash }) => revisions.isKnown(hash));
    const desks = new Set(known.map(({ hash }) => revisions.deskOf(hash)));
    const own = new Set(membershipsNow().map(({ desk }) => desk));
    return DESKS.flatMap(({ id, name }) => (desks.has(id) && !own.has(id) ? [name] : []));
  };
  const writes = (article: Id): boolean =>
    outbox
      .pending(article)
      .some(({ payload }) => payload.kind === 'revision' && !revisions.isKnown(payload.hash));
  const queue = outbox.add.bind(outbox);
  outbox.add = (payload, by) => {
    const article = payload.kind === 'revision' ? payload.revision.article : null;
    // What is closed to somebody is asked about; what they wrote themselves brings all that it builds on with it; and
    // whoever started it sends it as soon as they may start it there again.
    if (
      article !== null &&
      awaited.has(article) &&
      membershipsNow().length > 0 &&
      !writes(article) &&
      store.articles.serverRecord(article)?.createdBy !== who
    ) {
      note();
      sent.set(article, waitedFor(article));
    }
    return queue(payload, by);
  };

  return {
    notice(tone, text, article) {
      if (tone !== 'warning' || !text.includes(PLEA)) return;
      note();
      if (article === null) {
        askedForSeveral = now();
        return;
      }
      asked.add(article);
      const away = desksAway(article);
      if (waitedFor(article) < ASKED_FROM_MS)
        wrong = `asks for a place on a desk for ${article} after ${waitedFor(article)} ms`;
      else if (DESKS.some(({ name }) => text.includes(name) !== away.includes(name)))
        wrong = `needs a place on ${away.join(' and ')} for ${article}, and is told: ${text}`;
    },
    wrong() {
      note();
      const early = [...sent].find(
        ([article, waited]) =>
          waited < (turns.get(article) ?? 0) * LEFT_TO_OTHERS_MS &&
          outbox.pending(article).length > 0,
      );
      return early
        ? `brings article ${early[0]} back after ${early[1]} ms, before others have had their turn`
        : wrong;
    },
    unasked() {
      note();
      const left = [...since].find(
        ([article, from]) =>
          now() - from >= ASKED_BY_MS &&
          desksAway(article).length > 0 &&
          !asked.has(article) &&
          askedForSeveral < from,
      );
      return left?.[0] ?? null;
    },
  };
}
