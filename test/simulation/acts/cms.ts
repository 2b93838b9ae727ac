import type { Id } from '#shared/article';
import { articleOf } from '../checks/cms-watch.ts';
import type { Client } from '../world/client.ts';
import { FAIR, publishesMuch } from '../world/cms.ts';
import type { Dice } from '../world/dice.ts';
import { isInjected, lookAt } from '../world/disk.ts';
import { giveRoles } from '../world/roles.ts';
import type { World } from '../world/world.ts';
import { chiefsOf, isOwn, isSeated, publishable, turnOf } from './chiefs.ts';
import { decide, publishOver, takeInApart } from './cms-decisions.ts';
import { BROUGHT_WITHIN_MS, editThere, type Scene } from './cms-scene.ts';
import { attempt, type as write, type Turn } from './desk-work.ts';
import { goBack } from './going-back.ts';
import { catchUp } from './good-day.ts';
import { onGoodLines } from './moments.ts';
import { seeThrough, transit } from './review.ts';
import { rush } from './rush.ts';

type Trace = (step: number, client: number, what: string) => void;

/** What happens at a CMS and about it. */
const ACTS = {
  edit(scene: Scene) {
    const posts = scene.site.cms.posts();
    if (posts.length > 0) editThere(scene, scene.dice.pick(posts));
  },
  takeFromReaders({ world, cms, site, dice }: Scene) {
    const live = site.cms.posts().filter((post) => post.live);
    if (live.length === 0) return;
    const post = dice.pick(live);
    const { id } = post;
    site.cms.edit(id, { status: 'draft' });
    // A server that went back, and has forgotten that readers saw it, takes it for a draft of its own.
    const isForgotten = cms.hasLost(articleOf(post) ?? '', site.channel);
    // Where the newsroom has withdrawn it, and that is still on its way, they only do what it wants.
    if (!isForgotten && !isWithdrawn(world, site.channel, id)) site.watch.hidden(id);
  },
  remove({ site, dice }: Scene) {
    const posts = site.cms.posts();
    if (posts.length === 0) return;
    const { id } = dice.pick(posts);
    site.watch.edited(id);
    site.cms.remove(id);
  },
  goDown({ site }: Scene) {
    site.weather = { ...site.weather, down: true };
  },
  comeUp({ site }: Scene) {
    site.weather = { ...site.weather, down: false };
  },
  decide,
  bringOut: (scene: Scene) => bringOut(scene, articlesNotShown(scene)),
  async contest(scene: Scene) {
    const { world, site, dice } = scene;
    const shown = [...site.watch.live()];
    if (shown.length === 0) return bringOut(scene, articlesNotShown(scene));
    const [article, [post]] = dice.pick(shown);
    if (post) editThere(scene, post);
    await bringOut(scene, [article]);
    const apart = dice.chance(0.3) ? await takeInApart(scene, article) : null;
    if (apart !== null) await bringOutWithout(scene, article, apart);
    else {
      if (dice.chance(0.7)) await decide(scene);
      if (dice.chance(0.5)) await bringOut(scene, [article]);
    }
    await world.schedule.pass(dice.between(10, 1000));
  },
  /**
   * A post was deleted there and made anew at a chief’s word; then the server goes back to when it knew the one that is gone,
   * and the article is withdrawn.
   */
  async makeAnew(scene: Scene) {
    const { world, site, dice } = scene;
    const shown = [...site.watch.live()];
    if (shown.length === 0) return bringOut(scene, articlesNotShown(scene));
    const [article, [post]] = dice.pick(shown);
    if (!post || !world.server.up) return;
    const { weather } = site;
    site.weather = FAIR;
    try {
      await onGoodLines(world, () => deleteAndWithdraw(scene, article, post.id));
    } finally {
      site.weather = weather;
    }
  },
} satisfies Record<string, (scene: Scene) => void | Promise<void>>;

const WEIGHTS: Record<keyof typeof ACTS, number> = {
  edit: 5,
  takeFromReaders: 2.5,
  remove: 0.7,
  goDown: 1,
  comeUp: 3,
  decide: 4,
  bringOut: 3,
  contest: 4,
  makeAnew: 1.5,
};

const HOW_OFTEN = 0.15;

/** A chief takes back from readers what they can see. */
async function withdrawOne(turn: Turn, wanted: Id | null = null): Promise<void> {
  const { world, core, client, dice } = turn;
  const desks = new Set(client.who.memberships.map(({ desk }) => desk));
  // One whose withdrawal waits to be sent is withdrawn as its chief sees it.
  const shown = core.store.articles
    .serverRecords()
    .flatMap(({ id }) => core.store.articles.record(id) ?? [])
    .filter(({ live, desk }) => live && desk !== null && desks.has(desk));
  if (shown.length === 0) return;
  const article = shown.find(({ id }) => id === wanted)?.id ?? dice.pick(shown).id;
  const reason = 'The court has asked for it.';
  await core.articles.handlers['article.transition']({ article, transition: 'withdraw', reason });
  client.views.delete(article);
  await world.schedule.pass(dice.between(100, 5000));
}

