import type { WorkflowEvent } from '#shared/api';
import type { Id } from '#shared/article';
import { lookAt } from '../world/disk.ts';
import type { SimServer } from '../world/server.ts';
import type { Invariant } from './invariants.ts';

const WAITING = `SELECT id, scheduled_at AS at FROM articles WHERE state = 'scheduled'`;
/** The publications that nobody asked for by hand, of one article. */
const BY_ITSELF = `SELECT data FROM events WHERE article = ? AND json_extract(data, '$.by') IS NULL`;

/** Lets the server publish what is due, and looks whether it was: nothing before its time, nothing that is not due. */
export async function publishOnTime(
  server: SimServer,
  broken: (invariant: Invariant, what: string) => void,
): Promise<void> {
  if (!server.up) return;
  const waiting = lookAt(server.file, (db) => db.prepare(WAITING).all()) as {
    id: Id;
    at: string;
  }[];
  if (waiting.length === 0) return;
  const publicationsOf = (article: Id): WorkflowEvent[] =>
    lookAt(server.file, (db) => db.prepare(BY_ITSELF).pluck().all(article) as string[]).map(
      (data) => JSON.parse(data) as WorkflowEvent,
    );
  const before = new Map(waiting.map(({ id }) => [id, publicationsOf(id).length]));
  await server.publishDue();
  for (const { id, at } of waiting) {
    const [first, ...others] = publicationsOf(id).slice(before.get(id));
    if (first && Date.parse(first.at) < Date.parse(at))
      broken(5, `Article ${id} went out at ${first.at}, and was to go out at ${at}.`);
    if (others.length > 0) broken(5, `Article ${id} went out by itself twice.`);
  }
}

/** In the end nothing is overdue. */
export function overdue(scheduledAt: string | null, now: number): boolean {
  return scheduledAt !== null && Date.parse(scheduledAt) <= now - LONGEST_WAIT_MS;
}
const LONGEST_WAIT_MS = 10_000;
