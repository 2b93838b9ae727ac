import { describe, expect, it } from 'vitest';
import { blockText, type Block } from '#shared/article';
import { paragraph, picture, text } from '../../helpers/articles.ts';
import { useDesk, type OpenDesk } from './desk.ts';

const openDesk = useDesk();
const words = (blocks: readonly Block[]): string[] => blocks.map(blockText);

const paste = ({ page }: OpenDesk, data: Record<string, string>): Promise<void> =>
  page.evaluate((given) => {
    const clipboardData = new DataTransfer();
    for (const [type, value] of Object.entries(given)) clipboardData.setData(type, value);
    document
      .querySelector('.stet-body-text')
      ?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
      );
  }, data);

describe('paste', () => {
  it('keeps a short piece of text in its line without asking the core', async () => {
    const desk = await openDesk({ body: [paragraph('The  crested.', 'aaaa')] });
    await desk.caret('aaaa', 4);
    await paste(desk, { 'text/plain': 'river' });
    expect(words(await desk.stored())).toEqual(['The river crested.']);
    expect(await desk.page.evaluate(() => window.desk.core.asked('import.read'))).toBe(0);
    await desk.close();
  });

  it('puts what the core read into the text under new ids and tells what was left out', async () => {
    const desk = await openDesk({ body: [paragraph('Before after', 'aaaa')] });
    await desk.page.evaluate(() =>
      window.desk.core.nextImport({
        body: [
          {
            type: 'heading',
            tag: 'h2',
            $: { id: 'aaaa' },
            children: [{ type: 'text', text: 'Waiting' }],
          },
          {
            type: 'paragraph',
            $: { id: 'bbbb' },
            children: [{ type: 'text', text: 'Crews found seepage.' }],
          },
        ],
        leftOut: [
          {
            id: 'l-1',
            label: 'Cookie notice',
            text: 'We use cookies.',
            reason: 'Belongs to the page.',
          },
        ],
      }),
    );
    await desk.caret('aaaa', 7);
    await paste(desk, {
      'text/html': '<h2>Waiting</h2><p>Crews found seepage.</p>',
      'text/plain': 'Waiting\nCrews',
    });
    await expect
      .poll(async () => words(await desk.stored()))
      .toEqual(['Before ', 'Waiting', 'Crews found seepage.', 'after']);
    const after = await desk.stored();
    expect(new Set(after.map((block) => block.$.id)).size).toBe(4);
    expect(after[0]!.$.id).toBe('aaaa');
    await desk.page.getByText('Pasted. Left out: cookie notice.').waitFor();
    await desk.page.getByRole('button', { name: 'Show' }).click();
    await desk.page.getByText('We use cookies.').waitFor();
    await desk.close();
  });

  it('hands a whole page pasted into an empty article to the report', async () => {
    const desk = await openDesk({ body: [] });
    await desk.page.evaluate(() => window.desk.core.nextImport({ page: true }));
    await desk.page.getByRole('textbox', { name: 'Body' }).click();
    await paste(desk, {
      'text/html': '<h1>Rivers Crest</h1><p>By Ana</p>',
      'text/plain': 'Rivers Crest\nBy Ana',
    });
    await expect.poll(() => desk.page.evaluate(() => window.desk.pages().length)).toBe(1);
    expect(words(await desk.stored()).join('')).toBe('');
    await desk.close();
  });

  it('leaves what would be a headline or a byline in the text of an article that has its own', async () => {
    const desk = await openDesk({ body: [paragraph('Before.', 'aaaa')] });
    await desk.page.evaluate(() =>
      window.desk.core.nextImport({
        page: true,
        guesses: [
          {
            id: 'headline:p1',
            kind: 'recognised',
            label: 'Headline',
            excerpt: 'Rivers crest at dawn.',
            otherwise: 'stays in the body as a paragraph',
          },
        ],
        body: [
          {
            type: 'paragraph',
            $: { id: 'bbbb' },
            children: [{ type: 'text', text: 'Crews found seepage.' }],
          },
        ],
      }),
    );
    await desk.caret('aaaa', 7);
    await paste(desk, {
      'text/html': '<p>Rivers crest at dawn.</p><p>Crews found seepage.</p>',
      'text/plain': 'Rivers crest at dawn.\nCrews found seepage.',
    });
    await expect
      .poll(async () => words(await desk.stored()))
      .toEqual(['Before.', 'Rivers crest at dawn.', 'Crews found seepage.']);
    expect(await desk.page.evaluate(() => window.desk.pages().length)).toBe(0);
    await desk.close();
  });

  it('turns the selected words into a link when an address is pasted on them, and refuses a script', async () => {
    const desk = await openDesk({ body: [paragraph('See the report.', 'aaaa')] });
    await desk.select(['aaaa', 8], ['aaaa', 14]);
    await paste(desk, { 'text/plain': 'https://example.org/report' });
    await expect
      .poll(async () => (await desk.stored())[0])
      .toMatchObject({
        children: [
          { text: 'See the ' },
          { type: 'link', url: 'https://example.org/report' },
          { text: '.' },
        ],
      });
    await desk.select(['aaaa', 0], ['aaaa', 3]);
    await paste(desk, {
      'application/x-lexical-editor': JSON.stringify({
        nodes: [
          { type: 'link', url: 'javascript:alert(1)', children: [{ type: 'text', text: 'Bad' }] },
        ],
      }),
    });
    await expect.poll(async () => words(await desk.stored())).toEqual(['Bad the report.']);
    expect(JSON.stringify(await desk.stored())).not.toContain('javascript');
    await desk.close();
  });
});

