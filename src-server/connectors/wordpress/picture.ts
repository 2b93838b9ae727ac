import { z } from 'zod';
import type { ImageInfo } from '#shared/article';
import type { Post } from '../connector.ts';
import { ConnectorError } from '../exchange.ts';
import type { Ask } from './api.ts';

const Media = z.object({ id: z.number() });

const ENDINGS = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'avif',
} as const;

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
  if (known.data?.[0]) return String(known.data[0].id);
  const raw = {
    bytes: await assetBytes(image.asset),
    type: image.mime,
    filename: `${name}.${ENDINGS[image.mime]}`,
  };
  const said = {
    alt_text: image.alt,
    caption: [image.caption, image.credit].filter(Boolean).join(' '),
  };
  try {
    const { status, data } = await ask('POST', '/wp/v2/media', { raw, query: said });
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
