import { canonicalJson, type Content, type Id } from '#shared/article';
import { StetError, type OpenArticle } from '#shared/contract';
import { brokenBy } from '../checks/merges.ts';
import type { Joining } from '../checks/sound.ts';
import { mayTransit, mayWrite, RULES } from '../checks/rules.ts';
import type { Client, Core, View } from '../world/client.ts';
import { diceOf, type Dice } from '../world/dice.ts';
import { isInjected } from '../world/disk.ts';
import { describeStoreError } from '../../../src-main/core/store/index.ts';
import type { World } from '../world/world.ts';
import { takeBack, type Writing } from './editing.ts';
import { writeSomething } from './writing.ts';

/** What one person does in one step. */
export interface Turn {
  world: World;
  client: Client;
  core: Core;
  dice: Dice;
}

export const iso = (turn: Turn): string => new Date(turn.client.clock()).toISOString();

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
export async function look(turn: Turn, article: Id): Promise<View | null> {
  const { client, core } = turn;
  // Killed in the midst of what its person does, Stet shows and takes nothing any more.
  if (client.core !== core) return null;
  const open = client.views.get(article);
  if (open) return open;
  if (!core.store.articles.exists(article)) return null;
  const opened = await core.articles.handlers['article.open']({ article });
  const { fields, body, conflicts, generation, readOnly } = opened;
  offersWhatMayBe(turn, opened);
  const view = { generation, content: { fields, body, conflicts }, readOnly: readOnly !== null };
  client.views.set(article, view);
  return view;
}

/** Whoever may write in an article can, as far as this computer knows, and is offered only what they may do with it. */
function offersWhatMayBe({ client, core, world }: Turn, opened: OpenArticle): void {
  const { record, readOnly, offers, dirty, revision, fields, changedSincePublished } = opened;
  const { approvedRevision, binned, desk, createdBy: author, id, live, state } = record;
  const { memberships } = core.store.people.person(client.who.id) ?? client.who;
  const standing = { person: client.who.id, memberships, desk, author };
  const isLegible = core.store.working.read(id)?.standing === 'editable';
  if ((readOnly === null) !== (isLegible && !binned && mayWrite(standing)))
    world.broken(10, `On client ${client.index} ${id} is ${readOnly ?? 'open to be written in'}`);
  // What was typed is sealed first, and moves the article to the desk that it names.
  const moves = dirty && (revision?.hash ?? null) === record.head;
  const then = { ...standing, desk: moves ? fields.desk : desk };
  const isApproved =
    state !== 'scheduled' && !dirty && revision !== null && revision.hash === approvedRevision;
  for (const [step, { from, needsLive }] of Object.entries(RULES)) {
    // To approve what is approved changes nothing; and for a correction there must be something that can be approved.
    if (step === 'correct' || (step === 'approve' && isApproved)) continue;
    const isDue = (from as readonly string[]).includes(state) && (!needsLive || live);
    const isOffered = offers.some(({ transition }) => transition === step);
    if (isLegible && (isDue && mayTransit(step, then)) !== isOffered)
      world.broken(10, `Client ${client.index} offers to ${step} ${id} to the wrong person.`);
  }
  if (isLegible && changedSincePublished !== (live && saysOther(core, opened)))
    world.broken(
      11,
      `Client ${client.index} says otherwise whether ${id} differs from what readers see.`,
    );
  for (const { transition, allowed } of offers) {
    // A correction is an approval first.
    const step = transition === 'correct' ? 'approve' : transition;
    const isOpen = (RULES[step]!.from as readonly string[]).includes(state) && !binned;
    if (allowed && !(isOpen && mayTransit(step, then)))
      world.broken(
        10,
        `Client ${client.index} offers to ${transition} ${id}, which is not theirs to do.`,
      );
  }
}

/** Whether the text says other than what readers see, as far as that can be read here. */
function saysOther({ store }: Core, { record, fields, body }: OpenArticle): boolean {
  const { publishedRevision } = record;
  const published = publishedRevision === null ? null : store.revisions.open(publishedRevision);
  const shown = published && { fields: published.fields, body: published.body };
  return canonicalJson(shown) !== canonicalJson({ fields, body });
}

export function pickArticle({ client, core, dice, world }: Turn): Id | null {
  const known = world.articles.filter((article) => core.store.articles.exists(article));
  if (known.length === 0) return null;
  if (client.reading === null || !known.includes(client.reading) || dice.chance(0.06))
    client.reading = dice.pick(known);
  return client.reading;
}

