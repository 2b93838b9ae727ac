import { cursorOf, placeOf } from '#shared/api';
import { goAstray } from './acts/astray.ts';
import { attempt } from './acts/desk-work.ts';
import type { Scene } from './acts/cms-scene.ts';
import { offerFromOutside, workByHand } from './acts/by-hand.ts';
import { garbleOne, goBackToBackup } from './acts/damaged-since.ts';
import { goWithoutDesk } from './acts/without-desk.ts';
import { correctPost } from './acts/corrected-post.ts';
import { stopHalfWay } from './acts/half-way.ts';
import { comeInReach } from './acts/moments.ts';
import { keepAndBringBack } from './acts/kept-and-back.ts';
import { leaveWithReader } from './acts/left-with-reader.ts';
import { loseOne } from './acts/lost-one.ts';
import { checkMade, makeOfMessage } from './acts/reader-message.ts';
import { comeToDesk } from './acts/new-on-desk.ts';
import {
  changeKeywordsAlone,
  publishElsewhere,
  takeInWhileTyping,
  tryAgainAfter,
  turnDown,
} from './acts/cms-turned-down.ts';
import { forgeLostComment, goBackBesideOne } from './acts/forged-since.ts';
import { forgetPublication } from './acts/forgotten-publication.ts';
import { typeSinceApproval } from './acts/typed-since.ts';
import { readerWrites } from './acts/talk.ts';
import { pause } from './checks/pauses.ts';
import { checkBrought, checkCms } from './checks/cms.ts';
import { readServerDisk } from './checks/server-disk.ts';
import { checkStanding } from './checks/standing.ts';
import { checkClosed } from './checks/vault.ts';
import { checkWhereabouts } from './checks/whereabouts.ts';
import type { Client } from './world/client.ts';
import { clearFault } from './world/disk.ts';
import { PEOPLE } from './world/newsroom.ts';
import { diceOf, type Dice } from './world/dice.ts';
import { giveRoles } from './world/roles.ts';
import { FINE } from './world/network.ts';
import { admit, describe, type World } from './world/world.ts';

const MOST_ROUNDS = 15;
const QUIET_MS = 4000;
/** From then on the rounds grow longer: what one computer leaves undone another does after some minutes. */
const PATIENT_ROUNDS = 6;

/** What a server has lost comes back after some minutes; what nobody may or can send is what the checks judge. */
function awaits({ core }: Client): boolean {
  return core !== null && core.store.awaited.since(0).length > 0;
}

/** Whether a picture that the server holds is still on its way to somebody: some come at a time. */
async function lackPictures({ server, clients }: World): Promise<boolean> {
  const { db } = server.context().store;
  const held = await db.selectFrom('assets').select('hash').execute();
  return clients.some(({ core }) =>
    core?.store.assets.missing(100).some((missing) => held.some(({ hash }) => hash === missing)),
  );
}

/** What keeps a client from being through: nothing when it is. */
function unfinished({ core, index }: Client, position: string): string | null {
  if (!core) return `client ${index} is not running`;
  const { state, message } = core.engine.standing();
  if (state !== 'online') return `client ${index} is ${state}: ${message ?? ''}`;
  const { waiting } = core.store.outbox.counts();
  if (waiting > 0) return `client ${index} has ${waiting} operations waiting`;
  const cursor = core.store.feed.cursor();
  if (cursor !== position) return `client ${index} stands at ${cursor ?? ''}, not at ${position}`;
  const apart = core.store.feed.needsMerge();
  if (apart.length > 0) return `client ${index} has yet to merge ${apart.join()}`;
  if (core.store.assets.pendingUploads().length > 0) return `client ${index} has pictures to send`;
  const beside = core.store.articles.withSides();
  return beside.length > 0 ? `client ${index} sees versions beside ${beside.join()}` : null;
}

/** More than one: what is published meanwhile, since its time has come in the days between, may cut the comparison short. */
const ROUNDS_TO_HEAL = 3;

/** Longer than the longest wait between two attempts. */
const LONGEST_WAIT_MS = 330_000;

/** Nobody hears of what is new later than this, whether they are woken or not. */
const HEARS_WITHIN_MS = 150_000;

