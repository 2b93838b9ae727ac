import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { Op, type StoredRevision } from '#shared/api';
import { canonicalJson, type Id } from '#shared/article';
import type { Store } from '../../../src-main/core/store/index.ts';
import { marksIn } from '../world/words.ts';

/** What a file of the vault says; only what the checker reads of it. */
interface Kept {
  article: Id;
  content: unknown;
  operations: unknown[];
  unfinished: unknown[];
}

/** An operation that could be sent again, under a number of its own: one that was refused may have any. */
export const KeptOp = Op.extend({ seq: z.number().int() });

/** Whether these are the bytes that the revision is named by, whichever Stet wrote them. */
export function isWhole({ hash, bytes }: StoredRevision): boolean {
  return createHash('sha256').update(bytes).digest('hex') === hash;
}

/** The text that a person reads stands beside the file from which everything can be sent again. */
export function readVault(text: string): { kept: Kept; words: Set<string> } {
  const kept = JSON.parse(readFileSync(text.replace(/\.txt$/, '.json'), 'utf8')) as Kept;
  return { kept, words: marksIn(readFileSync(text, 'utf8')) };
}

/** Whether anything of an article is on this computer, outside the vault. */
function keepsSomething(store: Store, article: Id): boolean {
  const { articles, awaited, comments, events, outbox, queues, revisions, unfinished } = store;
  const lists = [comments, events, revisions, unfinished].map((each) => each.list(article).length);
  return (
    lists.some((length) => length > 0) ||
    outbox.pending(article).length > 0 ||
    articles.exists(article) ||
    awaited.has(article) ||
    queues.row(article) !== null
  );
}

/** Looks on whenever a copy is taken away: what was unsent in it must be in the vault by then, all of it. */
export function watchVault(store: Store, who: Id, complain: (what: string) => void): void {
  const { vault } = store;
  const evict = vault.evict.bind(vault);
  vault.evict = (article) => {
    const copy = store.working.read(article);
    const waiting = store.outbox.entriesOf(article).map(({ op }) => op);
    const begun = store.unfinished.list(article);
    const isTheirs = store.articles.serverRecord(article)?.createdBy === who;
    if (isTheirs || (store.people.person(who)?.memberships.length ?? 0) > 0)
      complain(`Article ${article} was taken away, and it is open to its reader.`);
    const unsent = copy?.dirty === true || waiting.length > 0 || begun.length > 0;
    const file = evict(article);
    if (keepsSomething(store, article))
      complain(`Article ${article} was taken away, and something of it was left.`);
    if (unsent && file === null)
      complain(`Article ${article} was taken away, and what was unsent in it is nowhere.`);
    if (unsent && file !== null) {
      const { kept, words } = readVault(file);
      const there = new Set(
        kept.operations.map((operation) => canonicalJson(KeptOp.parse(operation))),
      );
      const lost = waiting.find((op) => !there.has(canonicalJson(KeptOp.parse(op))));
      if (lost) complain(`Operation ${lost.seq} of ${article} is not in the vault.`);
      if (kept.article !== article || canonicalJson(kept.content) !== canonicalJson(copy?.content))
        complain(`The text of ${article} is not in the vault as it stood.`);
      if (canonicalJson(kept.unfinished) !== canonicalJson(begun))
        complain(`Of the comments on ${article} that were begun, the vault holds others.`);
      for (const word of marksIn([copy?.content.fields.headline, copy?.content.body, begun]))
        if (!words.has(word)) complain(`A reader of the vault does not find ${word}.`);
    }
    return file;
  };
}
