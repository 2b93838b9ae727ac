import { describe, expect, it } from 'vitest';
import {
  blockText,
  type Block,
  type ListBlock,
  type ListItem,
  type TableBlock,
} from '#shared/article';
import { paragraph, picture, text } from '../../helpers/articles.ts';
import { useDesk } from './desk.ts';

const openDesk = useDesk();
const words = (blocks: readonly Block[]): string[] => blocks.map(blockText);

const longBody = (count: number): Block[] =>
  Array.from({ length: count }, (_, index) =>
    paragraph(`Paragraph ${index} of a long report.`, `para-${index}`),
  );

describe('saving by block', () => {
  it('sends the first key at once and only the block it stands in', async () => {
    const { page, stored, caret, close } = await openDesk({ body: longBody(200) });
    await caret('para-7', 'end');
    await page.keyboard.type('!');
    await stored();
    const edits = await page.evaluate(() => window.desk.core.edits());
    expect(edits).toHaveLength(1);
    expect(edits[0]!.blocks!.map((block) => block.$.id)).toEqual(['para-7']);
    expect(edits[0]!.placed).toBeUndefined();
    await close();
  });

  it('costs one block per key, however long the article is', async () => {
    const costs: number[] = [];
    for (const length of [10, 1000]) {
      const { page, stored, caret, close } = await openDesk({ body: longBody(length) });
      await caret('para-3', 'end');
      await page.keyboard.type('x');
      await stored();
      const before = await page.evaluate(() => window.desk.core.edits().length);
      await page.keyboard.type('twelve keys.');
      await stored();
      const edits = (await page.evaluate(() => window.desk.core.edits())).slice(before);
      costs.push(Math.max(...edits.map((edit) => edit.blocks!.length)));
      for (const edit of edits) expect(edit.placed ?? edit.removed).toBeUndefined();
      await close();
    }
    expect(costs).toEqual([1, 1]);
  });

  it('draws nothing of the column again for a key in the body', async () => {
    const { page, stored, caret, close } = await openDesk({ body: longBody(20) });
    await caret('para-3', 'end');
    await page.keyboard.type('x');
    await stored();
    const before = await page.evaluate(() => window.desk.renders());
    await page.keyboard.type('more words here');
    await stored();
    expect(await page.evaluate(() => window.desk.renders())).toBe(before);
    await close();
  });

  it('has at most one edit on its way and lets none wait longer than 250 ms', async () => {
    const { page, stored, caret, close } = await openDesk({ body: longBody(5) });
    await page.evaluate(() => window.desk.core.setDelay(15));
    await caret('para-3', 'end');
    await page.keyboard.type('a fairly long sentence typed without a pause', { delay: 12 });
    await stored();
    expect(await page.evaluate(() => window.desk.core.mostInFlight())).toBe(1);
    const times = await page.evaluate(() => window.desk.core.edits().map((edit) => edit.at));
    const gaps = times.slice(1).map((at, index) => at - times[index]!);
    expect(times.length).toBeGreaterThan(2);
    expect(Math.max(...gaps)).toBeLessThan(600);
    await close();
  });

  it('keeps edits that cannot be stored, says so, and stores them when it can', async () => {
    const { page, stored, caret, close } = await openDesk({ body: [paragraph('One', 'aaaa')] });
    await page.evaluate(() =>
      window.desk.core.fail('The disk is full. What you wrote is kept in this window.'),
    );
    await caret('aaaa', 'end');
    await page.keyboard.type(' two');
    await expect.poll(() => page.locator('#problem').textContent()).toContain('The disk is full');
    await page.keyboard.type(' three');
    expect(words(await page.evaluate(() => window.desk.core.body()))).toEqual(['One']);
    await page.evaluate(() => window.desk.core.fail(null));
    await expect
      .poll(() => page.locator('#saving').textContent(), { timeout: 10_000 })
      .toBe('saved');
    expect(words(await stored())).toEqual(['One two three']);
    await close();
  });

  it('saves what was typed last when the article is left, and finds it again', async () => {
    const { page, caret, close } = await openDesk({ body: [paragraph('One', 'aaaa')] });
    await page.evaluate(() => window.desk.core.setDelay(40));
    await caret('aaaa', 'end');
    await page.keyboard.type(' and the last words');
    await page.evaluate(() => window.desk.show(false));
    await expect
      .poll(async () => words(await page.evaluate(() => window.desk.core.body())))
      .toEqual(['One and the last words']);
    await page.evaluate(() => window.desk.show(true));
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Body' }).innerText())
      .toBe('One and the last words');
    await close();
  });

  it('tells nothing of an article that was only read, whatever order the keys of its blocks are in', async () => {
    const body: Block[] = [
      paragraph('One', 'aaaa'),
      picture('a'.repeat(64), 'bbbb'),
      { children: [text('Two')], $: { id: 'cccc' }, tag: 'h2', type: 'heading' },
      {
        versions: [paragraph('Three'), paragraph('Four')],
        base: null,
        $: { id: 'dddd' },
        type: 'conflict',
      },
    ];
    const turned = body.map(
      (block) => Object.fromEntries(Object.entries(block).reverse()) as Block,
    );
    for (const given of [body, turned]) {
      const { page, stored, close } = await openDesk({ body: given });
      // Leaving compares the whole document with what was told.
      await page.evaluate(() => window.desk.show(false));
      await page.getByRole('textbox', { name: 'Body' }).waitFor({ state: 'detached' });
      await stored();
      expect(await page.evaluate(() => window.desk.core.edits())).toEqual([]);
      await close();
    }
  });

  it('counts words block by block', async () => {
    const { page, caret, close } = await openDesk({
      body: [paragraph('One two three', 'aaaa'), paragraph('Four', 'bbbb')],
    });
    await expect.poll(() => page.locator('#words').textContent()).toBe('4');
    await caret('bbbb', 'end');
    await page.keyboard.type(' five six');
    await expect.poll(() => page.locator('#words').textContent()).toBe('6');
    await close();
  });

  it('keeps the stored body equal to the whole document through any keys', async () => {
    const { page, stored, caret, close } = await openDesk({
      body: [
        paragraph('The river crested early Saturday.', 'aaaa'),
        { type: 'heading', tag: 'h2', $: { id: 'bbbb' }, children: [text('Waiting on the levee')] },
        {
          type: 'list',
          listType: 'bullet',
          $: { id: 'cccc' },
          children: [{ type: 'listitem', $: { id: 'item-1' }, children: [text('Pumps')] }],
        },
        paragraph('Crews found seepage in two places.', 'dddd'),
      ],
    });
    const keys = [
      'Enter',
      'Backspace',
      'Delete',
      'ArrowLeft',
      'ArrowUp',
      'ArrowDown',
      'Control+b',
      'Shift+ArrowDown',
      'Control+z',
      'Control+Shift+z',
      'x',
      'Control+Shift+8',
      'Control+Alt+2',
      'Control+x',
      'Control+v',
      'Tab',
    ];
    let seed = 20_261_122;
    const roll = (): number => (seed = (seed * 48_271) % 2_147_483_647);
    await caret('aaaa', 9);
    for (let step = 0; step < 160; step += 1) {
      const key = keys[roll() % keys.length]!;
      // Tab outside a list leaves the body; the next key would type into a field.
      if (
        key === 'Tab' &&
        !(await page.evaluate(
          () => getSelection()?.anchorNode?.parentElement?.closest('li') != null,
        ))
      )
        continue;
      await page.keyboard.press(key);
    }
    const body = await stored();
    const shown = await page.evaluate(() => window.desk.copy()?.readBody() ?? []);
    expect(shown).toEqual(body);
    await page.evaluate(() => window.desk.show(false));
    expect(await page.evaluate(() => window.desk.core.body())).toEqual(body);
    const lines = await page.evaluate(() => window.desk.core.edits().length);
    await page.evaluate(() => window.desk.show(true));
    await page.getByRole('textbox', { name: 'Body' }).waitFor();
    await caret(body[0]!.$.id, 0);
    expect(await stored()).toEqual(body);
    expect(await page.evaluate(() => window.desk.core.edits().length)).toBe(lines);
    await close();
  });
});

