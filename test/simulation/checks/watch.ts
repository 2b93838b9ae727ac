import {
  placeOf,
  type ArticleResponse,
  type Change,
  type ChangesResponse,
  type Op,
  type OpAnswer,
  type Present,
  type PushRequest,
  type PushResponse,
  type SectorResponse,
  type StoredRevision,
} from '#shared/api';
import type { Hash, Id } from '#shared/article';
import type { Membership } from '#shared/workflow';
import type { Client } from '../world/client.ts';
import type { WireRequest, WireResponse } from '../world/server.ts';
import { PEOPLE } from '../world/newsroom.ts';
import type { Invariant } from './invariants.ts';
import {
  answersOn,
  commentsOn,
  deskOfMessage,
  deskOfRevision,
  isOfItsMoment,
  missingOf,
  nameOf,
  positionOf,
  ownerOf,
  startOf,
  revisionsOn,
  storedBy,
} from './acknowledged.ts';
import { wrongInComparison } from './compared.ts';
import { isFounded } from './refusals.ts';
import { mayBin, mayHandle, mayStart, mayTransit, mayWrite, type Standing } from './rules.ts';

/**
 * Stands between clients and server and looks at every request that was handled, and at what came back. What it reads has
 * been parsed by the server on its way in or out.
 */
export interface Watch {
  /** Without a response the server died over the request, before or behind what it did. */
  saw(client: Client, request: WireRequest, response: WireResponse | null): void;
  /** The server tells somebody who is where. */
  sawPresence(client: Client, token: string, here: readonly Present[]): void;
  signedIn(token: string, person: Id): void;
  revoked(token: string): void;
  /** Those that must never be served again, whichever backup is put back. */
  revokedTokens(): readonly string[];
  changedRole(person: Id, memberships: readonly Membership[]): void;
  memberships(person: Id): readonly Membership[];
  /** With which code the server refused this operation; undefined where it never did. */
  refusalOf(operation: Id): string | undefined;
  /** The server went back in time: what it answered since may be answered anew. */
  serverWentBack(): void;
  /** Operations the server accepted, by kind: a run in which none is accepted proves little. */
  readonly accepted: Map<string, number>;
}

const isFirst = ({ bytes }: StoredRevision): boolean =>
  (JSON.parse(bytes) as { parents: unknown[] }).parents.length === 0;