async function deleteAndWithdraw(scene: Scene, article: Id, post: string): Promise<void> {
  const { world, site, dice } = scene;
  const image = world.server.image();
  site.watch.edited(post);
  site.cms.remove(post);
  await bringOut(scene, [article]);
  await world.schedule.pass(BROUGHT_WITHIN_MS);
  if (!(await publishOver(scene, article))) return;
  await world.schedule.pass(BROUGHT_WITHIN_MS);
  await goBack(world, image, 'command');
  const chief = chiefsOf(world).find((one) => publishable(world, one, [article]).length > 0);
  if (!chief) return;
  await catchUp(world, chief);
  if (!isSeated(chief)) return;
  await attempt('withdraw', world, () => withdrawOne(turnOf(world, chief, dice), article));
}

const PUBLISHING = { rush, seeThrough, transit, withdrawOne: (turn: Turn) => withdrawOne(turn) };
const WAYS_TO_READERS: Record<keyof typeof PUBLISHING, number> = {
  rush: 3,
  seeThrough: 1,
  transit: 2,
  withdrawOne: 1.2,
};

function articlesNotShown({ world, site }: Scene): Id[] {
  const shown = site.watch.live();
  return world.articles.filter((article) => !shown.has(article));
}

/** Whether the newsroom wants nothing of this post to be shown. */
function isWithdrawn({ server }: World, channel: Id, post: string): boolean {
  return lookAt(
    server.file,
    (db) =>
      db
        .prepare('SELECT 1 FROM deliveries WHERE channel = ? AND remote = ? AND wanted IS NULL')
        .get(channel, post) !== undefined,
  );
}

/** A colleague stands in for a chief who is out of reach, and publishes what that chief is about to send without it. */
async function bringOutWithout(scene: Scene, article: Id, away: Client): Promise<void> {
  const { world, dice } = scene;
  const desk = away.core?.store.articles.record(article)?.desk;
  const colleagues = world.clients.filter(
    ({ core, who }) =>
      core !== null &&
      who !== away.who &&
      !isOwn(core.store.articles.record(article), who.id) &&
      world.watch.memberships(who.id).some((membership) => membership.desk === desk),
  );
  if (colleagues.length === 0) return;
  const { who } = dice.pick(colleagues);
  const before = world.watch.memberships(who.id);
  const standingIn = before.map((membership) =>
    membership.desk === desk ? { ...membership, role: 'desk-chief' as const } : membership,
  );
  await giveRoles(world, who.id, standingIn);
  await bringOut(scene, [article], away);
  await giveRoles(world, who.id, before);
}

/** A chief who did not start one of these articles writes in it and publishes it; then there is time to bring it there. */
async function bringOut(
  { world, dice }: Scene,
  articles: readonly Id[],
  but: Client | null = null,
): Promise<void> {
  const able = chiefsOf(world).flatMap((client) =>
    publishable(world, client, client === but ? [] : articles).map((article) => ({
      client,
      article,
    })),
  );
  if (able.length === 0) return;
  const { client, article } = dice.pick(able);
  if (dice.chance(0.8)) await catchUp(world, client);
  // Their computer may have been killed over it.
  if (!chiefsOf(world).includes(client)) return;
  const turn = turnOf(world, client, dice);
  client.reading = article;
  await attempt('write', world, () => write(turn));
  await attempt('bring out', world, () => seeThrough(turn, article));
  await world.schedule.pass(dice.between(3000, 12_000));
}

/** One of the chiefs takes something to readers. */
async function publishMore(world: World, dice: Dice, trace: Trace | undefined): Promise<void> {
  const chiefs = chiefsOf(world);
  if (chiefs.length === 0 || !dice.chance(0.3)) return;
  const client = dice.pick(chiefs);
  const turn = turnOf(world, client, dice);
  const name = dice.weighted(WAYS_TO_READERS);
  trace?.(world.step, client.index, name);
  await attempt(name, world, () => PUBLISHING[name](turn));
}

/** One turn of those who publish, where they do much, and of the people at the CMSs, where the newsroom has any. */
export async function actAtReaders(
  world: World,
  dice: Dice,
  trace: Trace | undefined,
): Promise<void> {
  const { cms, seed } = world;
  if (publishesMuch(seed)) await publishMore(world, dice, trace);
  if (!cms || !dice.chance(HOW_OFTEN)) return;
  const site = dice.pick(cms.sites);
  const name = dice.weighted(WEIGHTS);
  trace?.(world.step, -1, `${name} in ${site.kind}`);
  try {
    await ACTS[name]({ world, cms, site, dice });
  } catch (error) {
    if (!isInjected(error)) throw error;
  }
}
