import type { Op, OpAnswer, OpPayload } from '#shared/api';
import { canonicalJson, SCHEMA_VERSION, type Hash, type Id } from '#shared/article';
import type { Membership } from '#shared/workflow';
import { DESKS, PEOPLE } from '../world/newsroom.ts';
import { isAgreed, isAnswered, isComplete, saysMore } from './ready.ts';
import { readServerDisk, type ServerDisk } from './server-disk.ts';
import { mayBin, mayHandle, mayStart, mayTransit, mayWrite, RULES } from './rules.ts';

/** Who asked, with which roles, and what time it was at the server. */
export interface Asking {
  person: Id;
  memberships: readonly Membership[];
  now: number;
}

/** What the server holds at the moment at which it refuses. */
type Look = ServerDisk & Asking;

type Act = Extract<OpPayload, { kind: 'transition' }>;

/**
 * Whether the reason for which the server refused an operation holds, by the checker’s own rules. To be asked at the moment
 * of the refusal: what is refused must not be work that could have been taken.
 */
export function isFounded(
  file: string,
  { payload }: Op,
  { code }: OpAnswer,
  asking: Asking,
): boolean {
  const look = { ...readServerDisk(file), ...asking };
  switch (payload.kind) {
    case 'revision':
      return isFoundedOfRevision(look, payload.revision, code);
    case 'transition':
      return isFoundedOfAct(look, payload, code);
    case 'comment':
      return isFoundedOfComment(look, payload.entry, code);
    case 'bin':
      return isFoundedOfBin(look, payload.article, code);
    case 'inbox-handled':
      return !look.messages.some(
        ({ id, desk }) => id === payload.message && mayHandle(look.memberships, desk),
      );
  }
}

function isFoundedOfRevision(
  { articles, revisions, person, memberships }: Look,
  { article, bytes, envelope }: Extract<OpPayload, { kind: 'revision' }>['revision'],
  code: string | undefined,
): boolean {
  const { parents, fields, schema } = JSON.parse(bytes) as {
    parents: Hash[];
    fields: { desk: Id | null };
    schema: number;
  };
  const stands = articles.get(article);
  const isThere = (parent: Hash): boolean => revisions.get(parent)?.article === article;
  switch (code) {
    case 'forbidden':
      return stands
        ? !mayWrite({ person, memberships, desk: stands.desk, author: stands.createdBy })
        : !mayStart({ person, memberships, desk: fields.desk, author: person });
    case 'unknown-parent':
      return stands ? !parents.every(isThere) : parents.length > 0;
    case 'unknown-author':
      return !PEOPLE.some(({ id }) => id === envelope.author);
    case 'unknown-desk':
      return fields.desk !== null && !DESKS.some(({ id }) => id === fields.desk);
    case 'newer-schema':
      return schema > SCHEMA_VERSION;
    default:
      return false;
  }
}

function isFoundedOfBin(
  { articles, person, memberships }: Look,
  id: Id,
  code: string | undefined,
): boolean {
  const article = articles.get(id);
  if (!article) return code === 'unknown-article';
  const { desk, createdBy: author, live, state } = article;
  if (code === 'forbidden') return !mayBin({ person, memberships, desk, author });
  return code === 'live' ? live === 1 : code === 'scheduled' && state === 'scheduled';
}

function isFoundedOfComment(
  { articles, comments, person, memberships }: Look,
  entry: Extract<OpPayload, { kind: 'comment' }>['entry'],
  code: string | undefined,
): boolean {
  const known = comments.get(entry.id);
  const article = articles.get(entry.article);
  const opening = comments.get(entry.thread);
  switch (code) {
    case 'comment-exists':
      return known !== undefined && canonicalJson(known) !== canonicalJson(entry);
    case 'unknown-article':
      return !article;
    case 'wrong-author':
      return entry.author !== person;
    case 'forbidden':
      return (
        article !== undefined &&
        !mayWrite({ person, memberships, desk: article.desk, author: article.createdBy })
      );
    case 'malformed':
      return entry.kind === 'comment'
        ? entry.thread !== entry.id
        : opening?.kind !== 'comment' || opening.article !== entry.article;
    default:
      return false;
  }
}

const blank = (text: string | undefined): boolean => (text ?? '').trim() === '';

function isFoundedOfAct(look: Look, act: Act, code: string | undefined): boolean {
  const { articles, revisions, person, memberships, now } = look;
  const article = articles.get(act.article);
  if (!article) return code === 'unknown-article';
  const revision = revisions.get(act.revision);
  if (revision?.article !== article.id) return code === 'unknown-revision';
  const { desk, createdBy: author, state } = article;
  const embargo = revision.fields.embargo ? Date.parse(revision.fields.embargo) : -Infinity;
  const at = Date.parse(act.at ?? '');
  const holds: Record<string, () => boolean> = {
    'newer-schema': () => revision.schema > SCHEMA_VERSION,
    forbidden: () => !mayTransit(act.transition, { person, memberships, desk, author }),
    binned: () => article.binned === 1,
    'stale-state': () => act.expectedState !== state,
    'wrong-state': () => !(RULES[act.transition]!.from as readonly string[]).includes(state),
    head: () => article.head !== act.revision,
    headline: () => blank(revision.fields.headline),
    complete: () => !isComplete(revision),
    'no-suggestions': () => !isAnswered(revision),
    'no-conflicts': () => !isAgreed(revision),
    assets: () => revision.assets.some((hash) => !look.pictures.has(hash)),
    'other-author': () => isTheirOwn(look, article.id),
    'approved-revision': () => article.approved !== act.revision,
    'embargo-passed': () => embargo > now,
    reason: () => blank(act.reason),
    'future-time': () => !(at > now),
    'after-embargo': () => !(at >= embargo),
    live: () => article.live === 0,
    correction: () => !saysMore(revision, revisions.get(article.published ?? '')),
  };
  return holds[code ?? '']?.() ?? false;
}

/** Whether somebody started an article, is named by its first revision or sent that, on a desk where that counts. */
function isTheirOwn({ articles, events, authors, person }: Look, id: Id): boolean {
  const article = articles.get(id);
  const started = events.find((each) => each.article === id && each.transition === 'create');
  const own = [article?.createdBy, started?.by, authors.get(started?.revision ?? '')];
  const profile = DESKS.find((desk) => desk.id === article?.desk)?.profile;
  return own.includes(person) && profile?.ownApproval !== true;
}
