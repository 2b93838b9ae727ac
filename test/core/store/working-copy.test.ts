import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openRevision, type Block, type Content } from '#shared/article';
import type { WorkingEdit } from '#shared/contract';
import { applyToContent } from '../../../src-main/core/store/content-edit.ts';
import { openDb } from '../../../src-main/core/store/db.ts';
import { content, paragraph, revision, record } from '../../helpers/articles.ts';
import { openNewsdesk, pulledArticle, startedArticle, type Newsdesk } from '../../helpers/store.ts';
import { tries } from '../../helpers/tries.ts';

const ids = (body: readonly Block[]): string[] => body.map((block) => block.$.id);
const bodyOf = ({ store }: Newsdesk, article: string): Block[] =>
  store.working.read(article)!.content.body;

describe('the working copy', () => {
  it('holds fields and blocks in the order they were written', async () => {
    const newsdesk = await openNewsdesk();
    const article = startedArticle(
      newsdesk,
      content({ body: [paragraph('One', 'blk1'), paragraph('Three', 'blk3')] }),
    );
    newsdesk.store.working.apply({
      article,
      generation: 1,
      fields: { headline: 'Bridge reopens' },
      blocks: [paragraph('Two', 'blk2')],
      placed: [{ id: 'blk2', after: 'blk1' }],
    });
    const copy = newsdesk.store.working.read(article)!;
    expect(ids(copy.content.body)).toEqual(['blk1', 'blk2', 'blk3']);
    expect(copy.content.fields).toMatchObject({ headline: 'Bridge reopens', section: 'News Room' });
    expect(copy.dirty).toBe(true);
  });

  it('writes only the rows that an edit changes', async () => {
    const newsdesk = await openNewsdesk();
    const long = Array.from({ length: 400 }, (_, at) => paragraph(`Paragraph ${at}`, `blk${at}`));
    const article = startedArticle(newsdesk, content({ body: long }));
    const watcher = openDb(`${newsdesk.dir}/stet.db`);
    const texts = (): string[] =>
      watcher
        .all<{ json: string }>('SELECT json FROM working_block ORDER BY rowid')
        .map(({ json }) => json);
    const before = texts();
    newsdesk.store.working.apply({ article, generation: 1, blocks: [paragraph('Typed', 'blk7')] });
    const changed = texts().filter((text, at) => text !== before[at]);
    watcher.close();
    expect(changed).toEqual([JSON.stringify(paragraph('Typed', 'blk7'))]);
  });

  it('keeps a block whose neighbour nobody knows, at the end', async () => {
    const newsdesk = await openNewsdesk();
    const article = startedArticle(newsdesk, content({ body: [paragraph('One', 'blk1')] }));
    newsdesk.store.working.apply({
      article,
      generation: 1,
      blocks: [paragraph('Two', 'blk2'), paragraph('Three', 'blk3')],
      placed: [{ id: 'blk2', after: 'gone' }],
    });
    expect(ids(bodyOf(newsdesk, article)).sort()).toEqual(['blk1', 'blk2', 'blk3']);
    expect(ids(bodyOf(newsdesk, article))[0]).toBe('blk1');
  });

  it('does row by row exactly what the same edits do to the content', async () => {
    const newsdesk = await openNewsdesk();
    const id = fc.integer({ min: 0, max: 11 }).map((number) => `blk-${number}`);
    const edit = fc.record({
      blocks: fc.uniqueArray(fc.tuple(id, fc.string({ maxLength: 8 })), {
        selector: ([name]) => name,
        maxLength: 4,
      }),
      placed: fc.array(fc.record({ id, after: fc.option(id) }), { maxLength: 4 }),
      removed: fc.uniqueArray(id, { maxLength: 2 }),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 12 }), (edits) => {
        const start = content({ body: [paragraph('One', 'blk-0'), paragraph('Two', 'blk-1')] });
        const article = startedArticle(newsdesk, start);
        let expected: Content = newsdesk.store.working.read(article)!.content;
        for (const { blocks, placed, removed } of edits) {
          const change: WorkingEdit = {
            article,
            generation: 1,
            placed,
            removed,
            blocks: blocks.map(([name, text]) => paragraph(text, name)),
          };
          newsdesk.store.working.apply(change);
          expected = applyToContent(expected, change);
        }
        expect(bodyOf(newsdesk, article)).toEqual(expected.body);
      }),
      tries(60),
    );
  });

  it('is the head revision itself until someone edits', async () => {
    const newsdesk = await openNewsdesk();
    const { article, head } = pulledArticle(
      newsdesk,
      content({ body: [paragraph('One', 'blk1')] }),
    );
    expect(newsdesk.store.working.read(article)).toMatchObject({
      base: head,
      dirty: false,
      standing: 'editable',
    });
    newsdesk.store.working.apply({
      article,
      generation: newsdesk.store.working.read(article)!.generation,
      blocks: [paragraph('One more', 'blk1')],
    });
    expect(newsdesk.store.working.read(article)).toMatchObject({ base: head, dirty: true });
    expect(bodyOf(newsdesk, article)).toEqual([paragraph('One more', 'blk1')]);
  });

  it('cannot be edited while a later Stet wrote it, and keeps the bytes as they are', async () => {
    const newsdesk = await openNewsdesk();
    const { store, desk, editor } = newsdesk;
    const known = revision(record().id, content());
    const bytes = known.bytes
      .replace('"schema":1', '"schema":2')
      .replace('"section":', '"mood":"calm","section":');
    const { createHash } = await import('node:crypto');
    const hash = createHash('sha256').update(bytes).digest('hex');
    store.feed.applyChanges(
      [
        { kind: 'revision', data: { ...known, hash, bytes } },
        {
          kind: 'article',
          data: record({ id: known.article, head: hash, desk: desk.id, createdBy: editor.id }),
        },
      ],
      'test:1',
    );
    const copy = store.working.read(known.article)!;
    expect(copy.standing).toBe('newer-schema');
    expect(copy.content.fields.headline).toBe(content().fields.headline);
    expect(() =>
      store.working.apply({
        article: known.article,
        generation: copy.generation,
        fields: { headline: 'No' },
      }),
    ).toThrow(/newer version of Stet/);
    expect(store.revisions.get(hash)?.bytes).toBe(bytes);
  });
});

