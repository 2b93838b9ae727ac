import { newId, RevisionError, verifyRevision, type Hash, type Revision } from '#shared/article';
import type { Person } from '#shared/api';
import { can } from '#shared/workflow';
import {
  articlesOfRevisions,
  findArticle,
  findDesk,
  findPerson,
  findRevision,
  saveArticle,
  saveEvent,
  saveRevision,
  saveSides,
  type ArticleState,
} from '../store/index.ts';
import { accepted, refused, type Applied, type Applying, type Payload } from './applied.ts';

/**
 * Stores a revision. Its parents decide where it goes: on the head it becomes the new head, elsewhere it stands beside
 * it as a side revision. A parent that was a side revision is one no longer: a merge clears it.
 */
export async function applyRevision(
  applying: Applying,
  { revision: stored }: Payload<'revision'>,
): Promise<Applied> {
  const { unit } = applying;
  let revision: Revision;
  try {
    revision = verifyRevision(stored);
  } catch (error) {
    if (error instanceof RevisionError) return refused(error.code, error.message);
    throw error;
  }
  if (revision.article !== stored.article)
    return refused(
      'wrong-article',
      'The revision belongs to another article than its operation says.',
    );
  const named = await findPerson(unit.db, stored.envelope.author);
  const known = await findRevision(unit.db, stored.hash);
  const article = await findArticle(unit.db, stored.article);
  if (known && article)
    return {
      outcome: article.sides.includes(stored.hash) ? 'diverged' : 'accepted',
      article: article.id,
    };
  if (!named)
    return refused(
      'unknown-author',
      'The revision names an author whom this newsroom does not know.',
    );
  const desk = revision.fields.desk;
  if (desk !== null && desk !== article?.desk && !(await findDesk(unit.db, desk)))
    return refused('unknown-desk', 'The article names a desk that this newsroom does not have.');
  return article
    ? continueArticle(applying, article, stored, revision)
    : createArticle(applying, stored, revision, named);
}

/**
 * Starts an article. Whoever brings back what the server lost sends what a colleague began: the article stays that
 * colleague’s. An envelope is only a claim, so it makes nobody an author who might not start the article themselves.
 */
async function createArticle(
  { context, unit, actor }: Applying,
  stored: Payload<'revision'>['revision'],
  revision: Revision,
  named: Person,
): Promise<Applied> {
  const { desk } = revision.fields;
  if (revision.parents.length > 0) return unknownParents();
  if (!can(actor, 'article.create', { desk }))
    return refused('forbidden', 'Your role on this desk may not start an article.');
  const createdBy = named.active && can(named, 'article.create', { desk }) ? named.id : actor.id;
  const article: ArticleState = {
    id: stored.article,
    desk,
    createdBy,
    createdAt: unit.at,
    updatedAt: unit.at,
    state: 'draft',
    head: stored.hash,
    sides: [],
    approvedRevision: null,
    publishedRevision: null,
    live: false,
    scheduledAt: null,
    publishedAt: null,
    binned: false,
  };
  await saveArticle(unit, article);
  await saveRevision(unit, stored, actor.id);
  await saveEvent(unit, {
    id: newId(context.clock, context.random),
    article: article.id,
    transition: 'create',
    from: 'draft',
    to: 'draft',
    revision: stored.hash,
    by: actor.id,
    at: unit.at,
  });
  await unit.audit({
    actor: actor.id,
    action: 'article.create',
    subject: article.id,
    detail: { revision: stored.hash, ...(createdBy !== actor.id && { createdBy }) },
  });
  return accepted(article.id);
}

async function continueArticle(
  { unit, actor }: Applying,
  article: ArticleState,
  stored: Payload<'revision'>['revision'],
  { parents, fields }: Revision,
): Promise<Applied> {
  if (!can(actor, 'article.write', article))
    return refused('forbidden', 'Your role on this desk may not change this article.');
  const owners = await articlesOfRevisions(unit.db, parents);
  if (parents.some((parent) => owners.get(parent) !== article.id)) return unknownParents();
  const forward = article.head === null || parents.includes(article.head);
  const sides = nextSides(article.sides, parents, forward ? null : stored.hash);
  await saveRevision(unit, stored, actor.id);
  await saveSides(unit, article.id, sides);
  await saveArticle(unit, forward ? { ...article, head: stored.hash, desk: fields.desk } : article);
  return { outcome: forward ? 'accepted' : 'diverged', article: article.id };
}

function nextSides(sides: readonly Hash[], parents: readonly Hash[], added: Hash | null): Hash[] {
  const rest = sides.filter((side) => !parents.includes(side));
  return added === null ? rest : [...rest, added];
}

function unknownParents(): Applied {
  return refused(
    'unknown-parent',
    'The revision builds on one that the server does not have. Your text is kept on this computer; it is offered again with what came before it.',
  );
}