describe('items of a list', () => {
  it('that were cut are put where the cursor is in the list, and words of one into another', async () => {
    const { page, stored, close } = await openDesk({ body: [] });
    const body = page.getByRole('textbox', { name: 'Body' });
    const lines = async (): Promise<string[]> =>
      (await stored()).flatMap((block) => blockText(block).split('\n'));
    const settled = (): Promise<void> =>
      page.evaluate(
        () =>
          new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
      );
    const select = async (...keys: string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key);
      await settled();
    };
    await body.click();
    await page.keyboard.type('- Fish');
    for (const item of ['Cheese', 'Bread', 'Meat']) {
      await page.keyboard.press('Enter');
      await page.keyboard.type(item);
    }
    // Bread and Meat, before Fish.
    await select('ArrowUp', 'Home', 'Shift+ArrowDown', 'Shift+End');
    await page.keyboard.press('Control+x');
    await expect.poll(lines).toEqual(['Fish', 'Cheese', '']);
    await body.locator('li').first().click();
    await select('Home');
    await page.keyboard.press('Control+v');
    await expect.poll(lines).toEqual(['Bread', 'Meat', 'Fish', 'Cheese', '']);

    // Words of one item come into the line, and the cursor is behind them.
    await body.locator('li').nth(2).click();
    await select('Home', 'Shift+End');
    await page.keyboard.press('Control+c');
    await body.locator('li').nth(3).click();
    await select('End');
    await page.keyboard.type(' and ');
    await page.keyboard.press('Control+v');
    await page.keyboard.type('!');
    await expect.poll(lines).toEqual(['Bread', 'Meat', 'Fish', 'Cheese and Fish!', '']);

    // An empty item gives way.
    await select('ArrowUp', 'ArrowUp', 'ArrowUp', 'Home', 'Shift+ArrowDown', 'Shift+End');
    await page.keyboard.press('Control+c');
    await body.locator('li').last().click();
    // The browser tells the editor of the cursor a moment behind the click; nobody's hand is as quick as that.
    await settled();
    await page.keyboard.press('Control+v');
    await expect
      .poll(lines)
      .toEqual(['Bread', 'Meat', 'Fish', 'Cheese and Fish!', 'Bread', 'Meat']);
    await close();
  });
});

