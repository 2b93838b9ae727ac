import { z } from 'zod';
import { cursorOf, placeOf, type Change } from '#shared/api';
import { Hash, Id, RevisionError, type Clock } from '#shared/article';
import type { Db } from './db.ts';
import type { Inbox } from './inbox.ts';
import type { Records } from './records.ts';
import type {
  EventStore,
  FeedApplied,
  FeedStore,
  Log,
  PeopleStore,
  RevisionStore,
  ValueStore,
} from './types.ts';
import type { Comments } from './threads.ts';
import type { Working } from './working.ts';

interface Parts {
  values: ValueStore;
  people: PeopleStore;
  records: Records;
  revisions: RevisionStore & { markKnown(hash: Hash): void };
  working: Working;
  comments: Comments;
  events: EventStore;
  inbox: Inbox;
  log: Log;
  clock: Clock;
}

/** Revisions that came damaged, and the place in the feed from which the first of them can be had again. */
const Damaged = z.object({ cursor: z.string().nullable(), at: z.number(), hashes: z.array(Hash) });
const DAMAGED = 'feed.damaged';
const ASK_AGAIN_MS = 600_000;

/** Under which the place in the feed is kept among the values. */
export const CURSOR = 'feed.cursor';
/** The last operation that was done, and the device that sent it, until the feed has been read behind it. */
export const ANSWERED = 'feed.answered';
const LastAnswered = z.object({ device: Id, seq: z.number() });

/**
 * Where to go back to. The place is kept until then: a server that is asked behind it says whether it was restored
 * meanwhile, and is offered what it lost; asked from nowhere, it would say nothing.
 */
const BACK = 'feed.back';
const START = 'start';

/** Lets the next pull read the feed over. */
export function readOver(values: ValueStore): void {
  values.set(BACK, START);
}

/** Takes in what the server tells of, rows and place together. Telling it again changes nothing. */
export function createFeed(db: Db, parts: Parts): FeedStore {
  const { values, people, records, revisions, working, comments, events, inbox, log, clock } =
    parts;

  const damagedBefore = (): z.infer<typeof Damaged> | null =>
    Damaged.safeParse(values.get(DAMAGED)).data ?? null;
  const cursorNow = (): string | null => {
    const cursor = values.get(CURSOR);
    return typeof cursor === 'string' ? cursor : null;
  };
  /** Notes a revision that is to be asked for again. True when it is the first time. */
  const noteDamaged = (hash: Hash): boolean => {
    const before = damagedBefore();
    const hashes = before?.hashes ?? [];
    values.set(DAMAGED, {
      cursor: before && hashes.length > 0 ? before.cursor : cursorNow(),
      at: clock(),
      hashes: [...new Set([...hashes, hash])],
    });
    return !hashes.includes(hash);
  };
  const forgetDamaged = (hash: Hash): void => {
    const before = damagedBefore();
    if (!before?.hashes.includes(hash)) return;
    const hashes = before.hashes.filter((one) => one !== hash);
    if (hashes.length === 0) values.delete(DAMAGED);
    else values.set(DAMAGED, { ...before, hashes });
  };

  const take = (
    change: Change,
    touched: Record<'articles' | 'settle' | 'desks' | 'damaged', Set<Id>>,
  ): void => {
    switch (change.kind) {
      case 'newsroom':
        people.putNewsroom(change.data);
        break;
      case 'person':
        people.putPerson(change.data);
        break;
      case 'desk':
        people.putDesk(change.data);
        break;
      case 'article':
        records.putServerRecord(change.data);
        touched.settle.add(change.data.id);
        break;
      case 'revision':
        try {
          revisions.put(change.data);
          revisions.markKnown(change.data.hash);
          forgetDamaged(change.data.hash);
        } catch (error) {
          if (!(error instanceof RevisionError)) throw error;
          log(
            'error',
            `The server sent revision ${change.data.hash} with other bytes; it is asked for again later.`,
            error,
          );
          if (noteDamaged(change.data.hash)) touched.damaged.add(change.data.article);
        }
        touched.settle.add(change.data.article);
        break;
      case 'event':
        events.put(change.data);
        touched.articles.add(change.data.article);
        break;
      case 'comment':
        comments.takeTold(change.data);
        touched.articles.add(change.data.article);
        break;
      case 'inbox':
        inbox.put(change.data);
        touched.desks.add(change.data.desk);
        break;
    }
  };

  return {
    cursor: cursorNow,
    answered: () => LastAnswered.safeParse(values.get(ANSWERED)).data ?? null,
    askAgain() {
      const damaged = damagedBefore();
      if (!damaged || Math.abs(clock() - damaged.at) < ASK_AGAIN_MS) return;
      db.write(() => {
        values.set(DAMAGED, { ...damaged, at: clock() });
        values.set(BACK, damaged.cursor ?? START);
      });
    },
    goBack() {
      const back = values.get(BACK);
      const now = cursorNow();
      const cursor = back === START ? now && cursorOf({ ...placeOf(now), seq: 0 }) : back;
      if (typeof cursor !== 'string') return false;
      db.write(() => {
        values.set(CURSOR, cursor);
        values.delete(BACK);
      });
      return true;
    },
    applyChanges: (changes, cursor) =>
      db.write(() => {
        const touched = {
          articles: new Set<Id>(),
          settle: new Set<Id>(),
          desks: new Set<Id>(),
          damaged: new Set<Id>(),
        };
        for (const change of changes) take(change, touched);
        const people = changes.some(({ kind }) => ['newsroom', 'person', 'desk'].includes(kind));
        // What waits may be allowed no more, or now: articles stand as they will once it is sent.
        for (const article of people ? records.withWaiting() : []) {
          records.refresh(article);
          touched.articles.add(article);
        }
        const moved: Id[] = [];
        const needsMerge: Id[] = [];
        for (const article of touched.settle) {
          touched.articles.add(article);
          const settled = working.settle(article);
          if (settled === 'moved') moved.push(article);
          if (settled === 'needs-merge') needsMerge.push(article);
        }
        values.set(CURSOR, cursor);
        values.delete(BACK);
        values.delete(ANSWERED);
        return {
          articles: [...touched.articles],
          moved,
          needsMerge,
          besides: changes.flatMap((change) =>
            change.kind === 'article' && change.data.sides.length > 0 ? [change.data.id] : [],
          ),
          inboxDesks: [...touched.desks],
          damaged: [...touched.damaged],
          people,
        } satisfies FeedApplied;
      }),
    reset() {
      readOver(values);
      values.delete(DAMAGED);
    },
    needsMerge: () =>
      db.write(() =>
        db
          .all<{ article: string }>('SELECT article FROM working')
          .map(({ article }) => article)
          .filter((article) => working.settle(article) === 'needs-merge'),
      ),
  };
}