const contested: Block = {
  type: 'conflict',
  $: { id: 'bbbb' },
  base: paragraph('Two', 'bbbb'),
  versions: [paragraph('Two mine', 'bbbb'), paragraph('Two theirs', 'bbbb')],
};

describe('another hand', () => {
  it('replaces only what differs and keeps the cursor where it was', async () => {
    const { page, stored, caret, close } = await openDesk({
      body: [paragraph('One here', 'aaaa'), paragraph('Two here', 'bbbb')],
    });
    await caret('bbbb', 3);
    await page.keyboard.type('!');
    await stored();
    const next = [
      paragraph('New first', 'cccc'),
      paragraph('One changed', 'aaaa'),
      paragraph('Two! here', 'bbbb'),
    ];
    await page.evaluate(
      (body) => window.desk.core.foreign({ body, fields: { headline: 'From afar' } }),
      next,
    );
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Body' }).innerText())
      .toContain('One changed');
    await page.keyboard.type('?');
    expect(words(await stored())).toEqual(['New first', 'One changed', 'Two!? here']);
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Headline' }).inputValue())
      .toBe('From afar');
    await close();
  });

  it('keeps words typed meanwhile, and undo does not take the other hand’s words back', async () => {
    const { page, stored, caret, close } = await openDesk({
      body: [paragraph('One', 'aaaa'), paragraph('Two', 'bbbb')],
    });
    await caret('bbbb', 'end');
    await page.keyboard.type(' mine');
    await stored();
    await page.evaluate(
      (body) => window.desk.core.foreign({ body }),
      [paragraph('One theirs', 'aaaa'), paragraph('Two mine', 'bbbb')],
    );
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Body' }).innerText())
      .toContain('One theirs');
    await page.keyboard.press('Control+z');
    await expect.poll(async () => words(await stored())).toEqual(['One theirs', 'Two']);
    await close();
  });

  it('takes the merged body that an answer brings, with what was typed since on top', async () => {
    const { page, stored, caret, close } = await openDesk({
      body: [paragraph('One', 'aaaa'), paragraph('Two', 'bbbb'), paragraph('Three', 'cccc')],
    });
    await page.evaluate(() => window.desk.core.setDelay(120));
    await page.evaluate(
      (body) => window.desk.core.foreign({ body, quietly: true }),
      [paragraph('One theirs', 'aaaa'), paragraph('New', 'dddd'), paragraph('Two', 'bbbb')],
    );
    await caret('bbbb', 'end');
    await page.keyboard.type(' mine', { delay: 40 });
    await page.keyboard.press('Enter');
    await page.keyboard.type('More', { delay: 40 });
    await expect
      .poll(async () => words(await stored()))
      .toEqual(['One theirs', 'New', 'Two mine', 'More']);
    await expect
      .poll(async () =>
        (await page.getByRole('textbox', { name: 'Body' }).innerText()).split(/\n+/),
      )
      .toEqual(['One theirs', 'New', 'Two mine', 'More']);
    await close();
  });

  it.each(['an edit', 'another look'])(
    'keeps what another hand wrote where one types on before the answer to %s is there',
    async (asked) => {
      const { page, stored, caret, close } = await openDesk({
        body: [paragraph('One', 'aaaa'), paragraph('Two', 'bbbb')],
      });
      const quietly = asked === 'an edit';
      const theirs = [paragraph('One', 'aaaa'), paragraph('Theirs: Two', 'bbbb')];
      await caret('bbbb', 'end');
      if (quietly) {
        await page.evaluate((body) => {
          window.desk.core.foreign({ body, quietly: true });
          window.desk.core.hold();
        }, theirs);
        await page.keyboard.type(' mine');
        await expect.poll(() => page.evaluate(() => window.desk.core.edits().length)).toBe(1);
      } else {
        const looks = await page.evaluate(() => window.desk.core.asked('article.open'));
        await page.evaluate((body) => {
          window.desk.core.hold();
          window.desk.core.foreign({ body });
        }, theirs);
        await expect
          .poll(() => page.evaluate(() => window.desk.core.asked('article.open')))
          .toBe(looks + 1);
        await page.keyboard.type(' mine');
      }
      await page.keyboard.type(' and more');
      await page.evaluate(() => window.desk.core.release());
      const both = { type: 'conflict', versions: ['Theirs: Two', 'Two mine and more'] };
      await expect
        .poll(async () =>
          (await stored()).map((block) =>
            block.type === 'conflict'
              ? {
                  type: 'conflict',
                  versions: block.versions.map((one) => one && blockText(one)).sort(),
                }
              : blockText(block),
          ),
        )
        .toEqual(['One', both]);
      await page.locator('[data-conflict="bbbb"]').waitFor();
      await close();
    },
  );

  it('leaves the cursor where two versions came to stand, and what is typed next runs into no other paragraph', async () => {
    const { page, stored, caret, close } = await openDesk({
      body: [paragraph('One', 'aaaa'), paragraph('Two', 'bbbb'), paragraph('Three', 'cccc')],
    });
    await caret('bbbb', 'end');
    await page.keyboard.type(' mine');
    await stored();
    const meet = (body: Block[]): Promise<void> =>
      page.evaluate((next) => window.desk.core.foreign({ body: next }), body);
    await meet([paragraph('One', 'aaaa'), contested, paragraph('Three', 'cccc')]);
    await page.locator('[data-conflict="bbbb"]').waitFor();
    await page.keyboard.press('Backspace');
    await page.keyboard.type('On and on');
    await expect
      .poll(async () => (await stored()).map((block) => blockText(block)))
      .toEqual(['One', blockText(contested), 'On and on', 'Three']);

    // Undo takes back what was typed here, and never the version of the other hand.
    for (let times = 0; times < 6; times += 1) await page.keyboard.press('Control+z');
    await expect
      .poll(stored)
      .toEqual([paragraph('One', 'aaaa'), contested, paragraph('Three', 'cccc')]);
    for (let times = 0; times < 6; times += 1) await page.keyboard.press('Control+y');
    await expect
      .poll(async () => (await stored()).map((block) => blockText(block)))
      .toEqual(['One', blockText(contested), 'On and on', 'Three']);
    await close();
  });

  it.each(['the first', 'the second'])(
    'lets a click lead away from two versions that came to stand under the cursor in %s paragraph',
    async (which) => {
      const first = which === 'the first';
      const [one, three] = [paragraph('One', 'aaaa'), paragraph('Three', 'cccc')];
      const before = first ? [] : [one];
      const { page, stored, caret, close } = await openDesk({
        body: [...before, paragraph('Two', 'bbbb'), three],
      });
      await caret('bbbb', 'end');
      await page.keyboard.type(' mine');
      await stored();
      await page.evaluate(
        (next) => window.desk.core.foreign({ body: next }),
        [...before, contested, three],
      );
      await page.locator('[data-conflict="bbbb"]').waitFor();
      await page.getByText('Three', { exact: true }).click();
      await page.keyboard.press('End');
      await page.keyboard.type(' and on');
      await expect
        .poll(async () => (await stored()).map((block) => blockText(block)))
        .toEqual([...before.map(blockText), blockText(contested), 'Three and on']);
      await close();
    },
  );

  it('takes letters of several keys and those of AltGr where two versions came to stand under the cursor', async () => {
    for (const way of ['composed', 'AltGr'] as const) {
      const { page, stored, caret, close } = await openDesk({
        body: [paragraph('One', 'aaaa'), paragraph('Two', 'bbbb')],
      });
      await caret('bbbb', 'end');
      await page.keyboard.type(' mine');
      await stored();
      await page.evaluate(
        (body) => window.desk.core.foreign({ body }),
        [paragraph('One', 'aaaa'), contested],
      );
      await page.locator('[data-conflict="bbbb"]').waitFor();
      const keys = await page.context().newCDPSession(page);
      if (way === 'composed') {
        const key = { key: 'Process', windowsVirtualKeyCode: 229 };
        await keys.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key });
        await keys.send('Input.imeSetComposition', {
          text: '´',
          selectionStart: 1,
          selectionEnd: 1,
        });
        await keys.send('Input.insertText', { text: 'é' });
        await keys.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
      } else
        await page.evaluate(() => {
          const held = { key: 'é', ctrlKey: true, altKey: true, modifierAltGraph: true };
          const event = new KeyboardEvent('keydown', { ...held, bubbles: true, cancelable: true });
          document.activeElement?.dispatchEvent(event);
        });
      await page.keyboard.type('t');
      await expect
        .poll(async () => (await stored()).map((block) => blockText(block)))
        .toEqual(['One', blockText(contested), 'ét']);
      await close();
    }
  });

  it('takes what is dictated, composed without a key or pasted where two versions came to stand under the cursor', async () => {
    for (const way of ['dictated', 'composed', 'pasted'] as const) {
      const { page, stored, caret, close } = await openDesk({
        body: [paragraph('One', 'aaaa'), paragraph('Two', 'bbbb'), paragraph('Three', 'cccc')],
      });
      await caret('bbbb', 'end');
      await page.evaluate(
        (body) => window.desk.core.foreign({ body }),
        [paragraph('One', 'aaaa'), contested, paragraph('Three', 'cccc')],
      );
      await page.locator('[data-conflict="bbbb"]').waitFor();
      if (way === 'dictated') await page.keyboard.insertText('Four 🙂');
      else if (way === 'composed') {
        const keys = await page.context().newCDPSession(page);
        const whole = { selectionStart: 4, selectionEnd: 4 };
        await keys.send('Input.imeSetComposition', { text: 'Four', ...whole });
        await keys.send('Input.insertText', { text: 'Four 🙂' });
      } else
        await page.evaluate(() => {
          const clipboardData = new DataTransfer();
          clipboardData.setData('text/plain', 'Four 🙂');
          const event = { clipboardData, bubbles: true, cancelable: true };
          document.activeElement?.dispatchEvent(new ClipboardEvent('paste', event));
        });
      await page.keyboard.type(' t');
      await expect
        .poll(async () => (await stored()).map((block) => blockText(block)))
        .toEqual(['One', blockText(contested), 'Four 🙂 t', 'Three']);
      await close();
    }
  });

  it('takes no version away with the key that cuts, and the arrow keys lead past them', async () => {
    const body = [paragraph('One', 'aaaa'), contested, paragraph('Three', 'cccc')];
    const { page, stored, caret, close } = await openDesk({ body });
    const selected = page.locator('.stet-card-frame[data-selected]');
    await caret('cccc', 0);
    await page.keyboard.press('Backspace');
    await selected.waitFor();
    await page.keyboard.press('Control+x');
    expect(await stored()).toEqual(body);
    await page.keyboard.press('ArrowRight');
    await selected.waitFor({ state: 'detached' });
    await page.keyboard.type('Not ');
    await expect
      .poll(async () => (await stored()).map((block) => blockText(block)))
      .toEqual(['One', blockText(contested), 'Not Three']);
    await close();
  });

  it('goes on where a colleague settled the two versions that came to stand under the cursor', async () => {
    const { page, stored, caret, close } = await openDesk({
      body: [paragraph('One', 'aaaa'), paragraph('Two', 'bbbb'), paragraph('Three', 'cccc')],
    });
    const meet = (...body: Block[]): Promise<void> =>
      page.evaluate((next) => window.desk.core.foreign({ body: next }), body);
    const card = page.locator('[data-conflict="bbbb"]');
    await caret('bbbb', 'end');
    await meet(paragraph('One', 'aaaa'), contested, paragraph('Three', 'cccc'));
    await card.waitFor();
    await meet(
      paragraph('One', 'aaaa'),
      paragraph('Two settled', 'bbbb'),
      paragraph('Three', 'cccc'),
    );
    await card.waitFor({ state: 'detached' });
    await page.keyboard.type(' and written on');
    await expect
      .poll(async () => (await stored()).map((block) => blockText(block)))
      .toEqual(['One', 'Two settled and written on', 'Three']);

    await meet(paragraph('One', 'aaaa'), contested, paragraph('Three', 'cccc'));
    await card.waitFor();
    await meet(paragraph('One', 'aaaa'), paragraph('Three', 'cccc'));
    await card.waitFor({ state: 'detached' });
    await page.keyboard.type(' and on');
    await expect
      .poll(async () => (await stored()).map((block) => blockText(block)))
      .toEqual(['One and on', 'Three']);
    await close();
  });

  it('takes no version away with Backspace behind two of them, or Delete before them', async () => {
    const body = [paragraph('One', 'aaaa'), contested, paragraph('Three', 'cccc')];
    const { page, stored, caret, close } = await openDesk({ body });
    for (const [id, at, keys] of [
      ['cccc', 0, ['Backspace', 'Control+Backspace']],
      ['aaaa', 'end', ['Delete', 'Control+Delete']],
    ] as const)
      for (const key of keys) {
        await caret(id, at);
        await page.keyboard.press(key);
        await page.keyboard.press(key);
        await page.locator('.stet-card-frame[data-selected]').waitFor();
        expect(await stored()).toEqual(body);
      }
    await close();
  });

  it('leaves the cursor at the end of the block before a paragraph that the other hand removed', async () => {
    const { page, stored, caret, close } = await openDesk({
      body: [paragraph('One', 'aaaa'), paragraph('Two', 'bbbb'), paragraph('Three', 'cccc')],
    });
    await caret('bbbb', 'end');
    await page.evaluate(
      (body) => window.desk.core.foreign({ body }),
      [paragraph('One', 'aaaa'), paragraph('Three', 'cccc')],
    );
    const body = page.getByRole('textbox', { name: 'Body' });
    await expect.poll(() => body.innerText()).not.toContain('Two');
    await page.keyboard.type(' More');
    await expect.poll(async () => words(await stored())).toEqual(['One More', 'Three']);
    await close();
  });

  it('leaves what was split off a paragraph where undo cannot give it back, for a colleague wrote there', async () => {
    const { page, stored, caret, close } = await openDesk({
      body: [paragraph('One two three.', 'aaaa'), paragraph('Below.', 'cccc')],
    });
    await caret('aaaa', 8);
    await page.keyboard.press('Enter');
    await expect.poll(async () => words(await stored())).toEqual(['One two ', 'three.', 'Below.']);
    const [, ...others] = await stored();
    const body = page.getByRole('textbox', { name: 'Body' });
    await page.evaluate(
      (blocks) => window.desk.core.foreign({ body: blocks }),
      [paragraph('One two, she said', 'aaaa'), ...others],
    );
    await expect.poll(() => body.innerText()).toContain('she said');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await caret('cccc', 'end');
    await page.keyboard.type(' More.');
    const kept = ['One two, she said', 'three.', 'Below. More.'];
    await expect.poll(async () => words(await stored())).toEqual(kept);
    await close();
  });

  it.each([
    { what: 'a sentence', keys: ['End', '!'] },
    { what: 'another move of the same paragraph', keys: ['Alt+Shift+ArrowUp'] },
  ])('leaves a paragraph where a colleague moved it when $what is undone', async ({ keys }) => {
    const body = ['One.', 'Two.', 'Three.', 'Four.'].map((line, at) =>
      paragraph(line, `para-${at}`),
    );
    const { page, stored, caret, close } = await openDesk({ body });
    await caret('para-2', 'end');
    for (const key of keys) await page.keyboard.press(key);
    const [one, two, three, four] = body.map(({ $: { id } }) => id);
    const mine = new Map((await stored()).map((block) => [block.$.id, block]));
    await page.evaluate(
      (blocks) => window.desk.core.foreign({ body: blocks }),
      [three, one, two, four].map((id) => mine.get(id!)!),
    );
    const lines = page.getByRole('textbox', { name: 'Body' }).locator('> p');
    await expect.poll(() => lines.first().innerText()).toMatch(/^Three/);
    await page.keyboard.press('Control+z');
    const kept = ['Three.', 'One.', 'Two.', 'Four.'];
    await expect.poll(() => lines.allInnerTexts()).toEqual(kept);
    expect(words(await stored())).toEqual(kept);
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(() => lines.first().innerText()).toMatch(/^Three/);
    expect(words(await stored())[0]).toMatch(/^Three/);
    await close();
  });

  it.each([
    {
      where: 'in its place, where a colleague wrote well apart from it',
      theirs: 'The bridge opened. Nobody was hurt, she said.',
      undone: ['The bridge opened. Six cars crossed it. Nobody was hurt, she said.', 'Below.'],
    },
    {
      where: 'behind it, where a colleague wrote the paragraph anew',
      theirs: 'A ferry sails instead.',
      undone: ['A ferry sails instead.', 'Six cars crossed it.', 'Below.'],
    },
  ])('puts what was cut and pasted back by undo $where', async ({ theirs, undone }) => {
    const { page, stored, select, caret, close } = await openDesk({
      body: [
        paragraph('The bridge opened. Six cars crossed it. Nobody was hurt.', 'aaaa'),
        paragraph('Below.', 'cccc'),
      ],
    });
    await select(['aaaa', 19], ['aaaa', 40]);
    await page.keyboard.press('Control+x');
    await caret('cccc', 'end');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+v');
    const moved = ['The bridge opened. Nobody was hurt.', 'Below.', 'Six cars crossed it. '];
    await expect.poll(async () => words(await stored())).toEqual(moved);
    const [, ...others] = await stored();
    await page.evaluate(
      (blocks) => window.desk.core.foreign({ body: blocks }),
      [paragraph(theirs, 'aaaa'), ...others],
    );
    const body = page.getByRole('textbox', { name: 'Body' });
    await expect.poll(() => body.innerText()).toContain(theirs);
    for (const _ of ['the pasting', 'the new paragraph', 'the cutting'])
      await page.keyboard.press('Control+z');
    await expect.poll(async () => words(await stored())).toEqual(undone);
    for (const _ of ['the cutting', 'the new paragraph', 'the pasting'])
      await page.keyboard.press('Control+Shift+z');
    await expect
      .poll(async () => words(await stored()))
      .toEqual([theirs, 'Below.', 'Six cars crossed it. ']);
    await close();
  });

  describe('leaves the cursor in the words that it was in, though others came before them,', () => {
    const item = (id: string, words: string): ListItem => ({
      type: 'listitem',
      $: { id },
      children: [text(words)],
    });
    const list = (...children: ListItem[]): ListBlock => ({
      type: 'list',
      listType: 'bullet',
      $: { id: 'llll' },
      children,
    });
    const row = (id: string, ...cells: string[]): TableBlock['children'][number] => ({
      type: 'tablerow',
      $: { id },
      children: cells.map((words) => ({
        type: 'tablecell',
        headerState: 0,
        children: [{ type: 'paragraph', children: words === '' ? [] : [text(words)] }],
      })),
    });
    const table = (...children: TableBlock['children']): TableBlock => ({
      type: 'table',
      $: { id: 'tttt' },
      children,
    });

    it.each([
      {
        where: 'in a paragraph',
        body: [paragraph('Six cars crossed. Nobody was hurt.', 'aaaa')],
        at: ['aaaa', 24],
        theirs: [paragraph('On Friday, six cars crossed. Nobody was hurt.', 'aaaa')],
        typed: ['On Friday, six cars crossed. Nobody! was hurt.'],
      },
      {
        where: 'in an item of a list',
        body: [list(item('it01', 'Mill Lane'), item('it02', 'Ferry'))],
        at: ['llll', 'end'],
        theirs: [list(item('it01', 'The whole of Mill Lane'), item('it02', 'Ferry'))],
        typed: ['The whole of Mill Lane\nFerry!'],
      },
      {
        where: 'in an item that was put elsewhere',
        body: [list(item('it01', 'Mill Lane'), item('it02', 'Ferry'))],
        at: ['llll', 4],
        theirs: [list(item('it02', 'Ferry'), item('it01', 'Mill Lane'))],
        typed: ['Ferry\nMill! Lane'],
      },
      {
        where: 'in a cell of a table',
        body: [table(row('ro01', 'Town', 'Pumps'), row('ro02', 'Westbrook', '2'))],
        at: ['tttt', 'end'],
        theirs: [table(row('ro01', 'Town or village', 'Pumps'), row('ro02', 'Westbrook', '2'))],
        typed: ['Town or village\nPumps\nWestbrook\n2!'],
      },
    ] as const)('$where', async ({ body, at: [block, at], theirs, typed }) => {
      const { page, stored, caret, close } = await openDesk({ body: [...body] });
      await caret(block, at);
      await page.evaluate((next) => window.desk.core.foreign({ body: next }), [...theirs]);
      const first = blockText(theirs[0]).split('\n')[0]!;
      await page.getByRole('textbox', { name: 'Body' }).getByText(first).waitFor();
      await page.keyboard.type('!');
      await expect.poll(async () => words(await stored())).toEqual(typed);
      await close();
    });

    it('in an item that is empty yet', async () => {
      const { page, stored, caret, close } = await openDesk({
        body: [list(item('it01', 'Mill Lane'), item('it02', 'Ferry'))],
      });
      await caret('llll', 'end');
      await page.keyboard.press('Enter');
      const [begun] = (await stored()) as [ListBlock];
      const [, ...others] = begun.children;
      const theirs = { ...begun, children: [item('it01', 'The whole of Mill Lane'), ...others] };
      await page.evaluate((body) => window.desk.core.foreign({ body }), [theirs]);
      await page.getByRole('textbox', { name: 'Body' }).getByText('The whole of').waitFor();
      await page.keyboard.type('Harbour');
      await expect
        .poll(async () => words(await stored()))
        .toEqual(['The whole of Mill Lane\nFerry\nHarbour']);
      await close();
    });
  });

  it('follows a table of which cells were selected, when a colleague wrote in it', async () => {
    const table = (town: string): Block => ({
      type: 'table',
      $: { id: 'bbbb' },
      children: [
        ['Town', 'Pumps'],
        [town, 'one'],
      ].map((cells, row) => ({
        type: 'tablerow',
        $: { id: `row-${String(row)}` },
        children: cells.map((said) => ({
          type: 'tablecell',
          children: [{ type: 'paragraph', children: [text(said)] }],
        })),
      })),
    });
    const { page, stored, caret, close } = await openDesk({
      body: [paragraph('One', 'aaaa'), table('Westbrook'), paragraph('Three', 'cccc')],
    });
    const problems: string[] = [];
    page.on('pageerror', ({ message }) => problems.push(message));
    const cells = page.locator('td, th');
    await cells.first().dragTo(cells.last());
    await page.evaluate(
      (body) => window.desk.core.foreign({ body }),
      [paragraph('One', 'aaaa'), table('Harbour'), paragraph('Three', 'cccc')],
    );
    await cells.getByText('Harbour').waitFor();
    await caret('cccc', 'end');
    await page.keyboard.type(' more');
    await expect.poll(async () => words(await stored())[2]).toBe('Three more');
    expect(problems).toEqual([]);
    await close();
  });

  it('removes nothing that is being written here', async () => {
    const { page, stored, caret, close } = await openDesk({
      body: [paragraph('One', 'aaaa'), paragraph('Two', 'bbbb')],
    });
    await page.evaluate(() => window.desk.core.setDelay(150));
    await caret('bbbb', 'end');
    await page.keyboard.type('!');
    await page.keyboard.type(' and on');
    await page.evaluate((body) => window.desk.core.foreign({ body }), [paragraph('One', 'aaaa')]);
    await page.keyboard.type(' and on');
    await expect.poll(async () => words(await stored())).toEqual(['One', 'Two! and on and on']);
    await close();
  });
});