describe('Enter in front of a space', () => {
  const body: Block[] = [
    {
      type: 'paragraph',
      $: { id: 'aaaa' },
      children: [
        text('Rivers crest.'),
        { type: 'text', text: ' Crews', format: 1 },
        text(' rest.'),
      ],
    },
  ];

  for (const [key, between] of [
    ['Enter', '¶'],
    ['Shift+Enter', '↵'],
  ] as const)
    it(`begins no line with it (${key})`, async () => {
      const { page, stored, caret, select, close } = await openDesk({ body });
      const lines = async (): Promise<string> =>
        (await stored()).map((block) => blockText(block).replaceAll('\n', '↵')).join('¶');
      await caret('aaaa', 13);
      await page.keyboard.press(key);
      await expect.poll(lines).toBe(`Rivers crest. ${between}Crews rest.`);
      await page.keyboard.press('Backspace');
      await expect.poll(lines).toBe('Rivers crest. Crews rest.');
      await page.keyboard.type('All ');
      await expect.poll(lines).toBe('Rivers crest. All Crews rest.');

      await select(['aaaa', 13], ['aaaa', 17]);
      await page.keyboard.press(key);
      await expect.poll(lines).toBe(`Rivers crest.${between}Crews rest.`);
      await page.keyboard.press('Control+z');
      await expect.poll(lines).toBe('Rivers crest. All Crews rest.');
      await close();
    });

  it('leaves it where nothing stands in front of it', async () => {
    const { page, stored, caret, close } = await openDesk({
      body: [paragraph(' Crews rest.', 'aaaa')],
    });
    await caret('aaaa', 'start');
    await page.keyboard.press('Enter');
    expect((await stored()).map(blockText)).toEqual(['', ' Crews rest.']);
    await close();
  });
});

