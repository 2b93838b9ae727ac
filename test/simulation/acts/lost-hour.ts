import type { Client } from '../world/client.ts';
import type { Dice } from '../world/dice.ts';
import { giveRoles } from '../world/roles.ts';
import type { World } from '../world/world.ts';
import { bin, startOne, type as write, type Turn } from './desk-work.ts';
import { goBack } from './going-back.ts';
import { catchUp } from './good-day.ts';
import { loseComputer } from './losses.ts';
import { comeInReach, leaveReach, passUntil } from './moments.ts';
import { addPicture } from './pictures.ts';
import { transit } from './review.ts';
import { comment } from './talk.ts';

const WORK = { write, startOne, discardOne, comment, addPicture, bin, transit };
const WEIGHTS: Record<keyof typeof WORK, number> = {
  write: 5,
  startOne: 3,
  discardOne: 1.5,
  comment: 2,
  addPicture: 1.5,
  bin: 1.5,
  transit: 1.5,
};

/**
 * What several people did and sent in an hour is in no backup, and the server goes back to one. Some are out of reach
 * then, some read its feed anew and are killed half-way, and some computers never come back.
 */
export async function loseAnHour({ world, dice }: Turn): Promise<void> {
  if (!world.server.up) return;
  const image = world.server.image();
  const there = world.clients.filter(({ core }) => core !== null);
  const atWork = there.filter(() => dice.chance(0.6));
  const [first, ...others] = atWork;
  const what = dice.next();
  const isLost = what > 0.6;
  // What the first did, the others have heard of.
  if (first) await workAndSend(world, first, dice, isLost ? ['startOne', 'write'] : []);
  // What was begun on a computer that is lost is for whoever read it to bring back.
  if (first && isLost) await catchUp(world, dice.pick(there));
  // What the last did nobody else has heard of, and they are left without a desk before they hear of the loss; or they have
  // heard that it was done, and nothing behind that.
  const last = what > 0.3 && what < 0.5 ? others.pop() : undefined;
  const isStripped = what < 0.4;
  for (const client of others) await workAndSend(world, client, dice);
  if (last) {
    for (const client of there) if (client !== last) leaveReach(client);
    await workAndSend(world, last, dice, ['write', 'write', 'write']);
    if (!isStripped) leaveReach(last);
  }
  if (first && what < 0.3) leaveReach(first);
  await goBack(world, image, dice.chance(0.4) ? 'by-hand' : 'command');
  if (last && isStripped) await giveRoles(world, last.who.id, []);
  else if (last) await comeBack(world, last, dice);
  if (first && isLost) await loseComputer(world, first, dice);
  for (const client of others) if (dice.chance(0.7)) await comeBack(world, client, dice);
}

/** Starts an article and writes in it, only to put it into the bin. */
async function discardOne(turn: Turn): Promise<void> {
  const { client, core } = turn;
  await startOne(turn);
  const article = client.reading;
  await write(turn);
  if (article === null || client.core !== core) return;
  await core.articles.handlers['article.bin']({ article, binned: true });
}

async function workAndSend(
  world: World,
  client: Client,
  dice: Dice,
  first: readonly (keyof typeof WORK)[] = [],
): Promise<void> {
  await catchUp(world, client);
  const work = [...first];
  for (let many = dice.between(1, 3); many > 0; many -= 1) work.push(dice.weighted(WEIGHTS));
  for (const each of work)
    if (client.core) await WORK[each]({ world, client, core: client.core, dice });
  client.core?.articles.sealAll();
  client.core?.engine.now();
  await passUntil(world, () => client.core?.store.outbox.counts().waiting === 0);
}

async function comeBack(world: World, client: Client, dice: Dice): Promise<void> {
  await comeInReach(world, client);
  await world.schedule.pass(dice.between(20, 400));
  if (!dice.chance(0.3)) return;
  client.kill();
  await world.schedule.pass(0);
  await client.open();
}
