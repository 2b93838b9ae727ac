import type { Person } from '#shared/api';
import { counted, type Clock, type Id, type RandomBytes } from '#shared/article';
import { StetError, type Emit, type Handlers, type VaultItem } from '#shared/contract';
import { TRANSITIONS } from '#shared/workflow';
import type { KeptWork, Store, VaultEntry } from '../store/index.ts';
import { bringBack } from './bring-back.ts';
import { wayBack } from './way-back.ts';

interface Deps {
  store: Store;
  emit: Emit;
  /** Null while nobody is signed in. */
  person: () => Person | null;
  clock: Clock;
  random: RandomBytes;
  /** Something waits in the outbox: time to sync. */
  wake: () => void;
  /** What the status bar tells may have changed. */
  statusChanged: () => void;
}

type VaultHandlers = Pick<
  Handlers,
  'vault.list' | 'vault.read' | 'vault.bringBack' | 'vault.discard'
>;

const GONE = 'This is no longer in the vault. Nothing else was changed.';
const CLOSED = 'You worked on no desk any more, so the article was closed to you.';

const markOf = (id: string): string => `vault.brought-back.${id}`;

/** Unsent work of articles that were closed to the person: read, brought back, discarded. */
export function vaultHandlers(deps: Deps): VaultHandlers {
  const { store, emit } = deps;
  const entryOf = (id: string): VaultEntry => {
    const entry = store.vault.get(id);
    if (!entry) throw new StetError('not-found', GONE);
    return entry;
  };
  return {
    'vault.list': () => ({ items: store.vault.list().map((entry) => itemOf(deps, entry)) }),
    'vault.read': ({ id }) => {
      const entry = entryOf(id);
      const { parts, text } = entry;
      return { item: itemOf(deps, entry), parts, name: `${id}.txt`, text };
    },
    'vault.bringBack': ({ id }) => {
      const { kept } = entryOf(id);
      const person = deps.person();
      if (!kept || !person) throw new StetError('refused', wayBack(store, person, kept).why);
      const { article, isNew } = store.transaction(() => {
        const known = broughtBackTo(store, id);
        if (known) return { article: known.article, isNew: false };
        const by = { author: person.id, device: store.deviceId, note: 'Brought back' };
        const target = bringBack({ ...deps, person, by }, kept);
        const at = new Date(deps.clock()).toISOString();
        store.values.set(markOf(id), { article: target, at });
        return { article: target, isNew: target !== kept.article };
      });
      emit('article', { article, working: true });
      emit('lists', {});
      deps.statusChanged();
      deps.wake();
      return { article, isNew };
    },
    'vault.discard': ({ id }) => {
      store.vault.discard(id);
      if (!store.readOnly) store.values.delete(markOf(id));
      emit('lists', {});
      return {};
    },
  };
}

function itemOf({ store, person }: Deps, { id, at, kept }: VaultEntry): VaultItem {
  return {
    id,
    at,
    headline: kept?.content?.fields.headline ?? '',
    why: CLOSED,
    changes: kept ? changesIn(kept) : [],
    broughtBack: broughtBackTo(store, id),
    way: wayBack(store, person(), kept),
  };
}

/** Null as well when the article it went to was closed to the person again: then it can be brought back once more. */
function broughtBackTo(store: Store, id: string): VaultItem['broughtBack'] {
  const mark = store.values.get(markOf(id)) as { article: Id; at: string } | null;
  return mark && store.articles.exists(mark.article) ? mark : null;
}

/** What had not been sent, in the words of the outbox: "2 edits", "1 comment", "Submit". */
function changesIn({ operations, dirty, unfinished }: KeptWork): string[] {
  const edits = operations.filter(({ payload }) => payload.kind === 'revision').length;
  const comments = operations.filter(({ payload }) => payload.kind === 'comment').length;
  const acts = operations.flatMap(({ payload }) => {
    if (payload.kind === 'transition') return [TRANSITIONS[payload.transition].label];
    return payload.kind === 'bin' ? ['Move to or out of the bin'] : [];
  });
  const counts = [
    [edits + Number(dirty), 'edit'],
    [comments, 'comment'],
    [unfinished.length, 'unfinished comment'],
  ] as const;
  const told = counts.flatMap(([count, noun]) => (count === 0 ? [] : [counted(count, noun)]));
  return [...told, ...acts];
}
