import type { CommentEntry } from '#shared/api';
import type { Content, Id } from '#shared/article';
import { everythingIn } from '../acts/text.ts';
import type { Somewhere } from '../world/held.ts';
import { marksIn } from '../world/words.ts';
import { sentencesOf } from './sentences.ts';

/**
 * What became of a sentence, as far as people are concerned: `doubtful` while its writer has not been told that it is
 * saved, `standing` from then on, `removed` once anybody took it out of a text they saw, `lost` when the disk it was on
 * was destroyed before it had gone anywhere else.
 */
type Standing = 'doubtful' | 'standing' | 'removed' | 'lost';

interface Entry {
  article: Id;
  client: number;
  standing: Standing;
  /** Set for the words of a comment, which stand in no text: what was said, and of which passage. */
  comment?: CommentEntry;
}

/** Remembers what people wrote and took out, beside everything that the product remembers itself. */
export interface Ledger {
  /** Before the core is asked. What it gives is to be called once the core has said that the edit is saved. */
  intend(client: number, article: Id, before: Content | null, after: Content): () => void;
  /** A comment that the core has taken. */
  say(client: number, comment: CommentEntry): void;
  /** A comment that was refused, and that its writer lets go of. */
  unsay(comment: Id): void;
  isUnsaid(comment: Id): boolean;
  /** A disk is gone, and with it what was somewhere before and is nowhere now. What was nowhere before is no loss of the disk. */
  loseDisk(before: Somewhere, now: Somewhere): void;
  standing(article: Id): string[];
  /** Whether a word was saved in this article, and nobody took it out since. */
  isStanding(article: Id, mark: string): boolean;
  /** The comments that were taken, by their marked words. */
  said(): Map<string, { client: number; comment: CommentEntry }>;
  removed(article: Id): string[];
  writerOf(mark: string): number;
  /** Whether some person once had this passage or value in front of them as their own doing. */
  wasWritten(article: Id, passage: string): boolean;
  /**
   * Whether its sentences stood in a row, none of them cut, in one such passage: a break that another made between them
   * may have come into it before it was sealed.
   */
  wasPartWritten(article: Id, passage: string): boolean;
}

const inRow = (passage: string): string => `\n${sentencesOf(passage).join('\n')}\n`;

export function createLedger(): Ledger {
  const entries = new Map<string, Entry>();
  const written = new Map<Id, Set<string>>();
  const unsaid = new Set<Id>();
  const marksThat = (article: Id, standing: Standing): string[] =>
    [...entries].flatMap(([mark, entry]) =>
      entry.article === article && entry.standing === standing && !entry.comment ? [mark] : [],
    );
  return {
    intend(client, article, before, after) {
      const [had, has] = [before ? marksIn(before) : new Set<string>(), marksIn(after)];
      const passages = written.get(article) ?? new Set();
      written.set(article, passages);
      for (const passage of everythingIn(after)) passages.add(passage);
      const fresh: Entry[] = [];
      for (const mark of has) {
        if (entries.has(mark)) continue;
        const entry: Entry = { article, client, standing: 'doubtful' };
        entries.set(mark, entry);
        fresh.push(entry);
      }
      for (const mark of had) {
        const entry = entries.get(mark);
        if (entry && !has.has(mark)) entry.standing = 'removed';
      }
      return () => {
        for (const entry of fresh) if (entry.standing === 'doubtful') entry.standing = 'standing';
      };
    },
    say(client, comment) {
      for (const mark of marksIn(comment.text))
        entries.set(mark, { article: comment.article, client, standing: 'standing', comment });
    },
    unsay(comment) {
      unsaid.add(comment);
      for (const entry of entries.values())
        if (entry.comment?.id === comment) entry.standing = 'removed';
    },
    isUnsaid: (comment) => unsaid.has(comment),
    said: () =>
      new Map(
        [...entries].flatMap(([mark, { client, standing, comment }]) =>
          comment && standing === 'standing' ? [[mark, { client, comment }] as const] : [],
        ),
      ),
    loseDisk(before, now) {
      for (const [mark, entry] of entries) {
        const { article, client, standing, comment } = entry;
        const where = [mark, article, client, comment !== undefined] as const;
        if (standing === 'standing' && before(...where) && !now(...where)) entry.standing = 'lost';
      }
    },
    standing: (article) => marksThat(article, 'standing'),
    isStanding: (article, mark) => {
      const entry = entries.get(mark);
      return entry?.article === article && entry.standing === 'standing' && !entry.comment;
    },
    removed: (article) => marksThat(article, 'removed'),
    writerOf: (mark) => entries.get(mark)?.client ?? -1,
    wasWritten: (article, passage) => written.get(article)?.has(passage) ?? false,
    wasPartWritten: (article, passage) =>
      [...(written.get(article) ?? [])].some((whole) => inRow(whole).includes(inRow(passage))),
  };
}
