import { canonicalJson } from '#shared/article';
import { can } from '#shared/workflow';
import { findArticle, findComment, saveComment } from '../store/index.ts';
import { accepted, refused, type Applied, type Applying, type Payload } from './applied.ts';

/** Adds one entry to a thread. Entries are never changed; the same entry again is no news. */
export async function applyComment(
  { unit, actor }: Applying,
  { entry }: Payload<'comment'>,
): Promise<Applied> {
  const known = await findComment(unit.db, entry.id);
  if (known)
    return canonicalJson(known) === canonicalJson(entry)
      ? accepted(entry.article)
      : refused('comment-exists', 'A different comment already has this id.');
  const article = await findArticle(unit.db, entry.article);
  if (!article)
    return refused('unknown-article', 'The publishing server does not have this article.');
  if (entry.author !== actor.id)
    return refused('wrong-author', 'A comment is signed by the person who sends it.');
  const action =
    entry.kind === 'comment' || entry.kind === 'reply' ? 'comment.write' : 'comment.resolve';
  if (!can(actor, action, article))
    return refused('forbidden', 'Your role on this desk may not comment on this article.');
  const problem = await threadProblem(unit.db, entry);
  if (problem) return refused('malformed', problem);
  await saveComment(unit, entry);
  return accepted(article.id);
}

async function threadProblem(
  db: Applying['unit']['db'],
  entry: Payload<'comment'>['entry'],
): Promise<string | null> {
  if (entry.kind === 'comment')
    return entry.thread === entry.id
      ? null
      : 'The first comment of a thread names the thread by its own id.';
  const opening = await findComment(db, entry.thread);
  return opening?.kind === 'comment' && opening.article === entry.article
    ? null
    : 'The comment answers a thread that the publishing server does not have.';
}
