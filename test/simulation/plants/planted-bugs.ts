import type * as answersModule from '../../../src-server/store/answers.ts';
import type * as applyRevisionModule from '../../../src-server/sync/apply-revision.ts';
import type * as changesModule from '../../../src-server/sync/changes.ts';
import type * as serverFeedModule from '../../../src-server/store/feed.ts';
import type * as startsModule from '../../../src-server/store/starts.ts';
import type * as sessionModule from '../../../src-server/http/session.ts';
import type * as devicesModule from '../../../src-server/store/devices.ts';
import type * as accessModule from '../../../src-main/core/sync/access.ts';
import type * as rightsModule from '../../../src-main/core/sync/rights.ts';
import type * as assembleModule from '../../../src-main/core/store/assemble.ts';
import type * as vaultModule from '../../../src-main/core/store/vault.ts';
import type * as feedModule from '../../../src-main/core/store/feed.ts';
import type * as dbModule from '../../../src-main/core/store/db.ts';
import type * as listingModule from '../../../src-main/core/store/listing.ts';
import type * as outboxModule from '../../../src-main/core/store/outbox.ts';
import type * as revisionsModule from '../../../src-main/core/store/revisions.ts';
import type * as workingModule from '../../../src-main/core/store/working.ts';
import type * as reofferModule from '../../../src-main/core/sync/reoffer.ts';
import type * as contentsModule from '../../../src-shared/merge/contents.ts';
import type * as decideModule from '../../../src-shared/workflow/decide.ts';
import type * as permissionsModule from '../../../src-shared/workflow/permissions.ts';
import type { Block } from '#shared/article';
import { BUGS_OF_ANSWERS } from './bugs-of-answers.ts';
import { BUGS_OF_DELIVERY } from './bugs-of-delivery.ts';
import { BUGS_OF_KEEPING } from './bugs-of-keeping.ts';
import { BUGS_OF_MERGING } from './bugs-of-merging.ts';
import { BUGS_OF_OFFERING } from './bugs-of-offering.ts';
import { BUGS_OF_PLACES } from './bugs-of-places.ts';
import { BUGS_OF_PRESENCE } from './bugs-of-presence.ts';
import { BUGS_OF_SHOWING } from './bugs-of-showing.ts';
import { BUGS_OF_WINDOWS } from './bugs-of-windows.ts';
import { BUGS_OF_THE_CORE } from './bugs-of-the-core.ts';
import { BUGS_OF_THE_DESK } from './bugs-of-the-desk.ts';
import { BUGS_OF_THE_END } from './bugs-of-the-end.ts';
import { BUGS_OF_THE_SERVER } from './bugs-of-the-server.ts';
import { at, idOf, overBodies, type PlantedBug, type Seam } from './seam.ts';

type MergeContents = typeof contentsModule.mergeContents;
type Decide = typeof decideModule.decide;

const CONTENTS = 'src-shared/merge/contents.ts';
const DECIDE = 'src-shared/workflow/decide.ts';
const FEED = 'src-main/core/store/feed.ts';
const OUTBOX = 'src-main/core/store/outbox.ts';
const WORKING = 'src-main/core/store/working.ts';
const APPLY_REVISION = 'src-server/sync/apply-revision.ts';

/** Lets a command through that the workflow refuses for one reason. */
function passing(...codes: string[]): Seam {
  return at<Decide>(DECIDE, 'decide', (original) => (actor, request, facts) => {
    const decision = original(actor, request, facts);
    if (decision.ok || !codes.includes(decision.code)) return decision;
    const to = { approve: 'approved', publish: 'published', correct: 'published' } as const;
    const state = to[request.transition as keyof typeof to] as (typeof to)['approve'] | undefined;
    return state ? { ok: true, state } : decision;
  });
}

/** Every so many calls, so that most of a run is sound. */
function every(times: number): () => boolean {
  let count = 0;
  return () => (count += 1) % times === 0;
}

