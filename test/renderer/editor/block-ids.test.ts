import { describe, expect, it } from 'vitest';
import { blockText, type Block } from '#shared/article';
import { paragraph, quote, subhead, text } from '../../helpers/articles.ts';
import { useDesk } from './desk.ts';

const openDesk = useDesk();

const shape = (blocks: readonly Block[]): [id: string, words: string][] =>
  blocks.map((block) => [block.$.id, blockText(block)]);
const ids = (blocks: readonly Block[]): string[] => blocks.map((block) => block.$.id);

function list(...items: [id: string, words: string][]): Block {
  return {
    type: 'list',
    listType: 'bullet',
    $: { id: 'list-1' },
    children: items.map(([id, words]) => ({
      type: 'listitem',
      $: { id },
      children: [text(words)],
    })),
  };
}

describe('block ids in a real editor', () => {
  for (const [name, make] of [
    ['paragraph', paragraph],
    ['subhead', subhead],
    ['quote', quote],
  ] as const) {
    it(`leaves the id with the words when Enter is pressed at the start of a ${name}`, async () => {
      const { page, stored, caret, close } = await openDesk({
        body: [make('Rivers crest', 'aaaa')],
      });
      await caret('aaaa', 'start');
      await page.keyboard.press('Enter');
      await page.keyboard.type('x');
      const after = await stored();
      expect(after).toHaveLength(2);
      expect(after.find((block) => block.$.id === 'aaaa')).toMatchObject({ type: make('').type });
      expect(blockText(after[1]!)).toBe('xRivers crest');
      expect(after[1]!.$.id).toBe('aaaa');
      await close();
    });

    it(`leaves the id with the first half when Enter is pressed inside a ${name}`, async () => {
      const { page, stored, caret, close } = await openDesk({
        body: [make('Rivers crest', 'aaaa')],
      });
      await caret('aaaa', 6);
      await page.keyboard.press('Enter');
      const after = await stored();
      expect(after.map(blockText)).toEqual(['Rivers ', 'crest']);
      expect(after[0]!.$.id).toBe('aaaa');
      expect(after[1]!.$.id).not.toBe('aaaa');
      expect(after[1]!.$.id).toMatch(/^[0-9A-Za-z_-]{4,40}$/);
      await close();
    });

    it(`gives a new block behind a ${name} an id of its own`, async () => {
      const { page, stored, caret, close } = await openDesk({
        body: [make('Rivers crest', 'aaaa')],
      });
      await caret('aaaa', 'end');
      await page.keyboard.press('Enter');
      await page.keyboard.type('Next');
      const after = await stored();
      expect(after.map(blockText)).toEqual(['Rivers crest', 'Next']);
      expect(after[0]!.$.id).toBe('aaaa');
      expect(after[1]!.type).toBe('paragraph');
      await close();
    });
  }

  it('splits a subhead in front of a bold word into two subheads', async () => {
    const body: Block[] = [
      {
        type: 'heading',
        tag: 'h2',
        $: { id: 'aaaa' },
        children: [text('Rivers '), { type: 'text', text: 'crest', format: 1 }],
      },
    ];
    const { page, stored, caret, close } = await openDesk({ body });
    await caret('aaaa', 'end');
    await page.evaluate(async () => {
      const bold = document.querySelector('.stet-body-text .stet-bold')?.firstChild;
      if (bold) getSelection()?.setBaseAndExtent(bold, 0, bold, 0);
      // Lexical reads the selection in the event that follows.
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    });
    await page.keyboard.press('Enter');
    const after = await stored();
    expect(after.map((block) => [block.type, blockText(block)])).toEqual([
      ['heading', 'Rivers '],
      ['heading', 'crest'],
    ]);
    expect(after[0]!.$.id).toBe('aaaa');
    await close();
  });

  it('keeps the first id when two paragraphs become one, and undo brings the second back', async () => {
    const { page, stored, caret, close } = await openDesk({
      body: [paragraph('One', 'aaaa'), paragraph('Two', 'bbbb')],
    });
    await caret('bbbb', 'start');
    await page.keyboard.press('Backspace');
    expect(shape(await stored())).toEqual([['aaaa', 'OneTwo']]);
    await page.keyboard.press('Control+z');
    expect(shape(await stored())).toEqual([
      ['aaaa', 'One'],
      ['bbbb', 'Two'],
    ]);
    await page.keyboard.press('Control+Shift+z');
    expect(shape(await stored())).toEqual([['aaaa', 'OneTwo']]);
    await close();
  });

  it('keeps the id of the first block when a range over three is deleted', async () => {
    const body = [
      paragraph('First one', 'aaaa'),
      paragraph('Second', 'bbbb'),
      paragraph('Third one', 'cccc'),
    ];
    const { page, stored, select, close } = await openDesk({ body });
    await select(['aaaa', 5], ['cccc', 5]);
    await page.keyboard.press('Delete');
    expect(shape(await stored())).toEqual([['aaaa', 'First one']]);
    await close();
  });

  it('carries the id across a change of type and back', async () => {
    const { page, stored, caret, close } = await openDesk({
      body: [paragraph('One', 'aaaa'), paragraph('Two', 'bbbb')],
    });
    await caret('bbbb', 1);
    for (const name of ['Subhead', 'Quote', 'Note', 'Paragraph'])
      await page.getByRole('button', { name, exact: true }).click();
    expect((await stored()).map((block) => [block.type, block.$.id])).toEqual([
      ['paragraph', 'aaaa'],
      ['paragraph', 'bbbb'],
    ]);
    await page.getByRole('button', { name: 'Quote', exact: true }).click();
    expect((await stored()).map((block) => [block.type, block.$.id])).toEqual([
      ['paragraph', 'aaaa'],
      ['quote', 'bbbb'],
    ]);
    await close();
  });

  it('carries the id into a list and out of it', async () => {
    const { page, stored, caret, close } = await openDesk({
      body: [paragraph('One', 'aaaa'), paragraph('Two', 'bbbb')],
    });
    await caret('bbbb', 'end');
    await page.keyboard.press('Control+Shift+8');
    const inList = await stored();
    expect(inList.map((block) => [block.type, block.$.id])).toEqual([
      ['paragraph', 'aaaa'],
      ['list', 'bbbb'],
    ]);
    await page.keyboard.press('Control+Shift+8');
    expect((await stored()).map((block) => [block.type, block.$.id])).toEqual([
      ['paragraph', 'aaaa'],
      ['paragraph', 'bbbb'],
    ]);
    await close();
  });

  it('keeps the ids of list items through Enter and gives the new one its own', async () => {
    const { page, stored, caret, close } = await openDesk({
      body: [list(['item-1', 'Pump'], ['item-2', 'Levee'])],
    });
    await caret('list-1', 0);
    await page.keyboard.press('Enter');
    const [block] = await stored();
    if (block?.type !== 'list') throw new Error('The list is gone.');
    expect(block.$.id).toBe('list-1');
    expect(block.children.map((item) => item.children.length)).toEqual([0, 1, 1]);
    expect(block.children[1]!.$.id).toBe('item-1');
    expect(block.children[2]!.$.id).toBe('item-2');
    expect(new Set(block.children.map((item) => item.$.id)).size).toBe(3);
    await close();
  });

  it('gives what is copied and pasted new ids', async () => {
    const { page, stored, select, caret, close } = await openDesk({
      body: [paragraph('One', 'aaaa'), paragraph('Two', 'bbbb'), paragraph('', 'cccc')],
    });
    await select(['aaaa', 0], ['bbbb', 3]);
    await page.keyboard.press('Control+c');
    await caret('cccc', 'end');
    await page.keyboard.press('Control+v');
    await expect.poll(async () => (await stored()).length).toBeGreaterThan(3);
    const after = await stored();
    expect(after.map(blockText).filter(Boolean)).toEqual(['One', 'Two', 'One', 'Two']);
    expect(new Set(ids(after)).size).toBe(after.length);
    expect(ids(after).slice(0, 2)).toEqual(['aaaa', 'bbbb']);
    await close();
  });

  it('gives missing ids and mends doubled ones when it opens an article', async () => {
    const { stored, close } = await openDesk({
      body: [paragraph('One', 'aaaa'), paragraph('Two', 'aaaa')],
    });
    await expect.poll(async () => new Set(ids(await stored())).size).toBe(2);
    await close();
  });
});
