import type { Block, Conflict, Fields, Instant, LocalId } from '#shared/article';
import { StetError, type Bridge, type OpenArticle } from '#shared/contract';
import { applyOrder, diffOrder } from '../body/order.ts';
import type { ForeignChange, SavingState, Stats, WorkingCopy } from '../types.ts';
import { createEditQueue, type EditInput } from './edit-queue.ts';
import { isCrossed, isNothing, joinUnsaved, nothingUnsaved, same, withField } from './unsaved.ts';
import { watched, type Watched } from './watched.ts';
import { createWordCounts } from './word-counts.ts';

/** How the body editor speaks to the working copy. */
export interface BodyPort {
  read: () => Block[];
  /** New and changed blocks, and the order when it changed. */
  edit: (changed: Block[], order: LocalId[] | null) => void;
  onForeign: (listener: (change: ForeignChange) => void) => () => void;
}

export interface WorkingCopyStore {
  copy: Watched<WorkingCopy>;
  saving: Watched<SavingState>;
  stats: Watched<Stats>;
  /** Why the article is no longer on this computer, while it is not. */
  gone: Watched<string | null>;
  body: BodyPort;
  /** The core says the working copy changed by another hand. */
  foreignEdit: () => void;
  /** Whether words exist that are on no disk. */
  unsaved: () => boolean;
  failing: () => boolean;
  stop: () => void;
}

/** What undo brings back was written by whom it was: the core knows no more of versions that are settled. */
function withFormer(
  former: OpenArticle['origins'],
  origins: OpenArticle['origins'],
): OpenArticle['origins'] {
  const told = new Set(origins.map(({ conflict }) => conflict));
  return [...origins, ...former.filter(({ conflict }) => !told.has(conflict))];
}

