import type { ChannelKind, RemoteVersion, RemoteWords } from '#shared/api';
import type { Hash } from '#shared/article';
import { readableText, readableWords, type RemotePost, type Words } from '../connectors/index.ts';
import { findRemoteVersion, findRevision, type Db, type Delivery } from '../store/index.ts';
import { baselineOf, sentOf } from './attempt.ts';

/** What somebody made of an article in a CMS, as it was kept, beside what Stet had put there; null when nothing is known. */
export async function readTheirs(
  db: Db,
  kind: ChannelKind,
  delivery: Delivery,
): Promise<RemoteVersion | null> {
  const { theirs } = delivery;
  const kept = theirs === null ? null : await findRemoteVersion(db, theirs);
  if (theirs === null || kept === null) return null;
  const found = JSON.parse(kept) as RemotePost;
  const read = (post: Words): RemoteWords & { text: string } => {
    const words = readableWords(kind, post);
    return { ...words, text: readableText(words.html) };
  };
  const before = await beforeThem(db, delivery);
  return {
    theirs,
    ...read(found),
    status: found.status,
    before: before && { ...read(before.words), revision: before.revision },
  };
}

/** What was taken in of an earlier change; else what was read back last; before anything was, what was sent. */
async function beforeThem(
  db: Db,
  delivery: Delivery,
): Promise<{ words: Words; revision: Hash } | null> {
  const { delivered, wanted } = delivery;
  const [baseline, sent] = [baselineOf(delivery), sentOf(delivery)];
  const takenIn = baseline?.takenIn;
  if (takenIn && (await findRevision(db, takenIn.within)))
    return { words: takenIn.found, revision: takenIn.within };
  if (baseline?.found && delivered !== null) return { words: baseline.found, revision: delivered };
  return sent && wanted !== null ? { words: sent, revision: wanted } : null;
}
