import { describe, expect, it } from 'vitest';
import type { CommentEntry, Op, OpAnswer } from '#shared/api';
import { anId, content, paragraph, record } from '../../helpers/articles.ts';
import { NOON } from '../../helpers/clock-and-random.ts';
import { openNewsdesk, pulledArticle, startedArticle, type Newsdesk } from '../../helpers/store.ts';

const answer = (op: Op, changes: Partial<OpAnswer>): OpAnswer => ({
  seq: op.seq,
  id: op.id,
  outcome: 'accepted',
  ...changes,
});
const all = ({ store }: Newsdesk): Op[] => store.outbox.nextBatch(200, 1e6);

function submitted(newsdesk: Newsdesk): { article: string; hash: string } {
  const article = startedArticle(newsdesk, content());
  const hash = newsdesk.store.working.seal(article, newsdesk.by)!;
  newsdesk.store.outbox.add(
    { kind: 'transition', article, transition: 'submit', revision: hash, expectedState: 'draft' },
    newsdesk.editor.id,
  );
  return { article, hash };
}

function refusedComment(newsdesk: Newsdesk): {
  article: string;
  comment: string;
  entry: CommentEntry;
} {
  const { store, editor } = newsdesk;
  const { article } = pulledArticle(newsdesk, content());
  const id = anId();
  const at = new Date(NOON).toISOString();
  const said = { id, article, thread: id, kind: 'comment', anchor: null } as const;
  const entry: CommentEntry = { ...said, text: 'Who says so?', author: editor.id, at };
  store.comments.put(entry);
  const op = store.outbox.add({ kind: 'comment', entry }, editor.id);
  store.outbox.recordAnswers([answer(op, { outcome: 'refused', message: 'No.' })]);
  return { article, comment: op.id, entry };
}

