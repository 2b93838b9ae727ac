import { attempt, bin, create, restore, seal, type as write, type Turn } from './acts/desk-work.ts';
import { bringBack, closeWhileWriting } from './acts/closing.ts';
import { leaveBeside, meetCrosswise } from './acts/crosswise.ts';
import { latePicture } from './acts/late-picture.ts';
import { loseAnHour } from './acts/lost-hour.ts';
import { loseAnswer } from './acts/lost-answer.ts';
import { meet } from './acts/meeting.ts';
import { overstep } from './acts/overstep.ts';
import { actAtReaders } from './acts/cms.ts';
import { tidyOutbox } from './acts/outbox.ts';
import { addPicture } from './acts/pictures.ts';
import { planTheDay } from './acts/planned-day.ts';
import { complete, seeThrough, transit } from './acts/review.ts';
import { rush } from './acts/rush.ts';
import { writeInTwoTabs } from './acts/tabs.ts';
import { comment, handleMessage, readerWrites } from './acts/talk.ts';
import { TROUBLES, TROUBLE_WEIGHTS } from './acts/trouble.ts';
import { checkBrought, checkCms } from './checks/cms.ts';
import { checkDatabases } from './checks/databases.ts';
import { checkConvergence } from './checks/convergence.ts';
import { checkHistory } from './checks/history.ts';
import { checkInbox, checkLists } from './checks/lists.ts';
import { checkMerges, checkRehearsals } from './checks/merges.ts';
import { checkPictures } from './checks/pictures.ts';
import { checkAsked, checkTold } from './checks/told.ts';
import { checkShown } from './checks/shown.ts';
import { checkStanding } from './checks/standing.ts';
import { checkTakenForSent } from './checks/taken-for-sent.ts';
import { checkServer } from './checks/server-state.ts';
import { readServerDisk } from './checks/server-disk.ts';
import { checkComments, checkTexts } from './checks/texts.ts';
import { checkClosed, checkVaults } from './checks/vault.ts';
import { checkWaiting } from './checks/waiting.ts';
import { drain } from './drain.ts';
import type { Violation } from './checks/invariants.ts';
import { diceOf, type Dice } from './world/dice.ts';
import { createWorld, describe, type World } from './world/world.ts';

/** What to run: a seed gives everything else; `skip` leaves steps out without changing the others. */
export interface Plan {
  seed: number;
  steps: number;
  folder: string;
  clients?: number | undefined;
  skip?: ReadonlySet<number> | undefined;
  /** Hears of every step. */
  trace?: Trace | undefined;
}

export interface Outcome {
  violation: Violation | null;
  /** Operations that the server accepted, by kind. */
  accepted: Record<string, number>;
  merges: number;
  conflicts: number;
}

const ACTS = {
  write,
  seal,
  seeThrough,
  transit,
  complete,
  comment,
  handleMessage,
  readerWrites,
  bin,
  restore,
  create,
  tidyOutbox,
  overstep,
  rush,
  addPicture,
  meet,
  meetCrosswise,
  leaveBeside,
  loseAnswer,
  loseAnHour,
  latePicture,
  planTheDay,
  closeWhileWriting,
  bringBack,
  writeInTwoTabs,
} satisfies Record<string, (turn: Turn) => Promise<void>>;

const ACT_WEIGHTS: Record<keyof typeof ACTS, number> = {
  write: 54,
  seal: 4,
  seeThrough: 16,
  transit: 22,
  complete: 4,
  comment: 4,
  handleMessage: 2,
  readerWrites: 3,
  bin: 3,
  restore: 1,
  create: 3,
  tidyOutbox: 3,
  overstep: 7,
  rush: 12,
  addPicture: 4,
  meet: 7,
  meetCrosswise: 1,
  leaveBeside: 0.7,
  loseAnswer: 3,
  loseAnHour: 2.5,
  latePicture: 1.5,
  planTheDay: 2,
  closeWhileWriting: 4,
  bringBack: 1,
  writeInTwoTabs: 3,
};

/** How much of what happens is trouble: some newsrooms are luckier than others. */
const TROUBLED = [0.06, 0.12, 0.22];

type Trace = (step: number, client: number, what: string) => void;

async function step(
  world: World,
  dice: Dice,
  troubled: number,
  trace: Trace | undefined,
): Promise<void> {
  const client = dice.pick(world.clients);
  if (dice.chance(troubled)) {
    const name = dice.weighted(TROUBLE_WEIGHTS);
    trace?.(world.step, client.index, name);
    await attempt(name, world, async () => TROUBLES[name]({ world, client, dice }));
  } else if (client.core) {
    const name = dice.weighted(ACT_WEIGHTS);
    trace?.(world.step, client.index, name);
    const turn = { world, client, core: client.core, dice };
    await attempt(name, world, () => ACTS[name](turn));
  } else if (dice.chance(0.4)) {
    await attempt('open', world, () => client.open());
  }
  await actAtReaders(world, diceOf(world.seed, 31, world.step), trace);
  await world.schedule.pass(pause(dice));
  checkClosed(world);
  checkTold(world);
  checkBrought(world);
  world.whereabouts?.check();
  checkInbox(client, world.broken);
  checkTakenForSent(world, client);
  if (client.reading === null) return;
  checkStanding(world, client, client.reading);
  checkWaiting(world, client, client.reading);
  await checkHistory(world, client, client.reading);
}

function pause(dice: Dice): number {
  const length = dice.next();
  if (length < 0.85) return dice.between(10, 300);
  return length < 0.96 ? dice.between(500, 3000) : dice.between(3000, 30_000);
}

/** One run from its seed to its end: first what people and the world do, then the checks. */
export async function run({ seed, steps, folder, clients, skip, trace }: Plan): Promise<Outcome> {
  const world = await createWorld({ seed, folder, clients });
  try {
    await live(world, steps, skip, trace);
  } catch (error) {
    world.broken(15, `The run was thrown out of its course: ${describe(error)}`);
  }
  try {
    return await judge(world);
  } catch (error) {
    world.broken(15, `The checks could not be made: ${describe(error)}`);
    return outcomeOf(world, { merges: 0, conflicts: 0 });
  } finally {
    await world.close();
  }
}

async function live(
  world: World,
  steps: number,
  skip: Plan['skip'],
  trace: Trace | undefined,
): Promise<void> {
  const troubled = diceOf(world.seed, 5).pick(TROUBLED);
  for (; world.step < steps && !world.violation(); world.step += 1)
    if (!skip?.has(world.step))
      await step(world, diceOf(world.seed, 6, world.step), troubled, trace);
  if (!world.violation()) await drain(world);
}

/** The checks, in the order in which a breach explains the ones behind it. */
async function judge(world: World): Promise<Outcome> {
  let merges = { merges: 0, conflicts: 0 };
  if (!world.violation()) {
    checkVaults(world);
    checkAsked(world);
  }
  if (!world.violation()) {
    const disk = readServerDisk(world.server.file);
    checkTexts(world, disk);
    checkComments(world, disk);
    await checkConvergence(world);
    checkServer(world, disk);
    merges = checkMerges(world, disk);
    checkRehearsals(world, disk);
    checkPictures(world);
    checkLists(world, disk);
    await checkShown(world);
    checkCms(world, disk);
  }
  if (!world.violation()) await checkDatabases(world);
  return outcomeOf(world, merges);
}

function outcomeOf(world: World, merges: Pick<Outcome, 'merges' | 'conflicts'>): Outcome {
  const accepted = Object.fromEntries(world.watch.accepted);
  return { violation: world.violation(), accepted, ...merges };
}
