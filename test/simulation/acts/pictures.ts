import { newLocalId, type Block } from '#shared/article';
import { look, type Turn } from './desk-work.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const ABOUT = { mime: 'image/png', width: 2, height: 2 } as const;

/** Puts a picture at the end of the article that is open. */
export async function addPicture(turn: Turn): Promise<void> {
  const { client, core, dice, world } = turn;
  const article = client.reading;
  const view = article === null ? null : await look(turn, article);
  if (article === null || !view || view.readOnly) return;
  const { hash } = core.store.assets.add(Uint8Array.from([...SIGNATURE, ...dice.bytes(8)]), ABOUT);
  const block: Block = {
    type: 'image',
    $: { id: newLocalId(dice.bytes) },
    asset: hash,
    ...ABOUT,
    caption: world.words.sentence(),
    credit: '',
    alt: '',
  };
  const after = { ...view.content, body: [...view.content.body, block] };
  const saved = world.ledger.intend(client.index, article, view.content, after);
  const edit = { article, generation: view.generation, blocks: [block] };
  const { merged, generation } = await core.articles.handlers['article.edit'](edit);
  saved();
  if (merged) client.views.delete(article);
  else client.views.set(article, { ...view, generation, content: after });
}
