import { canonicalJson, type Id } from '#shared/article';
import type { Membership } from '#shared/workflow';
import { vaultHandlers } from '../../../src-main/core/vault/index.ts';
import { standingBefore, wrongInArticle, wrongInNew } from '../checks/brought-back.ts';
import { everyWordStands } from '../checks/words-stand.ts';
import type { Core } from '../world/client.ts';
import { DESKS, PEOPLE } from '../world/newsroom.ts';
import { lookAt } from '../world/disk.ts';
import { giveRoles } from '../world/roles.ts';
import { attempt, pickArticle, type as write, type Turn } from './desk-work.ts';
import { comeInReach, goesOn, leaveReach } from './moments.ts';
import { tidyOutbox } from './outbox.ts';
import { beginComment, comment } from './talk.ts';

const rolesOf = (person: Id): readonly Membership[] =>
  PEOPLE.find(({ id }) => id === person)?.memberships ?? [];

/** What is kept of an article then comes back as one of another desk. */
export const anotherDesk = (than: Id | null): Membership[] =>
  DESKS.filter(({ id }) => id !== than)
    .slice(0, 1)
    .map(({ id }) => ({ desk: id, role: 'copy-editor' }));

/** While somebody writes, within reach or out of it, every desk or the one of the article is taken away from them. */
export async function closeWhileWriting(turn: Turn): Promise<void> {
  const { world, client, core, dice } = turn;
  const { id: person } = client.who;
  const article = pickArticle(turn);
  const desk = article === null ? null : (core.store.articles.record(article)?.desk ?? null);
  if (article === null || world.watch.memberships(person).length === 0) return;
  const isFar = dice.chance(0.4);
  if (isFar) leaveReach(client);
  else await comeInReach(world, client);
  await world.schedule.pass(300);
  if (!goesOn(client, core)) return;
  for (let many = dice.between(1, 3); many > 0; many -= 1) await write(turn);
  if (isFar && dice.chance(0.4)) await comment(turn);
  if (dice.chance(0.5)) await attempt('begin', world, () => beginComment(turn, article));
  if (isFar && dice.chance(0.7)) await core.articles.handlers['article.seal']({ article });
  if (isFar && dice.chance(0.5))
    await attempt('submit', world, async () => {
      await core.articles.handlers['article.transition']({ article, transition: 'submit' });
    });
  const others = rolesOf(person).filter((membership) => membership.desk !== desk);
  // With the desk of the article alone, so that what was sealed is refused before all is taken away.
  const isRefusedFirst = isFar && others.length > 0 && dice.chance(0.6);
  if (isRefusedFirst) {
    if (goesOn(client, core)) await core.articles.handlers['article.seal']({ article });
    await giveRoles(world, person, others);
    await comeInReach(world, client);
    await world.schedule.pass(dice.between(300, 1500));
  }
  await giveRoles(world, person, !isRefusedFirst && dice.chance(0.5) ? others : []);
  await comeInReach(world, client);
  await world.schedule.pass(dice.between(300, 1500));
  if (dice.chance(0.3)) return;
  await giveRoles(world, person, dice.chance(0.7) ? rolesOf(person) : anotherDesk(desk));
  await comeInReach(world, client);
  await world.schedule.pass(dice.between(300, 1500));
  // A window that was left open still shows what was taken away, or the article is back and typed in already.
  client.reading = article;
  if (goesOn(client, core) && dice.chance(0.4)) await attempt('write', world, () => write(turn));
  if (goesOn(client, core)) await bringBack(turn);
  if (goesOn(client, core) && dice.chance(0.5)) await tidyOutbox(turn);
}

type Vault = ReturnType<typeof vaultHandlers>;

function vaultOf({ core: { store, engine, told }, client, dice }: Turn): Vault {
  return vaultHandlers({
    store,
    emit: told.emit,
    person: () => store.people.person(client.who.id),
    clock: client.clock,
    random: dice.bytes,
    wake: () => engine.nudge(),
    statusChanged: () => undefined,
  });
}

