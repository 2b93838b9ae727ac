import {
  newId,
  openRevision,
  RevisionError,
  defaultDeskProfile,
  type Hash,
  type Id,
  type Revision,
} from '#shared/article';
import { decide, type Actor, type TransitionRequest, type WorkflowState } from '#shared/workflow';
import type { ServerContext } from '../context.ts';
import {
  findArticle,
  findDesk,
  findRevision,
  missingAssets,
  saveArticle,
  saveEvent,
  startersOf,
  type ArticleState,
  type Unit,
} from '../store/index.ts';
import { showToReaders, takeDown } from './publish.ts';

export type TransitOutcome = { ok: true } | { ok: false; code: string; message: string };

/**
 * Carries out one workflow command inside a write transaction: gathers the facts, lets the shared table decide, applies
 * what follows and records the act. Without an actor it is the schedule’s.
 */
export async function transit(
  context: ServerContext,
  unit: Unit,
  actor: Actor | null,
  id: Id,
  request: TransitionRequest,
): Promise<TransitOutcome> {
  const by = actor?.id ?? null;
  const article = await findArticle(unit.db, id);
  if (!article)
    return refusal('unknown-article', 'The publishing server does not have this article.');
  const revision = await contentOf(unit, id, request.revision);
  if (!('fields' in revision)) return revision;
  const decision = decide(actor, request, await gatherFacts(context, unit, article, revision));
  if (!decision.ok) return refusal(decision.code, decision.message);

  const next = follow(article, request, decision.state, unit.at);
  if (request.transition === 'publish' || request.transition === 'correct')
    await showToReaders(unit, next, request.revision, revision);
  if (request.transition === 'withdraw') await takeDown(unit, next, request.reason ?? '');
  await saveArticle(unit, next);
  await saveEvent(unit, {
    id: newId(context.clock, context.random),
    article: id,
    transition: request.transition,
    from: article.state,
    to: next.state,
    revision: request.revision,
    by,
    at: unit.at,
    ...(request.reason !== undefined && { reason: request.reason }),
  });
  await unit.audit({
    actor: by,
    action: `article.${request.transition}`,
    subject: id,
    detail: { revision: request.revision, from: article.state, to: next.state },
  });
  return { ok: true };
}

async function contentOf(
  unit: Unit,
  article: Id,
  hash: Hash,
): Promise<Revision | Extract<TransitOutcome, { ok: false }>> {
  const stored = await findRevision(unit.db, hash);
  if (stored?.article !== article)
    return refusal(
      'unknown-revision',
      'The publishing server does not have this revision of the article.',
    );
  try {
    return openRevision(stored.bytes);
  } catch (error) {
    if (error instanceof RevisionError) return refusal(error.code, error.message);
    throw error;
  }
}

async function gatherFacts(
  { clock }: ServerContext,
  unit: Unit,
  article: ArticleState,
  revision: Revision,
): Promise<Parameters<typeof decide>[2]> {
  const desk = article.desk === null ? null : await findDesk(unit.db, article.desk);
  const published =
    article.publishedRevision === null
      ? null
      : await findRevision(unit.db, article.publishedRevision);
  return {
    ...article,
    startedBy: await startersOf(unit.db, article.id),
    content: revision,
    publishedCorrections: published ? openRevision(published.bytes).fields.corrections : [],
    profile: desk?.profile ?? defaultDeskProfile(),
    assetsComplete: (await missingAssets(unit.db, revision.assets)).length === 0,
    now: clock(),
  };
}

/** The article after the act. What no longer holds is cleared: a schedule, an approval that was taken back. */
function follow(
  article: ArticleState,
  { transition, revision, at }: TransitionRequest,
  state: WorkflowState,
  now: string,
): ArticleState {
  const next: ArticleState = { ...article, state, scheduledAt: null };
  switch (transition) {
    case 'approve':
      return { ...next, approvedRevision: revision };
    case 'schedule':
      return { ...next, scheduledAt: at === undefined ? null : new Date(at).toISOString() };
    case 'send-back':
      return { ...next, approvedRevision: null };
    case 'publish':
    case 'correct':
      return {
        ...next,
        live: true,
        publishedRevision: revision,
        publishedAt: article.publishedAt ?? now,
      };
    case 'withdraw':
      return { ...next, live: false, approvedRevision: null };
    case 'submit':
    case 'recall':
      return next;
  }
}

function refusal(code: string, message: string): Extract<TransitOutcome, { ok: false }> {
  return { ok: false, code, message };
}
