import type { Id } from '#shared/article';
import type { Dice } from '../world/dice.ts';
import type { World } from '../world/world.ts';
import { isSeated, seated, turnOf, type Seated } from './chiefs.ts';
import { startOne, type as write } from './desk-work.ts';
import { goBack } from './going-back.ts';
import { loseComputer } from './losses.ts';
import { comeInReach, goesOn, leaveReach, passUntil } from './moments.ts';
import { sendAll, speakOf } from './talk.ts';

/** So few changes are told at a time that a feed takes many requests. */
const AT_A_TIME = 2;
const LONG_MS = 60_000;

/**
 * A computer is stopped in the midst of reading the feed: what nobody else has heard of is lost by the server, and whoever
 * wrote it is killed while they read its feed anew; or somebody has heard half of it when the server loses it, and its
 * writer’s computer is lost as well; or they speak about it while they are out of reach, and so before it is there again.
 */
export async function stopHalfWay(world: World, dice: Dice): Promise<void> {
  const there = seated(world);
  const writer = dice.pick(there);
  const { desk } = dice.pick(writer.who.memberships);
  const readers = there.filter(
    ({ who }) => who.id !== writer.who.id && who.memberships.some((one) => one.desk === desk),
  );
  const image = world.server.image();
  const how = dice.chance(0.5) ? 'by-hand' : 'command';
  for (const client of there) if (client !== writer) leaveReach(client);
  await startOne(turnOf(world, writer, dice), desk);
  const article = writer.reading;
  if (article === null) return;
  for (let many = dice.between(2, 3); many > 0; many -= 1) {
    await write(turnOf(world, writer, dice));
    await sendAll(world, writer);
  }
  await speakOf(world, writer, article, null);
  await sendAll(world, writer);
  const what = dice.next();
  const goesBack = (): Promise<void> => goBack(world, image, how);
  const isHalf = what < 0.65;
  if (readers.length === 0 || what < 0.35) await killedOverIt(world, writer, goesBack);
  else
    await begunAndLost(
      { world, dice, writer, article },
      readers.slice(0, isHalf ? 1 : 2),
      isHalf,
      goesBack,
    );
  for (const client of there) await comeInReach(world, client);
}

/** Whoever wrote it reads the feed of the server that lost it, and Stet dies before the end. */
async function killedOverIt(
  world: World,
  writer: Seated,
  goesBack: () => Promise<void>,
): Promise<void> {
  const { core } = writer;
  leaveReach(writer);
  await goesBack();
  const article = writer.reading;
  if (article !== null) await speakOf(world, writer, article, null);
  writer.line.most = AT_A_TIME;
  await comeInReach(world, writer);
  const begins = core.store.feed.cursor();
  const isReading = (): boolean => ![begins, null].includes(core.store.feed.cursor());
  await passUntil(world, () => !goesOn(writer, core) || isReading(), LONG_MS);
  if (goesOn(writer, core)) {
    writer.kill();
    await world.schedule.pass(0);
    await writer.open();
  }
  writer.line.most = null;
}

interface Begun {
  world: World;
  dice: Dice;
  writer: Seated;
  article: Id;
}

/** Some have read it, or half of it, before the server loses it, and its writer’s computer is lost. One of them speaks of it. */
async function begunAndLost(
  { world, dice, writer, article }: Begun,
  readers: readonly Seated[],
  isHalf: boolean,
  goesBack: () => Promise<void>,
): Promise<void> {
  for (const reader of readers) await readOf(world, reader, article, isHalf);
  await goesBack();
  if (isSeated(writer)) await loseComputer(world, writer, dice);
  const [first] = readers;
  if (first && isSeated(first) && first.core.store.articles.exists(article))
    await speakOf(world, first, article, null);
}

async function readOf(world: World, reader: Seated, article: Id, isHalf: boolean): Promise<void> {
  const { articles } = reader.core.store;
  reader.line.most = isHalf ? 1 : null;
  await comeInReach(world, reader);
  const hasRead = (): boolean =>
    isHalf ? articles.halfTold().includes(article) : articles.exists(article);
  await passUntil(world, hasRead, LONG_MS);
  leaveReach(reader);
  reader.line.most = null;
  await world.schedule.pass(0);
}
