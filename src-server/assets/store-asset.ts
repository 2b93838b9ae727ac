import { createHash } from 'node:crypto';
import { ASSET_MAX_BYTES } from '#shared/api';
import type { Hash, ImageType } from '#shared/article';
import { ServerError } from '../errors.ts';
import { findAsset, saveAsset, type Store } from '../store/index.ts';
import type { AssetFiles } from './files.ts';
import { imageTypeOf } from './image-type.ts';

/** Takes in a picture: refuses what is too large, what is no picture, and bytes that do not match their name. */
export async function storeAsset(
  { store, assets }: { store: Store; assets: AssetFiles },
  hash: Hash,
  bytes: Uint8Array,
): Promise<ImageType> {
  if (bytes.length > ASSET_MAX_BYTES)
    throw new ServerError('too-large', 'The picture is larger than 25 MB. Send a smaller one.');
  if (createHash('sha256').update(bytes).digest('hex') !== hash)
    throw new ServerError(
      'wrong-hash',
      'The picture’s bytes do not match its hash. Send it again.',
    );
  const mime = imageTypeOf(bytes);
  if (!mime)
    throw new ServerError(
      'not-an-image',
      'This is no picture that Stet takes: send JPEG, PNG, WebP, GIF or AVIF.',
    );
  if ((await findAsset(store.db, hash)) && (await assets.has(hash))) return mime;
  await assets.write(hash, bytes);
  await store.write((unit) => saveAsset(unit, { hash, mime, size: bytes.length }));
  return mime;
}
