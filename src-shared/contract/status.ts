import { z } from 'zod';
import { Instant } from '#shared/article';
import { Newsroom, Person } from '#shared/api';

/** How the connection to the publishing server stands. `paused` is a person's choice, `signed-out` needs them. */
export const SyncState = z.enum(['online', 'syncing', 'offline', 'paused', 'signed-out']);
export type SyncState = z.infer<typeof SyncState>;

/** What the status bar tells; pushed whenever any of it changes. */
export const Status = z.object({
  /** `setup` until a newsroom is chosen; nothing else can be called before. */
  stage: z.enum(['setup', 'ready']),
  newsroom: Newsroom.nullable(),
  serverUrl: z.string().nullable(),
  /** Whether the newsroom is the sample one, and whether its server runs on this computer now. */
  sample: z.object({ running: z.boolean() }).nullable(),
  person: Person.nullable(),
  profile: z.string(),
  saved: z.object({
    /** When the last edit reached the disk. */
    at: Instant.nullable(),
    /** Why edits cannot be written now, as a sentence; null while they can. */
    failing: z.string().nullable(),
  }),
  sync: z.object({
    state: SyncState,
    since: Instant,
    lastSyncedAt: Instant.nullable(),
    /** Operations that have yet to reach the server, refused ones not counted. */
    waiting: z.number().int(),
    /** Articles with edits that are saved here and become an operation once their writer pauses. */
    editing: z.number().int(),
    /** Operations the server refused, kept for the person to look at. */
    parked: z.number().int(),
    /** Pictures of this computer that the server has yet to get, and pictures of articles that this computer has yet to get. */
    pictures: z.object({ toSend: z.number().int(), toCome: z.number().int() }),
    message: z.string().nullable(),
    progress: z.object({ done: z.number().int(), total: z.number().int().nullable() }).nullable(),
  }),
  /** What opening the database found, in sentences: a repair, a restored backup, a newer schema (then `readOnly`). */
  store: z.object({ readOnly: z.boolean(), notices: z.array(z.string()) }),
});
export type Status = z.infer<typeof Status>;
