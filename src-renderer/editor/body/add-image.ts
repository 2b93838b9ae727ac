import type { ImageInfo } from '#shared/article';
import type { Bridge } from '#shared/contract';

const LIMIT = 25 * 1024 * 1024;

/** Stores a picture as an asset. Rejects with a sentence when it is too large or no picture Stet can take in. */
export async function addImage(bridge: Pick<Bridge, 'call'>, file: File): Promise<ImageInfo> {
  if (file.size > LIMIT)
    throw new Error(
      `“${file.name}” is larger than 25 MB. Save it smaller and add it again; the article is unchanged.`,
    );
  const base64 = await readBase64(file);
  return bridge.call('assets.add', { base64, name: file.name });
}

function readBase64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve((reader.result as string).replace(/^data:[^,]*,/, ''));
    reader.onerror = () =>
      reject(new Error(`“${file.name}” could not be read. The article is unchanged.`));
    reader.readAsDataURL(file);
  });
}

/** Asks for pictures with the system's file dialog. Empty when the person thought better of it. */
export function chooseImages(multiple: boolean): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = 'image/jpeg,image/png,image/webp,image/gif,image/avif';
    input.multiple = multiple;
    input.onchange = () => resolve([...(input.files ?? [])]);
    input.oncancel = () => resolve([]);
    input.click();
  });
}
