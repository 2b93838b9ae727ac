import type { CommentEntry, OpAnswer, Person, StoredRevision } from '#shared/api';
import {
  emptyFields,
  newId,
  newLocalId,
  sealRevision,
  type Content,
  type Fields,
  type Hash,
  type Id,
} from '#shared/article';
import type { Transition } from '#shared/workflow';
import { changePerson } from '../../../src-server/accounts/newsroom.ts';
import { revokeDevice } from '../../../src-server/store/index.ts';
import type { Dice } from '../world/dice.ts';
import { handOf, type Hand } from '../world/hand.ts';
import { NEWS, PEOPLE, signIn, WORLD as ABROAD } from '../world/newsroom.ts';
import { giveRoles } from '../world/roles.ts';
import type { World } from '../world/world.ts';
import { tryToken } from './going-back.ts';
import { sendByHand } from './pictures-by-hand.ts';
import { paragraph } from './text.ts';

const [MIRA, JONAH, TOM, ANA, LEA] = PEOPLE as [Person, Person, Person, Person, Person];
const HOUR_MS = 3_600_000;
/** A line of a device that was signed out ends with one of the next signs of life. */
const ENDS_WITHIN_MS = 35_000;

/** An article as it stands after the last edit that was offered. */
interface Draft {
  article: Id;
  head: Hash | null;
  content: Content;
}

interface Scene {
  world: World;
  dice: Dice;
}

/**
 * Somebody has programs of their own, which ask the server for what no Stet asks: each answer passes the checker. Who wrote
 * them works on the News Desk, and so does its chief; a third works on the other desk alone.
 */
export async function workByHand(world: World, dice: Dice): Promise<void> {
  const scene = { world, dice };
  await startInOtherNames(scene);
  await takeThrough(scene);
  await leaveTheNewsroom(scene);
  await endsWhenSignedOut(scene);
  await sendByHand(world, dice);
}

function draftOf({ world, dice }: Scene, desk: Id | null): Draft {
  const { words, server, articles } = world;
  const article = newId(server.context().clock, dice.bytes);
  articles.push(article);
  const byline = [{ id: newLocalId(dice.bytes), name: words.name() }];
  const fields: Fields = {
    ...emptyFields(),
    desk,
    headline: words.name(),
    section: words.name(),
    byline,
  };
  const body = [paragraph(newLocalId(dice.bytes), words.sentence())];
  return { article, head: null, content: { fields, body, conflicts: [] } };
}

/** Offers an edit of the fields; the draft goes on from there where the server takes it. */
async function write(
  { world }: Scene,
  { who, device, push }: Hand,
  draft: Draft,
  change: Partial<Fields> = {},
  author: Id = who.id,
): Promise<OpAnswer | null> {
  const { article, head } = draft;
  const content = { ...draft.content, fields: { ...draft.content.fields, ...change } };
  const parents = head === null ? [] : [head];
  const at = new Date(world.server.context().clock()).toISOString();
  const sealed = sealRevision(article, parents, content);
  const revision: StoredRevision = { ...sealed, article, envelope: { author, device, at } };
  const before = head === null ? null : draft.content;
  const answer = await push({ kind: 'revision', revision, base: head });
  if (answer === null || answer.outcome === 'refused') return answer;
  const seat = world.clients.findIndex((client) => client.who.id === who.id);
  world.ledger.intend(seat, article, before, content)();
  draft.head = revision.hash;
  draft.content = content;
  return answer;
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

async function command(
  { world }: Scene,
  { push }: Hand,
  { article, head }: Draft,
  transition: Transition,
  expectedState: 'draft' | 'in-review' | 'approved' | 'scheduled' | 'published' | 'withdrawn',
  more: { reason?: string; at?: string; revision?: Hash } = {},
): Promise<void> {
  if (head === null) return;
  await push({ kind: 'transition', article, transition, expectedState, revision: head, ...more });
  // So that no two acts are of one moment.
  await world.schedule.pass(1000);
}

/** One article goes to its readers and is taken back, and at each turn somebody tries what is not in order then. */
async function takeThrough(scene: Scene): Promise<void> {
  const { world, dice } = scene;
  const author = await handOf(world, MIRA, dice);
  const chief = await handOf(world, JONAH, dice);
  const stranger = await handOf(world, LEA, dice);
  const draft = draftOf(scene, NEWS.id);
  const { article } = draft;
  const bin = (by: Hand, binned = true): Promise<OpAnswer | null> =>
    by.push({ kind: 'bin', article, binned });
  await write(scene, author, draft);
  await speak(scene, draft, author, await handOf(world, TOM, dice));
  await command(scene, author, draft, 'submit', 'draft');
  await command(scene, author, draft, 'approve', 'in-review');
  await command(scene, chief, draft, 'approve', 'in-review');
  const at = new Date(world.server.context().clock() + HOUR_MS).toISOString();
  await command(scene, chief, draft, 'schedule', 'approved', { at });
  await bin(chief);
  await bin(author);
  await command(scene, chief, draft, 'publish', 'scheduled');
  await bin(author);
  await command(scene, author, draft, 'submit', 'published');
  await bin(chief);
  await command(scene, chief, draft, 'withdraw', 'in-review', { reason: ' ' });
  await command(scene, chief, draft, 'withdraw', 'in-review', { reason: 'It was not so.' });
  await bin(stranger);
  await bin(await handOf(world, TOM, dice));
  await bin(author);
  await command(scene, author, draft, 'submit', 'withdrawn');
  await bin(chief, false);
}

/** Two speak about an article, and one of them tries to take the place of what the other said. */
async function speak(scene: Scene, { article }: Draft, one: Hand, other: Hand): Promise<void> {
  const { world, dice } = scene;
  const { clock } = world.server.context();
  const entry = (
    by: Hand,
    thread: Id | null,
    changed: Partial<CommentEntry> = {},
  ): CommentEntry => {
    const id = newId(clock, dice.bytes);
    return {
      id,
      article,
      thread: thread ?? id,
      kind: thread === null ? 'comment' : 'reply',
      anchor: null,
      author: by.who.id,
      text: world.words.sentence(),
      at: new Date(clock()).toISOString(),
      ...changed,
    };
  };
  const say = async (by: Hand, said: CommentEntry): Promise<void> => {
    const answer = await by.push({ kind: 'comment', entry: said });
    const seat = world.clients.findIndex((client) => client.who.id === by.who.id);
    if (answer?.outcome === 'accepted') world.ledger.say(seat, said);
  };
  const first = entry(one, null);
  await say(one, first);
  await say(one, first);
  const answer = entry(other, first.id);
  await say(other, answer);
  await say(other, entry(other, null, { id: first.id, thread: first.id }));
  await say(other, entry(other, answer.id));
  await say(other, entry(other, first.id, { article: newId(clock, dice.bytes) }));
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
