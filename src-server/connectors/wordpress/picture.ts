import { z } from 'zod';
import type { ImageInfo } from '#shared/article';
import type { Post } from '../connector.ts';
import { ConnectorError } from '../exchange.ts';
import { canonicalHtml, htmlOfText } from '../html.ts';
import type { Ask } from './api.ts';

const Media = z.object({
  id: z.number(),
  alt_text: z.string().default(''),
  caption: z.object({ raw: z.string() }).default({ raw: '' }),
});

const ENDINGS = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'avif',
} as const;

interface Said {
  alt_text: string;
  caption: string;
}

function saidOf({ alt, caption, credit }: ImageInfo): Said {
  const below = [caption, credit].filter(Boolean).join(' ');
  return { alt_text: alt, caption: htmlOfText(below) };
}

/** Says of a picture in the library what is said of it now. One that another account put there keeps its words. */
async function correct(
  ask: Ask,
  { id, alt_text, caption }: z.infer<typeof Media>,
  said: Said,
): Promise<void> {
  if (alt_text === said.alt_text && canonicalHtml(caption.raw) === canonicalHtml(said.caption))
    return;
  try {
    await ask('POST', `/wp/v2/media/${id}`, { body: said });
  } catch (error) {
    if (!(error instanceof ConnectorError && error.kind === 'denied')) throw error;
  }
}

/**
 * The number of a picture in the media library. It is named by its hash, so that it is put there once; null where this
 * WordPress does not take it.
 */
export async function pictureOf(
  ask: Ask,
  image: ImageInfo,
  assetBytes: Post['assetBytes'],
): Promise<string | null> {
  const name = `stet-${image.asset.slice(0, 40)}`;
  const query = { slug: name, context: 'edit' };
  const known = z.array(Media).safeParse((await ask('GET', '/wp/v2/media', { query })).data);
  const said = saidOf(image);
  const picture = known.data?.[0];
  if (picture) {
    await correct(ask, picture, said);
    return String(picture.id);
  }
  const raw = {
    bytes: await assetBytes(image.asset),
    type: image.mime,
    filename: `${name}.${ENDINGS[image.mime]}`,
  };
  try {
    const { status, data } = await ask('POST', '/wp/v2/media', { raw, query: { ...said } });
    return status < 300 ? String(Media.parse(data).id) : null;
  } catch (error) {
    // A kind of picture that it does not know is an error of its own to WordPress.
    const isRefused =
      error instanceof ConnectorError &&
      (error.code === 'rest_upload_sideload_error' || error.kind === 'denied');
    if (isRefused) return null;
    throw error;
  }
}
