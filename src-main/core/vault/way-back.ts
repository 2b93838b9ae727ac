import type { Person } from '#shared/api';
import { openRevision, RevisionError, type Hash, type Id, type Revision } from '#shared/article';
import type { VaultItem } from '#shared/contract';
import { can } from '#shared/workflow';
import type { KeptWork, Store } from '../store/index.ts';

type Way = VaultItem['way'];

/** Where work of the vault can go now: into its article, into a new one, or nowhere yet. */
export function wayBack(store: Store, person: Person | null, kept: KeptWork | null): Way {
  if (kept?.content == null)
    return { to: 'nowhere', why: 'Only its text can be read. Copy it, or save it as a file.' };
  if (store.readOnly || !person)
    return {
      to: 'nowhere',
      why: store.readOnly
        ? 'A newer version of Stet wrote the database on this computer. Update Stet to bring it back.'
        : 'Sign in to bring it back.',
    };
  if (isKeptWhole(store, person, kept))
    return {
      to: 'article',
      why: 'The publishing server had lost the article: all of it is sent again, in the name of whoever started it.',
    };
  const obstacle = whyNotIntoArticle(store, person, kept);
  if (obstacle === null)
    return {
      to: 'article',
      why: 'The article is open to you again: this is joined with it, and where the same words were changed, both versions stand in the text.',
    };
  const desk = deskFor(person, kept);
  if (desk === undefined)
    return {
      to: 'nowhere',
      why: 'You work on no desk, so there is nowhere to bring it back to. Ask your newsroom admin for a desk; until then copy the text, or save it as a file.',
    };
  const name = desk === null ? null : store.people.desk(desk)?.name;
  return {
    to: 'new',
    why: `${obstacle}, so this becomes a new article of your own${name == null ? '' : ` on ${name}`}.`,
  };
}

/** The desk that a new article goes to: the one it was on, where the person works there. Undefined when there is none. */
export function deskFor(person: Person, { content, record }: KeptWork): Id | null | undefined {
  const was = content?.fields.desk ?? record?.desk ?? null;
  if (was !== null && can(person, 'article.create', { desk: was })) return was;
  const [first] = person.memberships;
  if (first) return first.desk;
  return person.admin ? null : undefined;
}

function whyNotIntoArticle(store: Store, person: Person, kept: KeptWork): string | null {
  const record = store.articles.record(kept.article);
  if (!record) return 'The article is not open to you';
  if (record.binned) return 'The article is in the bin';
  if (!can(person, 'article.write', record)) return 'The article belongs to another desk';
  if (store.working.read(kept.article)?.standing !== 'editable')
    return 'The article cannot be edited on this computer';
  return isGrounded(store, kept) ? null : 'The version it was written on is not on this computer';
}

/** Revisions that were on their way to the server, by their hash; refused ones only live on in the text. */
export function waitingRevisions({ operations }: KeptWork): Map<Hash, Revision> {
  const found = new Map<Hash, Revision>();
  for (const { payload, state } of operations) {
    const revision = payload.kind === 'revision' ? opened(payload.revision.bytes) : null;
    if (payload.kind === 'revision' && state === 'waiting' && revision)
      found.set(payload.revision.hash, revision);
  }
  return found;
}

function opened(bytes: string): Revision | null {
  try {
    return openRevision(bytes);
  } catch (error) {
    if (error instanceof RevisionError) return null;
    throw error;
  }
}

/**
 * The newest revision that the kept text grew from and that can be sent or is on the server: what was refused is passed
 * over. Null where it is not known, or not here.
 */
export function tipOf(store: Store, kept: KeptWork): Hash | null {
  const waiting = waitingRevisions(kept);
  const parents = new Map<Hash, readonly Hash[]>();
  for (const { payload } of kept.operations)
    if (payload.kind === 'revision')
      parents.set(payload.revision.hash, opened(payload.revision.bytes)?.parents ?? []);
  const lastWaiting = [...waiting.keys()].at(-1) ?? null;
  const open = [kept.base ?? lastWaiting];
  for (const hash of open) {
    if (hash === null) continue;
    if (waiting.has(hash) || store.revisions.has(hash)) return hash;
    open.push(...(parents.get(hash) ?? []));
  }
  return null;
}

/** Whether an article that is not here is kept from its first revision on, and may be started again by this person. */
function isKeptWhole(store: Store, person: Person, kept: KeptWork): boolean {
  const waiting = [...waitingRevisions(kept).values()];
  return (
    !store.articles.exists(kept.article) &&
    isGrounded(store, kept) &&
    waiting.some(({ parents }) => parents.length === 0) &&
    waiting.every(({ fields }) => can(person, 'article.create', { desk: fields.desk }))
  );
}

/** Whether everything that the kept work builds on is here. */
function isGrounded(store: Store, kept: KeptWork): boolean {
  const waiting = waitingRevisions(kept);
  const isThere = (hash: Hash): boolean => waiting.has(hash) || store.revisions.has(hash);
  return (
    tipOf(store, kept) !== null &&
    [...waiting.values()].every(({ parents }) => parents.every(isThere))
  );
}
