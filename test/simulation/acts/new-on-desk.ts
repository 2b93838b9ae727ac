import type { Id } from '#shared/article';
import type { Dice } from '../world/dice.ts';
import { lookAt } from '../world/disk.ts';
import { DESKS } from '../world/newsroom.ts';
import { giveRoles } from '../world/roles.ts';
import type { World } from '../world/world.ts';
import { seated } from './chiefs.ts';
import { comeInReach, passUntil, takeUpRoles } from './moments.ts';
import { send } from './reader-message.ts';

const LONG_MS = 20_000;
const MESSAGES = 'SELECT id FROM inbox WHERE desk = ? ORDER BY id';

/** Somebody who works on one desk comes to another, where messages of readers wait: they see all of them. */
export async function comeToDesk(world: World, dice: Dice): Promise<void> {
  const { id: desk } = dice.pick(DESKS);
  const other = DESKS.find(({ id }) => id !== desk)!;
  const client = dice.pick(seated(world));
  const { core, who, index } = client;
  const elsewhere = { desk: other.id, role: 'copy-editor' } as const;
  if (!(await takeUpRoles(world, client, [elsewhere]))) return;
  await send(world, dice, desk);
  await world.schedule.pass(LONG_MS);
  if (!(await takeUpRoles(world, client, [elsewhere, { desk, role: 'copy-editor' }]))) return;
  const waiting = lookAt(world.server.file, (db) =>
    db.prepare<[Id], Id>(MESSAGES).pluck().all(desk),
  );
  const lacks = (): Id | undefined => waiting.find((id) => core.store.inbox.get(id) === null);
  await passUntil(world, () => lacks() === undefined, LONG_MS);
  const { messages } = await core.articles.handlers['inbox.list']({ desk });
  const lost = waiting.find((id) => !messages.some((message) => message.id === id));
  if (lost !== undefined)
    world.broken(
      11,
      `Client ${index} is new on ${desk} and does not see ${lost}, which waits there.`,
    );
  await giveRoles(world, who.id, who.memberships);
  await comeInReach(world, client);
}
