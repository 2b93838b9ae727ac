import type { Id } from '#shared/article';
import type { CmsPost } from '../../helpers/cms/cms.ts';
import type { CmsWorld, Site } from '../world/cms.ts';
import type { Dice } from '../world/dice.ts';
import type { World } from '../world/world.ts';
import type { Turn } from './desk-work.ts';
import { seeThrough } from './review.ts';

/** What people at a CMS have before them. */
export interface Scene {
  world: World;
  cms: CmsWorld;
  site: Site;
  dice: Dice;
}

/** As long as it takes to bring an article to a CMS that is in order. */
export const BROUGHT_WITHIN_MS = 10_000;

/** A chief takes an article to readers, and there is time to bring it there. */
export async function publishThere(turn: Turn, article: Id): Promise<void> {
  turn.client.views.clear();
  turn.client.reading = article;
  await seeThrough(turn, article);
  turn.core.engine.now();
  await turn.world.schedule.pass(BROUGHT_WITHIN_MS);
}

/** Somebody changes a post there. They leave the mark alone; their words are the newsroom's once they are taken in. */
export function editThere({ world, site, dice }: Scene, { id, title, body }: CmsPost): void {
  const words = world.words.name();
  const written = withWordsOfTheirs(site, body, words);
  // A text of pictures alone has no words to change.
  if (dice.chance(0.5) || written === body) site.cms.edit(id, { title: `${title}, ${words}` });
  else site.cms.edit(id, { body: written });
  site.watch.edited(id);
}

function withWordsOfTheirs({ kind }: Site, body: string, words: string): string {
  return kind === 'ghost'
    ? body.replace('"text":"', `"text":"${words}: `)
    : body.replace('</p>', ` ${words}.</p>`);
}
