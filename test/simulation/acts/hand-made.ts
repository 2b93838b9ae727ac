import type { OpAnswer, StoredRevision } from '#shared/api';
import {
  emptyFields,
  newId,
  newLocalId,
  sealRevision,
  type Content,
  type Fields,
  type Hash,
  type Id,
} from '#shared/article';
import type { Transition, WorkflowState } from '#shared/workflow';
import type { Dice } from '../world/dice.ts';
import type { Hand } from '../world/hand.ts';
import type { World } from '../world/world.ts';
import { paragraph } from './text.ts';

/** An article as it stands after the last edit that was offered. */
export interface Draft {
  article: Id;
  head: Hash | null;
  content: Content;
  /** What the server has of it, oldest first. */
  sent: StoredRevision[];
}

export interface Scene {
  world: World;
  dice: Dice;
}

/** A new article with all that an approval needs. Nobody has offered it yet. */
export function draftOf({ world, dice }: Scene, desk: Id | null): Draft {
  const { words, server, articles } = world;
  const article = newId(server.context().clock, dice.bytes);
  articles.push(article);
  const byline = [{ id: newLocalId(dice.bytes), name: words.name() }];
  const fields: Fields = {
    ...emptyFields(),
    desk,
    headline: words.name(),
    section: words.name(),
    byline,
  };
  const body = [paragraph(newLocalId(dice.bytes), words.sentence())];
  return { article, head: null, content: { fields, body, conflicts: [] }, sent: [] };
}

/** Offers an edit of the fields; the draft goes on from there where the server takes it. */
export async function write(
  { world }: Scene,
  { who, device, push }: Hand,
  draft: Draft,
  change: Partial<Fields> = {},
  author: Id = who.id,
): Promise<OpAnswer | null> {
  const { article, head } = draft;
  const content = { ...draft.content, fields: { ...draft.content.fields, ...change } };
  const parents = head === null ? [] : [head];
  const at = new Date(world.server.context().clock()).toISOString();
  const sealed = sealRevision(article, parents, content);
  const revision: StoredRevision = { ...sealed, article, envelope: { author, device, at } };
  const before = head === null ? null : draft.content;
  const answer = await push({ kind: 'revision', revision, base: head });
  if (answer === null || answer.outcome === 'refused') return answer;
  const seat = world.clients.findIndex((client) => client.who.id === who.id);
  world.ledger.intend(seat, article, before, content)();
  draft.head = revision.hash;
  draft.content = content;
  draft.sent.push(revision);
  return answer;
}

/** Gives a command, of the newest revision where none is named. */
export async function command(
  { world }: Scene,
  { push }: Hand,
  { article, head }: Draft,
  transition: Transition,
  expectedState: WorkflowState,
  more: { reason?: string; at?: string; revision?: Hash } = {},
): Promise<void> {
  if (head === null) return;
  await push({ kind: 'transition', article, transition, expectedState, revision: head, ...more });
  // So that no two acts are of one moment.
  await world.schedule.pass(1000);
}
