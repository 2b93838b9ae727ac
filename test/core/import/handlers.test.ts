import { newLocalId, type Body, type Fields } from '#shared/article';
import type { EventData } from '#shared/contract';
import { describe, expect, it } from 'vitest';
import { importHandlers } from '../../../src-main/core/import/index.ts';
import { createJobs } from '../../../src-main/core/jobs/index.ts';
import { anId } from '../../helpers/articles.ts';
import { seededRandom } from '../../helpers/clock-and-random.ts';
import { fixture } from './take-in.ts';

function setUp(onProgress: (data: EventData<'progress'>) => void = () => undefined) {
  const random = seededRandom();
  const blank = anId();
  const created: { content: { fields: Fields; body: Body }; note: string; article: string }[] = [];
  const progress: EventData<'progress'>[] = [];
  const jobs = createJobs({
    random,
    emit: (name, data) => {
      if (name !== 'progress') return;
      progress.push(data as EventData<'progress'>);
      onProgress(data as EventData<'progress'>);
    },
  });
  const handlers = importHandlers({
    random,
    jobs,
    addPicture: () => Promise.reject(new Error(newLocalId(random))),
    fillArticle: (article, content, note) => {
      if (article !== blank) return false;
      created.push({ content, note, article });
      return true;
    },
    createArticle: async (content, note) => {
      const article = anId();
      created.push({ content, note, article });
      return article;
    },
  });
  return { handlers, created, progress, jobs, blank };
}

const page = { name: 'harbour.txt', text: fixture('harbour-page.txt') };

describe('taking in through the contract', () => {
  it('takes two pasted lines for text, and the same two of a file for a headline and text', async () => {
    const { handlers } = setUp();
    const html = '<p>Alpha sentence one stands.</p><p>Hotel ends it.</p>';
    const pasted = await handlers['import.read']({ name: '', html });
    expect(pasted).toMatchObject({ page: false, source: 'Clipboard', guesses: [] });
    expect(pasted.body).toHaveLength(2);
    const file = await handlers['import.read']({ name: 'alpha.html', html });
    expect(file).toMatchObject({ page: true, fields: { headline: 'Alpha sentence one stands.' } });
  });

  it('makes an article of the proposal as it was adjusted, and only when it is accepted', async () => {
    const { handlers, created } = setUp();
    const proposal = await handlers['import.read'](page);
    const section = proposal.guesses.find(({ label }) => label === 'Section')!;
    const adjusted = await handlers['import.adjust']({
      id: proposal.id,
      declined: [section.id],
      kept: [],
    });
    expect(created).toEqual([]);
    const desk = anId();
    const { article } = await handlers['import.accept']({ id: proposal.id, desk, into: null });
    expect(created).toEqual([
      {
        article,
        note: 'Imported',
        content: { fields: { ...adjusted.fields, desk, section: '' }, body: adjusted.body },
      },
    ]);
  });

  it('fills the empty article it was pasted into, and makes a new one when that was written in', async () => {
    const { handlers, created, blank } = setUp();
    const first = await handlers['import.read'](page);
    const accepted = { id: first.id, desk: null, into: blank };
    expect(await handlers['import.accept'](accepted)).toEqual({ article: blank });
    const second = await handlers['import.read'](page);
    const { article } = await handlers['import.accept']({
      id: second.id,
      desk: null,
      into: anId(),
    });
    expect(created.map((one) => one.article)).toEqual([blank, article]);
  });

  it('forgets what was discarded or accepted, and says so', async () => {
    const { handlers } = setUp();
    const { id } = await handlers['import.read'](page);
    await handlers['import.discard']({ id });
    await expect(async () =>
      handlers['import.accept']({ id, desk: null, into: null }),
    ).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(() => handlers['import.adjust']({ id, declined: [], kept: [] })).toThrow(
      'Open or paste it again.',
    );
  });

  it('keeps the proposal when the article cannot be made', async () => {
    const {
      handlers: { 'import.read': read },
    } = setUp();
    const random = seededRandom(2);
    const failing = importHandlers({
      random,
      jobs: createJobs({ random, emit: () => undefined }),
      addPicture: () => Promise.reject(new Error('none')),
      fillArticle: () => false,
      createArticle: () => Promise.reject(new Error('disk full')),
    });
    const { id } = await failing['import.read'](page);
    await expect(async () =>
      failing['import.accept']({ id, desk: null, into: null }),
    ).rejects.toThrow('disk full');
    expect(await failing['import.adjust']({ id, declined: [], kept: [] })).toMatchObject({ id });
    expect((await read(page)).page).toBe(true);
  });

  it('tells its progress through a large page and finishes', async () => {
    const { handlers, progress } = setUp();
    await handlers['import.read']({
      name: 'long.html',
      html: `<h1>Long</h1>${'<p>The river rose again.</p>'.repeat(20_000)}`,
    });
    expect(progress.length).toBeGreaterThan(3);
    expect(progress[0]).toMatchObject({ label: 'Reading long.html', finished: false });
    expect(progress.filter(({ finished }) => finished)).toHaveLength(1);
    expect(progress.at(-1)?.finished).toBe(true);
  });

  it('stops when the person cancels, and changes nothing', async () => {
    const running = setUp(({ job, done }) => {
      if (done > 0) running.jobs.cancel(job);
    });
    const reading = running.handlers['import.read']({
      name: 'long.html',
      html: '<p>The river rose again.</p>'.repeat(40_000),
    });
    await expect(reading).rejects.toMatchObject({
      code: 'cancelled',
      message: 'Reading long.html was stopped. Nothing was changed.',
    });
    expect(running.created).toEqual([]);
    expect(running.progress.at(-1)?.finished).toBe(true);
  });
});
