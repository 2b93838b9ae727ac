import type * as answersModule from '../../../src-server/store/answers.ts';
import type * as applyRevisionModule from '../../../src-server/sync/apply-revision.ts';
import type * as permissionsModule from '../../../src-shared/workflow/permissions.ts';
import type * as revisionsModule from '../../../src-server/store/revisions.ts';
import { at, type PlantedBug } from './seam.ts';

type ApplyRevision = typeof applyRevisionModule.applyRevision;

const APPLY_REVISION = 'src-server/sync/apply-revision.ts';

const deskIn = (bytes: string): string | null =>
  (JSON.parse(bytes) as { fields: { desk: string | null } }).fields.desk;

/** Bugs in where things stand on the server: on which desk, beside or on the head, under which number. */
export const BUGS_OF_PLACES = {
  'side-moves-the-article': {
    what: 'A text that stands beside the head moves the article to the desk that it names.',
    seam: at<ApplyRevision>(
      APPLY_REVISION,
      'applyRevision',
      (original) => async (applying, payload) => {
        const applied = await original(applying, payload);
        const { article: id, bytes } = payload.revision;
        if (applied.outcome === 'diverged')
          await applying.unit.db
            .updateTable('articles')
            .set({ desk: deskIn(bytes) })
            .where('id', '=', id)
            .execute();
        return applied;
      },
    ),
    seed: 42,
    breaks: [1, 6, 10, 11],
  },
  'moved-by-the-new-desk': {
    what: 'Whoever moves an article to a desk of theirs needs no right on the one that it leaves.',
    seam: at<ApplyRevision>(
      APPLY_REVISION,
      'applyRevision',
      (original) => async (applying, payload) => {
        const { unit, actor } = applying;
        const { article: id, bytes } = payload.revision;
        const known = unit.db.selectFrom('articles').select('desk').where('id', '=', id);
        const desk = (await known.executeTakeFirst())?.desk;
        const isTheirs = actor.memberships.some((membership) => membership.desk === deskIn(bytes));
        const memberships =
          desk && isTheirs
            ? [...actor.memberships, { desk, role: 'copy-editor' as const }]
            : actor.memberships;
        return original({ ...applying, actor: { ...actor, memberships } }, payload);
      },
    ),
    seed: 10,
    breaks: [10],
  },
  'any-desk-comments': {
    what: 'Whoever works on any desk may comment on the articles of every other.',
    seam: at<typeof permissionsModule.can>(
      'src-shared/workflow/permissions.ts',
      'can',
      (original) =>
        (actor, action, ...scope) =>
          action === 'comment.write'
            ? actor.memberships.length > 0
            : original(actor, action, ...scope),
    ),
    seed: 2,
    breaks: [10],
  },
  'one-parent-will-do': {
    what: 'A revision is taken although the server lacks one of the two that it joins.',
    seam: at<typeof revisionsModule.articlesOfRevisions>(
      'src-server/store/revisions.ts',
      'articlesOfRevisions',
      (original) => async (db, hashes) => {
        const found = await original(db, hashes);
        const [article] = found.values();
        return article === undefined ? found : new Map(hashes.map((hash) => [hash, article]));
      },
    ),
    seed: 4,
    breaks: [1, 2, 6],
  },
  'devices-share-their-numbers': {
    what: 'The numbers of operations are counted for all devices together.',
    seam: at<typeof answersModule.lastAnswered>(
      'src-server/store/answers.ts',
      'lastAnswered',
      () => async (db) => {
        const last = db.selectFrom('answers').select(({ fn }) => fn.max('seq').as('seq'));
        return (await last.executeTakeFirst())?.seq ?? 0;
      },
    ),
    seed: 1,
    breaks: [6, 12],
  },
  'diverged-for-good': {
    what: 'A revision that stood beside the head once is called so when it is sent again, though it was joined since.',
    seam: at<ApplyRevision>(
      APPLY_REVISION,
      'applyRevision',
      (original) => async (applying, payload) => {
        const applied = await original(applying, payload);
        const { article: id, hash } = payload.revision;
        const known = applying.unit.db.selectFrom('articles').select('head').where('id', '=', id);
        const head = (await known.executeTakeFirst())?.head;
        return applied.outcome === 'accepted' && head !== hash
          ? { ...applied, outcome: 'diverged' }
          : applied;
      },
    ),
    seed: 1,
    breaks: [6],
  },
} satisfies Record<string, PlantedBug>;