describe('typing', () => {
  it('knows the signs that people type for subheads, quotes, lists and dividers', async () => {
    const { page, stored, close } = await openDesk({ body: [] });
    await page.getByRole('textbox', { name: 'Body' }).click();
    await page.keyboard.type('## Waiting');
    await page.keyboard.press('Enter');
    await page.keyboard.type('> A quote');
    await page.keyboard.press('Enter');
    await page.keyboard.type('- Pumps');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Levee');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.keyboard.type('--- The end');
    const after = await stored();
    expect(after.map((block) => block.type)).toEqual([
      'heading',
      'quote',
      'list',
      'horizontalrule',
      'paragraph',
    ]);
    expect(after[2]).toMatchObject({
      children: [{ children: [text('Pumps')] }, { children: [{ type: 'list' }] }],
    });
    await close();
  });

  it('takes words from an input method whole, and undoes them whole', async () => {
    const { page, stored, caret, close } = await openDesk({ body: [paragraph('洪水', 'aaaa')] });
    await caret('aaaa', 'end');
    const client = await page.context().newCDPSession(page);
    for (const step of ['に', 'にほ', 'にほn', 'にほん'])
      await client.send('Input.imeSetComposition', {
        text: step,
        selectionStart: step.length,
        selectionEnd: step.length,
      });
    await client.send('Input.insertText', { text: '日本' });
    await page.keyboard.type('!');
    expect(words(await stored())).toEqual(['洪水日本!']);
    expect((await stored())[0]!.$.id).toBe('aaaa');
    await close();
  });

  it('writes bold, italic and links, and takes no underline', async () => {
    const { page, stored, select, close } = await openDesk({
      body: [paragraph('One two three', 'aaaa')],
    });
    await select(['aaaa', 0], ['aaaa', 3]);
    await page.keyboard.press('Control+b');
    await page.keyboard.press('Control+u');
    expect((await stored())[0]).toMatchObject({
      children: [{ text: 'One', format: 1 }, { text: ' two three' }],
    });
    await select(['aaaa', 4], ['aaaa', 7]);
    await page.getByRole('button', { name: 'Link', exact: true }).click();
    await page.getByRole('textbox', { name: 'Address', exact: true }).fill('example.org');
    await page.keyboard.press('Enter');
    await expect
      .poll(async () => JSON.stringify(await stored()))
      .toContain('"url":"https://example.org/"');
    await close();
  });

  it('makes a table whose rows keep ids of their own', async () => {
    const { page, stored, caret, close } = await openDesk({ body: [paragraph('One', 'aaaa')] });
    await caret('aaaa', 'end');
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: /^Table/ }).click();
    await expect
      .poll(async () => (await stored()).some((block) => block.type === 'table'))
      .toBe(true);
    await page.keyboard.type('Town');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Reopens');
    const table = (await stored()).find((block) => block.type === 'table');
    expect(blockText(table!)).toContain('Town\nReopens');
    expect(new Set(table!.children.map((row) => row.$.id)).size).toBe(3);
    expect(JSON.stringify(table!.children[0]!.children[0])).not.toContain('"$"');
    await close();
  });

  it('begins a new row of a table with Tab in the last cell', async () => {
    const { page, stored, caret, close } = await openDesk({ body: [paragraph('One', 'aaaa')] });
    await caret('aaaa', 'end');
    await page.keyboard.press('Control+Alt+t');
    await page.locator('.stet-table').waitFor();
    for (let cell = 1; cell < 9; cell += 1) await page.keyboard.press('Tab');
    await page.keyboard.type('Last of three');
    await page.keyboard.press('Tab');
    await page.keyboard.type('First of four');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('End');
    await page.keyboard.type('!');
    const rows = async () => {
      const table = (await stored()).find((block) => block.type === 'table');
      return table?.children.map((row) => blockText({ ...table, children: [row] }).trim()) ?? [];
    };
    await expect.poll(rows).toEqual(['', '', 'Last of three', 'First of four!']);
    await close();
  });

  it.each([
    { keys: [], cells: ['Town! And on', 'Pumps', 'Westbrook', '2', 'Ferry', '3'] },
    { keys: ['Enter'], cells: ['Town! And on', 'Pumps', 'Westbrook', '2', 'Ferry', '3'] },
    { keys: ['Delete'], cells: ['! And on', '', '', '', 'Ferry', '3'] },
    {
      keys: ['Delete', 'Control+z'],
      cells: ['Town! And on', 'Pumps', 'Westbrook', '2', 'Ferry', '3'],
    },
  ])('types into the first of cells that are selected, after $keys', async ({ keys, cells }) => {
    const rows = [
      ['Town', 'Pumps'],
      ['Westbrook', '2'],
      ['Ferry', '3'],
    ];
    const table: Block = {
      type: 'table',
      $: { id: 'tttt' },
      children: rows.map((row, index) => ({
        type: 'tablerow',
        $: { id: `row-${String(index)}` },
        children: row.map((said) => ({
          type: 'tablecell',
          children: [{ type: 'paragraph', children: [text(said)] }],
        })),
      })),
    };
    const { page, stored, close } = await openDesk({ body: [paragraph('One', 'aaaa'), table] });
    const [from, to] = [page.getByText('Town'), page.getByText('2', { exact: true })];
    await from.hover();
    await page.mouse.down();
    await to.hover();
    await page.mouse.up();
    await expect.poll(() => page.locator('.stet-cell-selected').count()).toBe(4);
    for (const key of keys) await page.keyboard.press(key);
    await page.keyboard.type('! And on');
    await expect.poll(async () => words(await stored())).toEqual(['One', cells.join('\n')]);
    expect(await page.locator('.stet-cell-selected').count()).toBe(0);
    await close();
  });

  it('adds a picture, writes its caption where it prints and goes on behind it with Escape', async () => {
    const { page, stored, caret, close } = await openDesk({
      body: [paragraph('One', 'aaaa'), paragraph('Two', 'bbbb')],
    });
    await caret('aaaa', 'end');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Image', exact: true }).click();
    await (
      await chooser
    ).setFiles({
      name: 'levee.png',
      mimeType: 'image/png',
      buffer: Buffer.from('not looked at here'),
    });
    const caption = page.getByRole('textbox', { name: 'Caption' });
    await caption.click();
    await page.keyboard.type('Crews at dawn');
    await expect
      .poll(async () => (await stored()).map((block) => block.type))
      .toEqual(['paragraph', 'image', 'paragraph']);
    await expect.poll(async () => (await stored())[1]).toMatchObject({ caption: 'Crews at dawn' });
    expect(words(await stored())).toEqual(['One', 'Crews at dawn', 'Two']);
    await page.keyboard.press('Escape');
    await page.keyboard.type('And ');
    await expect
      .poll(async () => words(await stored()))
      .toEqual(['One', 'Crews at dawn', 'And Two']);
    await close();
  });
});

