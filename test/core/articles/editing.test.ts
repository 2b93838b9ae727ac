import { describe, expect, it } from 'vitest';
import type { Change } from '#shared/api';
import { CALLS } from '#shared/contract';
import { anId, content, paragraph, person } from '../../helpers/articles.ts';
import { pulledArticle } from '../../helpers/store.ts';
import { openWorkplace } from './harness.ts';

describe('a new article', () => {
  it('begins on the person’s desk, in its section, with their byline and the newsroom’s language', async () => {
    const { calls, desk, editor, store } = await openWorkplace();
    const { article } = await calls['article.create']({ desk: null, headline: 'Bridge reopens' });
    const opened = CALLS['article.open'].output.parse(await calls['article.open']({ article }));
    expect(opened).toMatchObject({
      readOnly: null,
      dirty: true,
      record: { desk: desk.id, createdBy: editor.id, state: 'draft' },
    });
    expect(opened.fields).toMatchObject({
      desk: desk.id,
      section: 'News Room',
      headline: 'Bridge reopens',
      language: 'en',
      direction: 'ltr',
    });
    expect(opened.fields.byline).toMatchObject([{ name: 'Mira Hassan', person: editor.id }]);
    store.people.putNewsroom({ ...store.people.newsroom()!, language: 'ckb' });
    const sorani = await calls['article.create']({ desk: desk.id, headline: '' });
    expect(await calls['article.open'](sorani)).toMatchObject({
      fields: { language: 'ckb', direction: 'rtl' },
    });
  });

  it('needs a desk that the person belongs to', async () => {
    const { calls, signIn, desk } = await openWorkplace();
    signIn(person());
    await expect(async () =>
      calls['article.create']({ desk: desk.id, headline: '' }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('an empty article that a text is pasted into', () => {
  const pasted = content({
    fields: { headline: 'Ferry late', byline: [], section: '', desk: null },
    body: [paragraph('The early boat stays.', 'blk9')],
  });

  it('is filled, and keeps its desk, its byline and its section where the text names none', async () => {
    const { articles, calls, desk, store } = await openWorkplace();
    const { article } = await calls['article.create']({ desk: null, headline: '' });
    expect(articles.fill(article, pasted, 'Imported')).toBe(true);
    const opened = await calls['article.open']({ article });
    expect(opened).toMatchObject({ dirty: false, body: pasted.body });
    expect(opened.fields).toMatchObject({
      headline: 'Ferry late',
      desk: desk.id,
      section: 'News Room',
      byline: [{ name: 'Mira Hassan' }],
    });
    expect(store.revisions.get(opened.revision!.hash)).toMatchObject({
      envelope: { note: 'Imported' },
    });
  });

  it('is left alone once somebody has written in it', async () => {
    const { articles, calls } = await openWorkplace();
    const { article } = await calls['article.create']({ desk: null, headline: '' });
    await calls['article.edit']({ article, generation: 1, blocks: [paragraph('Mine.', 'blk1')] });
    expect(articles.fill(article, pasted, 'Imported')).toBe(false);
    expect(await calls['article.open']({ article })).toMatchObject({
      fields: { headline: '' },
      body: [{ $: { id: 'blk1' } }],
    });
  });
});

describe('editing', () => {
  it('becomes a revision once the writer has been quiet for two seconds, and not before', async () => {
    const { calls, pass, store, told } = await openWorkplace();
    const { article } = await calls['article.create']({ desk: null, headline: '' });
    pass(2_000);
    const sealed = store.outbox.counts().waiting;
    const wakes = told.wakes;
    for (const text of ['F', 'Fl', 'Flo']) {
      await calls['article.edit']({ article, generation: 1, fields: { headline: text } });
      pass(1_900);
    }
    expect(store.outbox.counts().waiting).toBe(sealed);
    pass(100);
    expect(store.outbox.counts().waiting).toBe(sealed + 1);
    expect(told.wakes).toBeGreaterThan(wakes);
    expect(await calls['article.open']({ article })).toMatchObject({
      dirty: false,
      revision: { number: 2 },
    });
  });

  it('tells the lists that nothing waits any more when what is sealed came to nothing new', async () => {
    const { calls, store, told } = await openWorkplace();
    const { article } = await calls['article.create']({ desk: null, headline: 'Flood' });
    await calls['article.seal']({ article });
    for (const headline of ['Floods', 'Flood'])
      await calls['article.edit']({ article, generation: 2, fields: { headline } });
    told.events = [];
    expect(await calls['article.seal']({ article })).toEqual({ hash: null });
    expect(store.working.dirtyArticles()).toEqual([]);
    expect(told.events).toContainEqual(['lists', {}]);
  });

  it('answers with what it came to when it was made on an earlier generation', async () => {
    const { calls, store } = await openWorkplace();
    const { article } = await calls['article.create']({ desk: null, headline: 'Old' });
    await calls['article.edit']({ article, generation: 1, blocks: [paragraph('One', 'blk1')] });
    const { hash } = await calls['article.seal']({ article });
    const { content: before } = store.working.read(article)!;
    store.working.replace(
      article,
      { ...before, fields: { ...before.fields, teaser: 'By a colleague' } },
      hash,
    );
    const late = CALLS['article.edit'].output.parse(
      await calls['article.edit']({
        article,
        generation: 1,
        blocks: [paragraph('One, mine', 'blk1')],
      }),
    );
    expect(late).toMatchObject({
      generation: 3,
      merged: {
        generation: 3,
        fields: { teaser: 'By a colleague' },
        body: [paragraph('One, mine', 'blk1')],
      },
    });
  });

  it('is sealed when Stet closes, and taken up when it was not', async () => {
    const first = await openWorkplace();
    const { article } = await first.calls['article.create']({ desk: null, headline: 'Kept' });
    first.store.close();
    const again = await openWorkplace(first.dir);
    again.articles.resume();
    again.pass(2_000);
    expect(again.store.working.dirty(article)).toBe(false);
    await again.calls['article.edit']({ article, generation: 1, fields: { headline: 'Kept too' } });
    again.articles.sealAll();
    expect(again.store.outbox.counts().waiting).toBe(2);
  });

  it('is not for those of another desk, who may read', async () => {
    const workplace = await openWorkplace();
    const { article } = pulledArticle(workplace, content(), { createdBy: workplace.chief.id });
    workplace.signIn(person());
    expect(await workplace.calls['article.open']({ article })).toMatchObject({
      readOnly: expect.stringMatching(/another desk/) as string,
      offers: [],
    });
  });
});

describe('earlier versions', () => {
  it('are listed with their authors and standing, and come back as a new revision', async () => {
    const workplace = await openWorkplace();
    const { calls, clock } = workplace;
    const { article } = await calls['article.create']({ desk: null, headline: 'First' });
    const first = (await calls['article.seal']({ article })).hash!;
    clock.forward(60_000);
    await calls['article.edit']({ article, generation: 1, fields: { headline: 'Second' } });
    clock.forward(60_000);
    await calls['article.restore']({ article, revision: first });

    expect(await calls['article.open']({ article })).toMatchObject({
      generation: 2,
      fields: { headline: 'First' },
    });
    const { entries } = CALLS['article.history'].output.parse(
      await calls['article.history']({ article }),
    );
    expect(entries).toMatchObject([
      {
        kind: 'revision',
        number: 3,
        note: 'Restored',
        by: 'Mira Hassan',
        labels: ['head', 'waiting'],
      },
      { kind: 'revision', number: 2, labels: ['waiting'] },
      { kind: 'revision', number: 1, hash: first },
    ]);
    expect(await calls['revision.read']({ article, revision: first })).toMatchObject({
      fields: { headline: 'First' },
    });
  });

  it('stand in the order of what was done, though acts bear the time of another clock', async () => {
    const { calls, clock, editor, store } = await openWorkplace();
    const { article } = await calls['article.create']({ desk: null, headline: 'First' });
    const first = (await calls['article.seal']({ article })).hash!;
    clock.forward(60_000);
    await calls['article.edit']({ article, generation: 1, fields: { headline: 'Second' } });
    const second = (await calls['article.seal']({ article })).hash!;
    const act = (
      transition: 'create' | 'submit' | 'send-back',
      revision: string,
      minutes: number,
    ): Change => ({
      kind: 'event',
      data: {
        id: anId(),
        article,
        transition,
        from: 'draft',
        to: 'in-review',
        revision,
        by: editor.id,
        at: new Date(clock() + minutes * 60_000).toISOString(),
      },
    });
    // The server heard of the beginning late, and its clock is ten minutes slow.
    const acts = [
      act('create', first, 5),
      act('submit', second, -10),
      act('send-back', second, -9),
    ];
    store.feed.applyChanges(acts, 'test:900');
    const { entries } = await calls['article.history']({ article });
    expect(entries.map((entry) => (entry.kind === 'event' ? entry.text : entry.number))).toEqual([
      'sent it back',
      'submitted it',
      2,
      1,
      'started it',
    ]);
  });

  it('of another article are not shown', async () => {
    const workplace = await openWorkplace();
    const { article } = pulledArticle(workplace, content());
    const other = pulledArticle(workplace, content({ body: ['Another'] }));
    await expect(async () =>
      workplace.calls['revision.read']({ article, revision: other.head }),
    ).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('the bin', () => {
  it('takes an article out of its queue, and gives it back', async () => {
    const workplace = await openWorkplace();
    const { calls } = workplace;
    const { article } = pulledArticle(workplace, content());
    await calls['article.bin']({ article, binned: true });
    expect(
      await calls['articles.list']({ queue: { kind: 'bin' }, offset: 0, limit: 10 }),
    ).toMatchObject({ total: 1, rows: [{ id: article }] });
    expect(await calls['article.open']({ article })).toMatchObject({
      readOnly: expect.stringMatching(/bin/) as string,
    });
    await calls['article.bin']({ article, binned: false });
    expect(
      await calls['articles.list']({
        queue: { kind: 'mine', state: 'draft' },
        offset: 0,
        limit: 10,
      }),
    ).toMatchObject({ total: 1 });
  });

  it('tells of each article in it whether the person may take it out', async () => {
    const workplace = await openWorkplace();
    const { calls, chief } = workplace;
    const own = pulledArticle(workplace, content(), { binned: true }).article;
    const other = pulledArticle(workplace, content(), {
      binned: true,
      createdBy: chief.id,
    }).article;
    const mayRestore = async (): Promise<unknown> => {
      const { rows } = await calls['articles.list']({
        queue: { kind: 'bin' },
        offset: 0,
        limit: 10,
      });
      return Object.fromEntries(rows.map((row) => [row.id, row.mayRestore]));
    };
    expect(await mayRestore()).toEqual({ [own]: true, [other]: false });
    workplace.signIn(chief);
    expect(await mayRestore()).toEqual({ [own]: true, [other]: true });
  });

  it('does not take what readers can see', async () => {
    const workplace = await openWorkplace();
    const { article } = pulledArticle(workplace, content(), { live: true, state: 'published' });
    await expect(async () =>
      workplace.calls['article.bin']({ article, binned: true }),
    ).rejects.toThrow(/Withdraw it first/);
  });
});
