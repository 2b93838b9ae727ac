import { WHOLE_UPLOAD_MAX_BYTES } from '#shared/api';
import { newLocalId, type Block, type ImageInfo } from '#shared/article';
import { insertBehind, change, type Desk, type Writing } from './editing.ts';
import { look, save, type Turn } from './desk-work.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Large enough to travel in parts. */
const LARGE = WHOLE_UPLOAD_MAX_BYTES + 40_000;
const SMALL = 16;
const ABOUT = { mime: 'image/png', width: 2, height: 2 } as const;

/** Puts a picture into the article that is open: into the text, in the place of one there, or at its head. */
export async function addPicture(turn: Turn, { large = false } = {}): Promise<void> {
  const { client, core, dice, world } = turn;
  const article = client.reading;
  const view = article === null ? null : await look(turn, article);
  if (article === null || !view || view.readOnly) return;
  const bytes = new Uint8Array(large || dice.chance(0.3) ? LARGE : SMALL);
  bytes.set([...SIGNATURE, ...dice.bytes(8)]);
  const { hash } = core.store.assets.add(bytes, ABOUT);
  const caption = world.words.sentence();
  const picture: ImageInfo = { asset: hash, ...ABOUT, caption, credit: '', alt: '' };
  const desk = { content: view.content, dice, words: world.words, who: '', now: '' };
  await save(turn, article, view, placed(desk, picture));
}

function placed(desk: Desk, picture: ImageInfo): Writing {
  const { content, dice } = desk;
  const there = content.body.filter((block) => block.type === 'image');
  const how = dice.next();
  if (how < 0.3) {
    const fields = { leadImage: picture };
    return { edit: { fields }, after: { ...content, fields: { ...content.fields, ...fields } } };
  }
  if (how < 0.6 && there.length > 0) return change(desk, { ...dice.pick(there), ...picture });
  const block: Block = { type: 'image', $: { id: newLocalId(dice.bytes) }, ...picture };
  return insertBehind(desk, dice.below(content.body.length + 1), block);
}
