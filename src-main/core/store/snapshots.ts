import { RevisionError, type Content, type Hash, type Id } from '#shared/article';
import type { Db } from './db.ts';
import type { Revisions } from './revisions.ts';
import type { WorkingCopy } from './types.ts';

/** What earlier generations of working copies held, for edits that come late. */
export interface Snapshots {
  keep(copy: WorkingCopy): void;
  keepRevision(article: Id, generation: number, revision: Hash | null): void;
  set(article: Id, generation: number, content: Content): void;
  /** Null when it is not kept any more. */
  content(article: Id, generation: number): Content | null;
}

/**
 * Whole texts take room, names of revisions none: a window may sleep for a day while another one works. As many texts are
 * kept as this many bytes hold, the newest ones however long they are: what a window that is older still writes stands
 * beside what is there.
 */
const KEPT_BYTES = 2_000_000;
const KEPT_TEXTS = 8;
const KEPT_GENERATIONS = 1_000;

export function createSnapshots(db: Db, revisions: Revisions): Snapshots {
  const write = (
    article: Id,
    generation: number,
    revision: Hash | null,
    content: Content | null,
  ): void => {
    db.run(
      'INSERT OR REPLACE INTO snapshot (article, generation, revision, content) VALUES (?, ?, ?, ?)',
      article,
      generation,
      revision,
      content ? JSON.stringify(content) : null,
    );
    db.run(
      'DELETE FROM snapshot WHERE article = ? AND generation <= ?',
      article,
      generation - KEPT_GENERATIONS,
    );
    if (content)
      db.run(
        `DELETE FROM snapshot WHERE article = ? AND generation IN (
           SELECT generation FROM (
             SELECT generation, row_number() OVER newest AS place, sum(octet_length(content)) OVER newest AS bytes
             FROM snapshot WHERE article = ? AND content IS NOT NULL
             WINDOW newest AS (ORDER BY generation DESC)
           ) WHERE place > ? AND bytes > ?
         )`,
        article,
        article,
        KEPT_TEXTS,
        KEPT_BYTES,
      );
  };
  return {
    keep({ article, generation, base, dirty, content }) {
      if (base !== null && !dirty) write(article, generation, base, null);
      else write(article, generation, null, content);
    },
    keepRevision(article, generation, revision) {
      if (revision !== null) write(article, generation, revision, null);
    },
    set: (article, generation, content) => write(article, generation, null, content),
    content(article, generation) {
      const row = db.get<{ revision: string | null; content: string | null }>(
        'SELECT revision, content FROM snapshot WHERE article = ? AND generation = ?',
        article,
        generation,
      );
      if (row?.content) return JSON.parse(row.content) as Content;
      return row?.revision ? openOrNull(revisions, row.revision) : null;
    },
  };
}

function openOrNull(revisions: Revisions, hash: Hash): Content | null {
  try {
    return revisions.open(hash);
  } catch (error) {
    if (error instanceof RevisionError) return null;
    throw error;
  }
}