/** How far a client has read the feed; not at all in an epoch that is over. */
function readTo({ core }: Client, epoch: string): number {
  const place = placeOf(core?.store.feed.cursor() ?? '');
  return place.epoch === epoch ? place.seq : -1;
}

/**
 * Whoever was cut off and is signed in is back after a while, has sent what they had and heard of what the others did,
 * without being told to.
 */
async function comeBack({ clients, schedule, server, broken }: World): Promise<void> {
  await schedule.pass(LONGEST_WAIT_MS - HEARS_WITHIN_MS);
  const { epoch, seq } = await server.context().store.position();
  await schedule.pass(HEARS_WITHIN_MS);
  for (const client of clients) {
    const { core, index } = client;
    const { state, message } = core!.engine.standing();
    const { waiting } = core!.store.outbox.counts();
    if (state === 'signed-out') continue;
    const standing = `${state} with ${waiting} operations waiting: ${message ?? ''}`;
    if (state !== 'online' || waiting > 0)
      broken(12, `Client ${index} did not come back by itself. It is ${standing}`);
    else if (readTo(client, epoch) < seq)
      broken(12, `Client ${index} has heard of nothing for minutes. It is ${standing}`);
  }
}

const WOKEN_WITHIN_MS = 3000;

/**
 * Whoever has a line to the server hears at once that there is something new. What is not for everybody’s eyes moves
 * everybody on all the same.
 */
async function areWoken(world: World, dice: Dice): Promise<void> {
  const { clients, network, schedule, server, broken } = world;
  const woken = clients.filter(
    ({ core, line }) => line.listening && core?.engine.standing().state === 'online',
  );
  network.weather = { ...FINE, wake: 1 };
  await readerWrites({ world, dice });
  await schedule.pass(WOKEN_WITHIN_MS);
  const { epoch, seq } = await server.context().store.position();
  for (const client of woken)
    if (client.line.listening && readTo(client, epoch) < seq)
      broken(11, `Client ${client.index} was not woken when there was something new.`);
}

/** Puts everything right, brings everyone together, and waits until nobody has anything left to say. */
export async function drain(world: World): Promise<void> {
  const { server, network, clients } = world;
  network.weather = FINE;
  server.disarm();
  clearFault(server.file);
  if (!server.up) await server.start();
  server.demandProtocol(1);
  for (const { id, memberships } of PEOPLE) {
    await giveRoles(world, id, memberships);
  }
  for (const client of clients) {
    client.line.online = true;
    client.repairDisk();
    try {
      await client.open();
    } catch (error) {
      world.broken(15, `Client ${client.index} cannot be opened: ${describe(error)}`);
      return;
    }
    if (client.core) pause(client.core, false);
  }
  await world.cms?.putRight();
  const dice = diceOf(world.seed, 9);
  if (dice.chance(0.25)) await comeBack(world);
  await comeToRest(world);
  if (!world.violation()) await checkWhereabouts(world);
  if (!world.violation() && dice.chance(0.5)) {
    await areWoken(world, dice);
    await comeToRest(world);
  }
  if (!world.violation() && dice.chance(0.35)) {
    goAstray(world, dice.pick(clients), dice);
    await comeToRest(world, ROUNDS_TO_HEAL);
  }
  if (!world.violation() && dice.chance(0.3)) {
    await goWithoutDesk(world, dice, () => {
      checkClosed(world);
      for (const client of clients)
        for (const article of world.articles) checkStanding(world, client, article);
    });
    await comeToRest(world);
  }
  if (!world.violation() && world.cms && dice.chance(0.6)) {
    const { cms } = world;
    await correctPost({ world, cms, site: dice.pick(cms.sites), dice });
    checkBrought(world);
    await comeToRest(world);
  }
  if (!world.violation() && dice.chance(0.2)) {
    // Of what the server then forgets, nothing can be told any more.
    checkCms(world, readServerDisk(world.server.file));
    await leaveWithReader(world, dice);
    await comeToRest(world);
  }
  const later = diceOf(world.seed, 32);
  if (!world.violation() && world.cms) {
    const { cms } = world;
    await correctPost({ world, cms, site: later.pick(cms.sites), dice: later }, true);
    checkBrought(world);
    await comeToRest(world);
  }
  if (!world.violation() && later.chance(0.5)) {
    await workByHand(world, later);
    await comeToRest(world);
  }
  if (!world.violation() && later.chance(0.6)) {
    await loseOne(world, later);
    await comeToRest(world, ROUNDS_TO_HEAL);
  }
  if (!world.violation() && later.chance(0.4)) {
    checkCms(world, readServerDisk(world.server.file));
    await stopHalfWay(world, later);
    await comeToRest(world);
  }
  if (!world.violation() && later.chance(0.3)) {
    const made = await makeOfMessage(world, later);
    await comeToRest(world);
    if (made !== null && !world.violation()) checkMade(world, made);
  }
  if (!world.violation() && later.chance(0.3)) {
    await keepAndBringBack(world, later);
    await comeToRest(world);
  }
  await lastScenes(world);
}

