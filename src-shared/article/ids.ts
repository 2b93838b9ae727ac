import { v7 } from 'uuid';
import { z } from 'zod';

/** Gives `length` unpredictable bytes. The platform's source is passed in, so that pure code stays pure. */
export type RandomBytes = (length: number) => Uint8Array;

/** Gives the present moment in milliseconds since the Unix epoch. For display and timers only, never for order. */
export type Clock = () => number;

/** UUID (RFC 9562); articles, people, desks, devices and operations use version 7. */
export const Id = z.uuid();
export type Id = z.infer<typeof Id>;

/** SHA-256 as 64 lower-case hexadecimal digits. */
export const Hash = z.string().regex(/^[0-9a-f]{64}$/);
export type Hash = z.infer<typeof Hash>;

/** An instant as RFC 3339 in UTC, for example `2026-11-14T12:31:00.000Z`. */
export const Instant = z.iso.datetime();
export type Instant = z.infer<typeof Instant>;

/** Id of a block, list item, table row, byline entry and the like: 12 letters and digits, unique in its article. */
export const LocalId = z.string().regex(/^[0-9A-Za-z_-]{4,40}$/);
export type LocalId = z.infer<typeof LocalId>;

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZabcdefghjkmnpqrstvwxyz';

/** A new UUIDv7 from the given clock and randomness. */
export function newId(clock: Clock, random: RandomBytes): Id {
  return v7({ msecs: clock(), random: random(16) });
}

/** A new id for something that lives inside one article: 12 characters, about 68 bits. */
export function newLocalId(random: RandomBytes): LocalId {
  return Array.from(random(12), (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
}