/** `disk` is the file of the server’s database, which is looked at past the server. */
export function createWatch(
  broken: (invariant: Invariant, what: string) => void,
  disk: string,
  /** What time it is at the server. */
  clock: () => number,
): Watch {
  const tokens = new Map<string, Id>();
  const formerly = new Map<string, Id>();
  const roles = new Map<Id, readonly Membership[]>(
    PEOPLE.map(({ id, memberships }) => [id, memberships]),
  );
  const answered = new Map<string, string>();
  const judged = new Set<Id>();
  const done = new Set<Id>();
  const refused = new Map<Id, string>();
  const stored = new Set<Hash>();
  const accepted = new Map<string, number>();
  const addresses = new Map<Id, string>();
  const authors = new Map<Id, Id>();
  const dead: string[] = [];
  /** Whether the server was ever put back: one that was not has nothing that it was told and does not know. */
  let wentBack = false;
  /** The roles of whoever sent an operation over which the server died: it may have been done with them. */
  const rolesThen = new Map<Id, readonly Membership[][]>();

  /** The desks to which the article may have belonged until then: those of what the revision builds on. */
  const desksBefore = (
    { bytes }: StoredRevision,
    outcome: OpAnswer['outcome'],
    now: Id | null,
  ): (Id | null)[] => {
    const { parents } = JSON.parse(bytes) as { parents: Hash[] };
    return outcome === 'diverged' ? [now] : parents.map((parent) => deskOfRevision(disk, parent));
  };

  const judge = (
    person: Id,
    memberships: readonly Membership[],
    { payload }: Op,
    { record, outcome }: OpAnswer,
  ): string | null => {
    if (payload.kind === 'inbox-handled') {
      const desk = deskOfMessage(disk, payload.message);
      return desk !== null && mayHandle(memberships, desk) ? null : 'handle a message';
    }
    // Only what was there before is taken from somebody to whom the article is closed, and so is not told of.
    if (!record) return 'change what is closed to them';
    const { desk, createdBy: author } = record;
    const standing: Standing = { person, memberships, desk, author };
    switch (payload.kind) {
      case 'revision':
        if (isFirst(payload.revision)) return mayStart(standing) ? null : 'start an article';
        // Whoever moves an article to another desk needs the right on the one that it leaves.
        return desksBefore(payload.revision, outcome, desk).some((from) =>
          mayWrite({ ...standing, desk: from }),
        )
          ? null
          : 'write';
      case 'transition':
        return mayTransit(payload.transition, standing) ? null : payload.transition;
      case 'comment':
        return payload.entry.author === person && mayWrite(standing) ? null : 'comment';
      case 'bin':
        return mayBin(standing) ? null : 'bin';
    }
  };

  /** An address that readers have been given stays. */
  const sawAddress = ({ record }: OpAnswer): void => {
    if (!record?.publicUrl) return;
    const before = addresses.get(record.id) ?? record.publicUrl;
    addresses.set(record.id, before);
    if (before !== record.publicUrl)
      broken(5, `Article ${record.id} has moved from ${before} to ${record.publicUrl}.`);
  };

  /** Who sent the first revision of an article. */
  const starts = new Map<Hash, Set<Id>>();

  /** An article is whose first revision says so, where they may start it; and who sent that is named for it as well. */
  const sawStart = (person: Id, { payload }: Op, { record }: OpAnswer): void => {
    if (payload.kind !== 'revision' || !isFirst(payload.revision) || !record) return;
    const { hash, envelope } = payload.revision;
    const started = startOf(disk, record.id);
    const senders = starts.get(hash) ?? new Set();
    starts.set(hash, senders.add(person));
    if (started?.revision !== hash) return;
    // Of two who bring one article back to a server, the first starts it there.
    if (started.by !== person && senders.has(started.by)) return;
    const { author } = envelope;
    const { fields } = JSON.parse(payload.revision.bytes) as { fields: { desk: Id | null } };
    const { desk } = fields;
    const memberships = roles.get(author) ?? [];
    const owner = mayStart({ person: author, memberships, desk, author }) ? author : person;
    if (record.createdBy !== owner || started.by !== person)
      broken(
        10,
        `Article ${record.id} counts as started by ${record.createdBy} and sent by ${started.by}: it is ${owner}’s, and ${person} sent it.`,
      );
  };

  /** What stands beside the head is called so, and nothing else is. */
  const sawPlace = ({ payload }: Op, { outcome, record }: OpAnswer): void => {
    if (payload.kind !== 'revision' || !record) return;
    const { hash } = payload.revision;
    const isBeside = record.sides.includes(hash);
    if (isBeside !== (outcome === 'diverged'))
      broken(
        6,
        `Revision ${hash} is ${outcome}, and stands ${isBeside ? '' : 'not '}beside the head.`,
      );
  };

  /** `isLast` when the same request did nothing more behind it. */
  const sawRefusal = (person: Id, op: Op, answer: OpAnswer, isLast: boolean): void => {
    const isNew = !refused.has(op.id) && !rolesThen.has(op.id);
    refused.set(op.id, answer.code ?? '');
    const asking = { person, memberships: roles.get(person) ?? [], now: clock() };
    if (isNew && isLast && !isFounded(disk, op, answer, asking))
      broken(
        11,
        `The server refused ${JSON.stringify(op.payload)} without reason: ${answer.code ?? ''}, ${answer.message ?? ''}`,
      );
  };

  /** `again` when the same request acts on the same thing once more behind it, `isLast` when it does nothing more. */
  const sawPush = (
    device: Id,
    person: Id,
    op: Op,
    answer: OpAnswer,
    { again, isLast }: { again: boolean; isLast: boolean },
  ): void => {
    const key = `${device} ${op.seq}`;
    const text = JSON.stringify(answer);
    const before = answered.get(key);
    if (before !== undefined && before !== text)
      broken(6, `Operation ${op.seq} was answered differently the second time: ${text}`);
    answered.set(key, text);
    if (answer.outcome === 'refused' && done.has(op.id))
      broken(6, `Operation ${op.seq} was done, and is refused when it comes again: ${text}`);
    if (answer.outcome === 'refused')
      sawRefusal(person, op, answer, isLast && before === undefined);
    else done.add(op.id);
    sawAddress(answer);
    sawPlace(op, answer);
    if (answer.outcome === 'refused') return;
    // Offering what is there already changes nothing, whoever does it.
    const offered = nameOf(op);
    const isThere = offered !== null && stored.has(offered);
    if (offered !== null) stored.add(offered);
    if (judged.has(op.id)) return;
    judged.add(op.id);
    if (answer.record && !rolesThen.has(op.id))
      sawChanges(person, [{ kind: 'article', data: answer.record }]);
    if (isThere) return;
    accepted.set(op.payload.kind, (accepted.get(op.payload.kind) ?? 0) + 1);
    if (isLast && !rolesThen.has(op.id) && !isOfItsMoment(disk, answer))
      broken(6, `Operation ${op.seq} was answered as of another moment: ${text}`);
    if (!again && !rolesThen.has(op.id)) {
      const missing = missingOf(disk, op, answer, person);
      if (missing !== null) broken(6, `The server says that it took ${missing}.`);
      sawStart(person, op, answer);
    }
    const had = [roles.get(person) ?? [], ...(rolesThen.get(op.id) ?? [])];
    const judgements = had.map((memberships) => judge(person, memberships, op, answer));
    const [forbidden] = judgements;
    if (forbidden == null || judgements.includes(null)) return;
    // Nor does offering what a backup brought back, or what was stored when the server died over its answer.
    const known =
      op.payload.kind === 'revision' && storedBy(disk, op.payload.revision.hash) !== person;
    if (!known)
      broken(10, `The server let someone ${forbidden} who may not: ${JSON.stringify(op.payload)}`);
  };

  const sawAnswers = (
    person: Id,
    { device, ops }: PushRequest,
    answers: readonly OpAnswer[],
  ): void => {
    for (const [index, answer] of answers.entries()) {
      const op = ops.find(({ seq, id }) => seq === answer.seq && id === answer.id);
      const again = ops.some(
        ({ seq, payload }) => seq > answer.seq && payload.kind === op?.payload.kind,
      );
      const isLast = answers.slice(index + 1).every(({ outcome }) => outcome === 'refused');
      const isMessage = op?.payload.kind === 'inbox-handled';
      if (op) sawPush(device, person, op, answer, { again: again && isMessage, isLast });
    }
  };

  /**
   * A batch that breaks off in the middle, because its computer is signed out or the disk fails, says nothing of what was
   * done before. That counts from now, with the roles of now: its answer may be told when they are others.
   */
  const brokeOff = (token: string, { path, body }: WireRequest): void => {
    const person = tokens.get(token) ?? formerly.get(token);
    if (!person || path !== '/v1/push') return;
    const request = JSON.parse(body as string) as PushRequest;
    sawAnswers(person, request, answersOn(disk, request.device));
  };

  /** Who works on no desk is told of the articles that they started, and a reader’s message goes to its desk. */
  const sawChanges = (person: Id, changes: readonly Change[]): void => {
    const memberships = roles.get(person) ?? [];
    for (const { kind, data } of changes) {
      if (kind === 'article') authors.set(data.id, data.createdBy);
      if (kind === 'inbox' && !mayHandle(memberships, data.desk))
        broken(10, `The server tells someone of a message to another desk: ${data.id}`);
    }
    if (memberships.length > 0) return;
    for (const { kind, data } of changes) {
      const of = kind === 'article' ? data.id : 'article' in data ? data.article : null;
      if (kind !== 'inbox' && of !== null && (authors.get(of) ?? person) !== person)
        broken(10, `The server tells someone who works on no desk of ${kind} of ${of}.`);
    }
  };

  /** Who works on no desk is told who is in the articles that they started, and in no other. */
  const sawPresence: Watch['sawPresence'] = ({ index }, token, here) => {
    const person = tokens.get(token);
    // A line goes on until the server finds out that its computer was signed out.
    if (!person || (roles.get(person) ?? []).length > 0) return;
    const closed = here.find(({ article }) => ownerOf(disk, article) !== person);
    if (closed)
      broken(10, `The server tells client ${index} who is in ${closed.article}, which is closed.`);
  };

  const diedOver = (token: string, { path, body }: WireRequest): void => {
    const person = tokens.get(token);
    if (!person || path !== '/v1/push') return;
    for (const { id } of (JSON.parse(body as string) as PushRequest).ops)
      rolesThen.set(id, [...(rolesThen.get(id) ?? []), [...(roles.get(person) ?? [])]]);
  };

  const isRepeated = (request: string, response: string): boolean => {
    const { device } = JSON.parse(request) as PushRequest;
    const { answers } = JSON.parse(response) as PushResponse;
    return answers.every(
      (answer) => answered.get(`${device} ${answer.seq}`) === JSON.stringify(answer),
    );
  };

  return {
    accepted,
    saw(client, request, response) {
      const { method, path, headers, body } = request;
      const token = headers.authorization?.replace('Bearer ', '') ?? '';
      if (!response) diedOver(token, request);
      else if (response.status !== 200) brokeOff(token, request);
      if (response?.status !== 200 || typeof response.body !== 'string') return;
      const person = tokens.get(token);
      if (!person) {
        // What was answered before may be told again to a device that is revoked while it asks.
        if (path !== '/v1/push' || !isRepeated(body as string, response.body))
          broken(10, `The server answered ${method} ${path} to a token that it had revoked.`);
        return;
      }
      const readsAll = (roles.get(person) ?? []).length > 0;
      const wrong = wrongInComparison(disk, path, response.body, { person, readsAll });
      if (wrong !== null) broken(6, `Client ${client.index} is told ${wrong}.`);
      if (path === '/v1/push') {
        const { answers } = JSON.parse(response.body) as PushResponse;
        sawAnswers(person, JSON.parse(body as string) as PushRequest, answers);
      } else if (path === '/v1/presence') {
        sawPresence(client, token, (JSON.parse(response.body) as { here: Present[] }).here);
      } else if (path.startsWith('/v1/articles/') && method === 'GET') {
        sawChanges(person, (JSON.parse(response.body) as Partial<ArticleResponse>).changes ?? []);
      } else if (path.startsWith('/v1/digest/')) {
        const { articles } = JSON.parse(response.body) as SectorResponse;
        sawChanges(
          person,
          articles.map((data) => ({ kind: 'article', data })),
        );
      } else if (path.startsWith('/v1/changes')) {
        const asked = new URL(path, 'http://stet.test').searchParams.get('cursor');
        const { cursor, reset, changes, more } = JSON.parse(response.body) as ChangesResponse;
        sawChanges(person, changes);
        const was = placeOf(asked ?? '');
        const now = placeOf(cursor);
        if (reset && !wentBack)
          broken(
            6,
            `Client ${client.index} is sent back to the start by a server that lost nothing.`,
          );
        if (!more && cursor !== positionOf(disk))
          broken(6, `Client ${client.index} is told that there is no more behind ${cursor}.`);
        if (asked !== null && !reset && (was.epoch !== now.epoch || now.seq < was.seq))
          broken(6, `Client ${client.index} was sent back from ${asked} to ${cursor}.`);
      }
    },
    sawPresence,
    signedIn: (token, person) => void tokens.set(token, person),
    revoked(token) {
      const person = tokens.get(token);
      if (person) formerly.set(token, person);
      tokens.delete(token);
      dead.push(token);
    },
    revokedTokens: () => dead,
    changedRole: (person, memberships) => void roles.set(person, memberships),
    memberships: (person) => roles.get(person) ?? [],
    refusalOf: (operation) => refused.get(operation),
    serverWentBack() {
      wentBack = true;
      answered.clear();
      // Offering what the backup holds changes nothing either.
      stored.clear();
      for (const name of [...revisionsOn(disk), ...commentsOn(disk)]) stored.add(name);
      done.clear();
      addresses.clear();
      authors.clear();
    },
  };
}
