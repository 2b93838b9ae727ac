import { isDeepStrictEqual } from 'node:util';
import {
  emptyFields,
  Fields,
  RevisionError,
  sealRevision,
  Block,
  type Clock,
  type Content,
  type Hash,
  type Id,
} from '#shared/article';
import { StetError, type WorkingEdit } from '#shared/contract';
import { mergeContents } from '#shared/merge';
import { applyToContent, withoutTouched } from './content-edit.ts';
import type { Db } from './db.ts';
import type { Listing } from './listing.ts';
import type { OutboxQueue } from './outbox.ts';
import type { Records } from './records.ts';
import type { Revisions } from './revisions.ts';
import { createSnapshots } from './snapshots.ts';
import type { By, WorkingCopy, WorkingStore } from './types.ts';
import { changeRows, readRows, uniqueBlocks, writeRows } from './working-rows.ts';

/** How an article stands after its head changed: whether the working copy followed, or has to be merged. */
export type Settled = 'same' | 'moved' | 'needs-merge';

export interface Working extends WorkingStore {
  settle(article: Id): Settled;
  /** Reads the working copy into its list line and the index. */
  index(article: Id): void;
  savedAt(): number | null;
}

interface Row {
  base: string | null;
  conflicts: string;
  dirty: number;
  edited_at: number;
}

interface Parts {
  revisions: Revisions;
  records: Records;
  listing: Listing;
  queue: OutboxQueue;
  clock: Clock;
}

const nothing = (): Content => ({ fields: emptyFields(), body: [], conflicts: [] });

/**
 * Working copies, row by row. An article that nobody has edited here has no rows: its working copy is then the head
 * revision itself, and only the first edit writes it out.
 */
