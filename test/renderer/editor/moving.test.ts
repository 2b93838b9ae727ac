import { describe, expect, it } from 'vitest';
import { blockText, type Block, type ListBlock } from '#shared/article';
import { paragraph, picture, quote, subhead, text } from '../../helpers/articles.ts';
import { useDesk, type OpenDesk } from './desk.ts';

const openDesk = useDesk();

const UP = 'Alt+Shift+ArrowUp';
const DOWN = 'Alt+Shift+ArrowDown';

type Items = (string | Items)[];

/** A list of lines; what stands in brackets is nested under the line before it. */
function list(id: string, items: Items): ListBlock {
  const children = items.map((item, index): ListBlock['children'][number] => ({
    type: 'listitem',
    $: { id: `${id}-${index}` },
    children: typeof item === 'string' ? [text(item)] : [list(`${id}-${index}-list`, item)],
  }));
  return { type: 'list', listType: 'bullet', start: 1, $: { id }, children };
}

const written = (block: Block): string =>
  block.type === 'image' ? 'picture' : blockText(block).trim().replaceAll('\n', ' ');

const shown = async (desk: OpenDesk): Promise<string[]> =>
  (await desk.stored()).map((block) => `${block.$.id}: ${written(block)}`);

const order = async (desk: OpenDesk): Promise<string> =>
  (await desk.stored()).map((block) => block.$.id).join(' ');

const press = async ({ page }: OpenDesk, ...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};

describe('a key that moves what the cursor is in', () => {
  it('takes a paragraph up and down under the id that it had, with the cursor in it', async () => {
    const desk = await openDesk({
      body: [paragraph('One.', 'aaaa'), subhead('Two', 'bbbb'), quote('Three.', 'cccc')],
    });
    await desk.caret('cccc', 2);
    await press(desk, UP, UP);
    expect(await shown(desk)).toEqual(['cccc: Three.', 'aaaa: One.', 'bbbb: Two']);
    await desk.page.keyboard.type('X');
    await press(desk, DOWN);
    expect(await shown(desk)).toEqual(['aaaa: One.', 'cccc: ThXree.', 'bbbb: Two']);
    await desk.close();
  });

  it('does nothing at the head and at the foot of the text', async () => {
    const body = [paragraph('One.', 'aaaa'), paragraph('Two.', 'bbbb')];
    const desk = await openDesk({ body });
    await desk.caret('aaaa', 0);
    await press(desk, UP);
    await desk.caret('bbbb', 'end');
    await press(desk, DOWN);
    expect(await desk.stored()).toEqual(body);
    await desk.close();
  });

  it('is taken back step by step', async () => {
    const desk = await openDesk({ body: ['aaaa', 'bbbb', 'cccc'].map((id) => paragraph(id, id)) });
    await desk.caret('aaaa', 'end');
    await press(desk, DOWN, DOWN);
    expect(await order(desk)).toBe('bbbb cccc aaaa');
    await press(desk, 'Control+z');
    expect(await order(desk)).toBe('bbbb aaaa cccc');
    await press(desk, 'Control+z');
    expect(await order(desk)).toBe('aaaa bbbb cccc');
    await press(desk, 'Control+Shift+z', 'Control+Shift+z');
    expect(await order(desk)).toBe('bbbb cccc aaaa');
    await desk.close();
  });

  it('moves all paragraphs that are selected, but not one of which no letter is', async () => {
    const body = ['aaaa', 'bbbb', 'cccc', 'dddd', 'eeee'].map((id) => paragraph(`${id}.`, id));
    const desk = await openDesk({ body });
    await desk.select(['bbbb', 1], ['cccc', 2]);
    await press(desk, DOWN);
    expect(await order(desk)).toBe('aaaa dddd bbbb cccc eeee');
    await desk.select(['eeee', 0], ['bbbb', 0]);
    await press(desk, UP);
    expect(await order(desk)).toBe('aaaa bbbb cccc dddd eeee');
    await desk.close();
  });

  it('moves a picture that is selected, past a list and a table as one', async () => {
    const desk = await openDesk({
      body: [
        paragraph('One.', 'aaaa'),
        list('bbbb', ['Milk', 'Bread']),
        picture('a'.repeat(64), 'cccc'),
      ],
    });
    await desk.caret('aaaa', 'end');
    await press(desk, 'Control+Alt+t', 'Alt+Shift+ArrowDown', 'Alt+Shift+ArrowDown');
    const types = async (): Promise<string> =>
      (await desk.stored()).map((block) => block.type).join(' ');
    await expect.poll(types).toBe('paragraph list image table');
    await desk.page.locator('.stet-body-text img').click();
    await press(desk, UP);
    await expect.poll(types).toBe('paragraph image list table');
    await press(desk, DOWN, DOWN);
    await expect.poll(types).toBe('paragraph list table image');
    await desk.close();
  });

  it('moves an item in its list with what is nested under it, and the list when all of it is selected', async () => {
    const desk = await openDesk({
      body: [
        paragraph('Shopping', 'aaaa'),
        list('bbbb', ['Milk', 'Bread', ['Rye', 'Wheat'], 'Salt']),
        paragraph('That is all.', 'cccc'),
      ],
    });
    await desk.caret('bbbb', 'MilkBr'.length);
    await press(desk, UP);
    expect(await shown(desk)).toEqual([
      'aaaa: Shopping',
      'bbbb: Bread Rye Wheat Milk Salt',
      'cccc: That is all.',
    ]);
    const [, block] = await desk.stored();
    expect(block).toMatchObject({
      children: [
        { $: { id: 'bbbb-1' } },
        { $: { id: 'bbbb-2' } },
        { $: { id: 'bbbb-0' } },
        { $: { id: 'bbbb-3' } },
      ],
    });
    await press(desk, UP, DOWN, DOWN);
    expect(await shown(desk)).toContain('bbbb: Milk Salt Bread Rye Wheat');
    await desk.caret('bbbb', 'MilkSaltBreadRyeWh'.length);
    await press(desk, UP, UP);
    expect(await shown(desk)).toContain('bbbb: Milk Salt Bread Wheat Rye');
    await desk.select(['bbbb', 0], ['bbbb', -1]);
    await press(desk, DOWN);
    expect(await order(desk)).toBe('aaaa cccc bbbb');
    await press(desk, UP, UP);
    expect(await order(desk)).toBe('bbbb aaaa cccc');
    await desk.close();
  });

  it('keeps what it moved in sight', async () => {
    const body = Array.from({ length: 60 }, (_, index) =>
      paragraph(`Line ${index}.`, `line-${index}`),
    );
    const desk = await openDesk({ body });
    await desk.caret('line-0', 'end');
    for (let step = 0; step < 40; step += 1) await press(desk, DOWN);
    expect((await desk.stored())[40]).toMatchObject({ $: { id: 'line-0' } });
    const line = desk.page.getByText('Line 0.');
    const inSight = (): Promise<boolean> =>
      line.evaluate((at) => {
        const box = at.getBoundingClientRect();
        return box.top >= 0 && box.bottom <= innerHeight;
      });
    await expect.poll(inSight).toBe(true);
    await desk.close();
  });
});
