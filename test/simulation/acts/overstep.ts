import { emptyFields, newId, type Id } from '#shared/article';
import { TRANSITIONS, type Transition, type WorkflowState } from '#shared/workflow';
import { RULES } from '../checks/rules.ts';
import { lookAt } from '../world/disk.ts';
import { DESKS } from '../world/newsroom.ts';
import { iso, type Turn } from './desk-work.ts';
import { LIKELY, pickWaiting } from './review.ts';

const ALL = Object.keys(TRANSITIONS) as Transition[];
const ANY_STATE = Object.values(RULES).map(({ to }) => to) satisfies WorkflowState[];

/** Tries what they may not, past the checks of their own computer: the server is who decides. */
export async function overstep(turn: Turn): Promise<void> {
  const { core, dice, client } = turn;
  const article = pickWaiting(turn);
  const what = dice.next();
  if (what < 0.2) handleForeign(turn);
  else if (what < 0.24) startElsewhere(turn);
  else if (article !== null) {
    if (what < 0.35)
      core.store.outbox.add({ kind: 'bin', article, binned: dice.chance(0.7) }, client.who.id);
    else if (what < 0.55) speak(turn, foreignArticle(turn) ?? article);
    else command(turn, article);
  }
  core.engine.nudge();
}

/**
 * Mostly on an article of a desk that is not theirs, and half of the time in somebody else’s name; now and then under the
 * id of what another said, or in answer to nothing, or to what was said of another article. Not under the id of their own
 * words: whoever forges those in their own outbox takes them back.
 */
function speak(turn: Turn, article: Id): void {
  const { core, dice, world, client } = turn;
  const author = dice.chance(0.5) ? client.who.id : dice.pick(world.clients).who.id;
  const said = core.store.comments.list(article).filter((one) => one.author !== client.who.id);
  const fresh = newId(client.clock, dice.bytes);
  const id = said.length > 0 && dice.chance(0.4) ? dice.pick(said).id : fresh;
  const base = { id, article, anchor: null, author, text: 'Out of turn.', at: iso(turn) };
  const elsewhere = world.articles.flatMap((other) =>
    other === article ? [] : core.store.comments.list(other),
  );
  const thread =
    elsewhere.length > 0 && dice.chance(0.6)
      ? dice.pick(elsewhere).thread
      : newId(client.clock, dice.bytes);
  const entry = dice.chance(0.6)
    ? ({ ...base, thread: id, kind: 'comment' } as const)
    : ({ ...base, thread, kind: 'reply' } as const);
  core.store.outbox.add({ kind: 'comment', entry }, client.who.id);
}

/** An article that somebody else started, of a desk on which they do not work. */
function foreignArticle({ core, dice, world, client: { who } }: Turn): Id | null {
  const own = new Set(world.watch.memberships(who.id).map(({ desk }) => desk));
  const foreign = world.articles.filter((article) => {
    const record = core.store.articles.record(article);
    return record?.desk && !own.has(record.desk) && record.createdBy !== who.id;
  });
  return foreign.length > 0 && dice.chance(0.7) ? dice.pick(foreign) : null;
}

/** Starts an article on a desk that is not theirs. */
function startElsewhere(turn: Turn): void {
  const { core, dice, world, client } = turn;
  const own = new Set(world.watch.memberships(client.who.id).map(({ desk }) => desk));
  const foreign = DESKS.filter(({ id }) => !own.has(id));
  if (foreign.length === 0) return;
  const { id: desk } = dice.pick(foreign);
  const article = newId(client.clock, dice.bytes);
  core.store.articles.create({ id: article, desk, createdBy: client.who.id, at: iso(turn) });
  const fields = { ...emptyFields(), desk, headline: 'Out of turn' };
  const by = { author: client.who.id, device: core.store.deviceId };
  core.store.working.commit(article, { content: { fields, body: [], conflicts: [] }, by });
}

/** Mostly a message to a desk that is not theirs. */
function handleForeign({ core, dice, world, client }: Turn): void {
  const own = new Set(world.watch.memberships(client.who.id).map(({ desk }) => desk));
  const messages = lookAt(world.server.file, (db) =>
    db.prepare('SELECT id, desk FROM inbox').all(),
  ) as { id: Id; desk: Id }[];
  const foreign = messages.filter(({ desk }) => !own.has(desk));
  const wanted = foreign.length > 0 && dice.chance(0.8) ? foreign : messages;
  if (wanted.length === 0) return;
  const { id: message } = dice.pick(wanted);
  core.store.outbox.add({ kind: 'inbox-handled', message, handled: true }, client.who.id);
}

/** Mostly of a revision that is not the newest, now and then of another article’s. */
function command({ core, dice, client, world }: Turn, article: Id): void {
  const record = core.store.articles.record(article);
  if (!record?.head) return;
  const of = dice.chance(0.15) ? dice.pick(world.articles) : article;
  const revisions = core.store.revisions.list(of).map(({ hash }) => hash);
  const again = record.live && record.state === 'approved' && dice.chance(0.4);
  const likely = dice.pick(dice.chance(0.7) ? (LIKELY[record.state] ?? ALL) : ALL);
  const transition = again ? 'correct' : likely;
  core.store.outbox.add(
    {
      kind: 'transition',
      article,
      transition,
      revision: dice.pick([
        record.head,
        record.approvedRevision ?? record.head,
        dice.pick([record.head, ...revisions]),
      ]),
      expectedState: dice.chance(0.8) ? record.state : dice.pick(ANY_STATE),
      reason: dice.chance(0.7) ? 'Because.' : '',
      at: new Date(client.clock() + dice.between(-60, 90) * 1000).toISOString(),
    },
    client.who.id,
  );
}
