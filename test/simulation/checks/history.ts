import type { ArticleRecord, WorkflowEvent } from '#shared/api';
import type { Hash, Id } from '#shared/article';
import type { HistoryEntry } from '#shared/contract';
import type { Store } from '../../../src-main/core/store/index.ts';
import type { Client, Core } from '../world/client.ts';
import type { World } from '../world/world.ts';

type Act = Extract<HistoryEntry, { kind: 'event' }>;
type Version = Extract<HistoryEntry, { kind: 'revision' }>;
type Waiting = ReturnType<Store['outbox']['pending']>[number];

/** What is said of an act that was done; of one that waits it is said so behind it. */
const DONE: Record<Exclude<WorkflowEvent['transition'], 'create'>, string> = {
  submit: 'submitted it',
  recall: 'recalled it',
  'send-back': 'sent it back',
  approve: 'approved it',
  schedule: 'scheduled it',
  publish: 'published it',
  correct: 'published a correction',
  withdraw: 'withdrew it',
  bin: 'moved it to the bin',
  unbin: 'took it out of the bin',
};

const nameIn = ({ people }: Store, id: Id | null): string | null =>
  id === null ? null : (people.person(id)?.name ?? null);

/** What an act is to say, with when and why it was done and by whom; without a name where nobody here knows them. */
interface Said {
  id: Id;
  text: string;
  by: string | null;
  at: string;
  reason: string;
  hash: Hash | null;
}

function done(store: Store, { createdBy }: ArticleRecord, event: WorkflowEvent): Said {
  const { id, transition, by, at, reason = '', revision: hash } = event;
  const isTheirs = transition !== 'create' || by === null || by === createdBy;
  const text = transition === 'create' ? 'started it' : DONE[transition];
  const brought = `brought it back for ${nameIn(store, createdBy) ?? ''}`;
  return { id, text: isTheirs ? text : brought, by: nameIn(store, by), at, reason, hash };
}

function toCome(store: Store, { id, at, by, payload, state }: Waiting): Said[] {
  if (payload.kind !== 'transition') return [];
  const { transition, reason = '', revision: hash } = payload;
  const text = `${DONE[transition]} (${state === 'waiting' ? 'waiting to be sent' : 'refused'})`;
  return [{ id, text, by: nameIn(store, by), at, reason, hash }];
}

function wrongAct(entries: readonly Act[], should: readonly Said[]): string | null {
  if (entries.length !== should.length)
    return `${entries.length} acts, and there are ${should.length}`;
  for (const { by, ...said } of should) {
    const entry = entries.find(({ id }) => id === said.id);
    const same = Object.entries(said).every(
      ([name, value]) => entry?.[name as keyof Act] === value,
    );
    if (!entry || !same || (by !== null && entry.by !== by))
      return `${JSON.stringify(entry ?? null)} where ${said.text} stands for ${by ?? 'somebody'}`;
  }
  return null;
}

function wrongLabel(
  { head, approvedRevision, publishedRevision, sides }: ArticleRecord,
  waiting: ReadonlySet<Hash>,
  { hash, labels }: Version,
): string | null {
  const should = Object.entries({
    head: hash === head,
    approved: hash === approvedRevision,
    published: hash === publishedRevision,
    side: sides.includes(hash),
    waiting: waiting.has(hash),
  }).flatMap(([label, is]) => (is ? [label] : []));
  if (labels.join() === should.join()) return null;
  return `version ${hash} as ${labels.join() || 'none of them'}, not ${should.join()}`;
}

/** A version is numbered behind those that it builds on, and says who made it, when, and to what end. */
function wrongVersion(
  store: Store,
  versions: ReadonlyMap<Hash, Version>,
  { hash, parents, envelope }: ReturnType<Store['revisions']['list']>[number],
): string | null {
  const entry = versions.get(hash);
  const before = parents.flatMap((parent) => versions.get(parent)?.number ?? []);
  const { author, at, note = '' } = envelope;
  const name = nameIn(store, author);
  return entry?.number === 1 + Math.max(0, ...before) &&
    entry.at === at &&
    entry.note === note &&
    (name === null || entry.by === name)
    ? null
    : `version ${hash} otherwise than it was made`;
}

/**
 * The newest comes first, whatever clocks said: a version above those that it builds on, an act right above the newest
 * version that was there by then or that it names, and below everything how the article began.
 */
function wrongOrder(entries: readonly HistoryEntry[], begun: ReadonlySet<Id>): string | null {
  const isBegun = (entry: HistoryEntry): boolean => entry.kind === 'event' && begun.has(entry.id);
  const later = entries.filter((entry) => !isBegun(entry));
  if (entries.slice(0, later.length).some(isBegun)) return 'how it began above what came then';
  const versions = later.filter((entry) => entry.kind === 'revision');
  if (versions.some(({ number }, at) => number > (versions[at - 1]?.number ?? Infinity)))
    return 'an older version above a newer one';
  for (const [place, entry] of later.entries()) {
    if (entry.kind === 'revision') continue;
    const there = versions.filter(
      ({ hash, at }) => hash === entry.hash || Date.parse(at) <= Date.parse(entry.at),
    );
    const below = later.slice(place + 1);
    const next = below.find((each) => each.kind === 'revision');
    if ((next?.number ?? 0) !== Math.max(0, ...there.map(({ number }) => number)))
      return `“${entry.text}” of ${entry.at} above another version than it came after`;
    const [under] = below;
    if (under?.kind === 'event' && Date.parse(under.at) > Date.parse(entry.at))
      return `“${entry.text}” of ${entry.at} above a later act`;
  }
  return null;
}

/** History names every version with what it is, and every act, waiting or done, with who did it and why, in its order. */
export async function wrongInHistory(
  { store, articles }: Core,
  record: ArticleRecord,
): Promise<string | null> {
  const { id: article } = record;
  const { entries } = await articles.handlers['article.history']({ article });
  const pending = store.outbox.pending(article);
  const waiting = new Set(
    pending.flatMap(({ payload }) => (payload.kind === 'revision' ? [payload.hash] : [])),
  );
  const events = store.events.list(article);
  const acts = [
    ...events.map((event) => done(store, record, event)),
    ...pending.flatMap((each) => toCome(store, each)),
  ];
  const here = store.revisions.list(article);
  const versions = entries.filter((entry) => entry.kind === 'revision');
  if (versions.length !== here.length) return `${versions.length} versions of ${here.length}`;
  const byHash = new Map(versions.map((version) => [version.hash, version]));
  const begun = events.filter(({ transition }) => transition === 'create').map(({ id }) => id);
  return (
    wrongAct(
      entries.filter((entry) => entry.kind === 'event'),
      acts,
    ) ??
    versions.map((version) => wrongLabel(record, waiting, version)).find((each) => each !== null) ??
    here.map((each) => wrongVersion(store, byHash, each)).find((each) => each !== null) ??
    wrongOrder(entries, new Set(begun))
  );
}

/** Also of what waits and of what stands beside the text, which is over in the end. */
export async function checkHistory(
  { broken }: World,
  { core, index, injured }: Client,
  article: Id,
): Promise<void> {
  const record = core?.store.articles.record(article) ?? null;
  if (!core || injured || !record) return;
  const wrong = await wrongInHistory(core, record);
  if (wrong !== null) broken(13, `On client ${index} the history of ${article} shows ${wrong}.`);
}
