import { newLocalId, type Block } from '#shared/article';
import { change, insertBehind, type Act } from './editing.ts';

type EmbedBlock = Extract<Block, { type: 'embed' }>;

/** An address of its own, in which nobody looks for words. */
const addressOf = (title: string): string => `https://video.example/${title.replaceAll(/\D/g, '')}`;

/** Puts something of another site in, or another thing in its place. */
export const embed: Act = (desk) => {
  const { content, dice, words } = desk;
  const embeds = content.body.filter((block) => block.type === 'embed');
  const title = words.name();
  if (embeds.length > 0) {
    const known = dice.pick(embeds);
    return change(desk, { ...known, url: addressOf(title), title });
  }
  const $ = { id: newLocalId(dice.bytes) };
  const block: EmbedBlock = { type: 'embed', $, url: addressOf(title), provider: '', title };
  return insertBehind(desk, dice.below(content.body.length + 1), block);
};

/** Writes what stands under a picture or an embed anew, or shows another picture of the article there. */
export const retitle: Act = (desk) => {
  const { content, dice, words } = desk;
  const titled = content.body.filter(({ type }) => type === 'image' || type === 'embed');
  if (titled.length === 0) return null;
  const block = dice.pick(titled);
  if (block.type === 'embed') return change(desk, { ...block, title: words.name() });
  if (block.type !== 'image') return null;
  const others = content.body.filter((each) => each.type === 'image' && each.asset !== block.asset);
  const [other] = [content.fields.leadImage, ...others].filter((each) => each !== null);
  if (other && 'asset' in other && dice.chance(0.35))
    return change(desk, { ...block, asset: other.asset, caption: words.sentence() });
  return change(
    desk,
    dice.chance(0.6) ? { ...block, caption: words.sentence() } : { ...block, credit: words.name() },
  );
};
