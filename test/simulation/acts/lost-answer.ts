import { bin, pickArticle, seal, type as write, type Turn } from './desk-work.ts';
import { comeInReach, goesOn, isAnswered, leaveReach, passUntil, waitingIn } from './moments.ts';
import { transit } from './review.ts';
import { rush } from './rush.ts';
import { comment } from './talk.ts';
import { revoke } from './losses.ts';

const ASKED = {
  transit: 6,
  bin: 1,
  comment: 2,
  write: 3,
} as const;

/**
 * The server does what it is asked, and its answer never arrives. Meanwhile a colleague goes on with the article, or the
 * computer is signed out and comes back as another, or Stet is killed; then it is asked again.
 */
export async function loseAnswer(turn: Turn): Promise<void> {
  const { world, client, core, dice } = turn;
  const article = pickArticle(turn);
  if (article === null) return;
  await comeInReach(world, client);
  await ask(turn);
  const last = waitingIn(core).at(-1);
  if (last === undefined) return;
  core.engine.now();
  const wasTaken = await passUntil(world, () => isAnswered(world, last));
  if (!wasTaken || !goesOn(client, core)) return;
  leaveReach(client);
  const then = dice.next();
  if (then < 0.4) await revoke(world, client);
  else if (then < 0.85) await goOn(turn);
  else client.kill();
  await world.schedule.pass(dice.between(200, 1500));
  await client.open();
  await comeInReach(world, client);
  await world.schedule.pass(dice.between(300, 1500));
}

async function ask(turn: Turn): Promise<void> {
  switch (turn.dice.weighted(ASKED)) {
    case 'transit':
      return transit(turn);
    case 'bin':
      return bin(turn);
    case 'comment':
      return comment(turn);
    case 'write':
      await write(turn);
      return seal(turn);
  }
}

/** A colleague who hears of it at once takes the next step. */
async function goOn({ world, client, dice }: Turn): Promise<void> {
  const colleagues = world.clients.filter((one) => one !== client && one.core?.engine);
  if (colleagues.length === 0) return;
  const colleague = dice.pick(colleagues);
  await comeInReach(world, colleague);
  await world.schedule.pass(400);
  if (!colleague.core) return;
  colleague.reading = client.reading;
  const turn = { world, client: colleague, core: colleague.core, dice };
  await (dice.chance(0.5) ? transit(turn) : rush(turn));
  await write(turn);
  await seal(turn);
  colleague.core.engine.now();
  await world.schedule.pass(400);
}
