import type * as inboxModule from '../../../src-main/core/store/inbox.ts';
import type * as listingModule from '../../../src-main/core/store/listing.ts';
import type * as outboxModule from '../../../src-main/core/store/outbox.ts';
import type * as publicationsModule from '../../../src-server/store/publications.ts';
import type * as recordsModule from '../../../src-main/core/store/records.ts';
import type * as replayModule from '../../../src-main/core/store/replay.ts';
import type * as vaultModule from '../../../src-main/core/store/vault.ts';
import { at, type PlantedBug } from './seam.ts';

const REPLAY = 'src-main/core/store/replay.ts';

/** Bugs in what a computer shows of what waits, and in what it takes for done. */
export const BUGS_OF_SHOWING = {
  'waiting-played-backwards': {
    what: 'What waits for an article is played over its record from the newest to the oldest.',
    seam: at<typeof replayModule.replay>(
      REPLAY,
      'replay',
      (original) => (start, ops, facts) => original(start, ops.toReversed(), facts),
    ),
    seed: 1,
    breaks: [11],
  },
  'beside-is-shown-as-head': {
    what: 'An edit that waits and builds on another text than the head is shown as the head.',
    seam: at<typeof replayModule.replay>(
      REPLAY,
      'replay',
      (original) => (start, ops, facts) =>
        ops.reduce((record, op) => {
          const { payload } = op;
          return payload.kind === 'revision'
            ? original(record, [{ ...op, payload: { ...payload, base: record.head } }], facts)
            : original(record, [op], facts);
        }, start),
    ),
    seed: 1,
    breaks: [11],
  },
  'first-word-on-messages': {
    what: 'Of a reader’s message that was handled and opened again, the first shows while both wait.',
    seam: at<typeof inboxModule.createInbox>(
      'src-main/core/store/inbox.ts',
      'createInbox',
      (original) => (db) =>
        original({
          ...db,
          get: (sql, ...of) => db.get(sql.replace('seq DESC', 'seq'), ...of),
        }),
    ),
    seed: 1,
    breaks: [11],
  },
  'comments-are-left': {
    what: 'When a copy is taken away, the comments on the article stay on the computer.',
    seam: at<typeof vaultModule.createVault>(
      'src-main/core/store/vault.ts',
      'createVault',
      (original) => (db, parts) =>
        original(
          {
            ...db,
            run: (sql, ...of) => (sql.includes('FROM comment') ? 0 : db.run(sql, ...of)),
          },
          parts,
        ),
    ),
    seed: 1,
    breaks: [6, 9],
  },
  'all-of-it-counts-as-sent': {
    what: 'Whatever a computer has of an article that the server tells of counts as sent.',
    seam: at<typeof recordsModule.createRecords>(
      'src-main/core/store/records.ts',
      'createRecords',
      (original) => (db, parts) => {
        const records = original(db, parts);
        return {
          ...records,
          putServerRecord(record) {
            records.putServerRecord(record);
            for (const { hash } of parts.revisions.list(record.id)) parts.revisions.markKnown(hash);
          },
        };
      },
    ),
    seed: 55,
    breaks: [2, 6, 9, 12],
  },
  'former-terms-are-offered': {
    what: 'Names and terms that no article has any more are offered while somebody types.',
    seam: at<typeof listingModule.createListing>(
      'src-main/core/store/listing.ts',
      'createListing',
      (original) => (db) =>
        original({
          ...db,
          run: (sql, ...of) => (sql.includes('FROM shared_term') ? 0 : db.run(sql, ...of)),
        }),
    ),
    seed: 2,
    breaks: [13],
  },
  'command-without-its-text': {
    what: 'A refused command is tried again without the refused revision that it names.',
    seam: at<typeof outboxModule.createOutboxQueue>(
      'src-main/core/store/outbox.ts',
      'createOutboxQueue',
      (original) => (db, parts) =>
        original(
          {
            ...db,
            all: (sql, ...of) =>
              sql.includes("state = 'parked' AND kind = 'revision'") ? [] : db.all(sql, ...of),
          },
          parts,
        ),
    ),
    seed: 13,
    breaks: [12],
  },
  'withdrawn-for-good': {
    what: 'An article that is published again still tells its readers that it was withdrawn.',
    seam: at<typeof publicationsModule.savePublication>(
      'src-server/store/publications.ts',
      'savePublication',
      (original) => async (unit, publication, assets) => {
        const before = await unit.db
          .selectFrom('publications')
          .select('withdrawn_at')
          .where('article', '=', publication.article)
          .executeTakeFirst();
        const withdrawnAt = publication.withdrawnAt ?? before?.withdrawn_at ?? null;
        await original(unit, { ...publication, withdrawnAt }, assets);
      },
    ),
    seed: 3,
    breaks: [5],
  },
} satisfies Record<string, PlantedBug>;
