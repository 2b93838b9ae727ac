import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { RemoteVersion, RemoteWords } from '#shared/api';
import {
  newLocalId,
  type Clock,
  type Content,
  type Hash,
  type Id,
  type LocalId,
} from '#shared/article';
import { StetError } from '#shared/contract';
import { changedOn } from '../articles/index.ts';
import { readPassages } from '../import/index.ts';
import type { By, Store } from '../store/index.ts';
import { putBeside, takeInBeside } from '../sync/index.ts';
import { withTheirEdit, type PostWords } from './their-edit.ts';

interface TakingIn {
  store: Store;
  clock: Clock;
  by: By;
  /** What the newsroom calls the CMS. */
  channel: string;
}

/** The same ids for the same version: taken in twice, it is one revision. */
function idsFrom(seed: string): () => LocalId {
  let count = 0;
  return () => {
    const digest = createHash('sha256')
      .update(`${seed} ${(count += 1)}`)
      .digest();
    return newLocalId((length) => new Uint8Array(digest.subarray(0, length)));
  };
}

/** The published content with what somebody changed there, as a revision of `parent`. */
interface TheirEdit {
  parent: Hash;
  content: Content;
  isChanged: boolean;
}

/** Reads what somebody changed. Throws a StetError when there is nothing to take in, or nothing to set it beside. */
export async function readTheirEdit(
  store: Store,
  channel: string,
  { theirs, status, before, ...after }: RemoteVersion,
): Promise<TheirEdit> {
  if (status === 'deleted')
    throw new StetError('refused', `It was deleted on ${channel}: there are no words to take in.`);
  if (before === null)
    throw new StetError(
      'refused',
      `Stet does not know what stood on ${channel} before, so it cannot tell what was changed. Copy what you need from it.`,
    );
  const published = store.revisions.open(before.revision);
  if (!published)
    throw new StetError(
      'refused',
      'The version that was published there has not arrived on this computer yet. Sync, then take it in.',
    );
  const newId = idsFrom(theirs);
  const read = async ({ title, excerpt, html }: RemoteWords): Promise<PostWords> => ({
    title,
    excerpt,
    passages: await readPassages(html, newId),
  });
  const { fields, body, conflicts } = published;
  const own = { fields, body, conflicts };
  const reading = { before: await read(before), after: await read(after), channel, newId };
  const content = withTheirEdit(own, reading);
  return { parent: before.revision, content, isChanged: !isDeepStrictEqual(content, own) };
}

/**
 * Takes what somebody changed in a CMS into the article: as a revision of the one that was published there, joined with
 * the text as any colleague's work is. Gives that revision. Throws as {@link readTheirEdit} does.
 */
export async function takeInVersion(
  { store, clock, by, channel }: TakingIn,
  article: Id,
  version: RemoteVersion,
): Promise<Hash> {
  const { parent, content, isChanged } = await readTheirEdit(store, channel, version);
  return store.transaction(() => {
    store.working.seal(article, { author: by.author, device: by.device });
    const noted = { ...by, note: changedOn(channel) };
    const hash = isChanged
      ? putBeside(store, article, { content, parent, by: noted, clock })
      : parent;
    takeInBeside(store, article, hash, by);
    return hash;
  });
}
