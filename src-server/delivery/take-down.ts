import { ConnectorError, type RemotePost } from '../connectors/index.ts';
import { findDelivery } from '../store/index.ts';
import { arrivedOf, baselineOf, reach, type Attempt } from './attempt.ts';

/**
 * What stands there of the article: by its id, or by its mark where no id came to be known, or an older one: whoever was
 * restored knows the post that was there then, and it may have been deleted and made anew since.
 */
async function standing({ connector, delivery }: Attempt): Promise<RemotePost[]> {
  const found = delivery.remote === null ? null : await connector.read(delivery.remote);
  return found ? [found] : connector.find(delivery.article);
}

/**
 * Takes an article from readers there. It goes whatever somebody made of it: its words stay in the draft that it becomes,
 * and are found when it is published again.
 */
export async function takeDownThere(attempt: Attempt): Promise<void> {
  const { connector, channel, delivery } = attempt;
  const posts = await standing(attempt);
  for (const post of posts.filter(({ live }) => live)) {
    // No write is under way any more: the draft that this leaves is Stet’s own doing.
    await reach(attempt, { live: false, step: 'drafted', ...knownAfter(attempt, [post]) });
    await connector.takeDown(post);
  }
  const left = await standing(attempt);
  if (left.some(({ live }) => live))
    throw new ConnectorError('later', `${channel.name} still shows what was taken down.`);
  await reach(attempt, async (unit) => {
    const now = await findDelivery(unit.db, delivery.article, delivery.channel);
    return {
      step: 'done',
      live: false,
      delivered: null,
      deliveredAt: unit.at,
      problem: '',
      attempts: 0,
      ...knownAfter(attempt, left),
      ...(now?.wanted === null && { standing: 'done', nextAt: null, theirs: null }),
    };
  });
}

/** What is known to be Stet’s own of what stands there: nothing more than before where somebody had changed it. */
function knownAfter(
  attempt: Attempt,
  [found]: RemotePost[],
): { baseline?: string | null; remote?: null } {
  if (!found) return { remote: null, baseline: null };
  const { connector, delivery } = attempt;
  const before = baselineOf(delivery);
  const written = arrivedOf(attempt, found);
  if (written) return { baseline: JSON.stringify({ found, written }) };
  if (before?.found && connector.isSame(found, before.found))
    return { baseline: JSON.stringify({ ...before, found }) };
  return {};
}
