import type { Id, ImageInfo } from '#shared/article';
import { FAIR } from '../world/cms.ts';
import { turnOf, waysToReaders } from './chiefs.ts';
import { BROUGHT_WITHIN_MS, type Scene } from './cms-scene.ts';
import { look, save, type Turn } from './desk-work.ts';
import { newPicture } from './pictures.ts';
import { seeThrough } from './review.ts';

/**
 * An article goes out with keywords and a picture at its head, somebody adds a tag to its post, and it goes out once more
 * without what it had, or with other.
 */
export async function correctPost(scene: Scene, hasPicture = false): Promise<void> {
  const { world, site, dice } = scene;
  site.weather = FAIR;
  // Whether what was withdrawn is gone from there is looked at in the end.
  const ways = waysToReaders(world).filter(({ client, article }) => {
    const record = client.core.store.articles.record(article);
    return record !== null && (record.live || record.publishedAt === null);
  });
  if (ways.length === 0) return;
  const { client, article } = dice.pick(ways);
  const turn = turnOf(world, client, dice);
  const names = [world.words.name(), world.words.name()];
  const creditLine = hasPicture ? world.words.sentence() : undefined;
  await bringOutWith(turn, article, names, hasPicture ? newPicture(turn) : null, creditLine);
  const [post] = site.watch.live().get(article) ?? [];
  if (post) {
    const tag = `Theirs ${article.slice(-4)}`;
    site.cms.edit(post.id, { tag });
    site.watch.tagged(post.id, tag);
  }
  await bringOutWith(turn, article, [names[0]!, world.words.name()]);
}

/** The chief has the article go out with these keywords, this picture at its head or none, and a credit line of their own. */
async function bringOutWith(
  turn: Turn,
  article: Id,
  keywords: string[],
  leadImage: ImageInfo | null = null,
  creditLine?: string,
): Promise<void> {
  const { client, world } = turn;
  client.views.clear();
  client.reading = article;
  const view = await look(turn, article);
  if (!view || view.readOnly) return;
  const { content } = view;
  const fields = { keywords, leadImage, ...(creditLine !== undefined && { creditLine }) };
  const after = { ...content, fields: { ...content.fields, ...fields } };
  await save(turn, article, view, { edit: { fields }, after });
  await seeThrough(turn, article);
  turn.core.engine.now();
  await world.schedule.pass(BROUGHT_WITHIN_MS);
}
