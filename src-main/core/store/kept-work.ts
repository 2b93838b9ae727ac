import { z } from 'zod';
import { ArticleRecord, CommentEntry, Op } from '#shared/api';
import { Body, Conflict, Fields, Hash, Id, Instant, type Content } from '#shared/article';
import { UnfinishedComment } from '#shared/contract';
import { joinParts, wholeText, type TextPart } from '#shared/render';
import { TRANSITIONS } from '#shared/workflow';

/** An operation that had not reached the server, as it stood in the outbox: a refused one may have any number there. */
const KeptOp = Op.extend({
  seq: z.number().int(),
  state: z.enum(['waiting', 'parked']),
  message: z.string(),
});

/**
 * The unsent work of one article as a file of the vault holds it. `base` is the revision that the text grew from, and
 * `dirty` says whether it holds more than the operations do; files of the first Stet name neither.
 */
export const KeptWork = z.object({
  format: z.literal('stet-vault'),
  version: z.literal(1),
  article: Id,
  at: Instant.nullable().default(null),
  record: ArticleRecord.nullable(),
  content: z
    .object({ fields: Fields, body: Body, conflicts: z.array(Conflict) })
    .nullable()
    .transform((content): Content | null => content),
  base: Hash.nullable().default(null),
  dirty: z.boolean().default(true),
  comments: z.array(CommentEntry),
  unfinished: z.array(UnfinishedComment).default([]),
  operations: z.array(KeptOp),
});
export type KeptWork = z.infer<typeof KeptWork>;

/** Everything that is kept, as text: the article with all its fields, then what else had not been sent. */
export function keptParts(kept: KeptWork, deskName: (desk: Id) => string): TextPart[] {
  const unsent = kept.operations.flatMap(({ payload }): TextPart[] => {
    if (payload.kind === 'comment' && payload.entry.text !== '') {
      const { kind, anchor, text } = payload.entry;
      const label = kind === 'reply' ? 'Unsent reply' : 'Unsent comment';
      return [{ label, text: quoted(anchor, text) }];
    }
    if (payload.kind === 'bin')
      return [
        { label: 'Unsent', text: payload.binned ? 'Move to the bin' : 'Take out of the bin' },
      ];
    if (payload.kind !== 'transition') return [];
    const said = [payload.reason, payload.at].filter(Boolean).join('\n');
    const { label } = TRANSITIONS[payload.transition];
    return [{ label: 'Unsent', text: said === '' ? label : `${label}\n${said}` }];
  });
  const unfinished = kept.unfinished.map(({ thread, anchor, text }) => ({
    label: thread ? 'Unfinished reply' : 'Unfinished comment',
    text: quoted(anchor, text),
  }));
  return [...(kept.content ? wholeText(kept.content, deskName) : []), ...unsent, ...unfinished];
}

function quoted(anchor: CommentEntry['anchor'], text: string): string {
  return anchor?.quote ? `“${anchor.quote}”\n${text}` : text;
}

/** The parts as the file that a person reads without Stet. */
export function fileText(parts: readonly TextPart[]): string {
  return `${joinParts(parts)}\n`;
}
