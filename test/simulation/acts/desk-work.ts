import type { CommentEntry } from '#shared/api';
import { newId, type Content, type Id } from '#shared/article';
import { StetError } from '#shared/contract';
import { TRANSITIONS, type Transition } from '#shared/workflow';
import type { Client, Core, View } from '../world/client.ts';
import { diceOf, type Dice } from '../world/dice.ts';
import { isInjected } from '../world/disk.ts';
import { describeStoreError } from '../../../src-main/core/store/index.ts';
import type { World } from '../world/world.ts';
import { isTextBlock } from './text.ts';
import type { Writing } from './editing.ts';
import { isContested, settleSomething, writeSomething } from './writing.ts';

/** What one person does in one step. */
export interface Turn {
  world: World;
  client: Client;
  core: Core;
  dice: Dice;
}

const iso = (turn: Turn): string => new Date(turn.client.clock()).toISOString();

/** Runs an act: what the core refuses in a sentence is no failure, nor is what the disk made impossible. */
export async function attempt(what: string, world: World, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (error instanceof StetError || isInjected(error) || describeStoreError(error)) return;
    world.broken(
      15,
      `${what} failed: ${error instanceof Error ? (error.stack ?? '') : String(error)}`,
    );
  }
}

/** What the window shows of an article: opened now, unless it is open already. */
export async function look({ client, core }: Turn, article: Id): Promise<View | null> {
  const open = client.views.get(article);
  if (open) return open;
  if (!core.store.articles.exists(article)) return null;
  const { fields, body, conflicts, generation, readOnly } = await core.articles.handlers[
    'article.open'
  ]({ article });
  const view = { generation, content: { fields, body, conflicts }, readOnly: readOnly !== null };
  client.views.set(article, view);
  return view;
}

function pickArticle({ client, core, dice, world }: Turn): Id | null {
  const known = world.articles.filter((article) => core.store.articles.exists(article));
  if (known.length === 0) return null;
  if (client.reading === null || !known.includes(client.reading) || dice.chance(0.06))
    client.reading = dice.pick(known);
  return client.reading;
}

/** Types: the edit is on the disk when the core answers, and not lost from then on. */
export async function type(turn: Turn): Promise<void> {
  const article = pickArticle(turn);
  if (article === null) return create(turn);
  const view = await look(turn, article);
  if (!view || view.readOnly) {
    turn.client.reading = null;
    return;
  }
  const { world, client, core, dice } = turn;
  const { words } = world;
  const desk = { content: view.content, dice, words, who: client.who.id, now: iso(turn) };
  const writing = writeSomething(desk);
  if (writing) await save(turn, article, view, writing);
  if (dice.chance(0.3)) core.engine.noteEdit(article);
}

export async function save(turn: Turn, article: Id, view: View, writing: Writing): Promise<void> {
  const { world, client, core, dice } = turn;
  const saved = world.ledger.intend(client.index, article, view.content, writing.after);
  const edit = { article, generation: view.generation, ...writing.edit };
  const { merged, generation } = await core.articles.handlers['article.edit'](edit);
  saved();
  core.engine.noteEdit(article);
  if (merged) client.views.delete(article);
  else {
    client.views.set(article, { ...view, generation, content: writing.after });
    if (dice.chance(0.1)) compare(turn, article, writing);
  }
}

/** What was called saved is what stands there, block for block. */
function compare({ world, core, client }: Turn, article: Id, { after }: Writing): void {
  const stands = core.store.working.read(article)?.content;
  if (JSON.stringify(stands?.body) !== JSON.stringify(after.body))
    world.broken(2, `Client ${client.index} saved an edit, but other text stands in ${article}.`);
}

/** In some newsrooms everybody works on one text, and they meet in it all the time. */
const MOST_ARTICLES = [1, 2, 3, 5];

export async function create(turn: Turn): Promise<void> {
  const { world, core, client, dice } = turn;
  if (world.articles.length >= diceOf(world.seed, 12).pick(MOST_ARTICLES)) return;
  const desk = dice.pick(client.who.memberships).desk;
  const headline = world.words.name();
  const { article } = await core.articles.handlers['article.create']({ desk, headline });
  world.articles.push(article);
  client.reading = article;
  const content = core.store.working.read(article)?.content;
  if (content) world.ledger.intend(client.index, article, null, content)();
}

export async function seal(turn: Turn): Promise<void> {
  const article = pickArticle(turn);
  if (article !== null) await turn.core.articles.handlers['article.seal']({ article });
}

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

const LIKELY: Record<string, Transition[]> = {
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
  const { core, dice, world, client } = turn;
  const record = article === null ? null : core.store.articles.record(article);
  if (article === null || !record) return;
  const transition = dice.pick(dice.chance(0.8) ? (LIKELY[record.state] ?? ALL) : ALL);
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
  if (transition === 'correct' && before) {
    // The note becomes a part of the text by way of the core, which gives it id and time.
    const saved = world.ledger.intend(client.index, article, before, corrected(before, input.note));
    await core.articles.handlers['article.transition'](input);
    saved();
  } else await core.articles.handlers['article.transition'](input);
  client.views.delete(article);
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
  if (Object.keys(changes).length === 0) return;
  const after = { ...view.content, fields: { ...fields, ...changes } };
  await save(turn, article, view, { edit: { fields: changes }, after });
}