describe('sealing', () => {
  it('makes a revision of what stands there and queues it, once', async () => {
    const newsdesk = await openNewsdesk();
    const article = startedArticle(newsdesk, content({ body: [paragraph('One', 'blk1')] }));
    const hash = newsdesk.store.working.seal(article, { ...newsdesk.by, note: 'Imported' })!;
    expect(newsdesk.store.working.seal(article, newsdesk.by)).toBeNull();
    const stored = newsdesk.store.revisions.get(hash)!;
    expect(openRevision(stored.bytes)).toMatchObject({
      parents: [],
      body: [paragraph('One', 'blk1')],
    });
    expect(stored.envelope).toMatchObject({ author: newsdesk.editor.id, note: 'Imported' });
    const [op] = newsdesk.store.outbox.nextBatch(10, 1e6);
    expect(op).toMatchObject({
      seq: 1,
      payload: { kind: 'revision', base: null, revision: { hash, bytes: stored.bytes } },
    });
  });

  it('stands each revision on the one before', async () => {
    const newsdesk = await openNewsdesk();
    const article = startedArticle(newsdesk, content());
    const first = newsdesk.store.working.seal(article, newsdesk.by)!;
    newsdesk.store.working.apply({ article, generation: 1, fields: { headline: 'Second' } });
    const second = newsdesk.store.working.seal(article, newsdesk.by)!;
    expect(newsdesk.store.revisions.parents(second)).toEqual([first]);
    expect(
      newsdesk.store.outbox
        .nextBatch(10, 1e6)
        .map(({ payload }) => payload.kind === 'revision' && payload.base),
    ).toEqual([null, first]);
    expect(newsdesk.store.revisions.numberOf(second)).toBe(2);
  });

  it('makes nothing of edits that were taken back', async () => {
    const newsdesk = await openNewsdesk();
    const article = startedArticle(newsdesk, content());
    newsdesk.store.working.seal(article, newsdesk.by);
    const { headline } = newsdesk.store.working.read(article)!.content.fields;
    for (const text of ['Floods', headline])
      newsdesk.store.working.apply({ article, generation: 1, fields: { headline: text } });
    expect(newsdesk.store.working.dirty(article)).toBe(true);
    expect(newsdesk.store.working.seal(article, newsdesk.by)).toBeNull();
    expect(newsdesk.store.working.dirty(article)).toBe(false);
    expect(newsdesk.store.outbox.counts().waiting).toBe(1);
  });

  it('builds on what the server knows after a refused revision was let go', async () => {
    const newsdesk = await openNewsdesk();
    const { store, by } = newsdesk;
    const { article, head } = pulledArticle(newsdesk, content());
    const edit = (headline: string): string => {
      store.working.apply({
        article,
        generation: store.working.read(article)!.generation,
        fields: { headline },
      });
      return store.working.seal(article, by)!;
    };
    edit('Refused');
    const [op] = store.outbox.nextBatch(1, 1e6);
    store.outbox.recordAnswers([
      { seq: op!.seq, id: op!.id, outcome: 'refused', message: 'Not yours.' },
    ]);
    store.outbox.dismiss(op!.id);
    const next = edit('Kept');
    expect(store.revisions.parents(next)).toEqual([head]);
    expect(store.outbox.nextBatch(1, 1e6)[0]?.payload).toMatchObject({ base: head });
  });

  it('takes a refused revision out of the outbox once the next one holds its words', async () => {
    const newsdesk = await openNewsdesk();
    const { store, by } = newsdesk;
    const { article, head } = pulledArticle(newsdesk, content());
    const write = (words: string): string => {
      const { generation } = store.working.read(article)!;
      store.working.apply({ article, generation, blocks: [paragraph(words, `blk-${words}`)] });
      return store.working.seal(article, by)!;
    };
    write('Refused');
    const [op] = store.outbox.nextBatch(1, 1e6);
    store.outbox.recordAnswers([
      { seq: op!.seq, id: op!.id, outcome: 'refused', message: 'Not yours.' },
    ]);
    expect(store.outbox.counts()).toEqual({ waiting: 0, parked: 1 });
    const next = write('Next');
    expect(store.outbox.counts()).toEqual({ waiting: 1, parked: 0 });
    expect(store.revisions.parents(next)).toEqual([head]);
    expect(store.revisions.get(next)?.bytes).toContain('Refused');
  });
});