describe('a picture put in before another block without text', () => {
  it('leaves the cursor behind it, not at the top of the article', async () => {
    const { page, stored, caret, close } = await openDesk({
      body: [paragraph('One', 'aaaa'), { type: 'horizontalrule', $: { id: 'bbbb' } }],
    });
    await caret('aaaa', 'end');
    const chooser = page.waitForEvent('filechooser');
    await page.keyboard.press('Control+Alt+i');
    await (
      await chooser
    ).setFiles({ name: 'levee.png', mimeType: 'image/png', buffer: Buffer.from('a picture') });
    await page.getByRole('textbox', { name: 'Caption' }).waitFor();
    await page.keyboard.type('Behind it');
    await expect
      .poll(async () => (await stored()).map(({ type }) => type))
      .toEqual(['paragraph', 'image', 'paragraph', 'horizontalrule']);
    expect(words(await stored())).toEqual(['One', '', 'Behind it', '']);
    await close();
  });
});

describe('text that runs from right to left', () => {
  it('turns the page round and lets each block find its own direction', async () => {
    const { page, close } = await openDesk({
      body: [paragraph('ئاستی ڕووبارەکە دابەزی', 'aaaa'), paragraph('English in between', 'bbbb')],
      fields: { direction: 'rtl', language: 'ckb', headline: 'ڕووبارەکان' },
    });
    const directions = await page
      .locator('.stet-body-text > *')
      .evaluateAll((blocks) => blocks.map((block) => getComputedStyle(block).direction));
    expect(directions).toEqual(['rtl', 'ltr']);
    expect(
      await page.locator('.stet-sheet').evaluate((sheet) => getComputedStyle(sheet).direction),
    ).toBe('rtl');
    expect(await page.locator('.stet-sheet').getAttribute('lang')).toBe('ckb');
    await close();
  });
});

describe('comments', () => {
  it('are drawn without a node in the text, follow their words, and are reported when the words are gone', async () => {
    const { page, stored, caret, select, close } = await openDesk({
      body: [paragraph('the last of the evacuated towns', 'aaaa')],
    });
    await page.evaluate(() =>
      window.desk.highlight([
        {
          thread: 't1',
          anchor: { block: 'aaaa', quote: 'evacuated towns', offset: 16 },
          active: true,
        },
      ]),
    );
    const drawn = () =>
      page.evaluate(() =>
        [...(CSS.highlights.get('stet-comment-active') ?? [])].map((range) =>
          (range as Range).toString(),
        ),
      );
    await expect.poll(drawn).toEqual(['evacuated towns']);
    await caret('aaaa', 'start');
    await page.keyboard.type('Only ');
    await expect.poll(drawn).toEqual(['evacuated towns']);
    expect((await stored())[0]).toMatchObject({
      children: [{ type: 'text', text: 'Only the last of the evacuated towns' }],
    });
    const box = await page.evaluate(() => {
      const [range] = [...(CSS.highlights.get('stet-comment-active') ?? [])] as Range[];
      const { x, y, width, height } = range!.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    });
    await page.mouse.click(box.x, box.y);
    await expect.poll(() => page.evaluate(() => window.desk.thread())).toBe('t1');
    await select(['aaaa', 21], ['aaaa', 36]);
    await page.keyboard.press('Delete');
    await expect.poll(() => page.evaluate(() => window.desk.orphans())).toEqual(['t1']);
    await close();
  });

  it('follow their words into another block, unless those stand in two', async () => {
    const { page, caret, select, close } = await openDesk({
      body: [
        paragraph('Delta is joined.', 'aaaa'),
        paragraph('Echo joins it.', 'bbbb'),
        paragraph('It stands. It leaves.', 'cccc'),
        paragraph('The same words, and the same words.', 'dddd'),
      ],
    });
    await page.evaluate(() =>
      window.desk.highlight([
        { thread: 't1', anchor: { block: 'bbbb', quote: 'Echo joins', offset: 0 }, active: true },
        { thread: 't2', anchor: { block: 'cccc', quote: 'It leaves', offset: 11 }, active: true },
        { thread: 't3', anchor: { block: 'gone', quote: 'same words', offset: 4 }, active: true },
      ]),
    );
    const drawn = () =>
      page.evaluate(() =>
        [...(CSS.highlights.get('stet-comment-active') ?? [])].map((range) =>
          (range as Range).toString(),
        ),
      );
    await caret('bbbb', 'start');
    await page.keyboard.press('Backspace');
    await select(['cccc', 11], ['cccc', 11]);
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.locator('[contenteditable] > p').allTextContents())
      .toEqual([
        'Delta is joined.Echo joins it.',
        'It stands. ',
        'It leaves.',
        'The same words, and the same words.',
      ]);
    await expect.poll(drawn).toEqual(['Echo joins', 'It leaves']);
    expect(await page.evaluate(() => window.desk.orphans())).toEqual(['t3']);
    await close();
  });

  it('are anchored to the block, the words and their place', async () => {
    const { page, select, close } = await openDesk({
      body: [paragraph('the last of the evacuated towns', 'aaaa')],
    });
    await select(['aaaa', 4], ['aaaa', 8]);
    await expect
      .poll(() => page.evaluate(() => window.desk.anchor()))
      .toEqual({ block: 'aaaa', quote: 'last', offset: 4 });
    await close();
  });
});