export function createWorking(
  db: Db,
  { revisions, records, listing, queue, clock }: Parts,
): Working {
  const snapshots = createSnapshots(db, revisions);
  // Articles that a window has read since the last edit.
  const handedOut = new Set<Id>();
  let saved = db.get<{ at: number | null }>('SELECT max(edited_at) AS at FROM working')?.at ?? null;

  const rowOf = (article: Id): Row | undefined =>
    db.get<Row>('SELECT base, conflicts, dirty, edited_at FROM working WHERE article = ?', article);
  const generationOf = (article: Id): number | null =>
    db.get<{ generation: number }>('SELECT generation FROM article WHERE id = ?', article)
      ?.generation ?? null;

  const read = (article: Id): WorkingCopy | null => {
    const generation = generationOf(article);
    if (generation === null) return null;
    const row = rowOf(article);
    if (row) {
      const content = readRows(db, article, row.conflicts);
      return {
        article,
        content,
        base: row.base,
        generation,
        dirty: row.dirty === 1,
        standing: 'editable',
      };
    }
    const base = records.serverHead(article);
    const standing =
      base === null ? { content: nothing(), standing: 'editable' as const } : open(base);
    return { article, base, generation, dirty: false, ...standing };
  };

  const open = (hash: Hash): Pick<WorkingCopy, 'content' | 'standing'> => {
    try {
      const revision = revisions.open(hash);
      if (!revision) return { content: nothing(), standing: 'missing' };
      const { fields, body, conflicts } = revision;
      return { content: { fields, body: uniqueBlocks(body), conflicts }, standing: 'editable' };
    } catch (error) {
      if (!(error instanceof RevisionError)) throw error;
      return {
        content: readable(revisions.get(hash)?.bytes ?? ''),
        standing: error.code === 'newer-schema' ? 'newer-schema' : 'unreadable',
      };
    }
  };

  const saysTheSame = (hash: Hash, content: Content): boolean => {
    const { content: sealed, standing } = open(hash);
    return standing === 'editable' && isDeepStrictEqual(sealed, content);
  };

  const editable = (article: Id, { evenDamaged = false } = {}): WorkingCopy => {
    const copy = read(article);
    if (!copy)
      throw new StetError(
        'not-found',
        'This article is no longer on this computer. What you have just typed stands in this window alone: copy it before you leave it.',
      );
    if (copy.standing === 'newer-schema')
      throw new StetError(
        'read-only',
        'A newer version of Stet wrote this article. It is safe as it is; update Stet to edit it.',
      );
    if (copy.standing === 'unreadable' && !evenDamaged)
      throw new StetError(
        'read-only',
        'This version of the article is damaged and cannot be edited. Nothing was changed: restore an earlier version from its history.',
      );
    if (copy.standing === 'missing')
      throw new StetError(
        'read-only',
        'The text of this article has not arrived from the server yet. It can be edited once it has.',
      );
    return copy;
  };

  /** Puts other content in place; windows that hold the old generation are merged when they write. */
  const put = (
    copy: WorkingCopy,
    content: Content,
    next: { base: Hash | null; dirty: boolean },
  ): number => {
    snapshots.keep(copy);
    writeRows(db, copy.article, content, { ...next, editedAt: clock() });
    db.run(
      'UPDATE article SET generation = generation + 1, shown = ? WHERE id = ?',
      next.base,
      copy.article,
    );
    return copy.generation + 1;
  };

  /**
   * The first edit after windows have read the article goes on to a generation of its own, so that what another of them
   * writes, not having seen this edit, is merged with it instead of written over it.
   */
  const stepOn = (article: Id, row: Row | undefined, generation: number): number => {
    if (!handedOut.has(article)) return generation;
    if (row?.dirty === 1) snapshots.set(article, generation, readRows(db, article, row.conflicts));
    else snapshots.keepRevision(article, generation, row ? row.base : records.serverHead(article));
    db.run('UPDATE article SET generation = generation + 1 WHERE id = ?', article);
    return generation + 1;
  };

  const mergeLate = (edit: WorkingEdit, copy: WorkingCopy): number => {
    const shown = snapshots.content(edit.article, edit.generation);
    const late = applyToContent(shown ?? copy.content, edit);
    // What the window showed may be unknown: what it writes then stands beside what is there, and over nothing.
    const before = shown ?? withoutTouched(copy.content, edit);
    const { content } = mergeContents(before, copy.content, late);
    const generation = put(copy, content, { base: copy.base, dirty: true });
    // The same window's next edit stands on this one, however long it goes on typing: put lets go of what is old.
    if (shown) snapshots.set(edit.article, edit.generation, late);
    return generation;
  };

  const store = (
    copy: WorkingCopy,
    change: { content: Content; parents: Hash[]; base: Hash | null; by: By },
  ): Hash => {
    const { content, parents, base, by } = change;
    const { article } = copy;
    const sealed = sealRevision(article, parents, content);
    const { author, device, note } = by;
    const envelope = {
      author,
      device,
      at: new Date(clock()).toISOString(),
      ...(note === undefined ? {} : { note }),
    };
    const revision = { ...sealed, article, envelope };
    const known = revisions.anchor(sealed.hash) === sealed.hash;
    revisions.putOwn(revision, content, parents);
    db.run('UPDATE working SET base = ?, dirty = 0 WHERE article = ?', sealed.hash, article);
    // What was refused and is passed over stands in this one too; sent after it, it would stand beside it.
    const { base: before } = copy;
    if (before !== null)
      queue.supersede(
        article,
        (hash) => revisions.isAncestor(hash, before) && !revisions.isAncestor(hash, sealed.hash),
      );
    if (known) records.refresh(article);
    else queue.add({ kind: 'revision', revision, base }, author);
    return sealed.hash;
  };

  const index = (article: Id): void => {
    const copy = read(article);
    if (copy && copy.standing !== 'missing')
      listing.setContent(
        article,
        copy.content,
        copy.dirty ? (rowOf(article)?.edited_at ?? null) : null,
      );
  };

  const working: Working = {
    read,
    index,
    savedAt: () => saved,
    dirty: (article) => rowOf(article)?.dirty === 1,
    dirtyArticles: () =>
      db
        .all<{ article: string }>('SELECT article FROM working WHERE dirty = 1')
        .map(({ article }) => article),
    apply(edit) {
      const { article } = edit;
      const applied = db.write(() => {
        const row = rowOf(article);
        const generation = generationOf(article);
        const becameDirty = row?.dirty !== 1;
        const now = clock();
        let result = generation ?? 0;
        const merged = generation !== null && edit.generation < generation;
        if (merged) result = mergeLate(edit, editable(article));
        else {
          if (generation !== null) result = stepOn(article, row, generation);
          if (!row) {
            const copy = editable(article);
            writeRows(db, article, copy.content, { base: copy.base, dirty: true, editedAt: now });
          }
          changeRows(db, edit);
          db.run('UPDATE working SET dirty = 1, edited_at = ? WHERE article = ?', now, article);
        }
        if (becameDirty) listing.setWaiting(article);
        return { generation: result, merged, becameDirty };
      });
      handedOut.delete(article);
      saved = clock();
      return applied;
    },
    handOut: (article) => void handedOut.add(article),
    replace: (article, content, base) =>
      db.write(() => {
        const copy = mustBeSealed(editable(article));
        const generation = put(copy, content, { base, dirty: false });
        index(article);
        return generation;
      }),
    seal: (article, by) =>
      db.write(() => {
        if (rowOf(article)?.dirty !== 1) return null;
        const copy = editable(article);
        if (copy.base !== null && saysTheSame(copy.base, copy.content)) {
          db.run('UPDATE working SET dirty = 0 WHERE article = ?', article);
          records.refresh(article);
          index(article);
          return null;
        }
        const anchor = copy.base === null ? null : revisions.anchor(copy.base);
        const hash = store(copy, {
          content: copy.content,
          parents: anchor ? [anchor] : [],
          base: anchor,
          by,
        });
        index(article);
        return hash;
      }),
    commit: (article, change) =>
      db.write(() => {
        const copy = mustBeSealed(editable(article, { evenDamaged: true }));
        put(copy, change.content, { base: copy.base, dirty: false });
        const anchor = copy.base === null ? null : revisions.anchor(copy.base);
        const { parents = anchor ? [anchor] : [], base = anchor } = change;
        const hash = store(copy, { content: change.content, parents, base, by: change.by });
        index(article);
        return hash;
      }),
    settle(article) {
      const head = records.serverHead(article);
      if (head === null || !revisions.has(head)) return 'same';
      const row = rowOf(article);
      const shown =
        db.get<{ shown: string | null }>('SELECT shown FROM article WHERE id = ?', article)
          ?.shown ?? null;
      const base = row ? row.base : shown;
      if (base === head || (row && base !== null && revisions.isAncestor(head, base)))
        return 'same';
      const blank = row && base === null && readRows(db, article, row.conflicts).body.length === 0;
      const behind = base === null ? !row || blank : revisions.isAncestor(base, head);
      if (row && (row.dirty === 1 || !behind)) return 'needs-merge';
      snapshots.keepRevision(article, generationOf(article) ?? 1, base);
      db.run('DELETE FROM working WHERE article = ?', article);
      db.run(
        'UPDATE article SET generation = generation + 1, shown = ? WHERE id = ?',
        head,
        article,
      );
      index(article);
      return 'moved';
    },
  };
  return working;
}

function mustBeSealed(copy: WorkingCopy): WorkingCopy {
  if (copy.dirty)
    throw new Error(`The working copy of ${copy.article} holds edits that are in no revision yet.`);
  return copy;
}

/** As much of a later schema's revision as this one understands; the bytes stay as they are. */
function readable(bytes: string): Content {
  try {
    const value: unknown = JSON.parse(bytes);
    const fields =
      typeof value === 'object' && value !== null && 'fields' in value ? value.fields : {};
    const known = Object.entries(Fields.shape).flatMap(([name, schema]) => {
      const member = schema.safeParse((fields as Record<string, unknown>)[name]);
      return member.success ? [[name, member.data] as const] : [];
    });
    const body = typeof value === 'object' && value !== null && 'body' in value ? value.body : [];
    const blocks = Array.isArray(body) ? body.flatMap((block) => readableBlock(block)) : [];
    return {
      fields: { ...emptyFields(), ...(Object.fromEntries(known) as Partial<Fields>) },
      body: uniqueBlocks(blocks),
      conflicts: [],
    };
  } catch {
    return nothing();
  }
}

function readableBlock(value: unknown): Block[] {
  const block = Block.safeParse(value);
  return block.success ? [block.data] : [];
}
