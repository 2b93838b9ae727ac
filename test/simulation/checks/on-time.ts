import type { WorkflowEvent } from '#shared/api';
import type { Hash, Id } from '#shared/article';
import { lookAt } from '../world/disk.ts';
import type { SimServer } from '../world/server.ts';
import type { Invariant } from './invariants.ts';

const WAITING = `SELECT id, scheduled_at AS at, approved_revision AS revision FROM articles
  WHERE state = 'scheduled'`;
/** The publications that nobody asked for by hand, of one article. */
const BY_ITSELF = `SELECT data FROM events WHERE article = ? AND json_extract(data, '$.by') IS NULL`;
const EMBARGO = `SELECT json_extract(bytes, '$.fields.embargo') FROM revisions WHERE hash = ?`;

interface Waiting {
  id: Id;
  at: string;
  revision: Hash;
}

/** Lets the server publish what is due, and looks whether it was: nothing before its time, and nothing behind it. */
export async function publishOnTime(
  server: SimServer,
  broken: (invariant: Invariant, what: string) => void,
): Promise<void> {
  if (!server.up) return;
  const waitingNow = (): Waiting[] =>
    lookAt(server.file, (db) => db.prepare<[], Waiting>(WAITING).all());
  const waiting = waitingNow();
  if (waiting.length === 0) return;
  const publicationsOf = (article: Id): WorkflowEvent[] =>
    lookAt(server.file, (db) => db.prepare(BY_ITSELF).pluck().all(article) as string[]).map(
      (data) => JSON.parse(data) as WorkflowEvent,
    );
  const before = new Map(waiting.map(({ id }) => [id, publicationsOf(id).length]));
  const now = server.context().clock();
  const wentThrough = await server.publishDue();
  for (const { id, at } of waiting) {
    const [first, ...others] = publicationsOf(id).slice(before.get(id));
    if (first && Date.parse(first.at) < Date.parse(at))
      broken(5, `Article ${id} went out at ${first.at}, and was to go out at ${at}.`);
    if (others.length > 0) broken(5, `Article ${id} went out by itself twice.`);
  }
  if (!wentThrough) return;
  const embargoOf = (revision: Hash): number =>
    Date.parse(
      lookAt(server.file, (db) => db.prepare<[Hash], string>(EMBARGO).pluck().get(revision)) ?? '',
    );
  for (const { id, at, revision } of waitingNow())
    if (Date.parse(at) <= now && !(embargoOf(revision) > now))
      broken(5, `Article ${id} was to go out at ${at}, and is held back.`);
}

/** In the end nothing is overdue. */
export function overdue(scheduledAt: string | null, now: number): boolean {
  return scheduledAt !== null && Date.parse(scheduledAt) <= now - LONGEST_WAIT_MS;
}
const LONGEST_WAIT_MS = 10_000;
