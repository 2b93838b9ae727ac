import type * as answersModule from '../../../src-main/core/store/answers.ts';
import type * as bringBackModule from '../../../src-main/core/vault/bring-back.ts';
import type * as outboxModule from '../../../src-main/core/store/outbox.ts';
import type * as pullModule from '../../../src-main/core/sync/pull.ts';
import type * as vaultModule from '../../../src-main/core/store/vault.ts';
import { at, type PlantedBug, type Seam } from './seam.ts';

type BringBack = typeof bringBackModule.bringBack;
type CreateOutbox = typeof outboxModule.createOutboxQueue;
type Kept = Parameters<BringBack>[1];

/** Brings back something else than the vault holds. */
function bringing(change: (kept: Kept) => Kept): Seam {
  return at<BringBack>(
    'src-main/core/vault/bring-back.ts',
    'bringBack',
    (original) => (context, kept) => original(context, change(kept)),
  );
}

function overOutbox(
  change: (
    queue: ReturnType<CreateOutbox>,
    db: Parameters<CreateOutbox>[0],
  ) => Partial<ReturnType<CreateOutbox>>,
): Seam {
  return at<CreateOutbox>(
    'src-main/core/store/outbox.ts',
    'createOutboxQueue',
    (original) => (db, parts) => {
      const queue = original(db, parts);
      return { ...queue, ...change(queue, db) };
    },
  );
}

/** Bugs in what is kept on a computer until it can be sent: the outbox and the vault. */
export const BUGS_OF_KEEPING = {
  'brought-back-as-it-was-sealed': {
    what: 'What is brought back from the vault is without the words that were in no revision yet.',
    seam: bringing((kept) => ({ ...kept, dirty: false })),
    seed: 1,
    breaks: [2, 9],
  },
  'brought-back-without-fields': {
    what: 'Of what is brought back from the vault as a new article, the standfirst is left out.',
    seam: bringing((kept) => ({
      ...kept,
      content: kept.content && {
        ...kept.content,
        fields: { ...kept.content.fields, standfirst: '' },
      },
    })),
    seed: 33,
    breaks: [2, 9],
  },
  'brought-back-without-the-refused': {
    what: 'What was refused before its article was taken away is not in what is brought back from the vault.',
    seam: bringing((kept) => {
      const refused = kept.operations.find(
        ({ state, payload }) =>
          state === 'parked' && payload.kind === 'revision' && payload.revision.hash === kept.base,
      );
      if (kept.dirty || refused?.payload.kind !== 'revision') return kept;
      const { parents } = JSON.parse(refused.payload.revision.bytes) as { parents: string[] };
      return { ...kept, base: parents[0] ?? null };
    }),
    seed: 36,
    breaks: [2, 9],
  },
  'vault-without-the-refused': {
    what: 'What was refused is not put into the vault when the article is taken away.',
    seam: at<typeof vaultModule.createVault>(
      'src-main/core/store/vault.ts',
      'createVault',
      (original) => (db, parts) =>
        original(db, {
          ...parts,
          outbox: {
            ...parts.outbox,
            entriesOf: (article) =>
              parts.outbox.entriesOf(article).filter(({ state }) => state === 'waiting'),
          },
        }),
    ),
    seed: 1,
    breaks: [9],
  },
  'tried-again-is-gone': {
    what: 'A refused operation that is tried again leaves the outbox and is not sent.',
    seam: overOutbox((queue) => ({ retry: (id) => void queue.remove(id) })),
    seed: 1,
    breaks: [2, 9],
  },
  'all-refused-are-dismissed': {
    what: 'Who lets go of one refused operation lets go of all.',
    seam: overOutbox((queue, db) => ({
      dismiss: (id) => {
        queue.dismiss(id);
        db.run("DELETE FROM outbox WHERE state = 'parked'");
      },
    })),
    seed: 3,
    breaks: [2, 9],
  },
  'file-without-the-refused': {
    what: 'The outbox as a file lacks what the server refused.',
    seam: overOutbox((queue) => ({
      export: () => {
        const all = JSON.parse(queue.export()) as { operations: { state: string }[] };
        const operations = all.operations.filter(({ state }) => state === 'waiting');
        return JSON.stringify({ ...all, operations });
      },
    })),
    seed: 1,
    breaks: [9],
  },
  'older-answers-count': {
    what: 'An answer that comes late takes the place of newer news of the article.',
    seam: at<typeof answersModule.withAnswers>(
      'src-main/core/store/answers.ts',
      'withAnswers',
      (original) => (db, parts) => {
        const outbox = original(db, parts);
        return {
          ...outbox,
          recordAnswers: (answers) => {
            const recorded = outbox.recordAnswers(answers);
            for (const { record } of answers) if (record) parts.records.putServerRecord(record);
            return recorded;
          },
        };
      },
    ),
    seed: 2,
    breaks: [1],
  },
  'first-page-is-all': {
    what: 'Of the changes that a server has, only the first page is asked for.',
    seam: at<typeof pullModule.pullAll>(
      'src-main/core/sync/pull.ts',
      'pullAll',
      (original) =>
        (context, remote, ...rest) => {
          const short: typeof remote = {
            ...remote,
            changes: async (query, signal) => ({
              ...(await remote.changes(query, signal)),
              more: false,
            }),
          };
          return original(context, short, ...rest);
        },
    ),
    seed: 2,
    breaks: [1, 2, 6, 9, 12],
  },
} satisfies Record<string, PlantedBug>;
