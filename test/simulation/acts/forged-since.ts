import type { CommentEntry } from '#shared/api';
import type { Id } from '#shared/article';
import { lookAt } from '../world/disk.ts';
import type { Dice } from '../world/dice.ts';
import { handOf } from '../world/hand.ts';
import { giveRoles } from '../world/roles.ts';
import type { World } from '../world/world.ts';
import { seated, type Seated } from './chiefs.ts';
import { goBack } from './going-back.ts';
import { comeInReach, leaveReach, passUntil } from './moments.ts';
import { sendAll, speakOf } from './talk.ts';

const LONG_MS = 60_000;
const ARTICLES = 'SELECT id FROM articles';

const restoring = (dice: Dice): 'by-hand' | 'command' => (dice.chance(0.5) ? 'by-hand' : 'command');

/**
 * The server goes back and has lost nothing, while somebody who has just lost every desk is out of reach: they read only a part
 * of its feed, and take nothing for lost that they are not told of.
 */
export async function goBackBesideOne(world: World, dice: Dice): Promise<void> {
  const client = dice.pick(seated(world));
  const { core, who, index } = client;
  await sendAll(world, client);
  leaveReach(client);
  const awaited = (): Id[] => core.store.awaited.since(0).map(({ article }) => article);
  const before = new Set(awaited());
  await giveRoles(world, who.id, []);
  await goBack(world, world.server.image(), restoring(dice));
  await comeInReach(world, client);
  const there = lookAt(
    world.server.file,
    (db) => new Set(db.prepare<[], Id>(ARTICLES).pluck().all()),
  );
  const isWrong = (): boolean => awaited().some((one) => there.has(one) && !before.has(one));
  if (await passUntil(world, isWrong, LONG_MS))
    world.broken(9, `Client ${index} takes for lost what it is only not told of.`);
  await giveRoles(world, who.id, who.memberships);
  await comeInReach(world, client);
}

/** Somebody, and a colleague who works on one of their desks; with an article that both may speak about. */
function pairOn(world: World, dice: Dice): { one: Seated; other: Seated; article: Id } | null {
  const there = seated(world);
  const found = there.flatMap((one) =>
    there.flatMap((other) =>
      world.articles.flatMap((article) => {
        const desk = one.core.store.articles.serverRecord(article)?.desk;
        const isOf = ({ who }: Seated): boolean =>
          world.watch.memberships(who.id).some((membership) => membership.desk === desk);
        return other.who.id !== one.who.id && isOf(one) && isOf(other)
          ? [{ one, other, article }]
          : [];
      }),
    ),
  );
  return found.length > 0 ? dice.pick(found) : null;
}

/**
 * What somebody said is lost by the server, and a colleague gives words of theirs its id before its author hears of the loss:
 * the author finds in the outbox what they had said, which cannot be there any more.
 */
export async function forgeLostComment(world: World, dice: Dice): Promise<void> {
  const pair = pairOn(world, dice);
  if (!pair) return;
  const { one, other, article } = pair;
  const { comments, outbox } = one.core.store;
  const image = world.server.image();
  for (const client of seated(world)) if (client !== one) leaveReach(client);
  await comeInReach(world, one);
  const thread = await speakOf(world, one, article, null);
  await sendAll(world, one);
  const said = comments.list(article).find(({ id }) => id === thread);
  const isSent = (): boolean => outbox.pending(article).length === 0;
  if (!said || !(await passUntil(world, isSent, LONG_MS))) return;
  leaveReach(one);
  await goBack(world, image, restoring(dice));
  const hand = await handOf(world, other.who, dice);
  const forged: CommentEntry = { ...said, author: hand.who.id, text: world.words.sentence() };
  const answer = await hand.push({ kind: 'comment', entry: forged });
  if (answer?.outcome === 'accepted') await findsOwn(world, one, said);
  for (const client of seated(world)) await comeInReach(world, client);
}

async function findsOwn(world: World, one: Seated, said: CommentEntry): Promise<void> {
  const { outbox, comments } = one.core.store;
  await comeInReach(world, one);
  const isTold = (): boolean =>
    comments.list(said.article).some(({ id, author }) => id === said.id && author !== said.author);
  if (!(await passUntil(world, isTold, LONG_MS))) return;
  const isKept = outbox
    .entriesOf(said.article)
    .some(({ op: { payload } }) => payload.kind === 'comment' && payload.entry.text === said.text);
  if (!isKept)
    world.broken(2, `“${said.text}”, a comment of client ${one.index}, gave way to a forged one.`);
}
