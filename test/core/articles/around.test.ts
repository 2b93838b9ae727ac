import { describe, expect, it } from 'vitest';
import type { InboxMessage } from '#shared/api';
import { CALLS } from '#shared/contract';
import { anId, content, fields, paragraph, person } from '../../helpers/articles.ts';
import { pulledArticle } from '../../helpers/store.ts';
import { openWorkplace } from './harness.ts';

const NOTHING = {};

describe('comments', () => {
  it('open a thread, are answered and resolved, and count as marks until then', async () => {
    const workplace = await openWorkplace();
    const { calls, store } = workplace;
    const { article } = pulledArticle(workplace, content());
    const anchor = { block: 'blk1', quote: 'two metres', offset: 4 };
    await calls['comments.add']({
      article,
      thread: null,
      anchor,
      kind: 'comment',
      text: 'Who measured it?',
    });
    const [thread] = (await calls['comments.list']({ article })).threads;
    expect(thread).toMatchObject({
      anchor,
      resolved: false,
      entries: [{ authorName: 'Mira Hassan', waiting: true }],
    });
    expect(store.queues.row(article)?.marks).toBe(1);
    for (const kind of ['reply', 'resolve'] as const)
      await calls['comments.add']({
        article,
        thread: thread!.id,
        anchor: null,
        kind,
        text: kind === 'reply' ? 'The council.' : '',
      });
    const { threads } = CALLS['comments.list'].output.parse(
      await calls['comments.list']({ article }),
    );
    expect(threads).toMatchObject([
      { resolved: true, entries: [{ kind: 'comment' }, { kind: 'reply' }, { kind: 'resolve' }] },
    ]);
    expect(store.queues.row(article)?.marks).toBe(0);
    expect(store.outbox.counts().waiting).toBe(3);
  });

  it('say up to which answer a thread was read that is resolved, so that one that crosses it keeps it open', async () => {
    const workplace = await openWorkplace();
    const { calls, store } = workplace;
    const { article } = pulledArticle(workplace, content());
    const colleague = anId();
    const say = (id: string, thread: string, kind: 'comment' | 'reply'): void =>
      store.comments.put({
        id,
        article,
        thread,
        kind,
        anchor: null,
        text: 'Who measured it?',
        author: colleague,
        at: '2026-11-14T12:00:00.000Z',
      });
    const [thread, answer] = [anId(), anId()];
    say(thread, thread, 'comment');
    await calls['comments.add']({ article, thread, anchor: null, kind: 'resolve', text: '' });
    expect(store.comments.list(article).at(-1)).toMatchObject({ kind: 'resolve', after: thread });
    expect(store.queues.row(article)?.marks).toBe(0);
    say(answer, thread, 'reply');
    expect(store.queues.row(article)?.marks).toBe(1);
    const { threads } = await calls['comments.list']({ article });
    expect(threads).toMatchObject([{ id: thread, resolved: false }]);
    await calls['comments.add']({ article, thread, anchor: null, kind: 'resolve', text: '' });
    expect(store.queues.row(article)?.marks).toBe(0);
  });

  it('are kept while they are written, each for its words or thread, until they are given or given up', async () => {
    const workplace = await openWorkplace();
    const { article } = pulledArticle(workplace, content());
    const { calls } = workplace;
    const anchor = { block: 'blk1', quote: 'two metres', offset: 4 };
    const keep = (text: string, of: { thread?: string; anchor?: typeof anchor } = {}) =>
      calls['comments.keep']({ article, thread: null, anchor: null, ...of, text });
    const words = async (desk = calls) =>
      (await desk['comments.list']({ article })).unfinished.map(({ text }) => text);
    await keep('Is the');
    await keep('Who meas', { anchor });
    await keep('Is the headline', {});
    await keep('Who measured it?', { anchor: { ...anchor } });
    expect(await words()).toEqual(['Is the headline', 'Who measured it?']);

    await calls['comments.add']({
      article,
      thread: null,
      anchor,
      kind: 'comment',
      text: 'Who measured it?',
    });
    const thread = (await calls['comments.list']({ article })).threads[0]!.id;
    expect(await words()).toEqual(['Is the headline']);
    await keep('The council', { thread });
    await keep('');
    expect(await words()).toEqual(['The council']);

    // A thread is resolved without it.
    await calls['comments.add']({ article, thread, anchor: null, kind: 'resolve', text: '' });
    expect(await words()).toEqual(['The council']);
    const answer = { article, thread, anchor: null, kind: 'reply' as const, text: 'The council' };
    await calls['comments.add'](answer);
    expect(await words()).toEqual([]);

    await keep('One more');
    workplace.store.close();
    expect(await words((await openWorkplace(workplace.dir)).calls)).toEqual(['One more']);
  });

  it('travel behind the words that they speak of, also in an article just started', async () => {
    const { calls, store } = await openWorkplace();
    const { article } = await calls['article.create']({ desk: null, headline: 'Just started' });
    await calls['comments.add']({
      article,
      thread: null,
      anchor: null,
      kind: 'comment',
      text: 'Who saw it?',
    });
    expect(store.outbox.pending(article).map(({ payload }) => payload.kind)).toEqual([
      'revision',
      'comment',
    ]);
  });

  it('say something, on a thread that exists, by someone of the desk', async () => {
    const workplace = await openWorkplace();
    const { calls, signIn } = workplace;
    const { article } = pulledArticle(workplace, content());
    const add = async (thread: string | null, text: string): Promise<unknown> =>
      calls['comments.add']({
        article,
        thread,
        anchor: null,
        kind: thread ? 'reply' : 'comment',
        text,
      });
    await expect(add(null, '  ')).rejects.toMatchObject({ code: 'bad-input' });
    await expect(add(anId(), 'Yes')).rejects.toMatchObject({ code: 'not-found' });
    signIn(person());
    await expect(add(null, 'Hello')).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('related articles', () => {
  it('are suggested by what they share, with the reason, and without those linked already', async () => {
    const workplace = await openWorkplace();
    const { calls, store } = workplace;
    const archive = {
      close: pulledArticle(
        workplace,
        content({ fields: { headline: 'Valley road floods again' }, body: ['Water stood high.'] }),
      ),
      people: pulledArticle(
        workplace,
        content({
          fields: { headline: 'Budget passes', byline: [] },
          body: ['Leyla Demir spoke, and Leyla Demir voted.'],
        }),
      ),
      place: pulledArticle(
        workplace,
        content({
          fields: { headline: 'School opens', byline: [], dateline: 'AKRE' },
          body: ['Children came.'],
        }),
      ),
      subject: pulledArticle(
        workplace,
        content({
          fields: { headline: 'Rain due', byline: [], keywords: ['weather'] },
          body: ['It may rain.'],
        }),
      ),
      other: pulledArticle(
        workplace,
        content({ fields: { headline: 'Chess final', byline: [] }, body: ['White won.'] }),
      ),
    };
    const { article } = pulledArticle(
      workplace,
      content({
        fields: {
          headline: 'Floods close valley road',
          dateline: 'Akre',
          keywords: ['Weather'],
          byline: [],
        },
        body: ['“We were warned,” said Leyla Demir, who leads the council.'],
      }),
    );
    const suggest = async (): Promise<(readonly [string | undefined, string])[]> => {
      const { found } = CALLS['related.suggest'].output.parse(
        await calls['related.suggest']({ article }),
      );
      return found.map(({ related, why }) => [related.article, why] as const);
    };
    expect(new Map(await suggest())).toEqual(
      new Map([
        [archive.close.article, 'close match'],
        [archive.people.article, 'same people'],
        [archive.place.article, 'same place'],
        [archive.subject.article, 'same subject'],
      ]),
    );
    const { generation } = store.working.read(article)!;
    const { found } = await calls['related.search']({ article, text: 'school' });
    expect(found).toMatchObject([
      {
        why: 'in the headline',
        related: {
          title: 'School opens',
          publication: 'The Valley Post',
          desk: 'News Desk',
          teaser: 'Children came.',
        },
      },
    ]);
    await calls['article.edit']({ article, generation, fields: { related: [found[0]!.related] } });
    expect((await suggest()).map(([id]) => id)).not.toContain(archive.place.article);
    expect((await calls['related.search']({ article, text: 'school' })).found).toEqual([]);
  });

  it('say how a text begins by what is not contested in it', async () => {
    const workplace = await openWorkplace();
    const { calls } = workplace;
    const { article } = pulledArticle(workplace, content());
    const [four, six] = ['It costs 4.2 million.', 'It costs 4.6 million.'].map((words) =>
      paragraph(words, 'blk1'),
    );
    pulledArticle(
      workplace,
      content({
        fields: fields({ headline: 'A quarrel about the dyke' }),
        body: [
          { type: 'conflict', $: { id: 'blk1' }, base: null, versions: [four!, six!] },
          paragraph('The council meets on Monday.', 'blk2'),
        ],
      }),
    );
    const { found } = await calls['related.search']({ article, text: 'quarrel' });
    expect(found.map(({ related }) => related.teaser)).toEqual(['The council meets on Monday.']);
  });
});

describe('names', () => {
  it('come from the newsroom first, then from credits of the archive', async () => {
    const workplace = await openWorkplace();
    pulledArticle(
      workplace,
      content({
        fields: {
          contributors: [
            { id: 'con1', name: 'Miran Aziz', affiliation: 'VOA', role: '', kind: 'person' },
          ],
        },
      }),
    );
    const { found } = CALLS['names.suggest'].output.parse(
      await workplace.calls['names.suggest']({ text: 'mir' }),
    );
    expect(found).toMatchObject([
      { name: 'Mira Hassan', person: workplace.editor.id, detail: 'copy editor, News Desk' },
      { name: 'Miran Aziz', affiliation: 'VOA' },
    ]);
    expect((await workplace.calls['names.suggest']({ text: ' ' })).found).toEqual([]);
  });

  it('tell somebody who is only credited by where they come from', async () => {
    const workplace = await openWorkplace();
    workplace.store.people.putPerson(
      person({ name: 'Rana Saleh', login: null, memberships: [], affiliation: 'Valley Radio' }),
    );
    const { found } = CALLS['names.suggest'].output.parse(
      await workplace.calls['names.suggest']({ text: 'rana' }),
    );
    expect(found).toMatchObject([{ name: 'Rana Saleh', detail: 'Valley Radio' }]);
  });
});

describe('queues', () => {
  it('tell their sizes, the people and the open messages', async () => {
    const workplace = await openWorkplace();
    const { calls, desk } = workplace;
    pulledArticle(workplace, content());
    const answer = CALLS['queues.counts'].output.parse(await calls['queues.counts'](NOTHING));
    expect(answer).toMatchObject({ people: 2, inbox: [{ desk: desk.id, open: 0 }] });
    expect(answer.counts).toContainEqual({ queue: { kind: 'archive' }, count: 1 });
    expect(
      CALLS['people.list'].output.parse(await calls['people.list'](NOTHING)).desks,
    ).toHaveLength(1);
    expect(
      CALLS['articles.search'].output.parse(
        await calls['articles.search']({ text: 'flood', offset: 0, limit: 5 }),
      ).total,
    ).toBe(1);
  });
});

describe('a reader’s message', () => {
  const sent = (desk: string, changes: Partial<InboxMessage> = {}): InboxMessage => ({
    id: anId(),
    desk,
    kind: 'story',
    name: 'Ana',
    email: 'ana@example.org',
    subject: 'The bridge',
    text: 'It is open.\n\nI crossed it.',
    article: null,
    at: '2026-11-14T09:00:00.000Z',
    handledBy: null,
    ...changes,
  });

  it('becomes an article of the desk and is handled', async () => {
    const { calls, desk, store, editor } = await openWorkplace();
    const message = sent(desk.id);
    store.feed.applyChanges([{ kind: 'inbox', data: message }], 'test:1');
    const { article } = await calls['inbox.toArticle']({ message: message.id });
    const opened = await calls['article.open']({ article });
    expect(opened.fields).toMatchObject({ headline: 'The bridge', source: 'Ana' });
    expect(opened.body).toHaveLength(2);
    expect((await calls['inbox.list']({ desk: desk.id })).messages).toMatchObject([
      { handledBy: editor.id },
    ]);
    await calls['inbox.handle']({ message: message.id, handled: false });
    expect((await calls['inbox.list']({ desk: desk.id })).messages).toMatchObject([
      { handledBy: null },
    ]);
  });

  it.each([
    ['Ana', 'ana@example.org', 'Ana <ana@example.org>'],
    ['Ana', '', 'Ana'],
    ['', 'ana@example.org', '<ana@example.org>'],
    ['', '', 'no name given'],
  ])('says in the note what is known of its sender: %j, %j', async (name, email, known) => {
    const { calls, desk, store } = await openWorkplace();
    const message = sent(desk.id, { name, email });
    store.feed.applyChanges([{ kind: 'inbox', data: message }], 'test:1');
    const { article } = await calls['inbox.toArticle']({ message: message.id });
    const { editorsNote } = (await calls['article.open']({ article })).fields;
    expect(editorsNote).toBe(
      `Sent by a reader: ${known}, 2026-11-14 at 09:00 (UTC). Verify before use.`,
    );
  });

  it('is for the people of its desk', async () => {
    const workplace = await openWorkplace();
    workplace.signIn(person());
    await expect(async () =>
      workplace.calls['inbox.list']({ desk: workplace.desk.id }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('the outbox and settings', () => {
  it('are listed, exported, tried again and let go', async () => {
    const workplace = await openWorkplace();
    const { calls, store } = workplace;
    await calls['article.create']({ desk: null, headline: 'Waiting' });
    workplace.articles.sealAll();
    const listed = CALLS['outbox.list'].output.parse(await calls['outbox.list'](NOTHING));
    expect(listed).toMatchObject({
      url: 'http://127.0.0.1:4000',
      cursor: '',
      outbox: [{ what: 'New article', headline: 'Waiting' }],
    });
    const [op] = store.outbox.nextBatch(1, 1e6);
    store.outbox.recordAnswers([{ seq: 1, id: op!.id, outcome: 'refused', message: 'No.' }]);
    await calls['outbox.retry']({ id: op!.id });
    const [again] = store.outbox.nextBatch(1, 1e6);
    store.outbox.recordAnswers([{ seq: 2, id: again!.id, outcome: 'refused', message: 'No.' }]);
    await calls['outbox.dismiss']({ id: again!.id });
    expect(store.outbox.counts()).toEqual({ waiting: 0, parked: 0 });
    expect((await calls['outbox.export'](NOTHING)).name).toBe('stet-outbox-2026-11-14.json');
  });

  it('tell the windows of an article what was tried again or let go of in it', async () => {
    const { articles, calls, store, told } = await openWorkplace();
    const { article } = await calls['article.create']({ desk: null, headline: 'Waiting' });
    articles.sealAll();
    const refuseNext = (): string => {
      const [op] = store.outbox.nextBatch(1, 1e6);
      store.outbox.recordAnswers([{ seq: 1, id: op!.id, outcome: 'refused', message: 'No.' }]);
      told.events = [];
      return op!.id;
    };
    await calls['outbox.retry']({ id: refuseNext() });
    expect(told.events).toContainEqual(['article', { article, working: false }]);
    await calls['outbox.dismiss']({ id: refuseNext() });
    expect(told.events).toContainEqual(['article', { article, working: false }]);
  });

  it('keep what was chosen and leave the rest', async () => {
    const first = await openWorkplace();
    await first.calls['settings.set']({ theme: 'dark' });
    first.store.close();
    const again = await openWorkplace(first.dir);
    expect(await again.calls['settings.get'](NOTHING)).toEqual({
      theme: 'dark',
      textSize: 100,
      spellcheck: true,
    });
    expect((await again.calls['store.backup'](NOTHING)).bytes).toBeGreaterThan(0);
  });
});
