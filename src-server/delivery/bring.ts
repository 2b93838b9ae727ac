import { canonicalJson, type Hash } from '#shared/article';
import type { Newsroom } from '#shared/api';
import {
  ConnectorError,
  markOf,
  type Post,
  type RemotePost,
  type Written,
} from '../connectors/index.ts';
import {
  descendsFrom,
  findDelivery,
  findNewsroom,
  findPublication,
  type DeliveryChange,
} from '../store/index.ts';
import {
  arrivedOf,
  baselineOf,
  goneFor,
  knownOf,
  reach,
  sentOf,
  stopAtChange,
  type Attempt,
} from './attempt.ts';
import { postOf } from './post.ts';

async function requirePost({ context, delivery }: Attempt, wanted: Hash): Promise<Post> {
  const { db } = context.store;
  const newsroom: Newsroom | null = await findNewsroom(db);
  const publication = await findPublication(db, delivery.article);
  const post =
    newsroom &&
    publication &&
    (await postOf(context, newsroom, { ...publication, revision: wanted }));
  if (post) return post;
  throw new ConnectorError('refused', 'The publishing server no longer has this revision.');
}

/** The article's post there: found by its mark, or made as a draft that readers do not see. */
async function foundOrMade(attempt: Attempt, post: Post, written: Written): Promise<RemotePost> {
  const { connector, delivery, channel } = attempt;
  let found = await connector.find(delivery.article);
  if (found.length === 0) {
    await reach(attempt, { sent: JSON.stringify(written) });
    delivery.sent = JSON.stringify(written);
    await connector.createDraft(post, written);
    // Looked up again: an earlier request that seemed lost may have arrived meanwhile. All take the oldest.
    found = await connector.find(delivery.article);
  }
  const remote = found.find(({ live }) => live) ?? found[0];
  if (!remote)
    throw new ConnectorError('later', `${channel.name} made a draft and does not show it.`);
  await reach(attempt, { step: 'drafted', remote: remote.id });
  return remote;
}

/** Whether what stands there is what Stet put there, or what the wanted revision took in, as far as can be told. */
async function isOurs(
  { context, connector, delivery }: Attempt,
  found: RemotePost,
  written: Written,
  wanted: Hash,
): Promise<boolean> {
  const baseline = baselineOf(delivery);
  const takenIn = baseline?.takenIn;
  const isIn = takenIn && (await descendsFrom(context.store.db, wanted, takenIn.within));
  const known = [baseline?.found, isIn && takenIn.found, sentOf(delivery), written];
  if (known.some((words) => words && connector.isSame(found, words))) return true;
  // A draft that was just made there, in the spelling of a site that has one of its own.
  return !found.live && delivery.delivered === null && connector.readsSame(found, written);
}

/**
 * Whether readers had it and somebody took it from them: as far as is known, or by what stands there. Only a publication
 * gives a draft a slug of its own; where it had one before, a write whose answer was lost has left its words there, and a
 * later time than was known.
 */
function wasTakenDown({ connector, delivery }: Attempt, found: RemotePost): boolean {
  if (found.live) return false;
  if (delivery.live) return true;
  const wasPublished = ({ slug }: RemotePost): boolean =>
    !slug.startsWith(markOf(delivery.article));
  const before = knownOf(delivery);
  if (!before || !wasPublished(before)) return wasPublished(found);
  const sent = delivery.step === 'writing' ? sentOf(delivery) : null;
  return (
    sent !== null &&
    ['draft', 'trash'].includes(found.status) &&
    connector.isSame(found, sent) &&
    before.updatedAt !== found.updatedAt
  );
}

/** One request to publish: what stood there when it went, what it sent, and what Stet had put there before. */
interface Write {
  before: RemotePost;
  written: Written;
  replaced: Written | null;
}

/** Whether a CMS answered a write and left all as it stood, though it was asked for something else. */
function isLeftAlone(
  { connector }: Attempt,
  found: RemotePost,
  { before, written, replaced }: Write,
): boolean {
  if (found.live !== before.live || !connector.isSame(found, before)) return false;
  if (!found.live || !connector.isSame(found, written)) return true;
  // A site that wrote, and does without a term that it was sent, says so by the time of the post.
  const [isNow, was] = [found, before].map(({ updatedAt, terms }) =>
    canonicalJson({ updatedAt, terms }),
  );
  return isNow === was && !connector.hasTerms(found, written, replaced);
}

