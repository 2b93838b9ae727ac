import { newId } from '#shared/article';
import type { Person } from '#shared/api';
import { changePerson } from '../../../src-server/accounts/newsroom.ts';
import { revokeDevice } from '../../../src-server/store/index.ts';
import type { Dice } from '../world/dice.ts';
import { handOf, type Hand } from '../world/hand.ts';
import { NEWS, PEOPLE, signIn, WORLD as ABROAD } from '../world/newsroom.ts';
import { giveRoles } from '../world/roles.ts';
import type { World } from '../world/world.ts';
import { commandByHand } from './commands-by-hand.ts';
import { tryToken } from './going-back.ts';
import { command, draftOf, write, type Scene } from './hand-made.ts';
import { sendByHand } from './pictures-by-hand.ts';

const [MIRA, JONAH, TOM, ANA, LEA] = PEOPLE as [Person, Person, Person, Person, Person];
/** A line of a device that was signed out ends with one of the next signs of life. */
const ENDS_WITHIN_MS = 35_000;

/**
 * Somebody has programs of their own, which ask the server for what no Stet asks: each answer passes the checker. Who wrote
 * them works on the News Desk, and so does its chief; a third works on the other desk alone.
 */
export async function workByHand(world: World, dice: Dice): Promise<void> {
  const scene = { world, dice };
  await startInOtherNames(scene);
  await commandByHand(scene);
  await leaveTheNewsroom(scene);
  await endsWhenSignedOut(scene);
  await sendByHand(world, dice);
}

/**
 * What a colleague is said to have begun is theirs, and the sender’s where the colleague might not begin it; whoever is
 * named and whoever sent it do not approve it. Nothing names a desk that is not there.
 */
async function startInOtherNames(scene: Scene): Promise<void> {
  const { world, dice } = scene;
  const chief = await handOf(world, JONAH, dice);
  const both = await handOf(world, TOM, dice);
  const away = await handOf(world, LEA, dice);
  const ofMira = draftOf(scene, NEWS.id);
  await write(scene, chief, ofMira, {}, MIRA.id);
  await command(scene, chief, ofMira, 'submit', 'draft');
  await command(scene, chief, ofMira, 'approve', 'in-review');
  const notOfMira = draftOf(scene, ABROAD.id);
  await write(scene, both, notOfMira, {}, MIRA.id);
  await write(scene, await handOf(world, MIRA, dice), notOfMira, { slugline: world.words.name() });
  await write(scene, both, notOfMira, { slugline: world.words.name() });
  const nowhere = newId(world.server.context().clock, dice.bytes);
  await write(scene, both, notOfMira, { desk: nowhere });
  const never = draftOf(scene, NEWS.id);
  for (const author of [LEA.id, MIRA.id, newId(world.server.context().clock, dice.bytes)])
    await write(scene, away, never, {}, author);
  await write(scene, both, never, { desk: nowhere });
}

/**
 * Somebody leaves the newsroom while they sign in once more: nothing is told to them or taken from them from then on, and
 * what is sent in their name is the sender’s. Later they come back.
 */
async function leaveTheNewsroom(scene: Scene): Promise<void> {
  const { world, dice } = scene;
  const { server, watch, clients } = world;
  const leaving = await handOf(world, LEA, dice);
  const chief = await handOf(world, ANA, dice);
  await changePerson(server.context(), null, LEA.id, { active: false });
  watch.changedRole(LEA.id, []);
  watch.revoked(leaving.token);
  for (const { who, token } of clients) if (who.id === LEA.id && token) watch.revoked(token);
  // Their password was looked at before.
  const late = await signIn(server.context(), LEA, newId(server.context().clock, dice.bytes));
  watch.signedIn(late, LEA.id);
  watch.revoked(late);
  for (const token of [leaving.token, late]) await tryToken(world, clients[0]!, token);
  await write(scene, leaving, draftOf(scene, ABROAD.id));
  await write(scene, chief, draftOf(scene, ABROAD.id), {}, LEA.id);
  await changePerson(server.context(), null, LEA.id, { active: true });
  await giveRoles(world, LEA.id, LEA.memberships);
}

/** Whoever works on no desk offers what the server has already: that is taken, and tells them nothing of the article. */
export async function offerFromOutside(world: World, dice: Dice): Promise<void> {
  const scene = { world, dice };
  const draft = draftOf(scene, NEWS.id);
  await write(scene, await handOf(world, MIRA, dice), draft);
  const outside = await handOf(world, LEA, dice);
  await giveRoles(world, LEA.id, []);
  for (const revision of draft.sent) await outside.push({ kind: 'revision', revision, base: null });
  await giveRoles(world, LEA.id, LEA.memberships);
}

/** The line on which the server speaks stays open for whoever is signed in, and for nobody else. */
async function endsWhenSignedOut({ world, dice }: Scene): Promise<void> {
  const { server, watch, broken, schedule } = world;
  const [staying, going] = [await handOf(world, TOM, dice), await handOf(world, TOM, dice)];
  const ended = new Set<Hand>();
  const hangUps: (() => void)[] = [];
  for (const hand of [staying, going]) {
    const listener = { heard: () => undefined, ended: () => void ended.add(hand) };
    hangUps.push(await server.listen(hand.headers, listener));
  }
  await schedule.pass(ENDS_WITHIN_MS);
  if (ended.size > 0) broken(11, 'The server ended the line of somebody who is signed in.');
  await server.context().store.write((unit) => revokeDevice(unit, going.device));
  watch.revoked(going.token);
  await schedule.pass(ENDS_WITHIN_MS);
  if (!ended.has(going)) broken(10, 'The server goes on speaking to a device that it signed out.');
  if (ended.has(staying)) broken(11, 'The server ended the line of somebody who is signed in.');
  for (const hangUp of hangUps) hangUp();
}
