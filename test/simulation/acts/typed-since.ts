import type { Id } from '#shared/article';
import type { TransitionOffer } from '#shared/contract';
import type { Dice } from '../world/dice.ts';
import { DESKS } from '../world/newsroom.ts';
import { giveRoles } from '../world/roles.ts';
import type { World } from '../world/world.ts';
import { seated, turnOf, waysToReaders, type Seated } from './chiefs.ts';
import { look, save, type as write, type Turn } from './desk-work.ts';
import { comeInReach, leaveReach, passUntil, takeUpRoles } from './moments.ts';
import { seeThrough } from './review.ts';
import { sendAll } from './talk.ts';

const LONG_MS = 20_000;
const FAR_AHEAD = '2099-12-31T12:00:00.000Z';

/** What is offered of what sends the approved text out. */
async function waysOut({ core }: Turn, article: Id): Promise<TransitionOffer[]> {
  const { offers } = await core.articles.handlers['article.open']({ article });
  return offers.filter(({ transition }) => ['publish', 'schedule'].includes(transition));
}

/** Types into one field, in a window that shows what stands there now, and opens the article anew. */
async function retype(
  turn: Turn,
  article: Id,
  fields: { embargo?: string | null; desk?: Id },
): Promise<void> {
  turn.client.views.clear();
  const view = await look(turn, article);
  if (!view || view.readOnly) return;
  const { content } = view;
  const after = { ...content, fields: { ...content.fields, ...fields } };
  await save(turn, article, view, { edit: { fields }, after });
  turn.client.views.clear();
  await look(turn, article);
}

/**
 * A chief types on in what they approved: whether that may go out does not change by it. Then they have it move to a desk
 * on which they are no chief, while a colleague writes in it: what they may do with it is asked of the desk it moves to, and
 * of the one on which it stands where what they typed will stand beside its newest text.
 */
export async function typeSinceApproval(world: World, dice: Dice): Promise<void> {
  const ways = waysToReaders(world);
  if (ways.length === 0) return;
  const { client: chief, article } = dice.pick(ways);
  const { core, index } = chief;
  const from = core.store.articles.record(article)?.desk;
  const to = DESKS.find(({ id }) => id !== from)!.id;
  const own = world.watch.memberships(chief.who.id).filter(({ desk }) => desk !== to);
  if (!(await takeUpRoles(world, chief, [...own, { desk: to, role: 'copy-editor' }]))) return;
  const turn = turnOf(world, chief, dice);
  chief.views.clear();
  await seeThrough(turn, article, { last: 'approve' });
  await sendAll(world, chief);
  const before = await waysOut(turn, article);
  const embargo = core.store.working.read(article)?.content.fields.embargo ?? null;
  await retype(turn, article, { embargo: embargo === null ? FAR_AHEAD : null });
  const after = await waysOut(turn, article);
  if (JSON.stringify(before) !== JSON.stringify(after))
    world.broken(
      11,
      `On client ${index} what is typed into ${article} changes how what was approved may go out: ${JSON.stringify(after)}, not ${JSON.stringify(before)}.`,
    );
  await retype(turn, article, { embargo });
  await sendAll(world, chief);
  leaveReach(chief);
  await retype(turn, article, { desk: to });
  await meetsAnother(turn, chief, article);
  await comeInReach(world, chief);
  await sendAll(world, chief);
  await giveRoles(world, chief.who.id, chief.who.memberships);
}

/** A colleague writes in it meanwhile, and the chief hears of that before what they typed is sealed. */
async function meetsAnother(turn: Turn, chief: Seated, article: Id): Promise<void> {
  const { world, core, dice } = turn;
  const head = core.store.articles.record(article)?.head;
  const desk = core.store.articles.record(article)?.desk;
  const colleague = seated(world).find(
    ({ who }) =>
      who.id !== chief.who.id && world.watch.memberships(who.id).some((one) => one.desk === desk),
  );
  if (!colleague) return;
  colleague.reading = article;
  colleague.views.clear();
  await write(turnOf(world, colleague, dice));
  await sendAll(world, colleague);
  await comeInReach(world, chief);
  await passUntil(world, () => core.store.articles.record(article)?.head !== head, LONG_MS);
  chief.views.clear();
  await look(turn, article);
}
