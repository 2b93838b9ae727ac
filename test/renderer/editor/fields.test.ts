import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, it } from 'vitest';
import type { Contributor } from '#shared/article';
import { paragraph } from '../../helpers/articles.ts';
import { useDesk, type OpenDesk } from './desk.ts';

const openDesk = useDesk();

const names = async ({ page }: OpenDesk): Promise<string[]> => {
  await page.evaluate(() => window.desk.copy()?.flush());
  return page.evaluate(() => window.desk.core.fields().byline.map(({ name }) => name));
};

const contributor = (
  name: string,
  affiliation = '',
  kind: Contributor['kind'] = 'person',
): Contributor => ({
  id: `co-${name.replace(/\W/g, '')}`,
  name,
  affiliation,
  role: '',
  kind,
});

describe('byline and contributors', () => {
  it('take names by comma and Enter, and offer people while typing', async () => {
    const desk = await openDesk({ body: [paragraph('One', 'aaaa')] });
    const { page, close } = desk;
    await page.evaluate(() =>
      window.desk.core.offerNames([
        {
          name: 'Jonah Okafor',
          detail: 'News Desk',
          affiliation: '',
          person: '0192d3a0-0000-7000-8000-000000000009',
        },
      ]),
    );
    const input = page.getByRole('combobox', { name: 'Add to byline' });
    await input.click();
    await page.keyboard.type('Mira Hassan,');
    await page.keyboard.type('jon');
    await page.getByRole('option', { name: /Jonah Okafor/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Wire services');
    await page.keyboard.press('Enter');
    expect(await names(desk)).toEqual(['Mira Hassan', 'Jonah Okafor', 'Wire services']);
    expect(await page.evaluate(() => window.desk.core.fields().byline[1]?.person)).toBe(
      '0192d3a0-0000-7000-8000-000000000009',
    );
    await close();
  });

  it('take a name of the byline once, and say that it is there already', async () => {
    const byline = [{ id: 'by-1', name: 'Mira Hassan' }];
    const desk = await openDesk({ body: [], fields: { byline } });
    const { page, close } = desk;
    await page.getByRole('combobox', { name: 'Add to byline' }).click();
    await page.keyboard.type('Mira hassan,Ana,');
    const said = page.locator('[data-field="byline"] [role="status"]');
    await expect.poll(() => said.textContent()).toBe('Ana added.');
    await page.keyboard.type('Mira Hassan,');
    await expect.poll(() => said.textContent()).toBe('Mira Hassan is there already.');
    expect(await names(desk)).toEqual(['Mira Hassan', 'Ana']);
    await close();
  });

  it('take every one of several names that are pasted at once', async () => {
    const desk = await openDesk({ body: [] });
    const { page, close } = desk;
    await page.getByRole('combobox', { name: 'Add to byline' }).click();
    await page.keyboard.insertText('Mira Hassan, Jonah Okafor; Tomás Brandt');
    expect(await names(desk)).toEqual(['Mira Hassan', 'Jonah Okafor', 'Tomás Brandt']);
    await page.getByRole('combobox', { name: 'Add to contributors' }).click();
    await page.keyboard.insertText('Rana Saleh, Valley Radio Kurdish Service,');
    await page.evaluate(() => window.desk.copy()?.flush());
    expect(await page.evaluate(() => window.desk.core.fields().contributors)).toMatchObject([
      { name: 'Rana Saleh', kind: 'person' },
      { name: 'Valley Radio Kurdish Service', kind: 'service' },
    ]);
    await close();
  });

  it('leave no name beneath the offer of a lead image, however many they are', async () => {
    const byline = Array.from({ length: 9 }, (_, at) => ({ id: `by-${at}`, name: `Name ${at}` }));
    const { page, close } = await openDesk({ body: [], fields: { byline } });
    const offer = (await page.getByRole('button', { name: '+ lead image' }).boundingBox())!;
    const tokens = page.locator('[data-field="byline"] :is(button, input)');
    for (const token of await tokens.all()) {
      const box = (await token.boundingBox())!;
      const apart = box.x + box.width <= offer.x || box.y + box.height <= offer.y;
      expect([await token.textContent(), apart]).toEqual([await token.textContent(), true]);
    }
    await close();
  });

  it('are reordered and removed by keyboard, and say so', async () => {
    const byline = ['Ana', 'Ben', 'Cem'].map((name) => ({ id: `by-${name}`, name }));
    const desk = await openDesk({ body: [], fields: { byline } });
    const { page, close } = desk;
    await page.getByRole('combobox', { name: 'Add to byline' }).click();
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Alt+ArrowLeft');
    expect(await names(desk)).toEqual(['Ana', 'Cem', 'Ben']);
    await expect
      .poll(() => page.locator('[data-field="byline"] [role="status"]').textContent())
      .toBe('Cem moved to place 2 of 3.');
    await page.keyboard.press('Control+ArrowLeft');
    expect(await names(desk)).toEqual(['Cem', 'Ana', 'Ben']);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Delete');
    expect(await names(desk)).toEqual(['Cem', 'Ben']);
    await close();
  });

  it('are dragged to where they are dropped, also where a colleague gives them another order meanwhile', async () => {
    const byline = ['Ana', 'Ben', 'Cem'].map((name) => ({ id: `by-${name}`, name }));
    const desk = await openDesk({ body: [], fields: { byline } });
    const { page, close } = desk;
    const token = (name: string) => page.getByRole('button', { name: new RegExp(`^${name}`) });
    await token('Ana').hover();
    await page.mouse.down();
    await token('Ben').hover();
    await token('Cem').hover();
    await page.evaluate(
      ([ana, ben, cem]) => window.desk.core.foreign({ fields: { byline: [ben!, ana!, cem!] } }),
      byline,
    );
    await token('Ben. 1 of 3').waitFor();
    await page.mouse.up();
    await expect.poll(() => names(desk)).toEqual(['Ben', 'Cem', 'Ana']);
    await close();
  });

  it('generate the credit line until it is written by hand, and again when asked', async () => {
    const { page, close } = await openDesk({
      body: [],
      fields: {
        contributors: [
          contributor('Rana Saleh', 'Valley Radio'),
          contributor('Tomás Brandt', 'Valley Radio'),
        ],
      },
    });
    await page
      .getByText('Reads: Valley Radio’s Rana Saleh and Tomás Brandt contributed to this report.')
      .waitFor();
    await page.getByRole('button', { name: 'Edit the credit line' }).click();
    const line = page.getByRole('textbox', { name: 'Credit line' });
    await line.fill('With reporting by Rana Saleh.');
    await expect
      .poll(() => page.evaluate(() => window.desk.core.fields().creditLine))
      .toBe('With reporting by Rana Saleh.');
    await page.getByRole('button', { name: 'Use the generated line' }).click();
    await page.getByText(/^Reads: Valley Radio’s/).waitFor();
    await expect.poll(() => page.evaluate(() => window.desk.core.fields().creditLine)).toBeNull();
    await close();
  });

  it('open a small form in which a contributor becomes a service', async () => {
    const { page, close } = await openDesk({
      body: [],
      fields: { contributors: [contributor('Valley Radio Kurdish', 'Valley Radio')] },
    });
    await page.getByRole('button', { name: /^Valley Radio Kurdish, Valley Radio/ }).click();
    const form = page.getByRole('dialog', { name: 'Valley Radio Kurdish' });
    await form.getByRole('textbox', { name: 'Role' }).fill('translation');
    await page.keyboard.press('Escape');
    await expect
      .poll(() => page.evaluate(() => window.desk.core.fields().contributors[0]?.role))
      .toBe('translation');
    await close();
  });
});

describe('headline, standfirst and related articles', () => {
  it('lead from one to the next with Enter and show the count when the limit is near', async () => {
    const { page, close } = await openDesk({ body: [paragraph('One', 'aaaa')] });
    await page.getByRole('textbox', { name: 'Headline' }).click();
    await page.keyboard.type(
      'Rivers Crest Below Record, Valley Officials Say in a Long, Long Headline',
    );
    await page.getByText('72 of 70').waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('Three towns wait.');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Now ');
    await expect
      .poll(() => page.evaluate(() => window.desk.core.fields().standfirst))
      .toBe('Three towns wait.');
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Body' }).innerText())
      .toContain('Now');
    await close();
  });

  it('keep related articles in an order made by keyboard', async () => {
    const related = ['One', 'Two', 'Three'].map((title) => ({
      id: `re-${title}`,
      title,
      url: '',
      postedOn: '2026-11-13',
      publication: '',
      desk: 'News Desk',
      teaser: '',
    }));
    const { page, close } = await openDesk({ body: [], fields: { related } });
    await page.getByText('Fri 13 Nov 2026 · News Desk').first().waitFor();
    await page.locator('.stet-related').nth(2).focus();
    await page.keyboard.press('Alt+ArrowUp');
    await page.keyboard.press('Delete');
    await expect
      .poll(() => page.evaluate(() => window.desk.core.fields().related.map(({ title }) => title)))
      .toEqual(['One', 'Two']);
    const add = page.getByRole('textbox', { name: 'Add a related article by its web address' });
    await add.fill('example.org/levee');
    await add.press('Enter');
    await expect
      .poll(() => page.evaluate(() => window.desk.core.fields().related.map(({ url }) => url)))
      .toEqual(['', '', 'https://example.org/levee']);
    await close();
  });
});

describe('a related article that is still being read', () => {
  it('does not push out what was added meanwhile', async () => {
    const { page, close } = await openDesk({ body: [] });
    await page.evaluate(() => window.desk.core.setDelay(300));
    const add = page.getByRole('textbox', { name: 'Add a related article by its web address' });
    await add.fill('example.org/levee');
    await add.press('Enter');
    await page.evaluate(() =>
      window.desk.copy()?.setField('related', [
        {
          id: 're-two',
          title: 'Added meanwhile',
          url: '',
          postedOn: '',
          publication: '',
          desk: '',
          teaser: '',
        },
      ]),
    );
    await expect
      .poll(() => page.evaluate(() => window.desk.core.fields().related.map(({ title }) => title)))
      .toEqual(['Added meanwhile', 'Found at https://example.org/levee']);
    await close();
  });
});

describe('two versions', () => {
  it('of a field are shown at the field, and the chosen one stays', async () => {
    const { page, close } = await openDesk({
      body: [],
      fields: { headline: 'First words' },
      conflicts: [
        {
          kind: 'field',
          id: 'conf-1',
          field: 'headline',
          base: 'Words',
          versions: ['First words', 'Second words'],
        },
      ],
    });
    await page.evaluate(() => document.querySelector<HTMLElement>('[data-conflict]')?.focus());
    await page.keyboard.press('2');
    await expect
      .poll(() => page.evaluate(() => window.desk.core.fields().headline))
      .toBe('Second words');
    await expect.poll(() => page.evaluate(() => window.desk.core.conflicts().length)).toBe(0);
    await close();
  });

  it('of a block are settled by keyboard, the chosen one under the id of the block', async () => {
    const { page, stored, close } = await openDesk({
      body: [
        paragraph('Before', 'aaaa'),
        {
          type: 'conflict',
          $: { id: 'bbbb' },
          base: null,
          versions: [paragraph('Mine', 'xxxx'), paragraph('Theirs', 'yyyy')],
        },
      ],
    });
    await page.getByRole('button', { name: 'Take both' }).press('Enter');
    await expect.poll(async () => (await stored()).length).toBe(3);
    const [, first, second] = await stored();
    expect(first).toMatchObject({
      type: 'paragraph',
      $: { id: 'bbbb' },
      children: [{ text: 'Mine' }],
    });
    expect(second).toMatchObject({ type: 'paragraph', children: [{ text: 'Theirs' }] });
    await close();
  });

  it('without a place are put at the end when asked', async () => {
    const { page, stored, close } = await openDesk({
      body: [paragraph('One', 'aaaa')],
      conflicts: [{ kind: 'unplaced', id: 'conf-1', blocks: [paragraph('Lost words', 'zzzz')] }],
    });
    await page.getByRole('button', { name: 'Add at the end' }).click();
    await expect
      .poll(async () => (await stored()).map((block) => block.$.id))
      .toEqual(['aaaa', 'zzzz']);
    await expect.poll(() => page.evaluate(() => window.desk.core.conflicts().length)).toBe(0);
    await close();
  });
});

describe('the column', () => {
  it('says why an article cannot be edited, and lets nothing be typed', async () => {
    const { page, close } = await openDesk({
      body: [paragraph('One', 'aaaa')],
      readOnly: 'A newer version of Stet wrote this article. Update Stet to edit it.',
    });
    await page.getByText('A newer version of Stet wrote this article.').waitFor();
    expect(await page.getByRole('textbox', { name: 'Headline' }).isEditable()).toBe(false);
    await page.locator('.stet-body-text').click();
    await page.keyboard.type('x');
    expect(await page.evaluate(() => window.desk.core.edits().length)).toBe(0);
    await close();
  });

  it('gives a screen reader nothing serious to complain of', async () => {
    const { page, close } = await openDesk({
      body: [paragraph('One', 'aaaa'), { type: 'horizontalrule', $: { id: 'bbbb' } }],
      fields: {
        section: 'World',
        headline: 'A headline',
        byline: [{ id: 'by-1', name: 'Ana' }],
        contributors: [contributor('Ben')],
      },
      conflicts: [
        { kind: 'field', id: 'conf-1', field: 'standfirst', base: '', versions: ['One', 'Two'] },
      ],
    });
    const { violations } = await new AxeBuilder({ page }).include('.stet-column').analyze();
    expect(
      violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => [id, nodes[0]?.html]),
    ).toEqual([]);
    await close();
  });
});
