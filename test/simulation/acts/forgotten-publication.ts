import { chiefsOf, publishable, turnOf } from './chiefs.ts';
import type { Scene } from './cms-scene.ts';
import type { Turn } from './desk-work.ts';
import type { Id } from '#shared/article';
import { FAIR } from '../world/cms.ts';
import { goBack } from './going-back.ts';
import { seeThrough } from './review.ts';

/** As long as it takes to bring an article to a CMS that is in order. */
const BROUGHT_WITHIN_MS = 10_000;

async function publish(turn: Turn, article: Id): Promise<void> {
  turn.client.views.clear();
  turn.client.reading = article;
  await seeThrough(turn, article);
  turn.core.engine.now();
  await turn.world.schedule.pass(BROUGHT_WITHIN_MS);
}

async function withdraw({ core, world, client }: Turn, article: Id): Promise<void> {
  if (core.store.articles.record(article)?.live !== true) return;
  const reason = 'The court has asked for it.';
  await core.articles.handlers['article.transition']({ article, transition: 'withdraw', reason });
  client.views.delete(article);
  core.engine.now();
  await world.schedule.pass(BROUGHT_WITHIN_MS);
}

/**
 * An article is published and withdrawn, and published once more; the server goes back to one of the moments in between, and
 * no longer knows what it did then. What the CMSs show is looked at in the end: what it says of the article, or a chief is asked.
 */
export async function forgetPublication({ world, cms, dice }: Scene): Promise<void> {
  for (const site of cms.sites) site.weather = FAIR;
  const ways = chiefsOf(world).flatMap((client) =>
    publishable(world, client, world.articles).map((article) => ({ client, article })),
  );
  if (ways.length === 0) return;
  const { client, article } = dice.pick(ways);
  const turn = turnOf(world, client, dice);
  await publish(turn, article);
  const published = world.server.image();
  await withdraw(turn, article);
  const withdrawn = world.server.image();
  const isPublishedSince = dice.chance(0.6);
  if (isPublishedSince) await publish(turn, article);
  const how = dice.chance(0.5) ? 'by-hand' : 'command';
  await goBack(world, isPublishedSince ? withdrawn : published, how);
}
