import type { Id } from '#shared/article';
import type { DeliveryAct } from '#shared/api';
import type { RemotePost } from '../connectors/index.ts';
import { ServerError } from '../errors.ts';
import {
  askAgain,
  decideDelivery,
  findDelivery,
  findRemoteVersion,
  type Unit,
} from '../store/index.ts';
import { baselineOf, type Baseline } from './attempt.ts';

const TAKEN_IN =
  'What was changed there is in the article. Have it approved and publish it again to bring both together there.';

/**
 * What a chief decides about a delivery that stopped: to try once more, to publish over the version that they were shown,
 * or that it was taken into the article. That version becomes what is known to stand there, so that anything newer stops
 * the delivery again.
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
  const before = baselineOf(delivery);
  if (act.act === 'taken-in') {
    const baseline: Baseline = {
      ...(before ?? { found: null, written: null }),
      takenIn: { found, within: act.within },
    };
    await decideDelivery(unit, delivery, {
      standing: 'taken-in',
      baseline: JSON.stringify(baseline),
      live: found.live,
      problem: TAKEN_IN,
      nextAt: null,
    });
    return;
  }
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
  const baseline: Baseline = { found, written: before?.written ?? null };
  await askAgain(unit, delivery, {
    step: 'drafted',
    baseline: JSON.stringify(baseline),
    live: found.live,
  });
}
