import type { Id } from '#shared/article';
import type { Transition } from '#shared/workflow';
import type { Client } from '../world/client.ts';
import type { Dice } from '../world/dice.ts';
import { clearFault, planFault } from '../world/disk.ts';
import { WORLD } from '../world/newsroom.ts';
import { giveRoles } from '../world/roles.ts';
import type { World } from '../world/world.ts';
import { chiefsOf, isChief, isSeated, publishable, seated, turnOf, type Seated } from './chiefs.ts';
import { attempt, seal, startOne, type as write, type Turn } from './desk-work.ts';
import { goBack } from './going-back.ts';
import { catchUp } from './good-day.ts';
import { writeMuch } from './meeting.ts';
import { onGoodLines, passUntil } from './moments.ts';
import { moveOn, seeThrough } from './review.ts';

const HOUR_MS = 3_600_000;
/** As long as the server takes at most to look again, and to do what it finds. */
const SOON_MS = 6000;
const MOST_PATIENCE_MS = 30_000;

/** A chief and what they planned: articles that fall due in one moment. */
interface Plan {
  world: World;
  chief: Seated;
  articles: readonly Id[];
  dice: Dice;
}

/** What happens just before the moment, or in it. */
const MEANWHILE = {
  nothing: () => undefined,
  killServer({ world, dice }: Plan) {
    const when = dice.chance(0.5) ? 'before' : 'behind';
    world.server.ambush(dice.below(4), when, () => world.server.kill());
  },
  failDisk({ world, dice }: Plan) {
    const kind = dice.chance(0.5) ? 'full' : 'broken';
    planFault(world.server.file, { kind, left: dice.below(25) });
  },
  /** Everything has been due for long when somebody starts it again. */
  async stopServer({ world, dice }: Plan) {
    await world.server.stop();
    world.slept += dice.between(1, 20) * HOUR_MS;
  },
  async thinkAgain({ world, chief, articles, dice }: Plan) {
    const change = dice.pick(CHANGES);
    if (isSeated(chief)) await moveOn(turnOf(world, chief, dice), dice.pick(articles), change);
  },
  /** What they planned holds, though they are a chief no more. */
  loseTheirDesk: ({ world, chief: { who } }: Plan) =>
    giveRoles(
      world,
      who.id,
      who.memberships.map(({ desk }) => ({ desk, role: 'copy-editor' })),
    ),
} satisfies Record<string, (plan: Plan) => void | Promise<void>>;

const HOW_LIKELY: Record<keyof typeof MEANWHILE, number> = {
  nothing: 4,
  killServer: 2,
  failDisk: 1,
  stopServer: 1,
  thinkAgain: 2,
  loseTheirDesk: 0.7,
};

const CHANGES: readonly Transition[] = ['send-back', 'approve', 'publish', 'schedule', 'withdraw'];

/** A chief sees to some articles, and has them go out in one moment. Often something goes wrong just then. */
export async function planTheDay({ world, dice }: Turn): Promise<void> {
  const chiefs = chiefsOf(world);
  if (chiefs.length === 0) return;
  await onGoodLines(world, () => plan(world, dice.pick(chiefs), dice));
}

async function plan(world: World, chief: Seated, dice: Dice): Promise<void> {
  await comeToWork(world, chief);
  const backup = dice.chance(0.05) ? world.server.image() : null;
  const articles = await toBePlanned(world, chief, dice);
  // They look at the clock of the server.
  if (dice.chance(0.8)) chief.clockOff = world.serverClockOff;
  const due = world.server.context().clock() + dice.between(6, 30) * 1000;
  const at = new Date(due).toISOString();
  for (const article of articles) {
    if (!isSeated(chief)) return;
    const turn = turnOf(world, chief, dice);
    await attempt('plan', world, () => seeThrough(turn, article, { last: 'schedule', at }));
  }
  if (articles.length === 0 || !(await send(world, chief))) return;
  if (backup) await goBack(world, backup, dice.chance(0.4) ? 'by-hand' : 'command');
  const untilThen = due - world.server.context().clock();
  await world.schedule.pass(Math.max(0, untilThen - dice.between(0, 2000)));
  const planned = { world, chief, articles, dice };
  const meanwhile = dice.weighted(HOW_LIKELY);
  await attempt(meanwhile, world, async () => MEANWHILE[meanwhile](planned));
  await world.schedule.pass(SOON_MS);
  await repair(world);
  await world.schedule.pass(SOON_MS);
  if (dice.chance(0.6)) await followUp(planned);
}

/** Somebody is at work, and has sent what they had. */
async function comeToWork(world: World, client: Client): Promise<void> {
  await catchUp(world, client);
  await passUntil(
    world,
    () =>
      client.core?.engine.standing().state === 'online' &&
      client.core.store.outbox.counts().waiting === 0,
    MOST_PATIENCE_MS,
  );
}

async function repair({ server }: World): Promise<void> {
  server.disarm();
  clearFault(server.file);
  if (!server.up) await server.start();
}

async function send(world: World, client: Client): Promise<boolean> {
  client.core?.engine.now();
  return passUntil(world, () => client.core?.store.outbox.counts().waiting === 0);
}

/** Up to three articles that the chief can take to readers; where there is none, a colleague writes one. */
async function toBePlanned(world: World, chief: Seated, dice: Dice): Promise<Id[]> {
  const able = publishable(world, chief, world.articles);
  const first = dice.below(Math.max(1, able.length));
  if (able.length > 0)
    return [...able.slice(first), ...able.slice(0, first)].slice(0, dice.between(1, 3));
  const desks = world.watch
    .memberships(chief.who.id)
    .flatMap(({ desk }) => (isChief(world, chief, desk) ? [desk] : []));
  const colleagues = seated(world).flatMap((client) =>
    desks
      .filter((desk) => {
        const works = world.watch.memberships(client.who.id).some((one) => one.desk === desk);
        return works && (client.who !== chief.who || desk === WORLD.id);
      })
      .map((desk) => ({ client, desk })),
  );
  if (colleagues.length === 0) return [];
  const { client, desk } = dice.pick(colleagues);
  await comeToWork(world, client);
  if (!isSeated(client)) return [];
  const turn = turnOf(world, client, dice);
  await attempt('start', world, async () => {
    await startOne(turn, desk);
    if (client.reading !== null) await writeMuch(turn, client.reading, 'insert');
    await seal(turn);
  });
  await send(world, client);
  await comeToWork(world, chief);
  return isSeated(chief) ? publishable(world, chief, world.articles) : [];
}

/** What readers have is corrected, withdrawn, or published anew with other words. */
async function followUp({ world, chief, articles, dice }: Plan): Promise<void> {
  await catchUp(world, chief);
  const article = dice.pick(articles);
  if (!isSeated(chief) || !chief.core.store.articles.exists(article)) return;
  const turn = turnOf(world, chief, dice);
  chief.reading = article;
  const what = dice.pick(['correct', 'withdraw', 'again'] as const);
  await attempt(what, world, async () => {
    if (what === 'again') {
      await write(turn);
      await seeThrough(turn, article);
    } else await moveOn(turn, article, what);
  });
  await send(world, chief);
}
