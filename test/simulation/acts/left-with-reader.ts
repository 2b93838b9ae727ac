import type { Dice } from '../world/dice.ts';
import type { World } from '../world/world.ts';
import { isSeated, seated, turnOf } from './chiefs.ts';
import { startOne, type as write } from './desk-work.ts';
import { goBack } from './going-back.ts';
import { catchUp } from './good-day.ts';
import { loseComputer } from './losses.ts';
import { comeInReach, leaveReach } from './moments.ts';
import { sendAll, speakOf } from './talk.ts';

/**
 * What somebody has just begun is in no backup, and the server goes back to one; their computer is lost, and one colleague
 * alone has read it: mostly one who may not start an article on that desk; another speaks about it as well.
 */
export async function leaveWithReader(world: World, dice: Dice): Promise<void> {
  const there = seated(world);
  const writer = dice.pick(there);
  const { desk } = dice.pick(writer.who.memberships);
  const others = there.filter(({ who }) => who.id !== writer.who.id);
  const away = others.filter(({ who }) => who.memberships.every((one) => one.desk !== desk));
  const readers = away.length > 0 && dice.chance(0.7) ? away : others;
  if (readers.length === 0) return;
  const reader = dice.pick(readers);
  const image = world.server.image();
  for (const client of there) if (client !== writer) leaveReach(client);
  await startOne(turnOf(world, writer, dice), desk);
  const article = writer.reading;
  await write(turnOf(world, writer, dice));
  await sendAll(world, writer);
  await comeInReach(world, reader);
  await catchUp(world, reader);
  const speaks = !away.includes(reader) && reader.core.store.articles.exists(article ?? '');
  if (article !== null && speaks) {
    const thread = await speakOf(world, reader, article, null);
    await speakOf(world, reader, article, thread);
    await sendAll(world, reader);
  }
  await goBack(world, image, dice.chance(0.5) ? 'by-hand' : 'command');
  if (isSeated(writer)) await loseComputer(world, writer, dice);
  for (const client of there) await comeInReach(world, client);
}