/** Sees an article through: settles what waits, fills what is missing, and moves it on as far as it goes. */
export async function seeThrough(turn: Turn): Promise<void> {
  const article = pickWaiting(turn);
  const { client, core, dice, world } = turn;
  if (article === null) return;
  client.reading = article;
  await complete(turn);
  // Some are careless, and leave it to Stet to tell them.
  const rounds = dice.chance(0.7) ? 12 : 0;
  for (let round = 0; round < rounds; round += 1) {
    const view = await look(turn, article);
    if (!view || view.readOnly || !isContested(view.content)) break;
    const { words } = world;
    const desk = { content: view.content, dice, words, who: client.who.id, now: iso(turn) };
    const writing = settleSomething(desk);
    if (!writing) break;
    await save(turn, article, view, writing);
  }
  const last = dice.pick(['approve', 'publish', 'publish', 'schedule', 'schedule'] as const);
  for (const transition of new Set(['submit', 'approve', last] as const)) {
    const { offers } = await core.articles.handlers['article.open']({ article });
    const at = new Date(client.clock() + dice.between(5, 90) * 1000).toISOString();
    if (offers.some((offer) => offer.transition === transition && offer.allowed))
      await core.articles.handlers['article.transition']({
        article,
        transition,
        ...(transition === 'schedule' && { at }),
      });
  }
  client.views.delete(article);
}

export async function comment(turn: Turn): Promise<void> {
  const article = pickArticle(turn);
  const { core, dice, world } = turn;
  if (article === null) return;
  const { threads } = await core.articles.handlers['comments.list']({ article });
  const thread = threads.length > 0 && dice.chance(0.5) ? dice.pick(threads).id : null;
  const kind = thread === null ? 'comment' : dice.pick(['reply', 'resolve', 'reopen'] as const);
  const text = kind === 'comment' || kind === 'reply' ? world.words.sentence() : '';
  const view = await look(turn, article);
  const anchor = view && kind === 'comment' && dice.chance(0.7) ? passageOf(turn, view) : null;
  const known = new Set(core.store.comments.list(article).map(({ id }) => id));
  await core.articles.handlers['comments.add']({ article, thread, anchor, kind, text });
  for (const entry of core.store.comments.list(article))
    if (!known.has(entry.id)) world.ledger.say(turn.client.index, { ...entry, anchor });
}

/** Some words of the text, for a comment to speak of. */
function passageOf({ dice }: Turn, { content }: View): CommentEntry['anchor'] {
  const blocks = content.body.filter(isTextBlock);
  if (blocks.length === 0) return null;
  const block = dice.pick(blocks);
  const [first] = block.children.flatMap((node) => ('text' in node ? [node.text] : []));
  const quote = (first ?? '').split(' ').slice(0, 2).join(' ');
  return quote === '' ? null : { block: block.$.id, quote, offset: 0 };
}

export async function bin(turn: Turn): Promise<void> {
  const article = pickArticle(turn);
  const { core, dice } = turn;
  const record = article === null ? null : core.store.articles.record(article);
  if (article === null || !record) return;
  if (!record.binned && dice.chance(0.6)) return;
  await core.articles.handlers['article.bin']({ article, binned: !record.binned });
  turn.client.views.delete(article);
}

/** Goes back to an earlier version of the text. */
export async function restore(turn: Turn): Promise<void> {
  const article = pickArticle(turn);
  const { core, dice, world, client } = turn;
  if (article === null) return;
  const view = await look(turn, article);
  const revisions = core.store.revisions.list(article);
  if (!view || view.readOnly || revisions.length === 0) return;
  const { hash: revision } = dice.pick(revisions);
  const before = core.store.working.read(article)?.content ?? null;
  const after = await core.articles.handlers['revision.read']({ article, revision });
  const saved = world.ledger.intend(client.index, article, before, after);
  await core.articles.handlers['article.restore']({ article, revision });
  client.views.delete(article);
  saved();
}

/** Looks through what was refused: tries again, or lets go of what is no text. */
export async function tidyOutbox({ core, dice }: Turn): Promise<void> {
  const refused = core.store.outbox.entries().filter(({ state }) => state === 'parked');
  if (refused.length === 0) return;
  const { op } = dice.pick(refused);
  if (op.payload.kind === 'transition' && dice.chance(0.5))
    await core.articles.handlers['outbox.dismiss']({ id: op.id });
  else await core.articles.handlers['outbox.retry']({ id: op.id });
}

/** Tries what they may not, past the checks of their own computer: the server is who decides. */
export async function overstep(turn: Turn): Promise<void> {
  const article = pickWaiting(turn);
  const { core, dice, world, client } = turn;
  const record = article === null ? null : core.store.articles.record(article);
  if (article === null || !record?.head) return;
  const { store } = core;
  if (dice.chance(0.15)) {
    store.outbox.add({ kind: 'bin', article, binned: true }, client.who.id);
  } else if (dice.chance(0.17)) {
    const author = dice.pick(world.clients).who.id;
    const id = newId(client.clock, dice.bytes);
    const text = 'In someone else’s name.';
    store.outbox.add(
      {
        kind: 'comment',
        entry: {
          id,
          article,
          thread: id,
          kind: 'comment',
          anchor: null,
          text,
          author,
          at: iso(turn),
        },
      },
      client.who.id,
    );
  } else {
    const transition = dice.pick(dice.chance(0.7) ? (LIKELY[record.state] ?? ALL) : ALL);
    store.outbox.add(
      {
        kind: 'transition',
        article,
        transition,
        revision: dice.chance(0.5) ? (record.approvedRevision ?? record.head) : record.head,
        expectedState: record.state,
        reason: 'Because.',
        at: new Date(client.clock() + 60_000).toISOString(),
      },
      client.who.id,
    );
  }
  core.engine.nudge();
}
