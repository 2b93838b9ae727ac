import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ArticleRecord, Change, CommentEntry } from '#shared/api';
import type { Store } from '../../../src-main/core/store/index.ts';
import { anId, content, paragraph, record, revision } from '../../helpers/articles.ts';
import { openNewsdesk, pulledArticle, startedArticle, type Newsdesk } from '../../helpers/store.ts';

const body = (words: string): { body: [ReturnType<typeof paragraph>] } => ({
  body: [paragraph(words, 'blk1')],
});

/** A colleague's next revision, as the feed brings it. */
function nextRevision(
  { desk, editor, chief }: Newsdesk,
  article: string,
  head: string,
  words: string,
): { changes: Change[]; hash: string } {
  const next = revision(article, content(body(words)), { parents: [head], author: chief.id });
  const told = record({ id: article, desk: desk.id, createdBy: editor.id, head: next.hash });
  return {
    changes: [
      { kind: 'revision', data: next },
      { kind: 'article', data: told },
    ],
    hash: next.hash,
  };
}

describe('the feed of changes', () => {
  it('moves a clean working copy on to the new head, and says so', async () => {
    const newsdesk = await openNewsdesk();
    const { store } = newsdesk;
    const { article, head } = pulledArticle(newsdesk, content(body('One')));
    const before = store.working.read(article)!.generation;
    const { changes, hash } = nextRevision(newsdesk, article, head, 'One and more');
    expect(store.feed.applyChanges(changes, 'test:9')).toMatchObject({
      articles: [article],
      moved: [article],
      needsMerge: [],
    });
    expect(store.working.read(article)).toMatchObject({
      base: hash,
      dirty: false,
      generation: before + 1,
    });
    expect(store.feed.cursor()).toBe('test:9');
    expect(store.search.search('more', 0, 10).rows.map(({ id }) => id)).toEqual([article]);
  });

  it('goes back with a server that went back, in the text, the search and what the window is told', async () => {
    const newsdesk = await openNewsdesk();
    const { store } = newsdesk;
    const { article, head } = pulledArticle(newsdesk, content(body('One')));
    store.feed.applyChanges(nextRevision(newsdesk, article, head, 'One and more').changes, 'old:9');
    const generation = store.working.read(article)!.generation;
    const earlier = { ...store.articles.serverRecord(article)!, head };
    const applied = store.feed.applyChanges([{ kind: 'article', data: earlier }], 'new:1');
    expect(applied).toMatchObject({ moved: [article], needsMerge: [] });
    expect(store.working.read(article)).toMatchObject({ base: head, generation: generation + 1 });
    expect(store.search.search('more', 0, 10).rows).toEqual([]);
    expect(store.search.search('One', 0, 10).rows.map(({ id }) => id)).toEqual([article]);
  });

  it.each<[string, (store: Store, told: ArticleRecord) => void]>([
    [
      'in the feed',
      (store, data) => store.feed.applyChanges([{ kind: 'article', data }], 'test:2'),
    ],
    ['by itself', (store, data) => store.articles.putServerRecord(data)],
  ])('counts the open threads of an article told %s behind its comments', async (_, tell) => {
    const { store, desk, editor, chief } = await openNewsdesk();
    const [article, id] = [anId(), anId()];
    const told = record({ id: article, desk: desk.id, createdBy: editor.id });
    const entry: CommentEntry = {
      id,
      article,
      thread: id,
      kind: 'comment',
      anchor: null,
      text: 'Who says so?',
      author: chief.id,
      at: told.createdAt,
    };
    store.feed.applyChanges([{ kind: 'comment', data: entry }], 'test:1');
    tell(store, told);
    expect(store.queues.row(article)?.marks).toBe(1);
  });

  it('keeps what was not sent behind the comments of the server, also when it tells them again', async () => {
    const newsdesk = await openNewsdesk();
    const { store, editor, chief } = newsdesk;
    const { article } = pulledArticle(newsdesk, content());
    const thread = anId();
    const entry = (kind: CommentEntry['kind'], author: string, id = anId()): CommentEntry => ({
      ...{ id, article, thread, kind, author },
      anchor: null,
      text: kind === 'resolve' ? '' : 'Who says so?',
      at: '2026-11-14T12:00:00.000Z',
    });
    const opening = entry('comment', chief.id, thread);
    const reply = entry('reply', chief.id);
    const resolved = entry('resolve', editor.id);
    store.feed.applyChanges([{ kind: 'comment', data: opening }], 'test:1000');
    store.comments.put(resolved);
    store.outbox.add({ kind: 'comment', entry: resolved }, editor.id);
    const tell = (): void => {
      const data = [opening, reply].map((each) => ({ kind: 'comment', data: each }) as const);
      store.feed.applyChanges(data, 'test:1001');
      const order = store.comments.list(article).map(({ id }) => id);
      expect(order).toEqual([opening, reply, resolved].map(({ id }) => id));
      expect(store.queues.row(article)?.marks).toBe(0);
    };
    tell();
    tell();
    // Its place is the one the server tells, also while the answer to sending it is still out.
    store.feed.applyChanges([{ kind: 'comment', data: resolved }], 'test:1002');
    const later = entry('reopen', chief.id);
    store.feed.applyChanges([{ kind: 'comment', data: later }], 'test:1003');
    expect(store.comments.list(article).map(({ id }) => id)).toEqual(
      [opening, reply, resolved, later].map(({ id }) => id),
    );
  });

  it('leaves a working copy with edits alone and reports it for merging', async () => {
    const newsdesk = await openNewsdesk();
    const { store } = newsdesk;
    const { article, head } = pulledArticle(newsdesk, content(body('One')));
    store.working.apply({
      article,
      generation: store.working.read(article)!.generation,
      blocks: [paragraph('Mine', 'blk1')],
    });
    const { changes } = nextRevision(newsdesk, article, head, 'Theirs');
    expect(store.feed.applyChanges(changes, 'test:9')).toMatchObject({
      moved: [],
      needsMerge: [article],
    });
    expect(store.working.read(article)).toMatchObject({ base: head, dirty: true });
    expect(store.working.read(article)?.content.body).toEqual([paragraph('Mine', 'blk1')]);
    expect(store.feed.needsMerge()).toEqual([article]);
  });

  it('reports a sealed revision that the server has put beside the head', async () => {
    const newsdesk = await openNewsdesk();
    const { store, by } = newsdesk;
    const { article, head } = pulledArticle(newsdesk, content(body('One')));
    store.working.apply({
      article,
      generation: store.working.read(article)!.generation,
      blocks: [paragraph('Mine', 'blk1')],
    });
    const mine = store.working.seal(article, by)!;
    const { changes, hash } = nextRevision(newsdesk, article, head, 'Theirs');
    store.feed.applyChanges(changes, 'test:9');
    const [op] = store.outbox.nextBatch(1, 1e6);
    const told = { ...store.articles.serverRecord(article)!, sides: [mine] };
    const answered = store.outbox.recordAnswers([
      { seq: op!.seq, id: op!.id, outcome: 'diverged', record: told },
    ]);
    expect(answered).toMatchObject({
      diverged: [{ article, revision: mine }],
      needsMerge: [article],
    });
    expect(store.revisions.mergeBases(mine, hash)).toEqual([head]);
  });

  it('does not take its own revision coming back for news', async () => {
    const newsdesk = await openNewsdesk();
    const { store, by, desk, editor } = newsdesk;
    const article = startedArticle(newsdesk, content(body('One')));
    const hash = store.working.seal(article, by)!;
    const generation = store.working.read(article)!.generation;
    store.working.apply({ article, generation, blocks: [paragraph('One, and typing on', 'blk1')] });
    const applied = store.feed.applyChanges(
      [
        { kind: 'revision', data: store.revisions.get(hash)! },
        {
          kind: 'article',
          data: record({ id: article, desk: desk.id, createdBy: editor.id, head: hash }),
        },
      ],
      'test:1',
    );
    expect(applied).toMatchObject({ moved: [], needsMerge: [] });
    expect(store.working.read(article)).toMatchObject({ generation, dirty: true });
  });

  it('takes the text of an article when it comes after its record', async () => {
    const newsdesk = await openNewsdesk();
    const { store, desk, editor } = newsdesk;
    const late = revision(anId(), content(body('Late')));
    store.feed.applyChanges(
      [
        {
          kind: 'article',
          data: record({ id: late.article, desk: desk.id, createdBy: editor.id, head: late.hash }),
        },
      ],
      'test:1',
    );
    expect(store.working.read(late.article)?.standing).toBe('missing');
    expect(store.feed.applyChanges([{ kind: 'revision', data: late }], 'test:2').moved).toEqual([
      late.article,
    ]);
    expect(store.working.read(late.article)?.standing).toBe('editable');
  });

  it('changes nothing when it is told the same again', async () => {
    const newsdesk = await openNewsdesk();
    const { store } = newsdesk;
    const { article, head } = pulledArticle(newsdesk, content(body('One')));
    const { changes } = nextRevision(newsdesk, article, head, 'Two');
    store.feed.applyChanges(changes, 'test:9');
    const before = [
      store.working.read(article),
      store.queues.row(article),
      store.revisions.list(article),
    ];
    store.feed.reset();
    expect(store.feed.applyChanges(changes, 'test:9')).toMatchObject({ moved: [], needsMerge: [] });
    expect([
      store.working.read(article),
      store.queues.row(article),
      store.revisions.list(article),
    ]).toEqual(before);
  });

  it('keeps its place until it is read over, or something else came from the server', async () => {
    const { store, clock } = await openNewsdesk();
    store.feed.reset();
    expect(store.feed.goBack()).toBe(false);
    const sound = revision(anId(), content(body('True')));
    const damaged = { ...sound, bytes: revision(anId(), content(body('False'))).bytes };
    store.feed.applyChanges([{ kind: 'revision', data: damaged }], 'test:5');
    clock.forward(600_000);
    store.feed.askAgain();
    expect(store.feed.cursor()).toBe('test:5');
    expect(store.feed.goBack()).toBe(true);
    expect(store.feed.cursor()).toBe('test:0');
    expect(store.feed.goBack()).toBe(false);
    store.feed.applyChanges([], 'test:9');
    store.feed.reset();
    store.feed.applyChanges([], 'other:2');
    expect(store.feed.goBack()).toBe(false);
    expect(store.feed.cursor()).toBe('other:2');
  });

  it('keeps neither rows nor its place when one of them cannot be stored', async () => {
    const newsdesk = await openNewsdesk();
    const { store, desk } = newsdesk;
    const broken = { kind: 'person', data: { ...newsdesk.editor, id: null } } as unknown as Change;
    expect(() =>
      store.feed.applyChanges(
        [{ kind: 'desk', data: { ...desk, name: 'Renamed' } }, broken],
        'test:5',
      ),
    ).toThrow();
    expect(store.people.desk(desk.id)?.name).toBe('News Desk');
    expect(store.feed.cursor()).toBeNull();
  });

  it('leaves out a revision whose bytes are not those of its hash', async () => {
    const newsdesk = await openNewsdesk();
    const forged = {
      ...revision(anId(), content(body('True'))),
      bytes: revision(anId(), content(body('False'))).bytes,
    };
    newsdesk.store.feed.applyChanges([{ kind: 'revision', data: forged }], 'test:1');
    expect(newsdesk.store.revisions.has(forged.hash)).toBe(false);
  });

  it('asks again, from where it came, for a revision that arrived damaged, and tells of it once', async () => {
    const { store, clock } = await openNewsdesk();
    const sound = revision(anId(), content(body('True')));
    const damaged = { ...sound, bytes: revision(anId(), content(body('False'))).bytes };
    store.feed.applyChanges([], 'test:4');
    const apply = (data: typeof sound, cursor: string): string[] =>
      store.feed.applyChanges([{ kind: 'revision', data }], cursor).damaged;
    expect(apply(damaged, 'test:5')).toEqual([sound.article]);

    store.feed.askAgain();
    expect(store.feed.goBack()).toBe(false);
    clock.forward(600_000);
    store.feed.askAgain();
    expect(store.feed.goBack()).toBe(true);
    expect(store.feed.cursor()).toBe('test:4');
    expect(apply(damaged, 'test:5')).toEqual([]);

    clock.forward(600_000);
    store.feed.askAgain();
    expect(apply(sound, 'test:5')).toEqual([]);
    expect(store.revisions.has(sound.hash)).toBe(true);
    clock.forward(600_000);
    store.feed.askAgain();
    expect(store.feed.goBack()).toBe(false);
    expect(store.feed.cursor()).toBe('test:5');
  });

  it('says of a head that is no revision that it is damaged, and lets an earlier one be restored', async () => {
    const newsdesk = await openNewsdesk();
    const { store, desk, editor, by } = newsdesk;
    const { article, head } = pulledArticle(newsdesk, content(body('One')));
    const bytes = '{"schema":1,"fields":"none"}';
    const broken = {
      hash: createHash('sha256').update(bytes).digest('hex'),
      bytes,
      article,
      envelope: revision(article).envelope,
    };
    const told = record({ id: article, desk: desk.id, createdBy: editor.id, head: broken.hash });
    store.feed.applyChanges(
      [
        { kind: 'revision', data: broken },
        { kind: 'article', data: told },
      ],
      'test:9',
    );
    expect(store.working.read(article)?.standing).toBe('unreadable');
    expect(() =>
      store.working.apply({ article, generation: 9, fields: { headline: 'X' } }),
    ).toThrow(/damaged.*restore an earlier version/);
    const earlier = store.revisions.open(head)!;
    store.working.commit(article, { content: earlier, by });
    expect(store.working.read(article)).toMatchObject({
      standing: 'editable',
      content: { body: earlier.body },
    });
  });
});
