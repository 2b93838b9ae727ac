import { newId } from '#shared/article';
import { can } from '#shared/workflow';
import { findArticle, saveArticle, saveEvent } from '../store/index.ts';
import { accepted, refused, type Applied, type Applying, type Payload } from './applied.ts';

/** Puts an article in the bin or takes it out. Nothing is deleted; what readers see must be withdrawn first. */
export async function applyBin(
  { context, unit, actor }: Applying,
  { article: id, binned }: Payload<'bin'>,
): Promise<Applied> {
  const article = await findArticle(unit.db, id);
  if (!article)
    return refused('unknown-article', 'The publishing server does not have this article.');
  if (!can(actor, 'article.bin', article))
    return refused('forbidden', 'Your role on this desk may not move this article to the bin.');
  if (article.binned === binned) return accepted(id);
  if (binned && article.live)
    return refused(
      'live',
      'Readers can see this article. Withdraw it first, then move it to the bin.',
    );
  if (binned && article.state === 'scheduled')
    return refused(
      'scheduled',
      'This article is scheduled. Send it back first, then move it to the bin.',
    );
  await saveArticle(unit, { ...article, binned });
  await saveEvent(unit, {
    id: newId(context.clock, context.random),
    article: id,
    transition: binned ? 'bin' : 'unbin',
    from: article.state,
    to: article.state,
    revision: article.head,
    by: actor.id,
    at: unit.at,
  });
  await unit.audit({
    actor: actor.id,
    action: binned ? 'article.bin' : 'article.unbin',
    subject: id,
  });
  return accepted(id);
}