export const PLANTED_BUGS = {
  ...BUGS_OF_DELIVERY,
  ...BUGS_OF_KEEPING,
  ...BUGS_OF_MERGING,
  ...BUGS_OF_OFFERING,
  ...BUGS_OF_PLACES,
  ...BUGS_OF_PRESENCE,
  ...BUGS_OF_SHOWING,
  ...BUGS_OF_ANSWERS,
  ...BUGS_OF_WINDOWS,
  ...BUGS_OF_THE_CORE,
  ...BUGS_OF_THE_SERVER,
  ...BUGS_OF_THE_DESK,
  ...BUGS_OF_THE_END,
  'last-writer-wins': {
    what: 'A merge takes one side whole, in place of joining both.',
    seam: at<MergeContents>(CONTENTS, 'mergeContents', () => (_base, a, _b) => ({
      content: a,
      conflicts: 0,
    })),
    seed: 1,
    breaks: [1, 2, 7, 8],
  },
  'conflict-keeps-one-version': {
    what: 'Where both changed a block, the merge keeps one version and drops the other.',
    seam: overBodies((merged) =>
      merged.flatMap((block) => (block.type === 'conflict' ? (block.versions[0] ?? []) : [block])),
    ),
    seed: 1,
    breaks: [2, 8],
  },
  'delete-beats-edit': {
    what: 'A block that one side edited and the other removed is removed.',
    seam: overBodies((merged) =>
      merged.filter((block) => block.type !== 'conflict' || !block.versions.includes(null)),
    ),
    seed: 4,
    breaks: [2, 8],
  },
  'versions-in-order-of-sides': {
    what: 'The versions of a conflict stand in the order in which the sides were named.',
    seam: overBodies((merged, _base, a) =>
      merged.map((block) => {
        if (block.type !== 'conflict') return block;
        const mine = JSON.stringify(a.find((each) => idOf(each) === idOf(block)));
        const first = block.versions.filter((version) => JSON.stringify(version) === mine);
        const rest = block.versions.filter((version) => JSON.stringify(version) !== mine);
        return { ...block, versions: [...first, ...rest] };
      }),
    ),
    seed: 1,
    breaks: [1, 7],
  },
  'merges-words-by-itself': {
    what: 'Two versions of a paragraph are run together into one that nobody wrote.',
    seam: overBodies((merged) =>
      merged.map((block) => {
        if (block.type !== 'conflict') return block;
        const [x, y] = block.versions;
        return x?.type === 'paragraph' && y?.type === 'paragraph'
          ? { ...x, children: [...x.children, ...y.children] }
          : block;
      }),
    ),
    seed: 3,
    breaks: [3, 8],
  },
  'field-conflict-without-card': {
    what: 'Where both changed a field, one value stands and the other is nowhere.',
    seam: at<MergeContents>(CONTENTS, 'mergeContents', (original) => (base, a, b) => {
      const merged = original(base, a, b);
      return { ...merged, content: { ...merged.content, conflicts: [] } };
    }),
    seed: 2,
    breaks: [2, 8],
  },
  'one-insert-per-place': {
    what: 'Where both wrote a new block, only the first of the two stays.',
    seam: overBodies((merged, base, a, b) => {
      const known = new Set(base.map(idOf));
      const fresh = (side: readonly Block[]): Set<string> =>
        new Set(side.map(idOf).filter((id) => !known.has(id)));
      const [byA, byB] = [fresh(a), fresh(b)];
      const both = byA.size > 0 && byB.size > 0;
      const last = [...byA, ...byB].sort().at(-1);
      return both ? merged.filter((block) => idOf(block) !== last) : merged;
    }),
    seed: 1,
    breaks: [2, 8],
  },
  'removed-blocks-return': {
    what: 'A block that one side removed and the other left alone comes back.',
    seam: overBodies((merged, base) => {
      const there = new Set(merged.map(idOf));
      return [...merged, ...base.filter((block) => !there.has(idOf(block)))];
    }),
    seed: 1,
    breaks: [7, 8],
  },
  'pull-skips-a-row': {
    what: 'A page of changes is stored without its last row, but with its cursor.',
    seam: at<typeof feedModule.createFeed>(FEED, 'createFeed', (original) => (db, parts) => {
      const feed = original(db, parts);
      return {
        ...feed,
        applyChanges: (changes, cursor) =>
          feed.applyChanges(changes.length > 3 ? changes.slice(0, -1) : changes, cursor),
      };
    }),
    seed: 1,
    breaks: [1, 2, 6, 12, 15],
  },
  'newest-clock-wins': {
    what: 'An article’s record is only taken in when its time is later than the one that is known.',
    seam: at<typeof feedModule.createFeed>(FEED, 'createFeed', (original) => (db, parts) => {
      const { records } = parts;
      return original(db, {
        ...parts,
        records: {
          ...records,
          putServerRecord(record) {
            const known = records.serverRecord(record.id);
            if (!known || known.updatedAt < record.updatedAt) records.putServerRecord(record);
          },
        },
      });
    }),
    seed: 10,
    breaks: [1, 2, 6, 12],
  },
  'refused-work-thrown-away': {
    what: 'An operation that the server refuses is taken out of the outbox.',
    seam: at<typeof outboxModule.createOutboxQueue>(
      OUTBOX,
      'createOutboxQueue',
      (original) => (db, parts) => {
        const queue = original(db, parts);
        return { ...queue, park: (id) => queue.remove(id) };
      },
    ),
    seed: 1,
    breaks: [1, 2, 9, 12],
  },
  'sent-is-done': {
    what: 'An operation leaves the outbox when it is sent, not when it is answered.',
    seam: at<typeof outboxModule.createOutboxQueue>(
      OUTBOX,
      'createOutboxQueue',
      (original) => (db, parts) => {
        const queue = original(db, parts);
        return {
          ...queue,
          markAttempt(seqs) {
            for (const { op } of queue.entries()) if (seqs.includes(op.seq)) queue.remove(op.id);
          },
        };
      },
    ),
    seed: 9,
    breaks: [1, 2, 9, 12],
  },
  'late-edit-overwrites': {
    what: 'An edit made on an older text is written over the newer one.',
    seam: at<typeof workingModule.createWorking>(
      WORKING,
      'createWorking',
      (original) => (db, parts) => {
        const working = original(db, parts);
        return { ...working, apply: (edit) => working.apply({ ...edit, generation: 1e9 }) };
      },
    ),
    seed: 4,
    breaks: [2, 15],
  },
  'no-transactions': {
    what: 'What belongs together is written piece by piece, without a transaction.',
    seam: at<typeof dbModule.openDb>(
      'src-main/core/store/db.ts',
      'openDb',
      (original) =>
        (...args) => {
          const db = original(...args);
          return { ...db, write: (work) => work() };
        },
    ),
    seed: 24,
    breaks: [1, 2, 6, 7, 8, 9, 12, 13, 15],
  },
  'nothing-offered-again': {
    what: 'A server that came back from an older backup is not offered what it lost.',
    seam: at<typeof reofferModule.createReoffer>(
      'src-main/core/sync/reoffer.ts',
      'createReoffer',
      () => () => ({ begin: () => undefined, page: () => undefined, end: () => undefined }),
    ),
    seed: 1,
    breaks: [1, 2, 9, 12],
  },
  'empty-server-empties-clients': {
    what: 'What a restored server no longer has is removed from the clients too.',
    seam: at<typeof feedModule.createFeed>(FEED, 'createFeed', (original) => (db, parts) => {
      const feed = original(db, parts);
      return {
        ...feed,
        applyChanges(changes, cursor) {
          const before = feed.cursor()?.split(':')[0];
          if (before !== undefined && before !== cursor.split(':')[0]) {
            db.run('DELETE FROM outbox');
            db.run('DELETE FROM revision');
            db.run('DELETE FROM revision_parent');
          }
          return feed.applyChanges(changes, cursor);
        },
      };
    }),
    seed: 1,
    breaks: [1, 2, 6, 9, 12, 15],
  },
  'search-index-falls-behind': {
    what: 'A text is indexed once and not again.',
    seam: at<typeof listingModule.createListing>(
      'src-main/core/store/listing.ts',
      'createListing',
      (original) => (db) => {
        const listing = original(db);
        const indexed = new Set<string>();
        return {
          ...listing,
          setContent(article, content, editedAt) {
            if (indexed.has(article)) return;
            indexed.add(article);
            listing.setContent(article, content, editedAt);
          },
        };
      },
    ),
    seed: 1,
    breaks: [6, 13],
  },
  'unknown-data-stripped': {
    what: 'A revision of a later schema is stored without what this version does not know.',
    seam: at<typeof revisionsModule.createRevisions>(
      'src-main/core/store/revisions.ts',
      'createRevisions',
      (original) => (db, clock) => {
        const revisions = original(db, clock);
        return {
          ...revisions,
          get(hash) {
            const found = revisions.get(hash);
            const value = found && (JSON.parse(found.bytes) as Record<string, unknown>);
            if (!found || !value || value.schema === 1) return found;
            const { signature: _, ...known } = value;
            return { ...found, bytes: JSON.stringify(known) };
          },
        };
      },
    ),
    seed: 2,
    breaks: [1, 14],
  },
  'diverged-is-dropped': {
    what: 'The server accepts a revision that does not build on the head, and stores nothing.',
    seam: at<typeof applyRevisionModule.applyRevision>(
      APPLY_REVISION,
      'applyRevision',
      (original) => async (applying, payload) => {
        const { article, bytes } = payload.revision;
        const row = await applying.unit.db
          .selectFrom('articles')
          .select('head')
          .where('id', '=', article)
          .executeTakeFirst();
        const { parents } = JSON.parse(bytes) as { parents: string[] };
        return !row?.head || parents.includes(row.head)
          ? original(applying, payload)
          : { outcome: 'accepted', article };
      },
    ),
    seed: 1,
    breaks: [1, 2, 6, 8, 9, 12],
  },
  'answered-without-storing': {
    what: 'Now and then the server accepts a revision that it does not store.',
    seam: at<typeof applyRevisionModule.applyRevision>(
      APPLY_REVISION,
      'applyRevision',
      (original) => {
        const now = every(12);
        return async (applying, payload) =>
          now() ? { outcome: 'accepted', article: null } : original(applying, payload);
      },
    ),
    seed: 1,
    breaks: [1, 2, 6, 9, 12, 15],
  },
  'answers-change': {
    what: 'Asked again, the server says of a refused operation that it was accepted.',
    seam: at<typeof answersModule.findAnswer>(
      'src-server/store/answers.ts',
      'findAnswer',
      (original) => async (db, device, seq) => {
        const found = await original(db, device, seq);
        return found && { ...found, answer: { ...found.answer, outcome: 'accepted' } };
      },
    ),
    seed: 6,
    breaks: [2, 6],
  },
  'feed-page-off-by-one': {
    what: 'The feed leaves out the first row behind the cursor now and then.',
    seam: at<typeof serverFeedModule.feedAfter>(
      'src-server/store/feed.ts',
      'feedAfter',
      (original) => {
        const now = every(9);
        return (db, seq, limit) => original(db, seq > 0 && now() ? seq + 1 : seq, limit);
      },
    ),
    seed: 1,
    breaks: [1, 2, 6, 12],
  },
  'epoch-ignored': {
    what: 'The server goes on from the cursor of an earlier epoch as if it were its own.',
    seam: at<typeof changesModule.changesAfter>(
      'src-server/sync/changes.ts',
      'changesAfter',
      (original) => async (store, caller, query) => {
        const { epoch, seq } = await store.position();
        const asked = Number(query.cursor?.split(':')[1] ?? -1);
        const cursor = asked < 0 ? undefined : `${epoch}:${Math.min(asked, seq)}`;
        return original(store, caller, { ...query, cursor });
      },
    ),
    seed: 1,
    breaks: [1, 2, 6, 9, 12],
  },
  'return-unnoticed': {
    what: 'A server whose database was put back by hand goes on from cursors of the time it lost.',
    seam: at<typeof startsModule.isLost>(
      'src-server/store/starts.ts',
      'isLost',
      () => (_, now, told) => Promise.resolve(told.seq > now.seq),
    ),
    seed: 6,
    breaks: [1, 6, 9],
  },
  'anyone-may-write': {
    what: 'The server lets people of other desks change an article.',
    seam: at<typeof permissionsModule.can>(
      'src-shared/workflow/permissions.ts',
      'can',
      (original) => (actor, action, scope) =>
        action === 'article.write' || action === 'article.bin' || original(actor, action, scope),
    ),
    seed: 1,
    breaks: [10],
  },
  'anyone-may-command': {
    what: 'Every member of a desk may do what only its chief may.',
    seam: at<Decide>(DECIDE, 'decide', (original) => (actor, request, facts) => {
      if (actor === null) return original(actor, request, facts);
      const memberships = actor.memberships.map((each) => ({
        ...each,
        role: 'desk-chief' as const,
      }));
      return original({ ...actor, memberships }, request, facts);
    }),
    seed: 1,
    breaks: [10],
  },
  'own-article-approved': {
    what: 'People approve what they wrote themselves, whatever the desk says.',
    seam: passing('other-author'),
    seed: 14,
    breaks: [10],
  },
  'approved-with-conflicts': {
    what: 'An article is approved while two versions stand in it.',
    seam: passing('no-conflicts', 'no-suggestions'),
    seed: 4,
    breaks: [4],
  },
  'published-without-approval': {
    what: 'The revision that goes out need not be the approved one.',
    seam: passing('approved-revision'),
    seed: 7,
    breaks: [5],
  },
  'embargo-advised': {
    what: 'An embargo keeps nothing from being published.',
    seam: passing('embargo-passed'),
    seed: 3,
    breaks: [5],
  },
  'revoked-token-works': {
    what: 'A revoked device goes on being served.',
    seam: at<typeof sessionModule.openSession>(
      'src-server/http/session.ts',
      'openSession',
      (original) => {
        const sessions = new Map<string, sessionModule.Session>();
        return async (context, request) => {
          const token = request.headers.authorization ?? '';
          try {
            const session = await original(context, request);
            sessions.set(token, { ...session, inside: () => Promise.resolve(session.person) });
            return session;
          } catch (error) {
            const known = sessions.get(token);
            if (known) return known;
            throw error;
          }
        };
      },
    ),
    seed: 2,
    breaks: [10],
  },
  'restored-tokens-live': {
    what: 'A restored server serves every token that its backup holds.',
    seam: at<typeof devicesModule.revokeAllBut>(
      'src-server/store/devices.ts',
      'revokeAllBut',
      () => () => Promise.resolve(0),
    ),
    seed: 14,
    breaks: [10],
  },
  'unsent-work-taken-away': {
    what: 'An article that is closed to somebody is taken away with what they had not sent.',
    seam: at<typeof vaultModule.createVault>(
      'src-main/core/store/vault.ts',
      'createVault',
      (original) => (db, parts) =>
        original(db, {
          ...parts,
          working: { ...parts.working, dirty: () => false },
          outbox: { ...parts.outbox, pending: () => [] },
        }),
    ),
    seed: 1,
    breaks: [9],
  },
  'vault-without-operations': {
    what: 'The vault keeps the text, but not what could be sent again.',
    seam: at<typeof vaultModule.createVault>(
      'src-main/core/store/vault.ts',
      'createVault',
      (original) => (db, parts) =>
        original(db, { ...parts, outbox: { ...parts.outbox, entriesOf: () => [] } }),
    ),
    seed: 1,
    breaks: [9],
  },
  'closed-copies-stay': {
    what: 'Who works on no desk any more keeps the copies that they had.',
    seam: at<typeof accessModule.takeAwayClosed>(
      'src-main/core/sync/access.ts',
      'takeAwayClosed',
      () => () => undefined,
    ),
    seed: 2,
    breaks: [9],
  },
  'hidden-stays-hidden': {
    what: 'What was left out while somebody worked on no desk is not asked for when they do again.',
    seam: at<typeof rightsModule.noteRights>(
      'src-main/core/sync/rights.ts',
      'noteRights',
      () => () => true,
    ),
    seed: 2,
    breaks: [1, 6],
  },
  'copies-share-a-device': {
    what: 'Two copies of a profile go on under one device, and sign each other out.',
    seam: at<typeof assembleModule.assemble>(
      'src-main/core/store/assemble.ts',
      'assemble',
      (original) => (db, options) => {
        const assembled = original(db, options);
        assembled.store.renewDevice = () => undefined;
        return assembled;
      },
    ),
    seed: 1,
    breaks: [12],
  },
  'revoked-in-batch-goes-on': {
    what: 'A token that is revoked half-way through a batch counts until its end.',
    seam: at<typeof sessionModule.openSession>(
      'src-server/http/session.ts',
      'openSession',
      (original) => async (context, request) => {
        const session = await original(context, request);
        return { ...session, inside: () => Promise.resolve(session.person) };
      },
    ),
    seed: 1,
    breaks: [10],
  },
} satisfies Record<string, PlantedBug>;

export type PlantName = keyof typeof PLANTED_BUGS;
export const PLANT_NAMES = Object.keys(PLANTED_BUGS) as PlantName[];

/** Those that are known to be found, with the first seed that does. */
export const PROVEN: readonly (PlantedBug & { name: PlantName; seed: number })[] =
  PLANT_NAMES.flatMap((name) => {
    const bug: PlantedBug = PLANTED_BUGS[name];
    return bug.seed === undefined ? [] : [{ ...bug, name, seed: bug.seed }];
  });
