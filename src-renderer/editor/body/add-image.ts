import type { ImageInfo } from '#shared/article';
import type { Bridge } from '#shared/contract';
import { base64Of, chooseFiles } from '../../ui/index.ts';

const LIMIT = 25 * 1024 * 1024;

/** Stores a picture as an asset. Rejects with a sentence when it is too large or no picture Stet can take in. */
export async function addImage(bridge: Pick<Bridge, 'call'>, file: File): Promise<ImageInfo> {
  if (file.size > LIMIT)
    throw new Error(
      `“${file.name}” is larger than 25 MB. Save it smaller and add it again; the article is unchanged.`,
    );
  const base64 = await base64Of(file);
  return bridge.call('assets.add', { base64, name: file.name });
}

/** Asks for pictures with the system's file dialog. */
export function chooseImages(multiple: boolean): Promise<File[]> {
  return chooseFiles({ accept: 'image/jpeg,image/png,image/webp,image/gif,image/avif', multiple });
}
