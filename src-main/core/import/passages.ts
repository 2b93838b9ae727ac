import type { PlainBlock } from '#shared/article';
import { readHtml } from './html-page.ts';
import type { NewId } from './piece.ts';

/** One run of a page in its place. Without a block it is something that no body can hold; `label` says what. */
export interface Passage {
  block: PlainBlock | null;
  text: string;
  label: string;
}

/** Reads HTML passage by passage, without a guess at what is headline, byline or anything else. */
export async function readPassages(html: string, newId: NewId): Promise<Passage[]> {
  const { drafts } = await readHtml(html, newId, () => Promise.resolve());
  return drafts.map(({ block, text, leftOut, picture }) => ({
    block: leftOut ? null : block,
    text,
    label: leftOut?.label ?? (picture ? 'Image' : ''),
  }));
}