describe('the outbox', () => {
  it('numbers without gaps and gives a revision before the command that names it', async () => {
    const newsdesk = await openNewsdesk();
    submitted(newsdesk);
    expect(all(newsdesk).map(({ seq, payload }) => [seq, payload.kind])).toEqual([
      [1, 'revision'],
      [2, 'transition'],
    ]);
  });

  it('comes to the same record edit by edit as when all that waits is played from the start', async () => {
    const newsdesk = await openNewsdesk();
    const { store, editor } = newsdesk;
    const { article } = pulledArticle(newsdesk, content());
    const told = store.articles.serverRecord(article)!;
    for (const words of ['One dam.', 'Two dams.']) {
      const { generation } = store.working.read(article)!;
      const block = paragraph(words, 'dam-1');
      store.working.apply({ article, generation, fields: {}, blocks: [block] });
      store.working.seal(article, newsdesk.by);
    }
    const revision = store.working.read(article)!.base!;
    const submit = { transition: 'submit', revision, expectedState: 'draft' } as const;
    store.outbox.add({ kind: 'transition', article, ...submit }, editor.id);
    store.outbox.add({ kind: 'bin', article, binned: true }, editor.id);
    const edited = store.articles.record(article)!;
    expect(edited).toMatchObject({ state: 'in-review', head: revision, binned: true });
    store.articles.putServerRecord(told);
    expect(store.articles.record(article)).toEqual(edited);
  });

  it('keeps its numbers when everything was taken and the store is opened again', async () => {
    const first = await openNewsdesk();
    submitted(first);
    first.store.outbox.recordAnswers(all(first).map((op) => answer(op, {})));
    first.store.close();
    const again = await openNewsdesk(first.dir);
    submitted(again);
    expect(all(again).map(({ seq }) => seq)).toEqual([3, 4]);
  });

  it('stops a batch at its limits, and lets one large operation travel alone', async () => {
    const newsdesk = await openNewsdesk();
    const large = startedArticle(newsdesk, content({ body: [paragraph('word '.repeat(4000))] }));
    newsdesk.store.working.seal(large, newsdesk.by);
    submitted(newsdesk);
    expect(newsdesk.store.outbox.nextBatch(200, 1000)).toHaveLength(1);
    expect(newsdesk.store.outbox.nextBatch(2, 1e6)).toHaveLength(2);
    expect(newsdesk.store.outbox.nextBatch(200, 1e6)).toHaveLength(3);
  });

  it('shows what waits, what is on its way and what was refused', async () => {
    const newsdesk = await openNewsdesk();
    const { store } = newsdesk;
    submitted(newsdesk);
    const [first, second] = all(newsdesk);
    store.outbox.markAttempt([first!.seq, second!.seq]);
    expect(store.outbox.list().map(({ state, attempts }) => [state, attempts])).toEqual([
      ['sending', 1],
      ['sending', 1],
    ]);
    store.outbox.recordAnswers([
      answer(first!, {}),
      answer(second!, { outcome: 'refused', message: 'The desk is closed.' }),
    ]);
    expect(store.outbox.list()).toMatchObject([
      {
        what: 'Submit',
        state: 'parked',
        message: 'The desk is closed.',
        headline: content().fields.headline,
      },
    ]);
    expect(store.outbox.counts()).toEqual({ waiting: 0, parked: 1 });
    expect(store.outbox.lastAnswer()).toMatchObject({ outcome: 'refused' });
  });

  it('tries a refused operation again under a new number, behind the refused revision it names', async () => {
    const newsdesk = await openNewsdesk();
    const { store } = newsdesk;
    submitted(newsdesk);
    const ops = all(newsdesk);
    store.outbox.recordAnswers(ops.map((op) => answer(op, { outcome: 'refused', message: 'No.' })));
    store.outbox.retry(ops[1]!.id);
    const again = all(newsdesk);
    expect(again.map(({ seq, payload }) => [seq, payload.kind])).toEqual([
      [3, 'revision'],
      [4, 'transition'],
    ]);
    expect(again.map(({ id }) => id)).not.toEqual(ops.map(({ id }) => id));
  });

  it('tries a command again behind its revision also when that was refused once more in between', async () => {
    const newsdesk = await openNewsdesk();
    const { store } = newsdesk;
    submitted(newsdesk);
    const [, command] = all(newsdesk);
    const refuseAll = (): void =>
      void store.outbox.recordAnswers(
        all(newsdesk).map((op) => answer(op, { outcome: 'refused', message: 'No.' })),
      );
    const [revision] = all(newsdesk);
    refuseAll();
    store.outbox.retry(revision!.id);
    refuseAll();
    store.outbox.retry(command!.id);
    expect(all(newsdesk).map(({ payload }) => payload.kind)).toEqual(['revision', 'transition']);
  });

  it('leaves a later refused revision behind, which would make the command come too late', async () => {
    const newsdesk = await openNewsdesk();
    const { store } = newsdesk;
    const { article, hash } = submitted(newsdesk);
    const [, command] = all(newsdesk);
    const { generation } = store.working.read(article)!;
    store.working.apply({ article, generation, fields: { headline: 'Later' }, blocks: [] });
    store.working.seal(article, newsdesk.by);
    store.outbox.recordAnswers(
      all(newsdesk).map((op) => answer(op, { outcome: 'refused', message: 'No.' })),
    );
    store.outbox.retry(command!.id);
    expect(all(newsdesk).map(({ payload }) => payload)).toMatchObject([
      { kind: 'revision', revision: { hash } },
      { kind: 'transition', revision: hash },
    ]);
  });

  it('lets nothing go that is still on its way', async () => {
    const newsdesk = await openNewsdesk();
    submitted(newsdesk);
    expect(() => newsdesk.store.outbox.dismiss(all(newsdesk)[0]!.id)).toThrow(/on its way/);
  });

  it('exports everything with the exact bytes', async () => {
    const newsdesk = await openNewsdesk();
    const { hash } = submitted(newsdesk);
    const { operations } = JSON.parse(newsdesk.store.outbox.export()) as { operations: Op[] };
    expect(operations.map(({ payload }) => payload.kind)).toEqual(['revision', 'transition']);
    expect(operations[0]?.payload).toMatchObject({
      revision: { bytes: newsdesk.store.revisions.get(hash)?.bytes },
    });
  });

  it('takes up the server’s numbering after a backup was restored', async () => {
    const newsdesk = await openNewsdesk();
    submitted(newsdesk);
    newsdesk.store.outbox.recordAnswers([
      answer(all(newsdesk)[0]!, { outcome: 'refused', message: 'No.' }),
    ]);
    submitted(newsdesk);
    newsdesk.store.outbox.renumber(40);
    submitted(newsdesk);
    expect(all(newsdesk).map(({ seq }) => seq)).toEqual([41, 42, 43, 44, 45]);
    expect(newsdesk.store.outbox.counts()).toEqual({ waiting: 5, parked: 1 });
  });

  it('keeps what was refused in its order under the server’s new numbering, a command behind its revision', async () => {
    const newsdesk = await openNewsdesk();
    const { store } = newsdesk;
    submitted(newsdesk);
    const refuse = (op: Op): OpAnswer => answer(op, { outcome: 'refused', message: 'No.' });
    store.outbox.recordAnswers(all(newsdesk).map(refuse));
    store.outbox.renumber(1);
    expect(store.outbox.list().map(({ what }) => what)).toEqual(['New article', 'Submit']);
    store.outbox.retry(store.outbox.list()[1]!.id);
    expect(all(newsdesk).map(({ payload }) => payload.kind)).toEqual(['revision', 'transition']);
  });

  it('forgets nothing when an answer comes twice', async () => {
    const newsdesk = await openNewsdesk();
    submitted(newsdesk);
    const [first] = all(newsdesk);
    newsdesk.store.outbox.recordAnswers([answer(first!, {})]);
    newsdesk.store.outbox.recordAnswers([answer(first!, {})]);
    expect(all(newsdesk)).toHaveLength(1);
  });
});

