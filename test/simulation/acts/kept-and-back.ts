import type { Id } from '#shared/article';
import type { Dice } from '../world/dice.ts';
import { giveRoles } from '../world/roles.ts';
import type { World } from '../world/world.ts';
import { seated, turnOf, type Seated } from './chiefs.ts';
import { anotherDesk, bringBack, dieBringingBack } from './closing.ts';
import { startOne, type as write, type Turn } from './desk-work.ts';
import { comeInReach, goesOn, leaveReach, passUntil } from './moments.ts';
import { addPicture } from './pictures.ts';
import { sendAll, speakOf } from './talk.ts';

const LONG_MS = 20_000;

/** A colleague’s article that both have, with a thread in it. */
async function begunByColleague(
  { world, dice }: { world: World; dice: Dice },
  colleague: Seated,
  reader: Seated,
  desk: Id,
): Promise<{ article: Id; thread: Id } | null> {
  for (const client of [colleague, reader]) await comeInReach(world, client);
  await startOne(turnOf(world, colleague, dice), desk);
  const article = colleague.reading;
  if (article === null) return null;
  await write(turnOf(world, colleague, dice));
  const thread = await speakOf(world, colleague, article, null);
  await sendAll(world, colleague);
  reader.core.engine.now();
  const { articles, comments } = reader.core.store;
  const isThere = (): boolean => articles.exists(article) && comments.list(article).length > 0;
  await passUntil(world, isThere, LONG_MS);
  // They may have taken it to another desk while they wrote.
  const isOfDesk = articles.record(article)?.desk === desk;
  return thread !== null && isThere() && isOfDesk ? { article, thread } : null;
}

async function beginToSay({ world, core }: Turn, article: Id, thread: Id | null): Promise<void> {
  const text = world.words.sentence();
  await core.articles.handlers['comments.keep']({ article, thread, anchor: null, text });
}

/** All that may be unsent in an article: words, a picture, threads and answers, given and begun, and what is in no revision. */
async function doEverything(turn: Turn, writer: Seated, article: Id, thread: Id): Promise<void> {
  const { world, core } = turn;
  writer.reading = article;
  await write(turn);
  await addPicture(turn);
  await core.articles.handlers['article.seal']({ article });
  const own = await speakOf(world, writer, article, null);
  await speakOf(world, writer, article, own);
  await speakOf(world, writer, article, thread);
  for (const about of [null, own, thread]) await beginToSay(turn, article, about);
  await write(turn);
}

/** What was brought back is closed once more before it was sent: it is kept twice, and comes back once. */
async function takenAwayOnceMore(turn: Turn, writer: Seated, article: Id): Promise<void> {
  const { world, core } = turn;
  const { id: person } = writer.who;
  const memberships = [...world.watch.memberships(person)];
  leaveReach(writer);
  await bringBack(turn);
  await giveRoles(world, person, []);
  await comeInReach(world, writer);
  await passUntil(world, () => !core.store.articles.exists(article), LONG_MS);
  await giveRoles(world, person, memberships);
  await comeInReach(world, writer);
  await passUntil(world, () => core.store.articles.exists(article), LONG_MS);
  leaveReach(writer);
}

/**
 * Somebody does all that can be done to a colleague’s article while they are out of reach, loses every desk, and gets this
 * one back, or another: what the vault kept comes back to its article, or as a new one, or Stet dies over that at first.
 */
export async function keepAndBringBack(world: World, dice: Dice, isKilled = false): Promise<void> {
  const there = seated(world).filter(({ who }) => world.watch.memberships(who.id).length > 0);
  const writer = dice.pick(there);
  const { id: person } = writer.who;
  const memberships = [...world.watch.memberships(person)];
  const { desk } = dice.pick(memberships);
  const colleague = there.find(
    ({ who }) =>
      who.id !== person && world.watch.memberships(who.id).some((one) => one.desk === desk),
  );
  if (!colleague) return;
  const begun = await begunByColleague({ world, dice }, colleague, writer, desk);
  if (!begun) return;
  const { article, thread } = begun;
  const turn = turnOf(world, writer, dice);
  leaveReach(writer);
  await doEverything(turn, writer, article, thread);
  await giveRoles(world, person, []);
  await comeInReach(world, writer);
  await passUntil(world, () => !turn.core.store.articles.exists(article), LONG_MS);
  const elsewhere = dice.chance(0.5) ? anotherDesk(desk) : [];
  await giveRoles(world, person, elsewhere.length > 0 ? elsewhere : memberships);
  await write(turnOf(world, colleague, dice));
  await sendAll(world, colleague);
  await comeInReach(world, writer);
  await passUntil(world, () => turn.core.store.articles.exists(article), LONG_MS);
  // It is taken up again before it is brought back.
  if (elsewhere.length === 0) await beginToSay(turn, article, null);
  if (dice.chance(0.5)) await takenAwayOnceMore(turn, writer, article);
  if (isKilled) await dieBringingBack(turn);
  for (let many = 2; many > 0 && goesOn(writer, turn.core); many -= 1) await bringBack(turn);
  await comeInReach(world, writer);
  await world.schedule.pass(LONG_MS);
  await giveRoles(world, person, writer.who.memberships);
  for (const client of [writer, colleague]) await comeInReach(world, client);
}