type Last = (world: World, dice: Dice) => Promise<void>;

/** What then happens in some newsrooms. Whoever puts the server back forgets what it did; so that is looked at before. */
const LAST: readonly { happen: Last; chance: number; forgets?: true }[] = [
  { happen: typeSinceApproval, chance: 0.5 },
  { happen: comeToDesk, chance: 0.4 },
  { happen: offerFromOutside, chance: 0.4 },
  { happen: goBackBesideOne, chance: 0.2, forgets: true },
  { happen: forgeLostComment, chance: 0.2, forgets: true },
  { happen: garbleOne, chance: 0.25 },
  { happen: (world, dice) => keepAndBringBack(world, dice, true), chance: 0.25 },
  { happen: goBackToBackup, chance: 0.3 },
  { happen: inCms(forgetPublication), chance: 0.6, forgets: true },
  { happen: inCms(turnDown), chance: 0.5 },
  { happen: inCms(tryAgainAfter), chance: 0.5 },
  { happen: inCms(takeInWhileTyping), chance: 0.5 },
  { happen: inCms(changeKeywordsAlone), chance: 0.5 },
  { happen: inCms(publishElsewhere), chance: 0.5 },
];

/** At one of its CMSs, where the newsroom has any. */
function inCms(happen: (scene: Scene) => Promise<void>): Last {
  return async (world, dice) => {
    const { cms } = world;
    if (cms) await happen({ world, cms, site: dice.pick(cms.sites), dice });
  };
}

/** Each has dice of its own, so that one more changes nothing of the others. */
async function lastScenes(world: World): Promise<void> {
  for (const [index, { happen, chance, forgets }] of LAST.entries()) {
    const dice = diceOf(world.seed, 33, index);
    if (world.violation() || !dice.chance(chance)) continue;
    if (forgets) checkCms(world, readServerDisk(world.server.file));
    // What may not be done just then is left undone.
    await attempt('the last', world, () => happen(world, dice));
    for (const client of world.clients) await comeInReach(world, client);
    checkBrought(world);
    await comeToRest(world);
  }
}

/** Goes on until nobody has anything left to say, and for some rounds at least. */
async function comeToRest(world: World, atLeast = 1): Promise<void> {
  const { server, clients, schedule } = world;
  let reasons: (string | null)[] = [];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    for (const client of clients) {
      if (client.token === null || client.core?.engine.standing().state === 'signed-out')
        await admit(world, client);
      try {
        client.core?.articles.sealAll();
      } catch (error) {
        world.broken(15, `Client ${client.index} cannot seal: ${describe(error)}`);
        return;
      }
      client.core?.engine.now();
    }
    await schedule.pass(QUIET_MS * 2 ** Math.max(0, round - PATIENT_ROUNDS));
    const end = cursorOf(await server.context().store.position());
    reasons = clients.map((client) => unfinished(client, end));
    const undelivered = (await world.cms?.waiting()) ?? 0;
    if (undelivered > 0) reasons.push(`${undelivered} deliveries wait`);
    const through =
      reasons.every((reason) => reason === null) &&
      !clients.some(awaits) &&
      !(await lackPictures(world));
    if (through && round + 1 >= atLeast) return;
  }
  if (reasons.some((reason) => reason !== null))
    world.broken(12, `Still not through: ${reasons.filter(Boolean).join('; ')}.`);
}