describe('what is typed while a card is selected', () => {
  const shown = async (desk: OpenDesk): Promise<string[]> =>
    (await desk.stored()).map((block) =>
      block.type === 'image' || block.type === 'horizontalrule' ? block.type : blockText(block),
    );
  const selected = ({ page }: OpenDesk) => page.locator('.stet-card-frame[data-selected]');

  it.each(['image', 'horizontalrule'] as const)(
    'becomes a paragraph behind it: %s',
    async (type) => {
      const card: Block =
        type === 'image' ? picture('a'.repeat(64), 'bbbb') : { type, $: { id: 'bbbb' } };
      const desk = await openDesk({
        body: [paragraph('Above.', 'aaaa'), card, paragraph('Below.', 'cccc')],
      });
      const { page } = desk;
      const frame = page.locator('.stet-card-frame');
      // At its edge: a picture has fields in its middle.
      await frame.click({ position: { x: 3, y: 3 }, force: true });
      await selected(desk).waitFor();
      await page.keyboard.type('Typed.');
      await expect.poll(() => shown(desk)).toEqual(['Above.', type, 'Typed.', 'Below.']);

      // By arrow keys, with an input method, or none, or with Enter: the same.
      for (const [words, say] of [
        ['Said', () => page.keyboard.insertText('Said')],
        ['Again', () => page.keyboard.type('Again')],
        [
          'On a new line',
          async () => {
            await page.keyboard.press('Enter');
            await page.keyboard.type('On a new line');
          },
        ],
      ] as const) {
        await desk.caret('aaaa', 'end');
        await page.keyboard.press('ArrowDown');
        await selected(desk).waitFor();
        await say();
        await expect.poll(() => shown(desk)).toContain(words);
      }
      const lines = ['On a new line', 'Again', 'Said', 'Typed.'];
      expect(await shown(desk)).toEqual(['Above.', type, ...lines, 'Below.']);
      await desk.close();
    },
  );

  it('stands behind the picture that it is left on by a colleague who removed the paragraph', async () => {
    const above = picture('a'.repeat(64), 'bbbb');
    const desk = await openDesk({
      body: [paragraph('Above.', 'aaaa'), above, paragraph('Mine.', 'cccc')],
    });
    await desk.caret('cccc', 'end');
    await desk.page.evaluate(
      (body) => window.desk.core.foreign({ body }),
      [paragraph('Above.', 'aaaa'), above],
    );
    await selected(desk).waitFor();
    await desk.page.keyboard.type('On and on');
    await expect.poll(() => shown(desk)).toEqual(['Above.', 'image', 'On and on']);
    await desk.close();
  });
});
