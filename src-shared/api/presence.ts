import { z } from 'zod';
import { Id, LocalId } from '#shared/article';

/** Where a person is: in an article, and in a block of its body when the cursor stands in one. */
export const Place = z.object({ article: Id, block: LocalId.nullable() });
export type Place = z.infer<typeof Place>;

/** A colleague at their place. Advice only: nothing is locked, and nothing depends on it. */
export const Present = Place.extend({ person: Id });
export type Present = z.infer<typeof Present>;

/** What a `presence` event of the stream says, and the answer to whoever says where they are: everyone else who is in an article that this person may read. */
export const PresenceEvent = z.object({ here: z.array(Present) });

/** How often a device says again where its person is; who is silent for three times as long has gone. */
export const PRESENCE_EVERY_MS = 30_000;
