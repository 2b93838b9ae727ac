import { lookAt } from '../world/disk.ts';
import type { Client } from '../world/client.ts';
import type { World } from '../world/world.ts';
import { complete, settleAll } from './review.ts';
import { pickArticle, seal, type Turn } from './desk-work.ts';
import { comeInReach, leaveReach, passUntil } from './moments.ts';
import { addPicture } from './pictures.ts';
import { rush } from './rush.ts';

/**
 * A text reaches the server before its picture does, since the line breaks in between; a chief who has the text sends it
 * to its readers at once.
 */
export async function latePicture(turn: Turn): Promise<void> {
  const { world, client, core, dice } = turn;
  const article = pickArticle(turn);
  if (article === null || !world.server.up) return;
  client.reading = article;
  await comeInReach(world, client);
  await settleAll(turn, article);
  await complete(turn);
  leaveReach(client);
  await addPicture(turn, { large: true });
  await seal(turn);
  const desk = core.store.articles.record(article)?.desk ?? null;
  const hash = core.store.working.read(article)?.base ?? null;
  await comeInReach(world, client);
  const isThere = (): boolean => hash !== null && headOnServer(world, article) === hash;
  const arrived = await passUntil(world, isThere);
  leaveReach(client);
  const chiefs = world.clients.filter((one) => one !== client && isChief(world, one, desk));
  if (!arrived || chiefs.length === 0) return;
  const chief = dice.pick(chiefs);
  await comeInReach(world, chief);
  await world.schedule.pass(600);
  if (!chief.core) return;
  await rush({ world, client: chief, core: chief.core, dice }, article);
  await world.schedule.pass(600);
}

function isChief(world: World, { who, core }: Client, desk: string | null): boolean {
  return (
    core !== null &&
    world.watch
      .memberships(who.id)
      .some((membership) => membership.role === 'desk-chief' && membership.desk === desk)
  );
}

function headOnServer({ server }: World, article: string): unknown {
  return lookAt(server.file, (db) =>
    db.prepare('SELECT head FROM articles WHERE id = ?').pluck().get(article),
  );
}
