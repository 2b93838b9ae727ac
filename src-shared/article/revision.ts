import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { Block, Body, type PlainBlock } from './body.ts';
import { Fields, FIELD_NAMES } from './fields.ts';
import { Hash, Id, Instant, LocalId } from './ids.ts';
import { parsingOnce } from './parse-once.ts';

/** The schema that this build writes. A revision with a higher one is shown read-only and kept byte for byte. */
export const SCHEMA_VERSION = 1;

/**
 * What a merge could not place or choose, kept with the content. A `field` conflict holds the values of the sides,
 * all different and in the order of their canonical bytes; `unplaced` holds blocks for which no place was left.
 */
export const Conflict = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('field'),
    id: LocalId,
    field: z.enum(FIELD_NAMES),
    base: z.unknown(),
    versions: z.array(z.unknown()).min(2),
  }),
  z.object({ kind: z.literal('unplaced'), id: LocalId, blocks: z.array(Block) }),
]);
export type Conflict = z.infer<typeof Conflict>;

/** An article's content: what a person edits and a revision freezes. */
export interface Content {
  fields: Fields;
  body: Body;
  conflicts: Conflict[];
}

/**
 * A revision: an immutable snapshot, named by the SHA-256 of its RFC 8785 (JCS) bytes. `parents` are sorted hashes:
 * none for a first revision, two for a merge. `assets` are the sorted hashes of every picture the content shows.
 */
export const Revision = z.object({
  schema: z.number().int().min(1),
  article: Id,
  parents: z.array(Hash).max(2),
  fields: Fields,
  body: Body,
  assets: z.array(Hash),
  conflicts: z.array(Conflict),
});
export type Revision = z.infer<typeof Revision>;

/** Who made a revision, where and when. Outside the hash; clocks here are for display only. */
export const Envelope = z.object({
  author: Id,
  device: Id,
  at: Instant,
  /** Why the revision was made, in a word a person reads in History: `Imported`, `Restored`, `Merged`. */
  note: z.string().max(200).optional(),
});
export type Envelope = z.infer<typeof Envelope>;

/** A revision in its stored form: the exact bytes, as text, and their hash. */
export interface SealedRevision {
  hash: Hash;
  bytes: string;
}

/** SHA-256 of text in UTF-8 or of bytes, as lower-case hexadecimal. */
export function sha256Hex(data: string | Uint8Array): Hash {
  return bytesToHex(sha256(typeof data === 'string' ? utf8ToBytes(data) : data));
}

/** RFC 8785 canonical JSON; object members whose value is undefined are left out. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('Only a JSON value has a canonical form.');
  return text;
}

/** Sorted hashes of all pictures that the content shows. */
export function assetsOf(content: Pick<Content, 'fields' | 'body'>): Hash[] {
  const found = new Set<Hash>();
  const visit = (block: PlainBlock | null): void => {
    if (block?.type === 'image') found.add(block.asset);
  };
  if (content.fields.leadImage) found.add(content.fields.leadImage.asset);
  for (const block of content.body) {
    if (block.type === 'conflict') [block.base, ...block.versions].forEach(visit);
    else visit(block);
  }
  return [...found].sort();
}

/** Freezes content into a revision. The same content, article and parents always give the same bytes. */
export function sealRevision(
  article: Id,
  parents: readonly Hash[],
  content: Content,
): SealedRevision {
  const bytes = canonicalJson({
    schema: SCHEMA_VERSION,
    article,
    parents: [...parents].sort(),
    fields: content.fields,
    body: content.body,
    assets: assetsOf(content),
    conflicts: content.conflicts,
  });
  return { hash: sha256Hex(bytes), bytes };
}

/** Says what is wrong with bytes that claim to be a revision. */
export class RevisionError extends Error {
  readonly code: 'not-json' | 'newer-schema' | 'malformed' | 'wrong-hash';
  constructor(code: RevisionError['code'], message: string) {
    super(message);
    this.name = 'RevisionError';
    this.code = code;
  }
}

/** As much as is known of a revision that a later Stet wrote. */
const AnySchema = z.object({ schema: z.number() });

/**
 * Reads the stored bytes of a revision. Throws {@link RevisionError}: `newer-schema` when a later Stet wrote it (keep
 * the bytes, show it read-only), `not-json` or `malformed` when it is no revision.
 */
export const openRevision = parsingOnce((bytes: string): Revision => {
  let value: unknown;
  try {
    value = JSON.parse(bytes);
  } catch {
    throw new RevisionError('not-json', 'The revision is not valid JSON.');
  }
  const head = AnySchema.safeParse(value);
  if (head.success && head.data.schema > SCHEMA_VERSION)
    throw new RevisionError(
      'newer-schema',
      'A newer version of Stet wrote this revision. Update Stet to edit it.',
    );
  const parsed = Revision.safeParse(value);
  if (!parsed.success)
    throw new RevisionError(
      'malformed',
      `The revision is malformed: ${z.prettifyError(parsed.error)}`,
    );
  return parsed.data;
});

/** Reads a revision whose hash is known and checks it. Throws {@link RevisionError} `wrong-hash` on a mismatch. */
export function verifyRevision(sealed: SealedRevision): Revision {
  if (sha256Hex(sealed.bytes) !== sealed.hash)
    throw new RevisionError('wrong-hash', 'The revision’s bytes do not match its hash.');
  return openRevision(sealed.bytes);
}
