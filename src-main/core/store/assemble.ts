import { join } from 'node:path';
import { newId, type Id } from '#shared/article';
import { withAnswers } from './answers.ts';
import { createAssets } from './assets.ts';
import { createAwaited } from './awaited.ts';
import type { Db } from './db.ts';
import { createFeed } from './feed.ts';
import { createInbox } from './inbox.ts';
import { createListing } from './listing.ts';
import { articleOf, createOutboxQueue } from './outbox.ts';
import { createPeople } from './people.ts';
import { createQueues } from './queues.ts';
import { createRecords } from './records.ts';
import { createRevisions } from './revisions.ts';
import { createSearch } from './search.ts';
import { createComments, createEvents } from './threads.ts';
import type { Store, StoreOptions } from './types.ts';
import { createUnfinished } from './unfinished-comments.ts';
import { createSettings, createValues } from './values.ts';
import { createVault } from './vault.ts';
import { createWorking } from './working.ts';

export interface Assembled {
  store: Omit<Store, 'readOnly' | 'notices' | 'backup' | 'quickCheck' | 'close'>;
  /** After a crash: puts lists and search in step with what was typed last. */
  recover(): void;
}

/** Puts the parts of the store together over one open database. */
export function assemble(db: Db, { dir, clock, random, log }: StoreOptions): Assembled {
  const values = createValues(db);
  const people = createPeople(db, values);
  const listing = createListing(db);
  const revisions = createRevisions(db, clock);
  const records = createRecords(db, { revisions, people, listing, clock });
  const comments = createComments(db, (article) => listing.setThreads(article));
  const events = createEvents(db);
  const unfinished = createUnfinished(values);
  const inbox = createInbox(db);
  const queue = createOutboxQueue(db, {
    revisions,
    values,
    clock,
    random,
    added(op) {
      const { payload } = op;
      if (payload.kind === 'inbox-handled') inbox.refresh(payload.message);
      else records.advance(articleOf(payload), op);
    },
    changed(payload) {
      if (payload.kind === 'inbox-handled') inbox.refresh(payload.message);
      else records.refresh(articleOf(payload));
    },
    letGo: (comment) => comments.removeUntold(comment),
  });
  const working = createWorking(db, { revisions, records, listing, queue, clock });
  const queues = createQueues(db);
  let deviceId = deviceIdOf(db, () => newId(clock, random));
  const answers = withAnswers(db, {
    deviceId: () => deviceId,
    values,
    queue,
    records,
    revisions,
    working,
    inbox,
  });

  return {
    store: {
      get deviceId() {
        return deviceId;
      },
      renewDevice() {
        const id = newId(clock, random);
        db.write(() => {
          values.set(DEVICE, id);
          queue.renumber(0);
        });
        deviceId = id;
      },
      transaction: (work) => db.write(work),
      values,
      settings: createSettings(values),
      people,
      articles: records,
      working,
      revisions,
      comments,
      unfinished,
      events,
      inbox,
      assets: createAssets(db, { dir: join(dir, 'assets'), clock }),
      outbox: answers,
      feed: createFeed(db, {
        values,
        people,
        records,
        revisions,
        working,
        comments,
        events,
        inbox,
        log,
        clock,
      }),
      awaited: createAwaited(db),
      vault: createVault(db, {
        dir: join(dir, 'vault'),
        articles: records,
        working,
        comments,
        unfinished,
        outbox: answers,
        people,
        listing,
        clock,
      }),
      search: createSearch(db, queues),
      queues,
      savedAt() {
        const at = working.savedAt();
        return at === null ? null : new Date(at).toISOString();
      },
    },
    recover: () =>
      db.write(() => {
        for (const article of working.dirtyArticles()) working.index(article);
      }),
  };
}

const DEVICE = 'device';

function deviceIdOf(db: Db, make: () => Id): Id {
  const values = createValues(db);
  const known = values.get(DEVICE);
  if (typeof known === 'string') return known;
  const id = make();
  if (!db.readOnly) values.set(DEVICE, id);
  return id;
}