/** Reads back what was written, and says so only when it stands there. */
async function compare(attempt: Attempt, write: Write, wanted: Hash): Promise<void> {
  const { before, written } = write;
  const { connector, channel } = attempt;
  const found = await connector.read(before.id);
  if (!found || found.status === 'future')
    throw new ConnectorError('later', `${channel.name} does not show yet what was published.`);
  if (isLeftAlone(attempt, found, write))
    throw new ConnectorError('later', `${channel.name} took what was sent and changed nothing.`);
  if (!found.live)
    throw new ConnectorError(
      'refused',
      `${channel.name} keeps the article as “${found.status}” and does not show it to readers.`,
    );
  if (!found.whole)
    throw new ConnectorError(
      'refused',
      `${channel.name} cut the end of the article off. Look at it there; simplify the text and publish again.`,
    );
  if (!connector.isSame(found, written) && !connector.readsSame(found, written)) {
    await stopAtChange(
      attempt,
      found,
      `What stands in ${channel.name} is not what was sent: somebody changed it at that moment, or the site did.`,
    );
    return;
  }
  await noteDone(attempt, found, written, wanted);
}

/** Notes that the wanted revision stands there. */
async function noteDone(
  attempt: Attempt,
  found: RemotePost,
  written: Written,
  wanted: Hash,
): Promise<void> {
  await reach(attempt, async (unit) => {
    const { article, channel } = attempt.delivery;
    const now = await findDelivery(unit.db, article, channel);
    return {
      step: 'done',
      live: true,
      url: found.url,
      delivered: wanted,
      deliveredAt: unit.at,
      baseline: JSON.stringify({ found, written }),
      sent: null,
      theirs: null,
      problem: '',
      attempts: 0,
      // Another revision may have been asked for meanwhile: that one is still on its way.
      ...(now?.wanted === wanted && { standing: 'done', nextAt: null }),
    };
  });
}

/** Whether the wanted revision was brought there before and stands there as it was read back then. */
function standsThere({ connector, delivery }: Attempt, found: RemotePost, wanted: Hash): boolean {
  const before = baselineOf(delivery)?.found;
  const isDone = delivery.step === 'done' && delivery.delivered === wanted;
  return isDone && found.live && before != null && connector.isSame(found, before);
}

/**
 * What an earlier write left there whose answer was lost, or the first thing of Stet’s that is read back: it is known for
 * Stet’s own also behind the next write, which may come to nothing.
 */
function arrivedBefore(
  attempt: Attempt,
  found: RemotePost,
): { written: Written | null; known: DeliveryChange } | null {
  const written = arrivedOf(attempt, found);
  if (!written && attempt.delivery.baseline !== null) return null;
  const { live, url } = found;
  const baseline = JSON.stringify({ found, written });
  return { written, known: { baseline, live, ...(live && { url }) } };
}

/** Brings exactly the wanted revision there, from wherever an earlier attempt came to an end. */
export async function bring(attempt: Attempt, wanted: Hash): Promise<void> {
  const { connector, delivery, channel } = attempt;
  const post = await requirePost(attempt, wanted);
  const written = await connector.prepare(post);
  const isStarted = delivery.step === 'writing' && delivery.sent === JSON.stringify(written);
  let current = delivery.remote === null ? null : await connector.read(delivery.remote);
  if (!current && delivery.delivered !== null) {
    const problem = `The article was deleted in ${channel.name}. Nothing was put in its place.`;
    await stopAtChange(attempt, goneFor(delivery), problem);
    return;
  }
  current ??= await foundOrMade(attempt, post, written);
  if (!(await isOurs(attempt, current, written, wanted))) {
    const problem = `Somebody changed the article in ${channel.name}. Nothing was written over it, and their version is kept.`;
    await stopAtChange(attempt, current, problem);
    return;
  }
  if (wasTakenDown(attempt, current)) {
    const problem = `Somebody took the article from readers in ${channel.name}. It was left so.`;
    await stopAtChange(attempt, current, problem);
    return;
  }
  if (standsThere(attempt, current, wanted)) {
    await noteDone(attempt, current, written, wanted);
    return;
  }
  const arrived = arrivedBefore(attempt, current);
  const replaced = arrived?.written ?? baselineOf(delivery)?.written ?? null;
  if (!(isStarted && current.live && arrived?.written)) {
    await reach(attempt, { step: 'writing', sent: JSON.stringify(written), ...arrived?.known });
    await connector.write(post, written, current, replaced);
  }
  await compare(attempt, { before: current, written, replaced }, wanted);
}
