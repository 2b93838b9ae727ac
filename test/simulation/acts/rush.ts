import type { ArticleRecord } from '#shared/api';
import type { Hash, Id } from '#shared/article';
import type { Transition, WorkflowState } from '#shared/workflow';
import { look, save, type Turn } from './desk-work.ts';
import { complete, pickWaiting } from './review.ts';

/** What leads to the readers, with the state that each step is asked from. */
type Way = readonly [Transition, WorkflowState][];
const WAY: Partial<Record<WorkflowState, Way>> = {
  draft: [
    ['submit', 'draft'],
    ['approve', 'in-review'],
    ['publish', 'approved'],
  ],
  'sent-back': [
    ['submit', 'sent-back'],
    ['approve', 'in-review'],
    ['publish', 'approved'],
  ],
  'in-review': [
    ['approve', 'in-review'],
    ['publish', 'approved'],
  ],
  approved: [['publish', 'approved']],
  scheduled: [['publish', 'scheduled']],
  published: [
    ['approve', 'published'],
    ['publish', 'approved'],
  ],
};

/**
 * A chief in a hurry sends an article to its readers past every check of their own computer: unsettled, under embargo,
 * in a version that nobody approved. The server alone decides.
 */
export async function rush(turn: Turn, wanted: Id | null = null): Promise<void> {
  const { core, client, dice } = turn;
  const article = wanted ?? pickWaiting(turn);
  const record = article === null ? null : core.store.articles.record(article);
  const isChief = client.who.memberships.some(
    ({ desk, role }) => role === 'desk-chief' && desk === record?.desk,
  );
  if (article === null || !record || !isChief) return;
  client.reading = article;
  await complete(turn);
  if (dice.chance(0.3)) await holdBack(turn, article);
  await core.articles.handlers['article.seal']({ article });
  const newest = core.store.working.read(article)?.base ?? record.head;
  if (newest === null) return;
  for (const [step, expectedState] of wayOf(turn, record, newest)) {
    const isOut = step === 'publish';
    const revision = isOut ? revisionToPublish(turn, article, newest) : newest;
    const transition = isOut && dice.chance(0.2) ? 'schedule' : step;
    const at = new Date(client.clock() + dice.between(5, 90) * 1000).toISOString();
    core.store.outbox.add(
      {
        kind: 'transition',
        article,
        transition,
        revision,
        expectedState,
        ...(transition === 'schedule' && { at }),
      },
      client.who.id,
    );
  }
  client.views.delete(article);
  core.engine.nudge();
}

/** What was approved is out of date where somebody wrote on: then it is mostly approved anew. */
function wayOf({ dice }: Turn, { state, approvedRevision }: ArticleRecord, newest: Hash): Way {
  const isAnother = approvedRevision !== newest && dice.chance(0.7);
  return isAnother && (state === 'approved' || state === 'scheduled')
    ? [
        ['approve', state],
        ['publish', 'approved'],
      ]
    : (WAY[state] ?? []);
}

/** Sets an embargo that has some minutes to go. */
async function holdBack(turn: Turn, article: Id): Promise<void> {
  const view = await look(turn, article);
  if (!view || view.readOnly) return;
  const minutes = turn.dice.between(2, 10);
  const fields = { embargo: new Date(turn.client.clock() + minutes * 60_000).toISOString() };
  const after = { ...view.content, fields: { ...view.content.fields, ...fields } };
  await save(turn, article, view, { edit: { fields }, after });
}

function revisionToPublish({ core, dice }: Turn, article: Id, newest: Hash): Hash {
  const { store } = core;
  const here = store.revisions.list(article).map(({ hash }) => hash);
  const approved = store.articles.record(article)?.approvedRevision ?? newest;
  // The record may have come without its revisions, which the next page of the feed brings.
  return dice.pick([newest, approved, approved, dice.pick(here.length > 0 ? here : [newest])]);
}
