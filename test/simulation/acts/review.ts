import type { Block, Content, Id } from '#shared/article';
import { TRANSITIONS, type Transition } from '#shared/workflow';
import { RULES } from '../checks/rules.ts';
import { give } from './commanding.ts';
import { iso, look, pickArticle, save, type Turn } from './desk-work.ts';
import { textOf } from './editing.ts';
import { writeMuch } from './meeting.ts';
import { isContested, settleSomething } from './writing.ts';

/** What waits for this person as the chief of a desk: they look there before anywhere else. */
export function pickWaiting(turn: Turn): Id | null {
  const { core, client, dice, world } = turn;
  const chiefOf = client.who.memberships.filter(({ role }) => role === 'desk-chief');
  const waiting = world.articles.filter((article) => {
    const record = core.store.articles.record(article);
    return (
      record !== null &&
      ['in-review', 'approved', 'scheduled', 'published'].includes(record.state) &&
      chiefOf.some(({ desk }) => desk === record.desk)
    );
  });
  if (waiting.length === 0 || dice.chance(0.3)) return pickArticle(turn);
  return dice.pick(waiting);
}

export const LIKELY: Record<string, Transition[]> = {
  draft: ['submit'],
  'in-review': ['approve', 'approve', 'approve', 'approve', 'approve', 'send-back', 'recall'],
  'sent-back': ['submit'],
  approved: ['publish', 'publish', 'schedule', 'schedule', 'send-back', 'approve'],
  scheduled: ['publish', 'schedule', 'approve'],
  published: ['submit', 'approve', 'correct', 'withdraw', 'withdraw'],
  withdrawn: ['submit'],
};
const ALL = Object.keys(TRANSITIONS) as Transition[];

/** Moves an article on, mostly as its state suggests. */
export async function transit(turn: Turn): Promise<void> {
  const article = pickWaiting(turn);
  const { core, dice } = turn;
  const record = article === null ? null : core.store.articles.record(article);
  if (article === null || !record) return;
  const transition = dice.pick(dice.chance(0.8) ? (LIKELY[record.state] ?? ALL) : ALL);
  await moveOn(turn, article, transition);
}

/** Gives one command, with what belongs to it. */
export async function moveOn(turn: Turn, article: Id, transition: Transition): Promise<void> {
  const { core, dice, world, client } = turn;
  const record = core.store.articles.record(article);
  if (!record) return;
  const seconds = dice.between(-30, 120);
  const input = {
    article,
    transition,
    reason: 'The figures do not add up.',
    ...(transition === 'schedule' && {
      at: new Date(client.clock() + seconds * 1000).toISOString(),
    }),
    ...(record.head && dice.chance(0.2) && { revision: record.head }),
    ...(transition === 'correct' && { note: world.words.sentence() }),
  };
  const before = core.store.working.read(article)?.content ?? null;
  const waits = core.store.outbox
    .pending(article)
    .some(({ payload }) => payload.kind === 'transition');
  if (transition === 'correct' && before) {
    // The note becomes a part of the text by way of the core, which gives it id and time.
    const saved = world.ledger.intend(client.index, article, before, corrected(before, input.note));
    await give(turn, input);
    saved();
  } else await give(turn, input);
  client.views.delete(article);
  // What waits before it may have lost its sense by now, as a schedule does when its time has passed.
  if (!waits) showsAtOnce(turn, article, transition, record.live);
}

/** What a person commands is what they see from then on, however long the server cannot be reached. */
function showsAtOnce(
  { core, client, world }: Turn,
  article: Id,
  transition: Transition,
  wasLive: boolean,
): void {
  const { to, toWhenLive } = RULES[transition]!;
  const wanted = wasLive && toWhenLive ? toWhenLive : to;
  const shown = core.store.articles.record(article)?.state;
  if (shown !== wanted)
    world.broken(
      11,
      `On client ${client.index} the ${transition} of ${article} led to ${shown ?? ''}.`,
    );
}

function corrected(content: Content, note = ''): Content {
  const corrections = [...content.fields.corrections, { id: '', note, at: '' }];
  return { ...content, fields: { ...content.fields, corrections } };
}

/** Prepares an article for approval: fills what is required and settles nothing else. */
export async function complete(turn: Turn): Promise<void> {
  const article = pickArticle(turn);
  if (article === null) return;
  const view = await look(turn, article);
  if (!view || view.readOnly) return;
  const { fields } = view.content;
  const changes = {
    ...(fields.section === '' && { section: turn.world.words.name() }),
    ...(fields.headline === '' && { headline: turn.world.words.name() }),
  };
  if (Object.keys(changes).length > 0) {
    const after = { ...view.content, fields: { ...fields, ...changes } };
    await save(turn, article, view, { edit: { fields: changes }, after });
  }
  const hasWords = (block: Block): boolean =>
    block.type === 'paragraph' && textOf(block).trim() !== '';
  if (!view.content.body.some(hasWords)) await writeMuch(turn, article, 'insert');
}

/** Settles and answers whatever waits in the text. */
export async function settleAll(turn: Turn, article: Id): Promise<void> {
  const { client, dice, world } = turn;
  for (let round = 0; round < 12; round += 1) {
    const view = await look(turn, article);
    if (!view || view.readOnly || !isContested(view.content)) return;
    const { words } = world;
    const desk = { content: view.content, dice, words, who: client.who.id, now: iso(turn) };
    const writing = settleSomething(desk);
    if (!writing) return;
    await save(turn, article, view, writing);
  }
}

/** How far an article is seen through, and when it is to go out. */
interface Way {
  last: Transition;
  at?: string;
}

const WAYS: readonly Transition[] = ['approve', 'publish', 'publish', 'schedule', 'schedule'];

/** Sees an article through: settles what waits, fills what is missing, and moves it on as far as it goes. */
export async function seeThrough(
  turn: Turn,
  toReaders: Id | null = null,
  way: Way = { last: toReaders === null ? turn.dice.pick(WAYS) : 'publish' },
): Promise<void> {
  const article = toReaders ?? pickWaiting(turn);
  const { client, core, dice } = turn;
  if (article === null) return;
  client.reading = article;
  await complete(turn);
  // Some are careless, and leave it to Stet to tell them.
  if (toReaders !== null || dice.chance(0.7)) await settleAll(turn, article);
  for (const transition of new Set<Transition>(['submit', 'approve', way.last])) {
    const { offers } = await core.articles.handlers['article.open']({ article });
    const at = way.at ?? new Date(client.clock() + dice.between(5, 90) * 1000).toISOString();
    if (offers.some((offer) => offer.transition === transition && offer.allowed))
      await give(turn, {
        article,
        transition,
        ...(transition === 'schedule' && { at }),
      });
  }
  client.views.delete(article);
}