describe('an edit made on an earlier generation', () => {
  it('is merged with what took its place, and so is the next one from the same window', async () => {
    const newsdesk = await openNewsdesk();
    const { store, by } = newsdesk;
    const start = content({ body: [paragraph('One', 'blk1'), paragraph('Two', 'blk2')] });
    const article = startedArticle(newsdesk, start);
    const base = store.working.seal(article, by)!;
    const theirs = store.working.read(article)!.content;
    store.working.replace(
      article,
      { ...theirs, body: [paragraph('One, by a colleague', 'blk1'), paragraph('Two', 'blk2')] },
      base,
    );

    const first = store.working.apply({
      article,
      generation: 1,
      blocks: [paragraph('Two, min', 'blk2')],
    });
    const second = store.working.apply({
      article,
      generation: 1,
      blocks: [paragraph('Two, mine', 'blk2')],
    });
    expect([first.merged, second.merged, second.generation]).toEqual([true, true, 4]);
    expect(bodyOf(newsdesk, article)).toEqual([
      paragraph('One, by a colleague', 'blk1'),
      paragraph('Two, mine', 'blk2'),
    ]);
  });

  it('keeps both versions where both touched the same words', async () => {
    const newsdesk = await openNewsdesk();
    const { store, by } = newsdesk;
    const article = startedArticle(
      newsdesk,
      content({ body: [paragraph('Four are missing.', 'blk1')] }),
    );
    const base = store.working.seal(article, by)!;
    const theirs = store.working.read(article)!.content;
    store.working.replace(
      article,
      { ...theirs, body: [paragraph('Five are missing.', 'blk1')] },
      base,
    );
    store.working.apply({
      article,
      generation: 1,
      blocks: [paragraph('Three are missing.', 'blk1')],
    });
    const text = JSON.stringify(bodyOf(newsdesk, article));
    expect(text).toContain('Five are missing.');
    expect(text).toContain('Three are missing.');
  });

  it('is merged as the next one of its window, however long that goes on without a look at what others wrote', async () => {
    const newsdesk = await openNewsdesk();
    const { store, by } = newsdesk;
    const article = startedArticle(newsdesk, content({ body: [paragraph('Two', 'blk1')] }));
    const base = store.working.seal(article, by)!;
    const theirs = store.working.read(article)!.content;
    store.working.replace(article, { ...theirs, body: [paragraph('Theirs: Two', 'blk1')] }, base);
    for (let key = 1; key <= 30; key += 1)
      store.working.apply({
        article,
        generation: 1,
        blocks: [paragraph(`Two${' more'.repeat(key)}`, 'blk1')],
      });
    const [block] = bodyOf(newsdesk, article);
    if (block?.type !== 'conflict') throw new Error('Two versions should stand.');
    expect(block.versions).toHaveLength(2);
    expect(block.versions).toContainEqual(paragraph('Theirs: Two', 'blk1'));
    expect(block.versions).toContainEqual(paragraph(`Two${' more'.repeat(30)}`, 'blk1'));
  });

  it('loses nothing when its generation is long forgotten', async () => {
    const newsdesk = await openNewsdesk();
    const { store, by } = newsdesk;
    const long = paragraph('One. '.repeat(60_000), 'blk1');
    const article = startedArticle(newsdesk, content({ body: [long] }));
    for (let turn = 0; turn < 12; turn += 1) {
      store.working.seal(article, by);
      const copy = store.working.read(article)!;
      store.working.replace(
        article,
        { ...copy.content, fields: { ...copy.content.fields, teaser: `Turn ${turn}` } },
        copy.base,
      );
    }
    store.working.apply({ article, generation: 1, blocks: [paragraph('Typed long ago', 'blk9')] });
    expect(JSON.stringify(bodyOf(newsdesk, article))).toContain('Typed long ago');
  });
});
