import { describe, expect, it } from 'vitest';
import type { Parsed } from '#shared/contract';
import { anId, content, paragraph } from '../../helpers/articles.ts';
import { pulledArticle } from '../../helpers/store.ts';
import { openWorkplace, type Workplace } from './harness.ts';

const state = ({ store }: Workplace, article: string): string | undefined =>
  store.articles.record(article)?.state;
const offer = async ({ calls }: Workplace, article: string, transition: string): Promise<unknown> =>
  (await calls['article.open']({ article })).offers.find((one) => one.transition === transition);
const queued = ({ store }: Workplace): string[] =>
  store.outbox
    .nextBatch(200, 1e7)
    .map(({ payload }) => (payload.kind === 'transition' ? payload.transition : payload.kind));

async function written(workplace: Workplace): Promise<string> {
  const { article } = await workplace.calls['article.create']({
    desk: null,
    headline: 'Bridge reopens',
  });
  await workplace.calls['article.edit']({
    article,
    generation: 1,
    blocks: [paragraph('Two lanes are open.', 'blk1')],
  });
  return article;
}

describe('workflow commands', () => {
  it('seal what was typed and go after the revision they name', async () => {
    const workplace = await openWorkplace();
    const article = await written(workplace);
    await workplace.calls['article.transition']({ article, transition: 'submit' });
    expect(queued(workplace)).toEqual(['revision', 'submit']);
    expect(state(workplace, article)).toBe('in-review');
    expect(workplace.store.working.dirty(article)).toBe(false);
  });

  it('pass through review to readers, as their roles allow', async () => {
    const workplace = await openWorkplace();
    const { calls, chief, editor, signIn } = workplace;
    const article = await written(workplace);
    await calls['article.transition']({ article, transition: 'submit' });
    expect(await offer(workplace, article, 'approve')).toBeUndefined();
    await expect(async () =>
      calls['article.transition']({ article, transition: 'approve' }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    signIn(chief);
    expect(await offer(workplace, article, 'approve')).toEqual({
      transition: 'approve',
      allowed: true,
      why: '',
    });
    await expect(async () =>
      calls['article.transition']({ article, transition: 'send-back' }),
    ).rejects.toThrow(/Say why/);
    await calls['article.transition']({ article, transition: 'send-back', reason: 'Which lanes?' });
    signIn(editor);
    await calls['article.transition']({ article, transition: 'submit' });
    signIn(chief);
    await calls['article.transition']({ article, transition: 'approve' });
    await calls['article.transition']({ article, transition: 'publish' });
    expect(workplace.store.articles.record(article)).toMatchObject({
      state: 'published',
      live: true,
    });
    expect(queued(workplace)).toEqual([
      'revision',
      'submit',
      'send-back',
      'submit',
      'approve',
      'publish',
    ]);
  });

  it('leave nothing approved where they send it back or withdraw it', async () => {
    const workplace = await openWorkplace();
    const { calls, chief, signIn, store } = workplace;
    const article = await written(workplace);
    await calls['article.transition']({ article, transition: 'submit' });
    signIn(chief);
    await calls['article.transition']({ article, transition: 'approve' });
    expect(store.articles.record(article)?.approvedRevision).not.toBeNull();
    await calls['article.transition']({ article, transition: 'send-back', reason: 'Why?' });
    expect(store.articles.record(article)?.approvedRevision).toBeNull();
    for (const transition of ['submit', 'approve', 'publish'] as const)
      await calls['article.transition']({ article, transition });
    await calls['article.transition']({ article, transition: 'withdraw', reason: 'The court.' });
    expect(store.articles.record(article)).toMatchObject({ live: false, approvedRevision: null });
  });

  it('do not offer to approve again what is approved, unless that ends a schedule', async () => {
    const workplace = await openWorkplace();
    const { calls, chief, signIn } = workplace;
    const article = await written(workplace);
    await calls['article.transition']({ article, transition: 'submit' });
    signIn(chief);
    await calls['article.transition']({ article, transition: 'approve' });
    expect(await offer(workplace, article, 'approve')).toBeUndefined();
    await calls['article.edit']({ article, generation: 1, fields: { headline: 'Bridge opens' } });
    expect(await offer(workplace, article, 'approve')).toMatchObject({ allowed: true });
    await calls['article.transition']({ article, transition: 'approve' });
    await calls['article.transition']({
      article,
      transition: 'schedule',
      at: new Date(workplace.clock() + 3_600_000).toISOString(),
    });
    expect(await offer(workplace, article, 'approve')).toMatchObject({ allowed: true });
  });

  it('are offered as the desk allows to which the text on the screen moves the article', async () => {
    const workplace = await openWorkplace();
    const { calls, chief, signIn } = workplace;
    const article = await written(workplace);
    await calls['article.transition']({ article, transition: 'submit' });
    signIn(chief);
    expect(await offer(workplace, article, 'approve')).toMatchObject({ allowed: true });
    await calls['article.edit']({ article, generation: 1, fields: { desk: anId() } });
    expect(await offer(workplace, article, 'approve')).toBeUndefined();
    await expect(async () =>
      calls['article.transition']({ article, transition: 'approve' }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('are refused here with the sentence the server would give, and what was typed stays', async () => {
    const workplace = await openWorkplace();
    const { calls } = workplace;
    const article = await written(workplace);
    await calls['article.edit']({ article, generation: 1, fields: { headline: '' } });
    expect(await offer(workplace, article, 'submit')).toMatchObject({
      allowed: false,
      why: expect.stringMatching(/needs a headline/) as string,
    });
    await expect(async () =>
      calls['article.transition']({ article, transition: 'submit' }),
    ).rejects.toMatchObject({ code: 'refused' });
    expect(queued(workplace)).toEqual(['revision']);
    expect((await calls['article.open']({ article })).body).toHaveLength(1);
  });

  it('publish the approved revision while the text has moved on', async () => {
    const workplace = await openWorkplace();
    const { calls, chief, signIn } = workplace;
    const article = await written(workplace);
    await calls['article.transition']({ article, transition: 'submit' });
    signIn(chief);
    await calls['article.transition']({ article, transition: 'approve' });
    const approved = workplace.store.articles.record(article)?.approvedRevision;
    await calls['article.edit']({
      article,
      generation: 1,
      fields: { headline: 'Bridge reopens fully' },
    });
    await calls['article.transition']({ article, transition: 'publish' });
    const record = workplace.store.articles.record(article)!;
    expect(record.publishedRevision).toBe(approved);
    expect(record.head).not.toBe(approved);
    expect(await calls['article.open']({ article })).toMatchObject({ changedSincePublished: true });
  });

  it('schedule for a time that lies ahead', async () => {
    const workplace = await openWorkplace();
    const { calls, chief, signIn } = workplace;
    const article = await written(workplace);
    await calls['article.transition']({ article, transition: 'submit' });
    signIn(chief);
    await calls['article.transition']({ article, transition: 'approve' });
    const at = (when: string): Parsed<'article.transition'> => ({
      article,
      transition: 'schedule',
      at: when,
    });
    await expect(async () =>
      calls['article.transition'](at('2020-01-01T00:00:00.000Z')),
    ).rejects.toThrow(/lies ahead/);
    await calls['article.transition'](at('2026-11-20T06:00:00.000Z'));
    expect(workplace.store.articles.record(article)).toMatchObject({
      state: 'scheduled',
      scheduledAt: '2026-11-20T06:00:00.000Z',
    });
  });

  it('come to the same record whenever they are looked at, also behind the time that one is for', async () => {
    const workplace = await openWorkplace();
    const { calls, chief, signIn, clock, store } = workplace;
    const article = await written(workplace);
    const started = store.articles.record(article)!;
    await calls['article.transition']({ article, transition: 'submit' });
    signIn(chief);
    await calls['article.transition']({ article, transition: 'approve' });
    const at = new Date(clock() + 3_600_000).toISOString();
    await calls['article.transition']({ article, transition: 'schedule', at });
    const record = store.articles.record(article)!;
    clock.forward(7_200_000);
    store.articles.putServerRecord(started);
    expect(store.articles.record(article)).toEqual(record);
  });

  it('show in History before they are sent', async () => {
    const workplace = await openWorkplace();
    const article = await written(workplace);
    await workplace.calls['article.transition']({ article, transition: 'submit' });
    const { entries } = await workplace.calls['article.history']({ article });
    expect(entries).toContainEqual(
      expect.objectContaining({
        kind: 'event',
        text: 'submitted it (waiting to be sent)',
        by: 'Mira Hassan',
      }),
    );
  });
});

describe('an article that somebody else brought back to the server', () => {
  it('is its author’s in History, and not approved by whoever brought it', async () => {
    const workplace = await openWorkplace();
    const { article, head } = pulledArticle(workplace, content(), { state: 'in-review' });
    workplace.store.events.put({
      id: anId(),
      article,
      transition: 'create',
      from: 'draft',
      to: 'draft',
      revision: head,
      by: workplace.chief.id,
      at: '2026-11-14T12:00:00.000Z',
    });
    const { entries } = await workplace.calls['article.history']({ article });
    expect(entries).toContainEqual(
      expect.objectContaining({
        text: `brought it back for ${workplace.editor.name}`,
        by: workplace.chief.name,
      }),
    );
    workplace.signIn(workplace.chief);
    await expect(
      (async () => workplace.calls['article.transition']({ article, transition: 'approve' }))(),
    ).rejects.toThrow(/Nobody approves their own article/);
    expect(state(workplace, article)).toBe('in-review');
  });
});

describe('a correction', () => {
  async function published(workplace: Workplace): Promise<string> {
    const { article, head } = pulledArticle(
      workplace,
      content({ body: [paragraph('Four are missing.', 'blk1')] }),
    );
    const told = workplace.store.articles.serverRecord(article)!;
    workplace.store.articles.putServerRecord({
      ...told,
      state: 'published',
      live: true,
      approvedRevision: head,
      publishedRevision: head,
      publishedAt: told.updatedAt,
    });
    return article;
  }

  it('adds its note, approves exactly that and publishes it, in one go', async () => {
    const workplace = await openWorkplace();
    const { calls, chief, signIn, store } = workplace;
    const article = await published(workplace);
    signIn(chief);
    expect(await offer(workplace, article, 'correct')).toEqual({
      transition: 'correct',
      allowed: true,
      why: '',
    });
    const { generation } = await calls['article.open']({ article });
    await calls['article.edit']({
      article,
      generation,
      blocks: [paragraph('Three are missing.', 'blk1')],
    });
    await calls['article.transition']({
      article,
      transition: 'correct',
      note: 'An earlier version gave a wrong number.',
    });
    expect(queued(workplace)).toEqual(['revision', 'revision', 'approve', 'correct']);
    const record = store.articles.record(article)!;
    expect(record).toMatchObject({
      state: 'published',
      live: true,
      publishedRevision: record.head,
    });
    const opened = await calls['article.open']({ article });
    expect(opened.generation).toBeGreaterThan(generation);
    expect(opened).toMatchObject({
      changedSincePublished: false,
      body: [paragraph('Three are missing.', 'blk1')],
    });
    expect(opened.fields.corrections).toMatchObject([
      { note: 'An earlier version gave a wrong number.' },
    ]);
    expect(workplace.told.events).toContainEqual(['article', { article, working: true }]);
  });

  it('leaves nothing behind when the approval would be refused', async () => {
    const workplace = await openWorkplace();
    const { calls, chief, signIn } = workplace;
    const article = await published(workplace);
    signIn(chief);
    const { generation } = await calls['article.open']({ article });
    await calls['article.edit']({ article, generation, fields: { section: '' } });
    await expect(async () =>
      calls['article.transition']({ article, transition: 'correct', note: 'A note.' }),
    ).rejects.toThrow(/Section/);
    expect(queued(workplace)).toEqual(['revision']);
    expect((await calls['article.open']({ article })).fields.corrections).toEqual([]);
  });

  it('is not offered to a copy editor', async () => {
    const workplace = await openWorkplace();
    expect(await offer(workplace, await published(workplace), 'correct')).toBeUndefined();
  });
});
