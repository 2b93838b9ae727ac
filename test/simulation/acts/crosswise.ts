import type { Hash, Id } from '#shared/article';
import type { Client } from '../world/client.ts';
import type { World } from '../world/world.ts';
import type { Turn } from './desk-work.ts';
import { loseComputer } from './losses.ts';
import { writeMuch } from './meeting.ts';
import { comeInReach, leaveReach, passUntil } from './moments.ts';
import { KINDS, type Kind } from './writing.ts';

/** Longer than others leave a text that stands beside the head to whoever sent it. */
const OTHERS_JOIN_MS = 365_000;

interface Pair {
  article: Id;
  kind: Kind;
  first: Client;
  second: Client;
}

const isSent = ({ core }: Client): boolean => core?.store.outbox.counts().waiting === 0;

/**
 * Of two people who work on one article out of reach of each other, the second sends a text that then stands beside that
 * of the first, and is cut off before the two are joined. Null where it did not come to that.
 */
async function sendBeside(turn: Turn): Promise<Pair | null> {
  const { world } = turn;
  const pair = world.server.up ? pickPair(turn) : null;
  if (!pair) return null;
  const { article, first, second } = pair;
  const both = [first, second];
  for (const client of both) await comeInReach(world, client);
  const headOf = ({ core }: Client): Hash | null =>
    core?.store.articles.serverHead(article) ?? null;
  await passUntil(world, () => headOf(first) === headOf(second) && both.every(isSent));
  both.forEach(leaveReach);
  for (const client of both) await writeOn(turn, client, pair);
  await comeInReach(world, first);
  await passUntil(world, () => isSent(first));
  leaveReach(first);
  await comeInReach(world, second);
  await passUntil(world, () => {
    // Who is typing is not interrupted: what they sealed goes out as it is.
    second.core?.engine.noteEdit(article);
    return isSent(second);
  });
  leaveReach(second);
  return pair;
}

function pickPair({ world, core, dice }: Turn): Pair | null {
  const known = world.articles.filter((article) => core.store.articles.serverHead(article));
  if (known.length === 0) return null;
  const article = dice.pick(known);
  const there = world.clients.filter((client) => mayWrite(world, client, article));
  if (there.length < 2) return null;
  const first = dice.pick(there);
  const second = dice.pick(there.filter((one) => one !== first));
  const kind = dice.pick(['rewrite', 'rewrite', 'setField', 'list', dice.weighted(KINDS)] as const);
  return { article, kind, first, second };
}

function mayWrite({ watch }: World, { core, who }: Client, article: Id): boolean {
  const record = core?.store.articles.record(article);
  if (!record || core?.store.working.read(article)?.standing !== 'editable') return false;
  const isOnDesk = watch.memberships(who.id).some(({ desk }) => desk === record.desk);
  return isOnDesk || record.createdBy === who.id;
}

/** Writes on what they see now, joined or not, and leaves it ready to be sent. */
async function writeOn(
  { world, dice }: Turn,
  client: Client,
  { article, kind }: Pick<Pair, 'article' | 'kind'>,
): Promise<void> {
  if (!client.core?.store.articles.exists(article)) return;
  client.views.delete(article);
  const turn = { world, client, core: client.core, dice };
  await writeMuch(turn, article, kind);
  await client.core.articles.handlers['article.seal']({ article });
}

/**
 * Two people each join the same two texts, and each has written something more by then: what their texts have in common
 * are two, neither of them before the other.
 */
export async function meetCrosswise(turn: Turn): Promise<void> {
  const pair = await sendBeside(turn);
  if (!pair) return;
  const { world, dice } = turn;
  const { first, second, article, kind } = pair;
  // The second hears of the first’s text and joins the two, while the server takes nothing from anybody.
  world.server.demandProtocol(2);
  if (dice.chance(0.5)) await writeOn(turn, second, pair);
  await comeInReach(world, second);
  await world.schedule.pass(3000);
  leaveReach(second);
  world.server.demandProtocol(1);
  if (dice.chance(0.8)) await writeOn(turn, second, { article, kind: 'settle' });
  // The first, who has written on as well, joins what stands beside.
  if (dice.chance(0.7)) await writeOn(turn, first, pair);
  await comeInReach(world, first);
  await world.schedule.pass(OTHERS_JOIN_MS);
  if (dice.chance(0.7)) await writeOn(turn, first, { article, kind: dice.pick([kind, 'settle']) });
  await comeInReach(world, second);
}

/** What one computer left beside the head is all that the newsroom still has of it: the computer is lost. */
export async function leaveBeside(turn: Turn): Promise<void> {
  const pair = await sendBeside(turn);
  if (pair && turn.dice.chance(0.7)) await loseComputer(turn.world, pair.second, turn.dice);
}
