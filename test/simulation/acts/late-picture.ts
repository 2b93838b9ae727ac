import type { Id } from '#shared/article';
import { lookAt } from '../world/disk.ts';
import type { World } from '../world/world.ts';
import { chiefsOf, isSeated, publishable, turnOf, type Seated } from './chiefs.ts';
import { seal, type Turn } from './desk-work.ts';
import { catchUp } from './good-day.ts';
import { comeInReach, goesOn, leaveReach, onGoodLines, passUntil } from './moments.ts';
import { addPicture } from './pictures.ts';
import { complete, settleAll } from './review.ts';
import { rush } from './rush.ts';

/**
 * A text reaches the server before its picture does, since the line breaks in between; a chief who has the text sends it
 * to its readers at once.
 */
export async function latePicture(turn: Turn): Promise<void> {
  const { world, client, core, dice } = turn;
  const known = world.articles.filter((article) => core.store.articles.exists(article));
  const ways = chiefsOf(world).flatMap((chief) =>
    publishable(world, chief, chief === client ? [] : known).map((article) => ({ chief, article })),
  );
  if (ways.length === 0) return;
  const { chief, article } = dice.pick(ways);
  await onGoodLines(world, async () => {
    if (await sendWithoutPicture(turn, article)) await publishAtOnce(turn, chief, article);
  });
}

/** Gives whether the text arrived, and nothing behind it. */
async function sendWithoutPicture(turn: Turn, article: Id): Promise<boolean> {
  const { world, client, core } = turn;
  await catchUp(world, client);
  if (!goesOn(client, core)) return false;
  client.reading = article;
  await settleAll(turn, article);
  await complete(turn);
  leaveReach(client);
  await addPicture(turn, { large: true });
  await seal(turn);
  const hash = core.store.working.read(article)?.base ?? null;
  await comeInReach(world, client);
  const isThere = (): boolean => hash !== null && headOnServer(world, article) === hash;
  const arrived = await passUntil(world, isThere);
  leaveReach(client);
  return arrived;
}

async function publishAtOnce({ world, dice }: Turn, chief: Seated, article: Id): Promise<void> {
  await comeInReach(world, chief);
  await world.schedule.pass(600);
  if (!isSeated(chief)) return;
  await rush(turnOf(world, chief, dice), article);
  await world.schedule.pass(600);
}

function headOnServer({ server }: World, article: string): unknown {
  return lookAt(server.file, (db) =>
    db.prepare('SELECT head FROM articles WHERE id = ?').pluck().get(article),
  );
}