describe('what the person sees', () => {
  it('is the article as it will stand, once the feed tells that they may not do any more what waits', async () => {
    const newsdesk = await openNewsdesk();
    const { store, chief } = newsdesk;
    const { article, head } = pulledArticle(newsdesk, content());
    store.articles.putServerRecord({
      ...store.articles.serverRecord(article)!,
      state: 'in-review',
    });
    const approve = { transition: 'approve', revision: head, expectedState: 'in-review' } as const;
    store.outbox.add({ kind: 'transition', article, ...approve }, chief.id);
    expect(store.articles.record(article)?.state).toBe('approved');
    const demoted = { ...chief, memberships: [] };
    const { articles } = store.feed.applyChanges([{ kind: 'person', data: demoted }], 'test:9');
    expect(articles).toEqual([article]);
    expect(store.articles.record(article)?.state).toBe('in-review');
    expect(store.queues.row(article)).toMatchObject({ state: 'in-review', waiting: true });
  });

  it('is In review as soon as the article is submitted, and a draft again when the server refuses', async () => {
    const newsdesk = await openNewsdesk();
    const { store } = newsdesk;
    const { article, hash } = submitted(newsdesk);
    expect(store.articles.record(article)).toMatchObject({ state: 'in-review', head: hash });
    expect(store.queues.row(article)).toMatchObject({ state: 'in-review', waiting: true });
    const [revision, submit] = all(newsdesk);
    const told = record({
      id: article,
      desk: newsdesk.desk.id,
      createdBy: newsdesk.editor.id,
      head: hash,
    });
    store.outbox.recordAnswers([
      answer(revision!, { record: told }),
      answer(submit!, { outcome: 'refused', message: 'No.' }),
    ]);
    expect(store.articles.record(article)).toMatchObject({ state: 'draft', head: hash });
    // What was refused is not on its way, and the list does not say that it were.
    expect(store.queues.row(article)).toMatchObject({ waiting: false, refused: true });
    store.outbox.dismiss(submit!.id);
    expect(store.queues.row(article)).toMatchObject({
      state: 'draft',
      waiting: false,
      refused: false,
    });
  });

  it('counts the open threads without a comment that was refused and let go of', async () => {
    const newsdesk = await openNewsdesk();
    const { store } = newsdesk;
    const { article, comment } = refusedComment(newsdesk);
    expect(store.queues.row(article)).toMatchObject({ marks: 1 });
    store.outbox.dismiss(comment);
    expect(store.comments.list(article)).toEqual([]);
    expect(store.queues.row(article)).toMatchObject({ marks: 0 });
  });

  it('keeps a comment that the server has told of when its refusal here is let go of', async () => {
    const newsdesk = await openNewsdesk();
    const { store } = newsdesk;
    const { article, comment, entry } = refusedComment(newsdesk);
    store.feed.applyChanges([{ kind: 'comment', data: entry }], 'test:2000');
    store.outbox.dismiss(comment);
    expect(store.comments.list(article)).toEqual([entry]);
  });

  it('follows a whole chain of commands made with no network', async () => {
    const newsdesk = await openNewsdesk();
    const { store, chief } = newsdesk;
    const { article, hash } = submitted(newsdesk);
    for (const [transition, expectedState] of [
      ['approve', 'in-review'],
      ['publish', 'approved'],
    ] as const)
      store.outbox.add(
        { kind: 'transition', article, transition, revision: hash, expectedState },
        chief.id,
      );
    expect(store.articles.record(article)).toMatchObject({
      state: 'published',
      live: true,
      approvedRevision: hash,
      publishedRevision: hash,
    });
    expect(store.articles.serverRecord(article)).toBeNull();
  });

  it('does not show what the server would refuse anyway', async () => {
    const newsdesk = await openNewsdesk();
    const { store, editor } = newsdesk;
    const { article, hash } = submitted(newsdesk);
    store.outbox.add(
      {
        kind: 'transition',
        article,
        transition: 'approve',
        revision: hash,
        expectedState: 'in-review',
      },
      editor.id,
    );
    expect(store.articles.record(article)?.state).toBe('in-review');
  });

  it('puts an article into the bin and out of search at once', async () => {
    const newsdesk = await openNewsdesk();
    const { store, editor } = newsdesk;
    const { article } = pulledArticle(newsdesk, content());
    expect(store.search.search('floods', 0, 10).total).toBe(1);
    store.outbox.add({ kind: 'bin', article, binned: true }, editor.id);
    expect(store.queues.list({ kind: 'bin' }, editor.id, 0, 10).rows.map(({ id }) => id)).toEqual([
      article,
    ]);
    expect(store.search.search('floods', 0, 10).total).toBe(0);
    store.outbox.add({ kind: 'bin', article, binned: false }, editor.id);
    expect(store.search.search('floods', 0, 10).total).toBe(1);
  });

  it('does not go back to an older answer than the feed has brought since', async () => {
    const newsdesk = await openNewsdesk();
    const { store } = newsdesk;
    const { article } = submitted(newsdesk);
    const [revision] = all(newsdesk);
    const at = (minute: number): string => `2026-11-14T12:0${minute}:00.000Z`;
    const newer = record({
      id: article,
      state: 'sent-back',
      updatedAt: at(5),
      createdBy: newsdesk.editor.id,
    });
    store.feed.applyChanges([{ kind: 'article', data: newer }], 'test:1');
    store.outbox.recordAnswers([
      answer(revision!, { record: { ...newer, state: 'draft', updatedAt: at(1) } }),
    ]);
    expect(store.articles.serverRecord(article)?.state).toBe('sent-back');
  });

  it('takes the newer of feed and answer by the server’s sequence, wherever its clock was set', async () => {
    const newsdesk = await openNewsdesk();
    const { store } = newsdesk;
    const { article } = submitted(newsdesk);
    const [revision, submit] = all(newsdesk);
    const at = (minutes: number): string => new Date(NOON + minutes * 60_000).toISOString();
    const told = record({ id: article, createdBy: newsdesk.editor.id, updatedAt: at(5) });
    store.feed.applyChanges([{ kind: 'article', data: { ...told, state: 'sent-back' } }], 'now:8');
    const years = 3_000_000;
    store.outbox.recordAnswers([
      answer(revision!, { record: { ...told, updatedAt: at(years) }, cursor: 'now:7' }),
    ]);
    expect(store.articles.serverRecord(article)?.state).toBe('sent-back');
    store.outbox.recordAnswers([
      answer(submit!, {
        record: { ...told, state: 'in-review', updatedAt: at(-years) },
        cursor: 'now:8',
      }),
    ]);
    expect(store.articles.serverRecord(article)?.state).toBe('in-review');
  });

  it('marks a reader’s message as handled, and opens it again when the server refuses', async () => {
    const newsdesk = await openNewsdesk();
    const { store, desk, editor } = newsdesk;
    const message = {
      id: anId(),
      desk: desk.id,
      kind: 'comment',
      name: 'Ana',
      email: '',
      subject: 'Bridge',
      text: 'It is open.',
      article: null,
      at: '2026-11-14T12:00:00.000Z',
      handledBy: null,
    } as const;
    store.feed.applyChanges([{ kind: 'inbox', data: message }], 'test:1');
    expect(store.inbox.openCounts()).toEqual([{ desk: desk.id, open: 1 }]);
    store.outbox.add({ kind: 'inbox-handled', message: message.id, handled: true }, editor.id);
    expect(store.inbox.get(message.id)?.handledBy).toBe(editor.id);
    expect(store.inbox.openCounts()).toEqual([]);
    store.outbox.recordAnswers([
      answer(all(newsdesk)[0]!, { outcome: 'refused', message: 'Not your desk.' }),
    ]);
    expect(store.inbox.openCounts()).toEqual([{ desk: desk.id, open: 1 }]);
  });
});
