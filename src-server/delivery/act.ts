import type { Id } from '#shared/article';
import type { DeliveryAct } from '#shared/api';
import type { RemotePost } from '../connectors/index.ts';
import { ServerError } from '../errors.ts';
import { askAgain, findDelivery, findRemoteVersion, type Unit } from '../store/index.ts';
import { baselineOf, type Baseline } from './attempt.ts';

/**
 * What a chief decides about a delivery that stopped: to try once more, or to publish over the version that they were
 * shown. That version becomes what is known to stand there, so that anything newer stops the delivery again.
 */
export async function actOnDelivery(
  unit: Unit,
  article: Id,
  channel: Id,
  act: DeliveryAct,
): Promise<void> {
  const delivery = await findDelivery(unit.db, article, channel);
  if (!delivery) throw new ServerError('not-found', 'This article was never sent to this channel.');
  if (act.act === 'retry') {
    await askAgain(unit, delivery, {});
    return;
  }
  const kept = await findRemoteVersion(unit.db, act.theirs);
  if (delivery.theirs !== act.theirs || kept === null)
    throw new ServerError(
      'changed-again',
      'It was changed once more since you looked. Look at the newest version first.',
    );
  const found = JSON.parse(kept) as RemotePost;
  if (found.status === 'deleted') {
    await askAgain(unit, delivery, {
      remote: null,
      baseline: null,
      sent: null,
      delivered: null,
      live: false,
    });
    return;
  }
  const baseline: Baseline = { found, written: baselineOf(delivery)?.written ?? null };
  await askAgain(unit, delivery, { baseline: JSON.stringify(baseline), live: found.live });
}
