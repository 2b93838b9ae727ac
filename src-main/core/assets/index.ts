import type { Hash, ImageInfo } from '#shared/article';
import type { Handlers } from '#shared/contract';
import { readPicture } from './inspect-image.ts';
import type { ImageFacts } from './picture.ts';

export { inspectImage, readPicture, stripMetadata } from './inspect-image.ts';
export type { ImageFacts } from './picture.ts';

export interface AssetDeps {
  /** Stores bytes with what they are and gives their hash. */
  store(bytes: Uint8Array, facts: ImageFacts): { hash: Hash };
}

/** Stores a picture that came by paste, drop or file, and says what it is. Throws `unsupported` with a sentence. */
export function addPicture(
  deps: AssetDeps,
  given: Uint8Array,
  name = '',
): Pick<ImageInfo, 'asset' | 'mime' | 'width' | 'height'> {
  const { bytes, facts } = readPicture(given, name);
  return { asset: deps.store(bytes, facts).hash, ...facts };
}

export function assetHandlers(deps: AssetDeps): Pick<Handlers, 'assets.add'> {
  return {
    'assets.add': ({ base64, name }) => ({
      ...addPicture(deps, Buffer.from(base64, 'base64'), name),
      caption: '',
      credit: '',
      alt: '',
    }),
  };
}
