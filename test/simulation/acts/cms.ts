import { actOnDelivery } from '../../../src-server/delivery/index.ts';
import { findRemoteVersion } from '../../../src-server/store/index.ts';
import type { CmsWorld, Site } from '../world/cms.ts';
import type { Dice } from '../world/dice.ts';
import { isInjected } from '../world/disk.ts';
import type { World } from '../world/world.ts';
import { attempt, type Turn } from './desk-work.ts';
import { seeThrough, transit } from './review.ts';
import { rush } from './rush.ts';

type Trace = (step: number, client: number, what: string) => void;

interface Scene {
  world: World;
  cms: CmsWorld;
  site: Site;
  dice: Dice;
}

/** What happens at a CMS and about it. */
const ACTS = {
  edit({ site, dice }: Scene) {
    const posts = site.cms.posts();
    if (posts.length === 0) return;
    const { id, body, title } = dice.pick(posts);
    // Whoever edits there leaves the mark alone; their words are none of the newsroom's.
    if (dice.chance(0.5)) site.cms.edit(id, { title: `${title}, as they see it` });
    else site.cms.edit(id, { body: withWordsOfTheirs(site, body) });
    site.watch.edited(id);
  },
  takeFromReaders({ site, dice }: Scene) {
    const live = site.cms.posts().filter((post) => post.live);
    if (live.length === 0) return;
    const { id } = dice.pick(live);
    site.cms.edit(id, { status: 'draft' });
    site.watch.edited(id);
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
  async decide({ world, site, dice }: Scene) {
    if (!world.server.up) return;
    const { store } = world.server.context();
    const stopped = await store.db
      .selectFrom('deliveries')
      .select(['article', 'theirs'])
      .where('channel', '=', site.channel)
      .where('standing', '=', 'changed')
      .execute();
    if (stopped.length === 0) return;
    const { article, theirs } = dice.pick(stopped);
    const overwrite = theirs !== null && dice.chance(0.7);
    if (overwrite) {
      const kept = await findRemoteVersion(store.db, theirs);
      site.watch.allow(JSON.parse(kept ?? '{}') as { title: string; body: string });
    }
    await store.write((unit) =>
      actOnDelivery(
        unit,
        article,
        site.channel,
        overwrite ? { act: 'publish-over', theirs } : { act: 'retry' },
      ),
    );
  },
} satisfies Record<string, (scene: Scene) => void | Promise<void>>;

const WEIGHTS: Record<keyof typeof ACTS, number> = {
  edit: 5,
  takeFromReaders: 1,
  remove: 0.7,
  goDown: 1,
  comeUp: 3,
  decide: 4,
};

const HOW_OFTEN = 0.12;

function withWordsOfTheirs({ kind }: Site, body: string): string {
  return kind === 'ghost'
    ? body.replace('"text":"', '"text":"As they see it: ')
    : body.replace('</p>', ' As they see it.</p>');
}

/** A chief takes back from readers what they can see. */
async function withdrawOne({ world, core, client, dice }: Turn): Promise<void> {
  const desks = new Set(client.who.memberships.map(({ desk }) => desk));
  const shown = core.store.articles
    .serverRecords()
    .filter(({ live, desk }) => live && desk !== null && desks.has(desk));
  if (shown.length === 0) return;
  const { id: article } = dice.pick(shown);
  const reason = 'The court has asked for it.';
  await core.articles.handlers['article.transition']({ article, transition: 'withdraw', reason });
  client.views.delete(article);
  await world.schedule.pass(dice.between(100, 5000));
}

const PUBLISHING = { rush, seeThrough, transit, withdrawOne };
const WAYS_TO_READERS: Record<keyof typeof PUBLISHING, number> = {
  rush: 3,
  seeThrough: 1,
  transit: 2,
  withdrawOne: 0.6,
};

/** A newsroom with a CMS publishes more than others, so that there is something to bring there. */
async function publishMore(world: World, dice: Dice, trace: Trace | undefined): Promise<void> {
  const chiefs = world.clients.filter(
    ({ core, who }) => core !== null && who.memberships.some(({ role }) => role === 'desk-chief'),
  );
  if (chiefs.length === 0 || !dice.chance(0.3)) return;
  const client = dice.pick(chiefs);
  if (!client.core) return;
  const turn = { world, client, core: client.core, dice };
  const name = dice.weighted(WAYS_TO_READERS);
  trace?.(world.step, client.index, name);
  await attempt(name, world, () => PUBLISHING[name](turn));
}

/** One turn of the people at the CMSs, where the newsroom has any. */
export async function actAtCms(world: World, dice: Dice, trace: Trace | undefined): Promise<void> {
  const { cms } = world;
  if (!cms) return;
  await publishMore(world, dice, trace);
  if (!dice.chance(HOW_OFTEN)) return;
  const site = dice.pick(cms.sites);
  const name = dice.weighted(WEIGHTS);
  trace?.(world.step, -1, `${name} in ${site.kind}`);
  try {
    await ACTS[name]({ world, cms, site, dice });
  } catch (error) {
    if (!isInjected(error)) throw error;
  }
}
