import { WHOLE_UPLOAD_MAX_BYTES } from '#shared/api';
import { newLocalId, type Block, type ImageInfo } from '#shared/article';
import type { Dice } from '../world/dice.ts';
import { insertBehind, change, type Desk, type Writing } from './editing.ts';
import { look, save, type Turn } from './desk-work.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Large enough to travel in parts. */
const LARGE = WHOLE_UPLOAD_MAX_BYTES + 40_000;
const SMALL = 16;
const ABOUT = { mime: 'image/png', width: 2, height: 2 } as const;

/** What passes for a picture, and is like no other. */
export function pictureBytes(dice: Dice, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  bytes.set([...SIGNATURE, ...dice.bytes(8)]);
  return bytes;
}

/** A picture that nobody has seen, on this computer. */
export function newPicture({ core, dice, world }: Turn, length = SMALL): ImageInfo {
  const { hash } = core.store.assets.add(pictureBytes(dice, length), ABOUT);
  return { asset: hash, ...ABOUT, caption: world.words.sentence(), credit: '', alt: '' };
}

/** Puts a picture into the article that is open: into the text, in the place of one there, or at its head. */
export async function addPicture(turn: Turn, { large = false } = {}): Promise<void> {
  const { client, dice, world } = turn;
  const article = client.reading;
  const view = article === null ? null : await look(turn, article);
  if (article === null || !view || view.readOnly) return;
  const picture = newPicture(turn, large || dice.chance(0.3) ? LARGE : SMALL);
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
