import { z } from 'zod';
import { Hash, Id, Instant } from '#shared/article';

/** What an article can be sent to beside the newsroom's own site. */
export const ChannelKind = z.enum(['wordpress', 'ghost']);
export type ChannelKind = z.infer<typeof ChannelKind>;

export const CHANNEL_LABELS: Record<ChannelKind, string> = {
  wordpress: 'WordPress',
  ghost: 'Ghost',
};

/** A connected CMS. Null `desks` means that articles of every desk go there; `problem` says why nothing reaches it now. */
export const Channel = z.object({
  id: Id,
  kind: ChannelKind,
  name: z.string(),
  address: z.string(),
  desks: z.array(Id).nullable(),
  problem: z.string(),
});
export type Channel = z.infer<typeof Channel>;

/**
 * How an article stands with a channel: on its way; there (or taken down), read back and compared; changed there by
 * somebody, so that nothing is written over it; changed there, and taken into the article, which is to be published
 * again; refused, with a sentence that says why.
 */
export const DeliveryStanding = z.enum(['waiting', 'done', 'changed', 'taken-in', 'refused']);
export type DeliveryStanding = z.infer<typeof DeliveryStanding>;

/** Where an article stands in one channel. `wanted` is the revision that is to stand there; null: it is to be taken down. */
export const ArticleDelivery = z.object({
  channel: Channel.pick({ id: true, kind: true, name: true }),
  standing: DeliveryStanding,
  wanted: Hash.nullable(),
  live: z.boolean(),
  url: z.string().nullable(),
  delivered: Hash.nullable(),
  deliveredAt: Instant.nullable(),
  /** When the next attempt is due, and what was in the way of the last one. */
  nextAt: Instant.nullable(),
  problem: z.string(),
  /** The version that somebody made there, by which it is asked for. */
  theirs: Hash.nullable(),
});
export type ArticleDelivery = z.infer<typeof ArticleDelivery>;

/**
 * What a chief does about a delivery: try once more, publish over exactly the version that they were shown, or say that
 * this version was taken into the article as the revision `within`, so that what descends from that may be written over it.
 */
export const DeliveryAct = z.discriminatedUnion('act', [
  z.object({ act: z.literal('retry') }),
  z.object({ act: z.literal('publish-over'), theirs: Hash }),
  z.object({ act: z.literal('taken-in'), theirs: Hash, within: Hash }),
]);
export type DeliveryAct = z.infer<typeof DeliveryAct>;

/** The words of a post as a person reads them: title and excerpt as plain text, the body as HTML. */
export const RemoteWords = z.object({ title: z.string(), excerpt: z.string(), html: z.string() });
export type RemoteWords = z.infer<typeof RemoteWords>;

/** What somebody made of the article in the CMS, beside what Stet had put there. */
export const RemoteVersion = RemoteWords.extend({
  /** Its name among all versions that were ever found there. */
  theirs: Hash,
  status: z.string(),
  /** The body without markup: a line per paragraph. */
  text: z.string(),
  /** What stood there before, and the revision that it came from; null when nothing of Stet’s was ever read there. */
  before: RemoteWords.extend({ text: z.string(), revision: Hash }).nullable(),
});
export type RemoteVersion = z.infer<typeof RemoteVersion>;
