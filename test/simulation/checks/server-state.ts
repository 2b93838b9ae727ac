import { createHash } from 'node:crypto';
import type { WorkflowEvent } from '#shared/api';
import type { Hash } from '#shared/article';
import { lookAt } from '../world/disk.ts';
import type { World } from '../world/world.ts';
import { DESKS } from '../world/newsroom.ts';
import { wronglyFrozen } from './frozen.ts';
import { overdue } from './on-time.ts';
import { checkPublication } from './publications.ts';
import { isAgreed, isAnswered, isComplete, saysMore } from './ready.ts';
import { RULES } from './rules.ts';
import type { ArticleRow, ServerDisk } from './server-disk.ts';

interface Replayed {
  state: string;
  approved: Hash | null;
  published: Hash | null;
  live: boolean;
  binned: boolean;
}

type Complain = World['broken'];

const REASONED = new Set(['send-back', 'withdraw']);

/** Follows one act of the workflow by the checker’s own rules. */
function follow(
  before: Replayed,
  event: WorkflowEvent,
  article: ArticleRow,
  disk: ServerDisk,
  complain: Complain,
): Replayed {
  const about = `${event.transition} of ${article.id}`;
  if (event.from !== before.state)
    complain(11, `The ${about} starts from ${event.from}, but the article was ${before.state}.`);
  const rule = RULES[event.transition];
  if (event.transition === 'bin' || event.transition === 'unbin') {
    const binned = event.transition === 'bin';
    if (before.binned === binned) complain(11, `The ${about} changed nothing.`);
    return { ...before, binned };
  }
  if (!rule) return before;
  if (before.binned) complain(11, `The ${about} came while it lay in the bin.`);
  const to = before.live && rule.toWhenLive ? rule.toWhenLive : rule.to;
  if (!(rule.from as readonly string[]).includes(before.state) || event.to !== to)
    complain(11, `The ${about} led from ${before.state} to ${event.to}.`);
  if (rule.needsLive && !before.live) complain(11, `The ${about} came while no one could see it.`);
  const revision = event.revision === null ? undefined : disk.revisions.get(event.revision);
  if (revision !== undefined && revision.article !== article.id)
    complain(4, `The ${about} names a revision of ${revision.article}.`);
  const after = { ...before, state: event.to };
  if (REASONED.has(event.transition) && (event.reason ?? '').trim() === '')
    complain(11, `The ${about} has no reason.`);
  switch (event.transition) {
    case 'approve': {
      // What is approved is the newest, so that the article belonged to the desk that it names.
      const ownApproval = DESKS.find(({ id }) => id === revision?.fields.desk)?.profile.ownApproval;
      if (!revision || ![isAgreed, isAnswered, isComplete].every((holds) => holds(revision)))
        complain(4, `The ${about} names a revision that was not ready: ${event.revision ?? ''}`);
      const started = disk.events.find(
        (each) => each.article === article.id && each.transition === 'create',
      );
      const named = disk.authors.get(started?.revision ?? '');
      if ([article.createdBy, started?.by, named].includes(event.by) && !ownApproval)
        complain(10, `${about}: its author approved it, or whoever sent it first.`);
      return { ...after, approved: event.revision };
    }
    case 'send-back':
      return { ...after, approved: null };
    case 'withdraw':
      return { ...after, approved: null, live: false };
    case 'publish':
    case 'correct':
      if (
        event.transition === 'correct' &&
        !saysMore(revision, disk.revisions.get(before.published ?? ''))
      )
        complain(11, `The ${about} has no note for its readers.`);
      if (event.revision !== before.approved)
        complain(5, `The ${about} put a revision out that was not approved.`);
      if (revision?.fields.embargo && Date.parse(revision.fields.embargo) > Date.parse(event.at))
        complain(5, `The ${about} came at ${event.at}, before ${revision.fields.embargo}.`);
      return { ...after, live: true, published: event.revision };
    default:
      return after;
  }
}

/** Nothing is built on what is not there, an article is where its head says, and each device has its numbers without a gap. */
function checkPlaces({ revisions, articles, answers }: ServerDisk, complain: Complain): void {
  for (const { hash, article, parents } of revisions.values())
    if (parents.some((parent) => revisions.get(parent)?.article !== article))
      complain(6, `Revision ${hash} builds on one that ${article} does not have.`);
  for (const { id, desk, head } of articles.values()) {
    const named = revisions.get(head ?? '')?.fields.desk ?? null;
    if (head !== null && named !== desk)
      complain(
        11,
        `Article ${id} is on desk ${desk ?? 'none'}, and its head says ${named ?? 'none'}.`,
      );
  }
  for (const { device, first, last, count } of answers)
    if (first !== 1 || last !== count)
      complain(6, `Device ${device} has ${count} answers, to the numbers ${first} to ${last}.`);
}

/** What the server holds follows from what happened, and is what was approved. */
export function checkServer(world: World, disk: ServerDisk): void {
  const complain = world.broken;
  const sound = lookAt(world.server.file, (db) => db.pragma('integrity_check', { simple: true }));
  if (sound !== 'ok') complain(13, `The server’s database is not sound: ${String(sound)}`);
  for (const revision of disk.revisions.values()) {
    const { hash, bytes, schema } = revision;
    if (createHash('sha256').update(bytes).digest('hex') !== hash)
      complain(4, `The bytes of revision ${hash} are others than its name says.`);
    const wrong = schema === 1 ? wronglyFrozen(revision) : null;
    if (wrong !== null) complain(7, `Revision ${hash} ${wrong}.`);
  }
  checkPlaces(disk, complain);
  const addresses = disk.publications.map(({ path }) => path);
  const shared = addresses.find((path, at) => addresses.indexOf(path) !== at);
  if (shared !== undefined) complain(5, `Two articles stand at ${shared}.`);
  for (const article of disk.articles.values()) {
    let standing: Replayed = {
      state: 'draft',
      approved: null,
      published: null,
      live: false,
      binned: false,
    };
    for (const event of disk.events)
      if (event.article === article.id) standing = follow(standing, event, article, disk, complain);
    const { state, approved, published, live: isLive, binned } = article;
    const stands = [state, approved, published, isLive === 1, binned === 1];
    const follows = [
      standing.state,
      standing.approved,
      standing.published,
      standing.live,
      standing.binned,
    ];
    if (JSON.stringify(stands) !== JSON.stringify(follows))
      complain(
        11,
        `Article ${article.id} is ${stands.join()}, but its acts led to ${follows.join()}.`,
      );
    const publication = disk.publications.filter((each) => each.article === article.id);
    const live = publication.filter((each) => each.live === 1);
    if (live.length > 1 || (live.length === 1) !== standing.live)
      complain(5, `Article ${article.id} has ${live.length} live publications.`);
    if (
      article.state === 'scheduled' &&
      overdue(article.scheduledAt, world.server.context().clock())
    )
      complain(5, `Article ${article.id} was to go out at ${article.scheduledAt ?? ''}.`);
    if (publication.some((each) => (each.withdrawnAt === null) !== (each.live === 1)))
      complain(5, `Readers are told of ${article.id} that it was withdrawn, or not that it was.`);
    checkPublication(article, disk, complain);
    if (live.some(({ revision }) => revision !== standing.published))
      complain(4, `What readers see of ${article.id} is not what was published.`);
  }
}
