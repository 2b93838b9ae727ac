import { describe, expect, it } from 'vitest';
import { blockText, type Block } from '#shared/article';
import { paragraph } from '../../helpers/articles.ts';
import { openWorkplace, type Workplace } from './harness.ts';

async function withArticle(): Promise<Workplace & { article: string }> {
  const place = await openWorkplace();
  const { article } = await place.calls['article.create']({ desk: null, headline: 'Ferry' });
  await place.calls['article.edit']({
    article,
    generation: 1,
    blocks: [paragraph('The ferry sails at eight.', 'blk1'), paragraph('It is blue.', 'blk2')],
  });
  await place.calls['article.seal']({ article });
  return { ...place, article };
}

const wordsOf = (blocks: readonly Block[]): string => JSON.stringify(blocks);

describe('two windows of one profile on the same article', () => {
  it('merges what the second writes without having seen the first', async () => {
    const { calls, article } = await withArticle();
    const one = await calls['article.open']({ article });
    const two = await calls['article.open']({ article });
    await calls['article.edit']({
      article,
      generation: one.generation,
      blocks: [paragraph('The ferry sails at nine.', 'blk1')],
    });
    const answer = await calls['article.edit']({
      article,
      generation: two.generation,
      blocks: [paragraph('It is green.', 'blk2')],
    });
    expect(answer.merged).not.toBeNull();
    const { body } = await calls['article.open']({ article });
    expect(wordsOf(body)).toContain('sails at nine');
    expect(wordsOf(body)).toContain('It is green');
  });

  it('keeps both versions of a paragraph that both changed', async () => {
    const { calls, article } = await withArticle();
    const one = await calls['article.open']({ article });
    const two = await calls['article.open']({ article });
    for (const [window, words] of [
      [one, 'The ferry sails at nine.'],
      [two, 'The ferry sails at ten.'],
    ] as const)
      await calls['article.edit']({
        article,
        generation: window.generation,
        blocks: [paragraph(words, 'blk1')],
      });
    const { body } = await calls['article.open']({ article });
    expect(wordsOf(body)).toContain('at nine');
    expect(wordsOf(body)).toContain('at ten');
  });

  it('knows what a window showed that slept while many edits were made in another', async () => {
    const { calls, article } = await withArticle();
    const write = async (words: string, id: string, generation?: number): Promise<void> => {
      const known = generation ?? (await calls['article.open']({ article })).generation;
      await calls['article.edit']({
        article,
        generation: known,
        blocks: [paragraph(words, id)],
      });
    };
    await write('The ferry sails at nine.', 'blk1');
    const slept = await calls['article.open']({ article });
    for (let minute = 10; minute < 50; minute += 1)
      await write(`The ferry sails at nine ${String(minute)}.`, 'blk1');
    await write('It is green.', 'blk2', slept.generation);
    const { body, conflicts } = await calls['article.open']({ article });
    expect(body.map(blockText)).toEqual(['The ferry sails at nine 49.', 'It is green.']);
    expect(conflicts).toEqual([]);
  });

  it('puts what a window writes beside what is there where too many words passed while it slept', async () => {
    const { calls, article } = await withArticle();
    const long = 'The ferry sails. '.repeat(10_000);
    const slept: number[] = [];
    for (let round = 0; round < 20; round += 1) {
      const { generation } = await calls['article.open']({ article });
      slept.push(generation);
      const blocks = [paragraph(`${long}${String(round)}`, 'blk1')];
      await calls['article.edit']({ article, generation, blocks });
    }
    const versionsAfter = async (
      generation: number | undefined,
      words: string,
    ): Promise<string> => {
      const blocks = [paragraph(words, 'blk2')];
      await calls['article.edit']({ article, generation: generation ?? 0, blocks });
      const { body } = await calls['article.open']({ article });
      return body.map(({ type }) => type).join();
    };
    expect(await versionsAfter(slept.at(-5), 'It is green.')).toBe('paragraph,paragraph');
    expect(await versionsAfter(slept[2], 'It is red.')).toBe('paragraph,conflict');
  });

  it('lets one window type on without merging it with itself', async () => {
    const { calls, article } = await withArticle();
    let { generation } = await calls['article.open']({ article });
    for (const words of ['The ferry sails.', 'The ferry sails at', 'The ferry sails at noon.']) {
      const answer = await calls['article.edit']({
        article,
        generation,
        blocks: [paragraph(words, 'blk1')],
      });
      expect(answer.merged).toBeNull();
      ({ generation } = answer);
    }
    const { body } = await calls['article.open']({ article });
    expect(wordsOf(body)).toContain('sails at noon');
  });
});

describe('characters that no revision can hold', () => {
  it('are mended on the way in, so that the article can still be sent', async () => {
    const { calls, article, store } = await withArticle();
    const { generation } = await calls['article.open']({ article });
    await calls['article.edit']({
      article,
      generation,
      fields: { headline: 'Half \ud83d of it\u0000' },
      blocks: [paragraph('And \udc00 here \u0007, مرحبا \u200f 😀', 'blk1')],
    });
    const { hash } = await calls['article.seal']({ article });
    const sealed = store.revisions.open(hash ?? '');
    expect(sealed?.fields.headline).toBe('Half \ufffd of it');
    expect(wordsOf(sealed?.body ?? [])).toContain('And \ufffd here , مرحبا \u200f 😀');
  });
});