/** Brings one thing back from the vault: to its article, or as a new one. */
export async function bringBack(turn: Turn): Promise<void> {
  const { world, client, core, dice } = turn;
  const vault = vaultOf(turn);
  const { items } = await vault['vault.list']({});
  const gone = items.find(
    ({ broughtBack }) => broughtBack && !core.store.articles.exists(broughtBack.article),
  );
  if (gone)
    world.broken(
      9,
      `Client ${client.index} takes ${gone.id} for brought back, and it is not here.`,
    );
  const open = items.filter(({ way, broughtBack }) => way.to !== 'nowhere' && !broughtBack);
  if (open.length === 0) return;
  const { id } = dice.pick(open);
  const kept = core.store.vault.get(id)?.kept;
  const before = kept && standingBefore(core.store, kept.article);
  const { article, isNew } = await vault['vault.bringBack']({ id });
  client.views.delete(article);
  if (!kept?.content) return;
  if (isNew) takeUp(turn, article, kept.content);
  else everyWordStands(world, client, article, kept.content);
  const desks = (core.store.people.person(client.who.id)?.memberships ?? []).map(
    ({ desk }) => desk,
  );
  const wrong = isNew
    ? wrongInNew(core.store, { id: client.who.id, desks }, article, kept)
    : before && wrongInArticle(core.store, client.who.id, article, kept, before);
  if (wrong != null) world.broken(9, `Client ${client.index} brought ${article} back ${wrong}.`);
  const waits = core.store.outbox.counts().waiting;
  const again = await vault['vault.bringBack']({ id });
  if (again.article !== article || core.store.outbox.counts().waiting !== waits)
    world.broken(9, `Client ${client.index} brought ${id} back twice.`);
}

/** Stet dies over bringing something back: then all of it is there, or nothing, and it can be brought back as before. */
export async function dieBringingBack(turn: Turn): Promise<void> {
  const { world, client, core, dice } = turn;
  const { items } = await vaultOf(turn)['vault.list']({});
  const open = items.filter(({ way, broughtBack }) => way.to !== 'nowhere' && !broughtBack);
  if (open.length === 0) return;
  const { id } = dice.pick(open);
  const before = standsOn(client.file);
  client.plan(
    { kind: dice.chance(0.5) ? 'kill-before' : 'kill-behind', left: dice.below(3) },
    true,
  );
  await attempt('bring back', world, async () => {
    await vaultOf(turn)['vault.bringBack']({ id });
  });
  client.repairDisk();
  if (goesOn(client, core)) return;
  await world.schedule.pass(0);
  await client.open();
  if (!client.core) return;
  const now = { ...turn, core: client.core };
  const again = (await vaultOf(now)['vault.list']({})).items.find((item) => item.id === id);
  if (again?.broughtBack == null && standsOn(client.file) !== before)
    world.broken(9, `Client ${client.index} brought half of ${id} back before it died.`);
}

const STANDS = `SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM outbox), (SELECT count(*) FROM comment),
  (SELECT count(*) FROM revision)`;

/** How much there is on a computer. */
const standsOn = (file: string): string =>
  JSON.stringify(lookAt(file, (db) => db.prepare(STANDS).get()));

/** The new article says what the vault kept, on another desk perhaps, and goes on like any other. */
function takeUp(
  { world, client, core }: Turn,
  article: Id,
  kept: Parameters<typeof everyWordStands>[3],
): void {
  const content = copyOf(core, article);
  world.articles.push(article);
  if (content) world.ledger.intend(client.index, article, null, content)();
  const { desk: _, ...fields } = kept.fields;
  const { desk: __, ...stand } = content?.fields ?? kept.fields;
  const isSame =
    content !== null &&
    canonicalJson([fields, kept.body, kept.conflicts]) ===
      canonicalJson([stand, content.body, content.conflicts]);
  if (!isSame) world.broken(9, `Client ${client.index} brought back other words than it had kept.`);
}

const copyOf = ({ store }: Core, article: Id): Parameters<typeof everyWordStands>[3] | null =>
  store.working.read(article)?.content ?? null;
