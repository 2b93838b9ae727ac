import type { ArticleRecord, OpPayload } from '#shared/api';
import { canonicalJson, type Content, type Id } from '#shared/article';
import { StetError } from '#shared/contract';
import type { Transition } from '#shared/workflow';
import type { Turn } from './desk-work.ts';

/** What the window asks of the core when somebody moves an article on. */
export interface Command {
  article: Id;
  transition: Transition;
  reason?: string;
  at?: string;
  note?: string;
  revision?: string;
}

type Act = Extract<OpPayload, { kind: 'transition' }>;

/**
 * Gives a command as its window does. What was offered is not turned down, and what then waits for the server is what was
 * asked for: of the text that stands on the screen, or of what was approved where that goes out.
 */
export async function give(turn: Turn, command: Command): Promise<void> {
  const { core, client, world } = turn;
  const { article, transition, revision } = command;
  const { offers } = await core.articles.handlers['article.open']({ article });
  const isOffered = offers.some((offer) => offer.transition === transition && offer.allowed);
  const record = core.store.articles.record(article);
  const before = core.store.working.read(article)?.content;
  // What waits before it may have lost its sense by now, as a schedule does when its time has passed.
  const isFirst = actsOn(turn, article).length === 0;
  try {
    await core.articles.handlers['article.transition'](command);
  } catch (error) {
    // A time may be over or too early, and another revision than the one on the screen something else.
    const isFree = transition === 'schedule' || revision !== undefined;
    if (error instanceof StetError && isOffered && !isFree)
      world.broken(
        15,
        `Client ${client.index} offers to ${transition} ${article}, and will not: ${error.message}`,
      );
    throw error;
  }
  const wrong = record && before && wrongIn(turn, command, record, before);
  if (wrong) world.broken(11, `Client ${client.index} asks for another ${transition}: ${wrong}`);
  if (isFirst) showsWhatWaits(turn, article);
}

function actsOn({ core }: Turn, article: Id): Act[] {
  return core.store.outbox
    .pending(article)
    .map(({ payload }) => payload)
    .filter((payload) => payload.kind === 'transition');
}

/** What was just commanded shows in all that it changes, and the article on the desk that its text names. */
function showsWhatWaits(turn: Turn, article: Id): void {
  const { core, client, world } = turn;
  const act = actsOn(turn, article).at(-1);
  const record = core.store.articles.record(article);
  const copy = core.store.working.read(article);
  if (!act || !record || !copy) return;
  const { approvedRevision, publishedRevision, scheduledAt, live, head, desk } = record;
  const isOut = live && publishedRevision === act.revision;
  const shows = {
    submit: true,
    recall: true,
    'send-back': approvedRevision === null,
    approve: approvedRevision === act.revision,
    schedule: Date.parse(scheduledAt ?? '') === Date.parse(act.at ?? ''),
    publish: isOut,
    correct: isOut,
    withdraw: !live && approvedRevision === null,
  }[act.transition];
  const isThere = head !== copy.base || desk === copy.content.fields.desk;
  if (!shows || !isThere || (scheduledAt !== null) !== (act.transition === 'schedule'))
    world.broken(
      11,
      `Client ${client.index} shows ${article} after the ${act.transition} as ${JSON.stringify(record)}`,
    );
}

const NEWEST: readonly Transition[] = ['submit', 'approve'];

/** What is not as it was asked for in the command that waits; null for nothing. */
function wrongIn(
  turn: Turn,
  { article, transition, reason, at, note, revision }: Command,
  { approvedRevision }: ArticleRecord,
  before: Content,
): string | null {
  const { store } = turn.core;
  const act = actsOn(turn, article).findLast((one) => one.transition === transition);
  if (!act) return `none waits for ${article}.`;
  if (note === undefined && (act.reason !== reason || act.at !== at))
    return `${act.reason ?? ''} at ${act.at ?? ''}.`;
  if (note !== undefined) {
    const stands = store.revisions.open(act.revision)?.fields.corrections.map((one) => one.note);
    const wanted = [...before.fields.corrections.map((one) => one.note), note];
    return canonicalJson(stands) === canonicalJson(wanted) ? null : 'without a note.';
  }
  if (revision !== undefined) return act.revision === revision ? null : 'of another revision.';
  if (transition === 'publish' || transition === 'schedule')
    return act.revision === approvedRevision ? null : 'of what was not approved.';
  if (!NEWEST.includes(transition)) return null;
  const named = store.revisions.open(act.revision);
  const isSame = named && canonicalJson(contentIn(named)) === canonicalJson(before);
  return isSame && !store.working.dirty(article) ? null : 'of another text.';
}

function contentIn({ fields, body, conflicts }: Content): Content {
  return { fields, body, conflicts };
}