/** Owns an open article: what stands on the screen, what of it is unsaved, and what the core last knew. */
export function createWorkingCopy(
  opened: OpenArticle,
  bridge: Pick<Bridge, 'call'>,
): WorkingCopyStore {
  const foreignListeners = new Set<(change: ForeignChange) => void>();
  const words = createWordCounts();
  let article = opened;
  let blocks = new Map(opened.body.map((block) => [block.$.id, block]));
  let order: LocalId[] = opened.body.map((block) => block.$.id);
  // What the core has been told of the order, by every edit it has stored.
  let storedOrder = order;
  let storedBlocks = new Map(blocks);
  let unsaved = nothingUnsaved();
  let sending: { changes: typeof unsaved; order: LocalId[] } | null = null;
  let stale = false;
  opened.body.forEach(words.update);

  const saving = watched<SavingState>({ state: 'saved', at: null });
  const stats = watched<Stats>(words.stats());
  const gone = watched<string | null>(null);
  const showStats = (): void => {
    const next = words.stats();
    if (next.words !== stats.get().words) stats.set(next);
  };

  const hasUnsaved = (): boolean => !isNothing(unsaved) || order !== storedOrder;

  const standing = (conflicts: readonly Conflict[], changes: typeof unsaved): Conflict[] => [
    ...conflicts.filter(({ id }) => !changes.settled.has(id) && !changes.reopened.has(id)),
    ...changes.reopened.values(),
  ];

  const snapshot = (fields: Fields): WorkingCopy => ({
    article,
    fields,
    conflicts: standing(article.conflicts, unsaved),
    setField,
    changeField,
    settle,
    reopen,
    readBody,
    flush: queue.flush,
    refresh,
  });

  const readBody = (): Block[] => order.flatMap((id) => blocks.get(id) ?? []);

  const setField: WorkingCopy['setField'] = (name, value) => {
    if (same(copy.get().fields[name], value)) return;
    withField(unsaved, name, value);
    copy.set({ ...copy.get(), fields: { ...copy.get().fields, [name]: value } });
    queue.nudge();
  };

  const changeField: WorkingCopy['changeField'] = (name, change) =>
    setField(name, change(copy.get().fields[name]));

  const settle = (id: LocalId): void => {
    unsaved.settled.add(id);
    unsaved.reopened.delete(id);
    copy.set({
      ...copy.get(),
      conflicts: copy.get().conflicts.filter((conflict) => conflict.id !== id),
    });
    queue.nudge();
  };

  const reopen: WorkingCopy['reopen'] = (conflict) => {
    unsaved.settled.delete(conflict.id);
    unsaved.reopened.set(conflict.id, conflict);
    const others = copy.get().conflicts.filter(({ id }) => id !== conflict.id);
    copy.set({ ...copy.get(), conflicts: [...others, conflict] });
    queue.nudge();
  };

  const refresh = async (): Promise<void> => {
    stale = true;
    await queue.flush();
  };

  const edit: BodyPort['edit'] = (changed, newOrder) => {
    for (const block of changed) {
      blocks.set(block.$.id, block);
      unsaved.blocks.set(block.$.id, block);
      words.update(block);
    }
    if (newOrder) {
      const standing = new Set(newOrder);
      for (const id of order)
        if (!standing.has(id)) {
          blocks.delete(id);
          words.remove(id);
        }
      order = newOrder;
    }
    showStats();
    queue.nudge();
  };

  const take = (): EditInput | null => {
    if (!hasUnsaved()) return null;
    const changes = unsaved;
    const { placed, removed } =
      order === storedOrder ? { placed: [], removed: [] } : diffOrder(storedOrder, order);
    sending = { changes, order };
    unsaved = nothingUnsaved();
    const standing = [...changes.blocks.values()].filter((block) => blocks.has(block.$.id));
    const settled = [...changes.settled];
    const reopened = [...changes.reopened.values()];
    return {
      article: article.id,
      generation: article.generation,
      ...(Object.keys(changes.fields).length > 0 && { fields: changes.fields }),
      ...(standing.length > 0 && { blocks: standing }),
      ...(placed.length > 0 && { placed }),
      ...(removed.length > 0 && { removed }),
      ...(settled.length > 0 && { settled }),
      ...(reopened.length > 0 && { reopened }),
    };
  };

  const stored = ({
    generation,
    merged,
  }: {
    savedAt: Instant;
    generation: number;
    merged: OpenArticle | null;
  }): void => {
    if (!sending) return;
    const done = sending;
    sending = null;
    for (const [id, block] of done.changes.blocks) storedBlocks.set(id, block);
    // The order may have changed while the edit was on its way: identity says whether it did.
    if (storedOrder !== done.order) {
      const stands = new Set(done.order);
      for (const id of storedBlocks.keys()) if (!stands.has(id)) storedBlocks.delete(id);
      storedOrder = done.order;
    }
    article = {
      ...article,
      // Until what was merged is taken over, this window shows what it showed before.
      generation: merged ? article.generation : generation,
      fields: { ...article.fields, ...done.changes.fields },
      conflicts: standing(article.conflicts, done.changes),
    };
    if (merged) adopt(merged);
  };

  const giveBack = (): void => {
    if (!sending) return;
    unsaved = joinUnsaved(sending.changes, unsaved);
    sending = null;
  };

  /**
   * Takes the core's version over, beneath what the person has typed on since. Where that was typed over words that
   * stand otherwise there by now, it goes to the core first, as an edit of what this window shows, and is merged.
   */
  const adopt = (next: OpenArticle): void => {
    const incoming = new Map(next.body.map((block) => [block.$.id, block]));
    const incomingOrder = next.body.map((block) => block.$.id);
    const { placed, removed } =
      order === storedOrder ? { placed: [], removed: [] } : diffOrder(storedOrder, order);
    const { fields, conflicts } = article;
    const known = { fields, conflicts, blocks: storedBlocks };
    stale = isCrossed(unsaved, removed, known, { ...next, blocks: incoming });
    if (stale) return;
    article = { ...next, origins: withFormer(article.origins, next.origins) };
    storedBlocks = new Map(incoming);
    // A block that is edited here and gone there is kept: nobody's sentence disappears unseen.
    const kept = order.filter(
      (id) => unsaved.blocks.has(id) && !incoming.has(id) && !placed.some((one) => one.id === id),
    );
    const mine = kept.map((id) => ({ id, after: order[order.indexOf(id) - 1] ?? null }));
    const newOrder = applyOrder(incomingOrder, [...placed, ...mine], removed).filter(
      (id) => incoming.has(id) || unsaved.blocks.has(id),
    );
    const changed = next.body.filter(
      (block) =>
        newOrder.includes(block.$.id) &&
        !unsaved.blocks.has(block.$.id) &&
        !same(blocks.get(block.$.id) ?? null, block),
    );
    const before = order;
    const all = new Map(
      newOrder.flatMap((id) => {
        const block = unsaved.blocks.get(id) ?? incoming.get(id);
        return block ? [[id, block] as const] : [];
      }),
    );
    for (const id of blocks.keys()) if (!all.has(id)) words.remove(id);
    for (const block of changed) words.update(block);
    blocks = all;
    storedOrder = incomingOrder;
    order = same(newOrder, incomingOrder) ? incomingOrder : newOrder;
    if (changed.length > 0 || !same(before, order))
      for (const listener of foreignListeners) listener({ changed, order });
    showStats();
    copy.set(snapshot({ ...next.fields, ...unsaved.fields }));
  };

  const lookAgain = async (): Promise<OpenArticle | null> => {
    try {
      const next = await bridge.call('article.open', { article: article.id });
      gone.set(null);
      return next;
    } catch (error) {
      if (!(error instanceof StetError && error.code === 'not-found')) throw error;
      stale = false;
      // Words that are on no disk stay in sight.
      if (!hasUnsaved()) gone.set(error.message);
      return null;
    }
  };

  const queue = createEditQueue({
    take,
    stored,
    giveBack,
    adopt,
    send: (input) => bridge.call('article.edit', input),
    stale: () => stale,
    reopen: lookAgain,
    changed: (state) => {
      const now = saving.get();
      if (now.state !== state.state || now.at !== state.at) saving.set(state);
    },
  });
  queue.watch(hasUnsaved);
  const copy = watched<WorkingCopy>(snapshot(opened.fields));

  return {
    copy,
    saving,
    stats,
    gone,
    body: {
      read: readBody,
      edit,
      onForeign: (listener) => {
        foreignListeners.add(listener);
        return () => foreignListeners.delete(listener);
      },
    },
    foreignEdit: () => {
      stale = true;
      queue.nudge();
    },
    unsaved: () => !queue.idle(),
    failing: queue.failing,
    stop: queue.stop,
  };
}
