import type { ImageInfo, PlainBlock } from '#shared/article';
import { StetError, type ImportSource } from '#shared/contract';
import { decodeSource, looksLikeHtml, refuseEmpty, SOURCE_MAX_BYTES } from './decode.ts';
import type { Draft } from './html-draft.ts';
import { noMeta, readHtml, type PageMeta } from './html-page.ts';
import type { OnProgress } from './html-tree.ts';
import { recognise } from './news-page.ts';
import type { NewId, Piece } from './piece.ts';
import type { ReadSource } from './proposal.ts';
import { readText } from './text-blocks.ts';

export interface ReadDeps {
  newId: NewId;
  /** Stores a picture that stands in the source itself and says what it is; throws a StetError when it cannot be one. */
  addPicture(bytes: Uint8Array): Promise<Pick<ImageInfo, 'asset' | 'mime' | 'width' | 'height'>>;
  onProgress: OnProgress;
}

interface Given {
  text: string;
  html: boolean;
}

function tooLarge(): StetError {
  return new StetError('unsupported', 'This is more than 20 MB of text. Take it in in parts.');
}

/** The clipboard gives HTML and plain text: HTML says more, unless there is nothing in it. */
function givenBy(source: ImportSource): Given {
  const { name, base64, html, text } = source;
  if (base64 !== undefined) return decodeSource(Buffer.from(base64, 'base64'), name);
  for (const given of [html, text]) if ((given?.length ?? 0) > SOURCE_MAX_BYTES) throw tooLarge();
  if (html !== undefined && html.trim() !== '') return { text: html, html: true };
  refuseEmpty(text ?? '', name);
  return { text: text ?? '', html: looksLikeHtml(text ?? '', name) && name !== '' };
}

async function resolvePicture(draft: Draft, deps: ReadDeps): Promise<Draft> {
  const { picture } = draft;
  if (!picture) return draft;
  try {
    const bytes = Buffer.from(picture.dataUrl.slice(picture.dataUrl.indexOf(',') + 1), 'base64');
    const info = await deps.addPicture(bytes);
    const block: PlainBlock = { type: 'image', $: { id: deps.newId() }, ...info, ...picture.about };
    return { ...draft, block };
  } catch (error) {
    if (!(error instanceof StetError)) throw error;
    const text = [picture.about.caption, picture.about.credit, picture.about.alt]
      .filter(Boolean)
      .join('\n');
    return { ...draft, text, leftOut: { label: 'Image', reason: error.message } };
  }
}

function numbered(drafts: readonly Draft[]): Piece[] {
  return drafts.map(({ wordList: _, picture: __, ...draft }, index) => ({
    ...draft,
    id: `p${index + 1}`,
  }));
}

/** Reads a source into pieces and recognises what they are. Throws a StetError with a sentence when there is no text. */
export async function readSource(source: ImportSource, deps: ReadDeps): Promise<ReadSource> {
  const given = givenBy(source);
  let meta: PageMeta = noMeta();
  let drafts: Draft[] = [];
  if (given.html) {
    const page = await readHtml(given.text, deps.newId, deps.onProgress);
    meta = page.meta;
    for (const draft of page.drafts) drafts.push(await resolvePicture(draft, deps));
  }
  const nothing = drafts.every(({ leftOut }) => leftOut !== undefined);
  if (!given.html || (nothing && (source.text ?? '').trim() !== ''))
    drafts = await readText(given.html ? (source.text ?? '') : given.text, deps.newId, () =>
      deps.onProgress(0, given.text.length),
    );
  if (drafts.length === 0) refuseEmpty('', source.name);
  await deps.onProgress(given.text.length, given.text.length);
  const pieces = numbered(drafts);
  const size = given.text.length;
  const recognition = await recognise(pieces, meta, {
    file: source.name !== '',
    newId: deps.newId,
    pause: () => deps.onProgress(size, size),
  });
  return { id: deps.newId(), source: source.name || 'Clipboard', pieces, recognition };
}