/** How often somebody who has just done something takes it back. */
const TAKEN_BACK = 0.05;

/** Types: the edit is on the disk when the core answers, and not lost from then on. */
export async function type(turn: Turn): Promise<void> {
  const article = pickArticle(turn);
  if (article === null) return create(turn);
  const view = await look(turn, article);
  if (!view || view.readOnly) {
    turn.client.reading = null;
    return;
  }
  standIn(turn, article, view.content);
  const { world, client, core, dice } = turn;
  const { words } = world;
  const desk = { content: view.content, dice, words, who: client.who.id, now: iso(turn) };
  const before = dice.chance(TAKEN_BACK) ? view.before : undefined;
  const writing = before ? takeBack(view.content, before) : writeSomething(desk);
  if (writing) await save(turn, article, view, writing);
  if (dice.chance(0.3)) core.engine.noteEdit(article);
}

/** Somebody puts the cursor into a paragraph of the article that they have open, or goes away from it. */
function standIn(turn: Turn, article: Id, { body }: Content): void {
  const { world, client, core, dice } = turn;
  if (!world.whereabouts || !dice.chance(0.25)) return;
  const block = body.length > 0 && dice.chance(0.9) ? dice.pick(body).$.id : null;
  const place = dice.chance(0.1) ? null : { article, block };
  world.whereabouts.moved(client, place);
  core.engine.move(place);
}

export async function save(turn: Turn, article: Id, view: View, writing: Writing): Promise<void> {
  const { world, client, core } = turn;
  const saved = world.ledger.intend(client.index, article, view.content, writing.after);
  const edit = { article, generation: view.generation, ...writing.edit };
  const there = core.store.working.read(article)?.content;
  const { merged, generation } = await core.articles.handlers['article.edit'](edit);
  saved();
  core.engine.noteEdit(article);
  if (merged) {
    client.views.delete(article);
    // What a window showed before its article was taken away may be unknown once that is there again.
    const passed = Number(core.store.values.get('working.generation') ?? 0);
    if (there && view.generation >= passed)
      meets(turn, article, { base: view.content, left: there, right: writing.after });
  } else {
    const { content: before } = view;
    client.views.set(article, { ...view, generation, content: writing.after, before });
    stands(turn, article, writing.after);
  }
}

/** What was called saved is what stands there: every field, block for block, and what there is to settle. */
function stands({ world, core, client }: Turn, article: Id, saved: Content): void {
  const content = core.store.working.read(article)?.content;
  if (!content || canonicalJson(content) !== canonicalJson(saved))
    world.broken(2, `Client ${client.index} saved an edit, but other text stands in ${article}.`);
}

/** What is written in a window that shows an older text is joined with what stands there, each as made of what it shows. */
function meets({ world, core, client }: Turn, article: Id, sides: Omit<Joining, 'merged'>): void {
  const merged = core.store.working.read(article)?.content;
  const [wrong] = merged ? brokenBy({ ...sides, merged }) : [];
  if (wrong)
    world.broken(wrong[0], `Of a late edit of ${article} on client ${client.index}, ${wrong[1]}.`);
}

/** In some newsrooms everybody works on one text, and they meet in it all the time. */
const MOST_ARTICLES = [1, 2, 3, 5];

export async function create(turn: Turn): Promise<void> {
  const { world } = turn;
  if (world.articles.length < diceOf(world.seed, 12).pick(MOST_ARTICLES)) await startOne(turn);
}

export async function startOne(
  turn: Turn,
  desk: Id = turn.dice.pick(turn.client.who.memberships).desk,
): Promise<void> {
  const { world, core, client } = turn;
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

export async function bin(turn: Turn): Promise<void> {
  const { core, dice, world } = turn;
  const binnedOnes = world.articles.filter((each) => core.store.articles.record(each)?.binned);
  const isTaken = binnedOnes.length > 0 && dice.chance(0.5);
  const article = isTaken ? dice.pick(binnedOnes) : pickArticle(turn);
  const record = article === null ? null : core.store.articles.record(article);
  if (article === null || !record) return;
  if (!record.binned && dice.chance(0.6)) return;
  const { binned } = record;
  await core.articles.handlers['article.bin']({ article, binned: !binned });
  turn.client.views.delete(article);
  if (core.store.articles.record(article)?.binned === binned)
    turn.world.broken(11, `Client ${turn.client.index} still sees ${article} where it was.`);
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
  stands(turn, article, after);
}
