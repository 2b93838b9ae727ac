import type { CommentEntry, OpAnswer, Person } from '#shared/api';
import { newId, newLocalId, type Correction, type Id } from '#shared/article';
import { handOf, type Hand } from '../world/hand.ts';
import { NEWS, PEOPLE, WORLD as ABROAD } from '../world/newsroom.ts';
import { giveRoles } from '../world/roles.ts';
import { command, draftOf, write, type Draft, type Scene } from './hand-made.ts';

const [MIRA, JONAH, TOM, , LEA] = PEOPLE as [Person, Person, Person, Person, Person];
const HOUR_MS = 3_600_000;

const inHours = ({ world }: Scene, hours: number): string =>
  new Date(world.server.context().clock() + hours * HOUR_MS).toISOString();

/** Commands are given in their order, and at each turn somebody tries what is not in order then. */
export async function commandByHand(scene: Scene): Promise<void> {
  const told = await takeThrough(scene);
  await waitForEmbargo(scene);
  await correct(scene);
  await moveAway(scene, told);
  await workWithoutDesk(scene);
}

/** One article goes to its readers and is taken back, and at each turn somebody tries what is not in order then. */
async function takeThrough(scene: Scene): Promise<Id> {
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
  await command(scene, chief, draft, 'approve', 'draft');
  await command(scene, author, draft, 'submit', 'draft');
  await command(scene, author, draft, 'approve', 'in-review');
  await command(scene, chief, draft, 'approve', 'in-review');
  for (const hours of [-1, 1]) {
    const at = inHours(scene, hours);
    await command(scene, chief, draft, 'schedule', 'approved', { at });
  }
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
  return article;
}

/** Two speak about an article, and one of them tries to take the place of what the other said. */
async function speak(
  scene: Scene,
  { article }: Draft,
  one: Hand,
  other: Hand,
  elsewhere: Id | null = null,
): Promise<void> {
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
  await say(other, entry(other, null, { thread: first.id }));
  const away = await handOf(world, LEA, dice);
  await say(away, entry(away, first.id, { kind: 'resolve', text: '' }));
  await say(other, entry(other, first.id, { article: elsewhere ?? newId(clock, dice.bytes) }));
}

/** What may not be published yet is scheduled for no earlier; and what has no headline, or another’s text, is not handed on. */
async function waitForEmbargo(scene: Scene): Promise<void> {
  const { world, dice } = scene;
  const [author, chief] = [await handOf(world, MIRA, dice), await handOf(world, JONAH, dice)];
  const [draft, other] = [draftOf(scene, NEWS.id), draftOf(scene, NEWS.id)];
  const embargo = inHours(scene, 2);
  await write(scene, author, other);
  const { headline } = draft.content.fields;
  await write(scene, author, draft, { headline: ' ' });
  await command(scene, author, draft, 'submit', 'draft');
  await write(scene, author, draft, { headline, embargo });
  if (other.head) await command(scene, author, draft, 'submit', 'draft', { revision: other.head });
  await command(scene, author, draft, 'submit', 'sent-back');
  await command(scene, author, draft, 'submit', 'draft');
  await command(scene, chief, draft, 'approve', 'approved');
  await command(scene, chief, draft, 'approve', 'in-review');
  await command(scene, chief, draft, 'publish', 'approved');
  await command(scene, chief, draft, 'schedule', 'approved', { at: inHours(scene, 1) });
  await command(scene, chief, draft, 'schedule', 'approved', { at: embargo });
  await command(scene, chief, draft, 'send-back', 'scheduled', { reason: 'Not today.' });
}

/** Each correction that goes out has a note of its own, also where an earlier one is taken out. */
async function correct(scene: Scene): Promise<void> {
  const { world, dice } = scene;
  const [author, chief] = [await handOf(world, MIRA, dice), await handOf(world, JONAH, dice)];
  const draft = draftOf(scene, NEWS.id);
  const note = (): Correction => ({
    id: newLocalId(dice.bytes),
    note: world.words.sentence(),
    at: inHours(scene, 0),
  });
  await write(scene, author, draft);
  await command(scene, author, draft, 'submit', 'draft');
  await command(scene, chief, draft, 'approve', 'in-review');
  await command(scene, chief, draft, 'correct', 'approved');
  await command(scene, chief, draft, 'publish', 'approved');
  for (const corrections of [[note()], [note()], [note(), note()]]) {
    await write(scene, chief, draft, { corrections });
    await command(scene, chief, draft, 'approve', 'published');
    await command(scene, chief, draft, 'correct', 'approved');
  }
  const [first] = draft.content.fields.corrections;
  await write(scene, chief, draft, { corrections: first ? [first] : [] });
  await command(scene, chief, draft, 'approve', 'published');
  await command(scene, chief, draft, 'correct', 'approved');
  await command(scene, chief, draft, 'withdraw', 'approved', { reason: 'It was not so.' });
  await command(scene, author, draft, 'submit', 'withdrawn');
  await command(scene, author, draft, 'recall', 'in-review');
}

/** Whoever started an article may go on with it on a desk on which they do not work; and somebody else may not. */
async function moveAway(scene: Scene, other: Id): Promise<void> {
  const { world, dice } = scene;
  const [author, both] = [await handOf(world, MIRA, dice), await handOf(world, TOM, dice)];
  const chief = await handOf(world, JONAH, dice);
  const draft = draftOf(scene, NEWS.id);
  const { article } = draft;
  await write(scene, author, draft);
  await write(scene, both, draft, { desk: ABROAD.id });
  await write(scene, author, draft, { slugline: world.words.name() });
  await write(scene, chief, draft, { slugline: world.words.name() });
  await command(scene, author, draft, 'submit', 'draft');
  await command(scene, chief, draft, 'recall', 'in-review');
  await command(scene, both, draft, 'recall', 'in-review');
  await command(scene, author, draft, 'recall', 'in-review');
  await speak(scene, draft, author, both, other);
  await author.push({ kind: 'bin', article, binned: true });
  await both.push({ kind: 'bin', article, binned: false });
  await author.push({ kind: 'bin', article, binned: false });
  // What the head builds on is there, and not beside it.
  const [first] = draft.sent;
  if (first) await author.push({ kind: 'revision', revision: first, base: null });
  const op = { seq: 1, id: newId(world.server.context().clock, dice.bytes), at: inHours(scene, 0) };
  const payload = { kind: 'bin', article, binned: true };
  const { device } = await handOf(world, TOM, dice);
  const asked = JSON.stringify({ device, ops: [{ ...op, payload }] });
  const { status } = await author.ask('POST', '/v1/push', asked);
  if (status === 200)
    world.broken(10, 'The server takes operations in the name of another device.');
}

/** What no desk owns is open to whoever works on any, and to nobody else. */
async function workWithoutDesk(scene: Scene): Promise<void> {
  const { world, dice } = scene;
  const [author, other] = [await handOf(world, MIRA, dice), await handOf(world, LEA, dice)];
  const draft = draftOf(scene, null);
  await write(scene, author, draft);
  await write(scene, other, draft, { slugline: world.words.name() });
  await giveRoles(world, LEA.id, []);
  await write(scene, other, draft, { slugline: world.words.name() });
  await write(scene, other, draftOf(scene, null));
  await giveRoles(world, LEA.id, LEA.memberships);
}
