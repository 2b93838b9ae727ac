import { turnOf, waysToReaders } from './chiefs.ts';
import { BROUGHT_WITHIN_MS, publishThere, type Scene } from './cms-scene.ts';
import type { Turn } from './desk-work.ts';
import type { Id } from '#shared/article';
import { FAIR } from '../world/cms.ts';
import { goBack } from './going-back.ts';

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
  const ways = waysToReaders(world);
  if (ways.length === 0) return;
  const { client, article } = dice.pick(ways);
  const turn = turnOf(world, client, dice);
  await publishThere(turn, article);
  const published = world.server.image();
  await withdraw(turn, article);
  const withdrawn = world.server.image();
  const isPublishedSince = dice.chance(0.6);
  if (isPublishedSince) await publishThere(turn, article);
  const how = dice.chance(0.5) ? 'by-hand' : 'command';
  await goBack(world, isPublishedSince ? withdrawn : published, how);
}
