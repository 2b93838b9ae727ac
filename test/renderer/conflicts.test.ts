import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';
import { expect as expectPage } from 'playwright/test';
import { describe, expect, it } from 'vitest';
import type { Block, Inline, PlainBlock } from '#shared/article';
import { paragraph } from '../helpers/articles.ts';
import { rendererNewsroom, type RendererNewsroom } from '../helpers/renderer-newsroom.ts';
import { drawNoFrames, useRendererWindow } from '../helpers/renderer-window.ts';

const openWindow = useRendererWindow();

const RIM = { by: 'Jonah Okafor', at: '2026-11-14T11:58:00.000Z' };
const SLOT = { by: 'Leyla Demir', at: '2026-11-14T12:03:00.000Z' };
const DESK = { by: 'Tomás Brandt', at: '2026-11-14T12:20:00.000Z' };

const say = (id: string, words: string): PlainBlock => paragraph(words, id);

function list(id: string, ...items: [id: string, words: string][]): PlainBlock {
  return {
    type: 'list',
    listType: 'bullet',
    $: { id },
    children: items.map(([item, words]) => ({
      type: 'listitem',
      $: { id: item },
      children: [{ type: 'text', text: words }],
    })),
  };
}

function contested(id: string, base: PlainBlock | null, ...versions: (PlainBlock | null)[]): Block {
  return { type: 'conflict', $: { id }, base, versions };
}

/** A newsroom whose article has met with others': every kind of conflict stands in it. */
function afterMeeting(): RendererNewsroom {
  const room = rendererNewsroom();
  const open = room.open.get(room.floods)!;
  const lead = 'The river crested below its record early Saturday, valley officials said.';
  open.body = [
    contested(
      'contested-1',
      say('contested-1', lead),
      say('contested-1', lead.replace('early Saturday', 'before dawn on Saturday')),
      say('contested-1', lead.replace('valley officials', 'the river authority')),
    ),
    ...open.body.slice(1, 3),
    contested(
      'contested-2',
      say('contested-2', 'Crews found seepage in two places late Thursday.'),
      null,
      say('contested-2', 'Crews found seepage in three places late Thursday.'),
    ),
    contested(
      'contested-3',
      list('contested-3', ['item-1', 'Westbrook: one pump'], ['item-2', 'Ferry Lane: none']),
      list('contested-3', ['item-1', 'Westbrook: two pumps'], ['item-2', 'Ferry Lane: none']),
      list('contested-3', ['item-1', 'Westbrook: three pumps'], ['item-2', 'Ferry Lane: none']),
      list('contested-3', ['item-2', 'Ferry Lane: none'], ['item-3', 'Harbour: one pump']),
    ),
    ...open.body.slice(3),
  ];
  open.fields.headline = 'Rivers Crest Below Record';
  open.conflicts = [
    {
      kind: 'field',
      id: 'headline-1',
      field: 'headline',
      base: 'Rivers Crest Near Record',
      versions: ['Rivers Crest Below Record', 'Rivers Crest Near 1997 Record'],
    },
    {
      kind: 'unplaced',
      id: 'unplaced-1',
      blocks: [say('unplaced-b', 'A sentence that lost its place.')],
    },
  ];
  open.origins = [
    { conflict: 'contested-1', versions: [RIM, SLOT] },
    { conflict: 'contested-2', versions: [RIM, SLOT] },
    { conflict: 'contested-3', versions: [RIM, SLOT, DESK] },
    { conflict: 'headline-1', versions: [RIM, SLOT] },
  ];
  return room;
}

const route = ({ status, floods }: RendererNewsroom): string =>
  `/desk/${status.person!.memberships[0]!.desk}/in-review?article=${floods}`;

async function openMeeting(
  room: RendererNewsroom,
  options: { width?: number; height?: number; colorScheme?: 'light' | 'dark' } = {},
) {
  const opened = await openWindow(room, { ...options, route: route(room) });
  await opened.page.getByRole('group', { name: /Headline: two versions/ }).waitFor();
  return opened;
}

const contestedIn = (page: Page): Promise<number> =>
  page.locator('[data-conflict^="contested"]').count();

/** Settles the three contested blocks one by one, then undoes it one by one. */
async function settleAndTakeBack(page: Page): Promise<void> {
  for (const id of [1, 2, 3]) {
    await page.locator(`[data-conflict="contested-${String(id)}"]`).focus();
    await page.keyboard.press('2');
    await expect.poll(() => contestedIn(page)).toBe(3 - id);
  }
  for (const left of [1, 2, 3]) {
    await page.keyboard.press('Control+z');
    await expect.poll(() => contestedIn(page)).toBe(left);
  }
}

const focused = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.getAttribute('data-conflict') ?? null);

describe('the view that settles', () => {
  it.each([
    { colorScheme: 'light' as const, width: 1440, height: 900 },
    { colorScheme: 'dark' as const, width: 1440, height: 900 },
    { colorScheme: 'light' as const, width: 1024, height: 700 },
  ])('has nothing that bars a person, $colorScheme at $width', async (options) => {
    const { page, problems, close } = await openMeeting(afterMeeting(), options);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
    ).toEqual([]);
    const column = page.locator('.stet-page');
    expect(await column.evaluate((node) => node.scrollWidth - node.clientWidth)).toBe(0);
    expect(problems).toEqual([]);
    await close();
  });

  it('says in words who removed and who changed, and marks what differs', async () => {
    const { page, close } = await openMeeting(afterMeeting());
    const removed = page.locator('[data-conflict="contested-2"]');
    await removed
      .getByText('Jonah Okafor removed this paragraph; Leyla Demir changed it.')
      .waitFor();
    expect(await removed.locator('ins').allTextContents()).toEqual(['three']);
    expect(await removed.locator('del').allTextContents()).toEqual(['two']);
    const three = page.locator('[data-conflict="contested-3"]');
    await three.getByText('Three versions of this list').waitFor();
    await three
      .getByText('Jonah Okafor, Leyla Demir and Tomás Brandt each changed this list.')
      .waitFor();
    await close();
  });

  it('shows of long versions what differs, until every word is asked for', async () => {
    const room = afterMeeting();
    const open = room.open.get(room.floods)!;
    const sentence = 'Families have slept in the gymnasium, where volunteers keep a list of pets. ';
    const lead = `${sentence.repeat(6)}Two pumps run. ${sentence.repeat(6)}`.trim();
    const versions = [
      'Three pumps run.',
      'Two pumps stand still.',
      'One pump runs.',
      'No pump runs.',
    ];
    open.body[0] = contested(
      'contested-1',
      say('contested-1', lead),
      ...versions.map((words) => say('contested-1', lead.replace('Two pumps run.', words))),
    );
    const { page, close } = await openMeeting(room);
    const panel = page.locator('[data-conflict="contested-1"]');
    const first = panel.getByRole('group', { name: 'Version 1' });
    await first.getByText('words as before').first().waitFor();
    expect(await first.locator('ins').allTextContents()).toEqual(['Three']);
    expect(await first.textContent()).toContain('Three pumps run.');
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);

    await panel.focus();
    await page.keyboard.press('w');
    await expect.poll(() => first.textContent()).toContain(sentence.repeat(6).trim());
    expect(await first.getByText('words as before').count()).toBe(0);
    // Nothing of a version is cut off, so that no box inside the page has to be scrolled.
    const version = first.locator('.stet-version');
    expect(await version.evaluate((box) => box.scrollHeight - box.clientHeight)).toBe(0);
    await page.keyboard.press('w');
    await first.getByText('words as before').first().waitFor();
    await close();
  });

  it('shows what stood before a long paragraph and the versions of it at once, at 1024 by 700 pixels', async () => {
    const room = afterMeeting();
    const open = room.open.get(room.floods)!;
    const sentence = 'Families have slept in the gymnasium, where volunteers keep a list of pets. ';
    const lead = `${sentence.repeat(12)}Two pumps run. ${sentence.repeat(12)}`.trim();
    open.body[0] = contested(
      'contested-1',
      say('contested-1', lead),
      say('contested-1', lead.replace('Two pumps run.', 'Three pumps run.')),
      null,
    );
    const teaser = `${sentence.repeat(6)}Two pumps run.`;
    const field = { kind: 'field', id: 'standfirst-1', field: 'standfirst' } as const;
    const versions = ['Three pumps', 'No pumps'].map((words) => teaser.replace('Two pumps', words));
    open.conflicts = [open.conflicts[0]!, { ...field, base: teaser, versions }];
    open.fields.standfirst = versions[0]!;
    open.origins = [
      { conflict: 'contested-1', versions: [RIM, SLOT] },
      { conflict: 'standfirst-1', versions: [RIM, SLOT] },
    ];
    const { page, close } = await openMeeting(room, { width: 1024, height: 700 });
    await page.keyboard.press('F8');
    for (const id of ['standfirst-1', 'contested-1']) {
      await page.keyboard.press('F8');
      expect(await focused(page)).toBe(id);
      const panel = page.locator(`[data-conflict="${id}"]`);
      const before = panel.getByRole('group', { name: 'What stood here before' });
      expect(await before.textContent()).toMatch(/… \d+ more words …\s+.*Two pumps run\./s);
      const endOf = (name: string): Promise<number> =>
        panel.getByRole('group', { name }).evaluate((box) => box.getBoundingClientRect().bottom);
      expect(await endOf('Version 1')).toBeLessThan(700);
      expect(await endOf('Version 2')).toBeLessThan(700);
      await page.keyboard.press('w');
      await expectPage(before).toContainText(sentence.repeat(6).trim());
      await page.keyboard.press('w');
    }
    await close();
  });

  it('brings one that is taller than the column into view by its beginning', async () => {
    const { page, close } = await openMeeting(afterMeeting(), { width: 1024, height: 420 });
    for (let step = 0; step < 4; step += 1) await page.keyboard.press('F8');
    expect(await focused(page)).toBe('contested-3');
    const head = page.locator('[data-conflict="contested-3"] .stet-conflict-head');
    const top = (selector: string): Promise<number> =>
      page.locator(selector).evaluate((box) => box.getBoundingClientRect().top);
    const headTop = await head.evaluate((box) => box.getBoundingClientRect().top);
    expect(headTop).toBeGreaterThanOrEqual(await top('.stet-page'));
    expect(headTop).toBeLessThan((await top('.stet-page')) + 60);
    await close();
  });

  it('says what differs beside the words, and offers no suggestion that a version says already', async () => {
    const room = afterMeeting();
    const open = room.open.get(room.floods)!;
    const by = { id: 'suggest-1', by: '0192d3a0-0000-7000-8000-00000000f001', at: RIM.at };
    const read = (id: string, ...children: Inline[]): PlainBlock => ({
      type: 'paragraph',
      $: { id },
      children,
    });
    const at = (url: string): PlainBlock =>
      read(
        'contested-1',
        { type: 'text', text: 'Read the ' },
        { type: 'link', url, children: [{ type: 'text', text: 'annex' }] },
        { type: 'text', text: ' today.' },
      );
    const early = (isSuggested: boolean): PlainBlock =>
      read(
        'contested-2',
        { type: 'text', text: 'It crested' },
        { type: 'text', text: ' early', ...(isSuggested && { $: { inserted: by } }) },
        { type: 'text', text: ' on Saturday.' },
      );
    const commas = 'The mayor said, after the meeting, that schools open.';
    open.body = [
      contested(
        'contested-1',
        say('contested-1', 'Read the annex today.'),
        at('https://example.org/a'),
        at('https://example.org/b'),
      ),
      contested(
        'contested-2',
        early(true),
        early(false),
        say('contested-2', 'It crested on Saturday.'),
      ),
      contested(
        'contested-3',
        say('contested-3', commas),
        say('contested-3', commas.replaceAll(',', '')),
        say('contested-3', commas.replace('meeting,', 'meeting')),
      ),
      ...open.body.slice(5),
    ];
    const { page, close } = await openMeeting(room);
    const inVersion = (conflict: number, version: number) =>
      page
        .locator(`[data-conflict="contested-${String(conflict)}"]`)
        .getByRole('group', { name: `Version ${String(version)}` });
    await inVersion(1, 1).getByText('“annex” leads to https://example.org/a').waitFor();
    await inVersion(1, 2).getByText('“annex” leads to https://example.org/b').waitFor();
    await inVersion(2, 1).getByText('The suggestion to add “early” is accepted.').waitFor();
    await inVersion(2, 2).getByText('The suggestion to add “early” is rejected.').waitFor();
    const suggestion = page.getByRole('group', { name: 'Suggested merge' });
    expect(await page.locator('[data-conflict="contested-3"]').locator(suggestion).count()).toBe(0);
    await close();
  });

  it('shows an item that was indented once, as indented, with the words that changed in it', async () => {
    const room = afterMeeting();
    const open = room.open.get(room.floods)!;
    const torch: [string, string] = ['item-1', 'Bring a torch.'];
    const water: [string, string] = ['item-2', 'Bring water for two days.'];
    const deeper = (words: string): PlainBlock => {
      const outer = list('contested-3', torch);
      const inner = list('inner', ['item-2', words]);
      if (outer.type !== 'list' || inner.type !== 'list') throw new Error('These are lists.');
      const shell = { type: 'listitem' as const, $: { id: 'shell' }, children: [inner] };
      return { ...outer, children: [...outer.children, shell] };
    };
    open.body[4] = contested(
      'contested-3',
      list('contested-3', torch, water),
      deeper(water[1]),
      deeper('Bring water for three days.'),
    );
    const { page, close } = await openMeeting(room);
    const panel = page.locator('[data-conflict="contested-3"]');
    const version = (number: number) =>
      panel.getByRole('group', { name: `Version ${String(number)}` });
    await version(1).getByText('Indented.').waitFor();
    expect(await version(1).getByText('Bring water for two days.').count()).toBe(1);
    expect(await version(1).locator(':is(ins, del)').count()).toBe(0);
    expect(await version(2).locator('ins').allTextContents()).toEqual(['three']);
    expect(await version(2).locator('del').allTextContents()).toEqual(['two']);
    await close();
  });

  it('counts no item that is gone, and says so where nothing is written', async () => {
    const room = afterMeeting();
    const open = room.open.get(room.floods)!;
    const [one, two, three] = ['One', 'Two', 'Three'].map((words, at): [string, string] => [
      `item-${String(at)}`,
      words,
    ]) as [[string, string], [string, string], [string, string]];
    const empty = list('contested-3', one, two);
    if (empty.type === 'list')
      empty.children.push({ type: 'listitem', $: { id: 'empty' }, children: [] });
    open.body[4] = contested(
      'contested-3',
      list('contested-3', one, two, three),
      { ...list('contested-3', one, three), listType: 'number' } as PlainBlock,
      empty,
    );
    open.body[0] = contested('contested-1', null, say('contested-1', ''), say('contested-1', 'A.'));
    const { page, close } = await openMeeting(room);
    const panel = page.locator('[data-conflict="contested-3"]');
    const counted = panel
      .getByRole('group', { name: 'Version 1' })
      .locator('li')
      .evaluateAll((items) => items.map((item) => getComputedStyle(item).counterIncrement));
    expect(await counted).toEqual(['none', 'list-item 0', 'none']);
    await panel.getByRole('group', { name: 'Version 2' }).getByText('An empty item.').waitFor();
    await page
      .locator('[data-conflict="contested-1"]')
      .getByRole('group', { name: 'Version 1' })
      .getByText('Nothing is written here.')
      .waitFor();
    await close();
  });

  it('breaks no word and no figure of a table, and what is wider than its version can be scrolled to', async () => {
    const room = afterMeeting();
    const open = room.open.get(room.floods)!;
    const table = (fare: string): PlainBlock => ({
      type: 'table',
      $: { id: 'contested-3' },
      children: [
        ['Interchange', 'Concessionary', 'Zone'],
        ['Quay', fare, 'A'],
      ].map((cells, row) => ({
        type: 'tablerow',
        $: { id: `row-${String(row)}` },
        children: cells.map((words) => ({
          type: 'tablecell',
          children: [{ type: 'paragraph', children: [{ type: 'text', text: words }] }],
        })),
      })),
    });
    open.body[4] = contested('contested-3', table('2.10'), table('2.105'), table('2.109'));
    const { page, close } = await openMeeting(room, { width: 1024, height: 700 });
    const panel = page.locator('[data-conflict="contested-3"]');
    await panel.scrollIntoViewIfNeeded();
    const lines = await panel.locator('td :is(span, ins, del), td').evaluateAll((cells) =>
      cells.flatMap((cell) => {
        const words = [...cell.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
        return words.map((node) => {
          const range = document.createRange();
          range.selectNodeContents(node);
          return [node.textContent, range.getClientRects().length];
        });
      }),
    );
    expect(lines.length).toBeGreaterThan(18);
    expect(lines.filter(([, count]) => count !== 1)).toEqual([]);
    const outside = await panel.locator('table').evaluateAll((tables) =>
      tables.map((one) => {
        const [inner, outer] = [one, one.closest('.stet-version')!].map((element) =>
          element.getBoundingClientRect(),
        );
        const box = one.parentElement!;
        return inner!.right > outer!.right + 1 && box.scrollWidth <= box.clientWidth;
      }),
    );
    expect(outside).toEqual([false, false, false]);
    await close();
  });

  it('takes back and does again one settling at a time, also where the versions came in meanwhile', async () => {
    const room = rendererNewsroom();
    const { page, emit, close } = await openWindow(room, { route: route(room) });
    await page.getByLabel('Body', { exact: true }).waitFor();
    const met = afterMeeting();
    const { body, conflicts, origins } = met.open.get(met.floods)!;
    Object.assign(room.open.get(room.floods)!, { body, conflicts, origins, generation: 2 });
    await emit('article', { article: room.floods, working: true });
    await page.locator('[data-conflict="contested-3"]').waitFor();
    await settleAndTakeBack(page);
    for (const left of [2, 1, 0]) {
      await page.keyboard.press('Control+Shift+z');
      await expect.poll(() => contestedIn(page)).toBe(left);
    }
    await close();
  });

  it('says who wrote the versions that undo brings back, though the core has seen them settled', async () => {
    const room = afterMeeting();
    const { page, emit, close } = await openMeeting(room);
    const card = page.locator('[data-conflict="contested-2"]');
    await card.focus();
    await page.keyboard.press('2');
    await card.waitFor({ state: 'detached' });
    const open = room.open.get(room.floods)!;
    const stands = () => open.body.find(({ $ }) => $.id === 'contested-2')?.type;
    await expect.poll(stands).toBe('paragraph');
    open.origins = open.origins.filter(({ conflict }) => conflict !== 'contested-2');
    open.fields = { ...open.fields, standfirst: 'Written by a colleague since.' };
    await emit('article', { article: room.floods, working: true });
    await expectPage(page.getByRole('textbox', { name: 'Standfirst' })).toHaveValue(/since/);
    await page.locator('[data-conflict="contested-3"]').focus();
    await page.keyboard.press('Control+z');
    await card.getByText('Jonah Okafor removed this paragraph; Leyla Demir changed it.').waitFor();
    await close();
  });

  it('stands through undoing what was typed before the versions came in', async () => {
    const room = rendererNewsroom();
    const { page, emit, close } = await openWindow(room, { route: route(room) });
    const text = page.getByRole('textbox', { name: 'Body' });
    await text.locator('> p').nth(1).click();
    await page.keyboard.press('End');
    await page.keyboard.type(' Mine.');
    await text.locator('> p').nth(2).click();
    await page.keyboard.press('End');
    await page.keyboard.type(' Mine too.');
    await expect
      .poll(() => JSON.stringify(room.open.get(room.floods)!.body))
      .toContain('Mine too.');
    const met = afterMeeting();
    const { body, conflicts, origins } = met.open.get(met.floods)!;
    Object.assign(room.open.get(room.floods)!, { body, conflicts, origins, generation: 2 });
    await emit('article', { article: room.floods, working: true });
    await expect.poll(() => contestedIn(page)).toBe(3);
    await settleAndTakeBack(page);
    // On and on, into what was typed before.
    const [undo, redo] = ['Undo', 'Redo'].map((name) => page.getByRole('button', { name }));
    let presses = 0;
    for (; await undo!.isEnabled(); presses += 1) {
      await page.keyboard.press('Control+z');
      await expect.poll(() => contestedIn(page)).toBe(3);
    }
    expect(presses).toBeGreaterThan(0);
    while (await redo!.isEnabled()) await page.keyboard.press('Control+Shift+z');
    await expect.poll(() => contestedIn(page)).toBe(0);
    await close();
  });

  it('is walked and settled by keyboard alone, and undone', async () => {
    const room = afterMeeting();
    const { page, close } = await openMeeting(room);
    const order: (string | null)[] = [];
    for (let step = 0; step < 5; step += 1) {
      await page.keyboard.press('F8');
      order.push(await focused(page));
    }
    expect(order).toEqual([
      'headline-1',
      'contested-1',
      'contested-2',
      'contested-3',
      'unplaced-1',
    ]);
    await page.keyboard.press('Shift+F8');
    expect(await focused(page)).toBe('contested-3');

    // The suggestion is shown, and taken only when asked for.
    const body = page.getByLabel('Body', { exact: true });
    await page.keyboard.press('F8');
    await page.keyboard.press('F8');
    await page.keyboard.press('F8');
    expect(await focused(page)).toBe('contested-1');
    const joined = 'before dawn on Saturday, the river authority said.';
    await page.keyboard.press('m');
    await expect.poll(() => body.locator('> p').first().textContent()).toContain(joined);
    // What was taken has the cursor.
    await page.keyboard.type(' Then it fell.');
    await expect.poll(() => body.locator('> p').first().textContent()).toContain('Then it fell.');
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('Control+z');
    await page.locator('[data-conflict="contested-1"]').waitFor();

    await page.keyboard.press('F8');
    await page.locator('[data-conflict="headline-1"]').focus();
    await page.keyboard.press('2');
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Headline' }).inputValue())
      .toBe('Rivers Crest Near 1997 Record');
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
    await page.locator('[data-conflict="headline-1"]').waitFor();
    await close();
  });

  it('shows what stood before above the versions, and no key removes those', async () => {
    const { page, close } = await openMeeting(afterMeeting());
    const panel = page.locator('[data-conflict="contested-2"]');
    const before = panel
      .getByRole('group', { name: 'What stood here before' })
      .getByText('Crews found seepage in two places late Thursday.', { exact: true });
    await before.waitFor();
    await panel.focus();
    await page.keyboard.press('o');
    await before.waitFor({ state: 'detached' });
    await page.keyboard.press('o');
    await before.waitFor();
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Delete');
    expect(await panel.count()).toBe(1);
    await close();
  });

  it('leads from the list in Review to each conflict, and the window stays where it is', async () => {
    const { page, close } = await openMeeting(afterMeeting());
    await page.setViewportSize({ width: 1440, height: 420 });
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await inspector.getByText('5 to settle').first().waitFor();
    await inspector.getByRole('button', { name: /^List:/ }).click();
    expect(await focused(page)).toBe('contested-3');
    expect(await page.evaluate(() => document.scrollingElement?.scrollTop)).toBe(0);
    await close();
  });

  it('lists what is to settle in the order in which it stands on the page', async () => {
    const room = afterMeeting();
    const open = room.open.get(room.floods)!;
    open.conflicts = [
      { kind: 'field', id: 'aaaa', field: 'related', base: [], versions: [[], []] },
      { kind: 'field', id: 'bbbb', field: 'standfirst', base: '', versions: ['One', 'Two'] },
      ...open.conflicts,
      { kind: 'field', id: 'zzzz', field: 'urgency', base: null, versions: [2, 3] },
    ];
    const seepage = open.body[3]!;
    if (seepage.type !== 'conflict') throw new Error('This is where two versions stand.');
    seepage.base = say('contested-2', '“It seeps,” said Pilar Anand.');
    const { page, close } = await openMeeting(room);
    const onPage = page.locator('[data-conflict]');
    expect(
      await onPage.evaluateAll((panels) => panels.map((one) => one.getAttribute('data-conflict'))),
    ).toEqual([
      'zzzz',
      'headline-1',
      'bbbb',
      'contested-1',
      'contested-2',
      'contested-3',
      'unplaced-1',
      'aaaa',
    ]);
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    expect(await inspector.locator('.conflict-line b').allTextContents()).toEqual([
      'Urgency',
      'Headline',
      'Standfirst',
      'Paragraph: “The river crested below its record early…”',
      'Paragraph: “‘It seeps,’ said Pilar Anand.”',
      'List: “Westbrook: one pump\nFerry Lane: none”',
      'Text without a place',
      'Related articles',
    ]);
    await close();
  });

  it('is led to from the notice of a merge, which goes away by itself', async () => {
    const room = afterMeeting();
    const { page, emit, close } = await openMeeting(room);
    const notices = page.getByRole('region', { name: 'Notices' });
    const text = 'You and a colleague changed the same words.';
    const notice = { tone: 'warning', text, article: room.floods, passing: true } as const;
    await emit('notice', notice);
    await notices.getByRole('button', { name: 'Show' }).click();
    expect(await focused(page)).toBe('headline-1');
    await notices.getByText(text).waitFor({ state: 'hidden' });

    await emit('notice', { ...notice, article: '0192d3a0-0000-7000-8000-00000000f001' });
    await notices.getByRole('button', { name: 'Open' }).waitFor();
    await page.mouse.move(0, 0);
    await notices.getByText(text).waitFor({ state: 'hidden' });
    await close();
  });

  it('offers what stands in a field once, however its members are ordered', async () => {
    const room = afterMeeting();
    const open = room.open.get(room.floods)!;
    const picture = { asset: 'a'.repeat(64), mime: 'image/png', width: 10, height: 10 } as const;
    const mine = { ...picture, caption: 'By Jonah', credit: '', alt: '' };
    const canonical = { alt: '', caption: 'By Jonah', credit: '', ...picture };
    open.fields.leadImage = mine;
    open.conflicts.push({
      kind: 'field',
      id: 'picture-1',
      field: 'leadImage',
      base: null,
      versions: [canonical, { ...canonical, caption: 'By Leyla' }],
    });
    const { page, close } = await openMeeting(room);
    const panel = page.locator('[data-conflict="picture-1"]');
    expect(await panel.getByRole('group', { name: /^Version/ }).count()).toBe(2);
    await close();
  });

  it('says everything that differs in a related article, and offers both where that is more than one of them', async () => {
    const room = rendererNewsroom();
    const open = room.open.get(room.floods)!;
    const [related] = open.fields.related;
    const retold = { ...related!, teaser: 'Half of the pumps stood still.' };
    open.conflicts = [
      {
        kind: 'field',
        id: 'related-1',
        field: 'related',
        base: [related],
        versions: [[], [retold]],
      },
    ];
    const { page, close } = await openWindow(room, { route: route(room) });
    const card = page.getByRole('group', { name: 'Related articles: two versions' });
    await card.waitFor();
    await card.locator('ins').getByText('Half of the pumps stood still').waitFor();
    expect(await card.getByRole('button', { name: /^Take both/ }).count()).toBe(0);

    // Nothing is written where the cursor is then: one Ctrl Z too many loses nothing of what can be made again.
    await card.focus();
    await page.keyboard.press('2');
    await card.waitFor({ state: 'detached' });
    for (const key of ['Control+z', 'Control+z']) await page.keyboard.press(key);
    await card.waitFor();
    await page.keyboard.press('Control+Shift+z');
    await card.waitFor({ state: 'detached' });
    await close();
  });

  it('puts the cursor into the field as soon as a version is chosen, not when the window is drawn again', async () => {
    const room = rendererNewsroom();
    const open = room.open.get(room.floods)!;
    open.conflicts = [
      {
        kind: 'field',
        id: 'head-1',
        field: 'headline',
        base: 'Floods',
        versions: ['Floods', 'Rain'],
      },
    ];
    const { page, close } = await openWindow(room, { route: route(room) });
    const card = page.getByRole('group', { name: 'Headline: two versions' });
    await card.waitFor();
    await drawNoFrames(page);
    await card.focus();
    await page.keyboard.press('2');
    const field = page.locator('[data-field="headline"]');
    expect(await field.evaluate((one) => one.matches(':focus-within'))).toBe(true);
    await close();
  });

  it('lets Ctrl Z go on into the body where nothing is written in the field that was settled', async () => {
    const room = rendererNewsroom();
    const open = room.open.get(room.floods)!;
    const [related] = open.fields.related;
    const retold = { ...related!, teaser: 'Half of the pumps stood still.' };
    open.conflicts = [
      { kind: 'field', id: 'related-1', field: 'related', base: [], versions: [[], [retold]] },
    ];
    const { page, close } = await openWindow(room, { route: route(room) });
    const text = page.getByRole('textbox', { name: 'Body' }).locator('> p').nth(1);
    await text.click();
    await page.keyboard.press('End');
    await page.keyboard.type(' Mine.');
    const card = page.getByRole('group', { name: 'Related articles: two versions' });
    await card.focus();
    await page.keyboard.press('2');
    await card.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+z');
    await card.waitFor();
    await expect.poll(() => text.textContent()).toContain('Mine.');
    await page.keyboard.press('Control+z');
    await expect.poll(() => text.textContent()).not.toContain('Mine.');
    await page.keyboard.press('Control+Shift+z');
    await card.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(() => text.textContent()).toContain('Mine.');

    // The lists have nothing of the article to take back.
    await page.getByRole('listbox').getByRole('option').first().focus();
    await page.keyboard.press('Control+z');
    await page.keyboard.press('F6');
    await expect.poll(() => text.textContent()).toContain('Mine.');
    await page.getByRole('tab', { name: 'Review' }).focus();
    await page.keyboard.press('Control+z');
    await expect.poll(() => text.textContent()).not.toContain('Mine.');
    await close();
  });

  it('takes back what was settled in the text from the next versions there', async () => {
    const { page, close } = await openMeeting(afterMeeting());
    const first = page.locator('[data-conflict="contested-1"]');
    await first.focus();
    await page.keyboard.press('1');
    await first.waitFor({ state: 'detached' });
    await page.keyboard.press('F8');
    expect(await focused(page)).toBe('contested-2');
    await page.keyboard.press('Control+z');
    await first.waitFor();
    await page.locator('[data-conflict="contested-3"]').focus();
    await page.keyboard.press('Control+Shift+z');
    await first.waitFor({ state: 'detached' });
    await close();
  });

  it('calls the versions of a choice what they are called where it is chosen', async () => {
    const room = afterMeeting();
    const open = room.open.get(room.floods)!;
    const embargo = '2026-12-01T10:00:00.000Z';
    open.fields = { ...open.fields, language: 'ar', urgency: 1, urlSlug: 'a', embargo };
    open.conflicts = [
      { kind: 'field', id: 'lang', field: 'language', base: 'en', versions: ['ar', 'ku'] },
      { kind: 'field', id: 'urgent', field: 'urgency', base: null, versions: [1, 2] },
      { kind: 'field', id: 'slug', field: 'urlSlug', base: 'rivers', versions: ['a', 'b'] },
      {
        kind: 'field',
        id: 'until',
        field: 'embargo',
        base: null,
        versions: [embargo, '2026-12-02T10:00:00.000Z'],
      },
      ...open.conflicts,
    ];
    const { page, close } = await openMeeting(room);
    const versions = (id: string) =>
      page.locator(`[data-conflict="${id}"] .stet-conflict-versions .stet-version`);
    await expect.poll(() => versions('lang').allTextContents()).toEqual(['Arabic', 'Kurdish']);
    expect(await versions('urgent').allTextContents()).toEqual(['1 · Flash', '2 · Bulletin']);
    expect((await versions('until').allTextContents())[0]).toBe('1 Dec 2026, 10:00 (UTC)');
    await page.locator('[data-conflict="slug"]').getByText('changed the URL slug').waitFor();
    expect(await page.locator('[data-conflict="lang"] :is(ins, del)').count()).toBe(0);
    await close();
  });

  it.each(['the headline', 'the body'])(
    'keeps the focus that came from %s while a colleague writes on',
    async (from) => {
      const room = afterMeeting();
      const { page, emit, close } = await openMeeting(room);
      const text = page.getByRole('textbox', { name: 'Body' });
      await text.locator('> p').first().click();
      if (from === 'the headline') {
        await page.getByRole('textbox', { name: 'Headline' }).click();
        await page.keyboard.press('F8');
      }
      while ((await focused(page)) !== 'contested-2') await page.keyboard.press('F8');
      const open = room.open.get(room.floods)!;
      const { id } = open.body.at(-1)!.$;
      open.body = [...open.body.slice(0, -1), say(id, 'A colleague wrote on.')];
      open.generation += 1;
      await emit('article', { article: room.floods, working: true });
      await expectPage(text).toContainText('A colleague wrote on.');
      expect(await focused(page)).toBe('contested-2');
      // A key that is meant for the versions becomes no letter in the text.
      await page.keyboard.press('2');
      await expectPage(page.locator('[data-conflict="contested-2"]')).toHaveCount(0);
      await close();
    },
  );

  it('has the cursor behind a picture that was chosen', async () => {
    const room = afterMeeting();
    const open = room.open.get(room.floods)!;
    const picture = (caption: string): PlainBlock => ({
      type: 'image',
      $: { id: 'contested-1' },
      asset: 'a'.repeat(64),
      mime: 'image/png',
      width: 40,
      height: 30,
      alt: '',
      caption,
      credit: '',
    });
    open.body = [
      say('above', 'Above.'),
      contested('contested-1', picture('A bridge.'), picture('One bridge.'), picture('Bridges.')),
      say('below', 'Below.'),
    ];
    const { page, close } = await openMeeting(room);
    await page.locator('[data-conflict="contested-1"]').focus();
    await page.keyboard.press('1');
    await page.getByRole('textbox', { name: 'Caption' }).waitFor();
    await page.keyboard.type('And ');
    const lines = page.getByRole('textbox', { name: 'Body' }).locator('> p');
    await expectPage(lines).toHaveText(['Above.', 'And Below.']);
    await close();
  });

  it('says no longer that a field is settled when one goes on: the notice would cover the next', async () => {
    const { page, close } = await openMeeting(afterMeeting(), { width: 1024, height: 700 });
    const told = page.getByRole('region', { name: 'Notices' }).getByText('Headline settled.');
    await page.keyboard.press('F8');
    await page.keyboard.press('1');
    await told.waitFor();
    await page.keyboard.press('F8');
    // It would go by itself after eight seconds.
    await expectPage(told).toHaveCount(0, { timeout: 4000 });
    expect(await focused(page)).toBe('contested-1');
    // Ctrl Z takes it back all the same.
    await page.keyboard.press('Control+z');
    await page.getByRole('group', { name: /Headline: two versions/ }).waitFor();
    await close();
  });

  it('takes the settling of a field back with Ctrl Z, until something else is done', async () => {
    const { page, close } = await openMeeting(afterMeeting());
    const headline = page.getByRole('textbox', { name: 'Headline' });
    const panel = page.locator('[data-conflict="headline-1"]');
    await panel.focus();
    await page.keyboard.press('2');
    await panel.waitFor({ state: 'detached' });
    await page.keyboard.press('F8');
    await page.keyboard.press('Control+z');
    await panel.waitFor();
    expect(await headline.inputValue()).toBe('Rivers Crest Below Record');

    await panel.focus();
    await page.keyboard.press('2');
    await panel.waitFor({ state: 'detached' });
    await expect.poll(() => headline.evaluate((box) => box === document.activeElement)).toBe(true);
    await page.keyboard.press('End');
    await page.keyboard.type('!');
    await page.keyboard.press('Control+z');
    expect(await panel.count()).toBe(0);
    await close();
  });

  it('settles fields again with Ctrl Shift Z, and takes back and does again as many as were settled', async () => {
    const room = afterMeeting();
    const open = room.open.get(room.floods)!;
    open.conflicts = [
      {
        kind: 'field',
        id: 'standfirst-1',
        field: 'standfirst',
        base: '',
        versions: ['One town is cut off.', 'Two towns are cut off.'],
      },
      ...open.conflicts,
    ];
    open.fields.standfirst = 'One town is cut off.';
    const { page, close } = await openMeeting(room);
    const valueOf = (name: string) => () => page.getByRole('textbox', { name }).inputValue();
    const panels = page.locator('[data-conflict="headline-1"], [data-conflict="standfirst-1"]');
    for (const [left, id] of ['standfirst-1', 'headline-1'].entries()) {
      await page.locator(`[data-conflict="${id}"]`).focus();
      await page.keyboard.press('2');
      await expect.poll(() => panels.count()).toBe(1 - left);
    }
    for (const left of [1, 2]) {
      await page.keyboard.press('Control+z');
      await expect.poll(() => panels.count()).toBe(left);
    }
    expect(await valueOf('Standfirst')()).toBe('One town is cut off.');
    for (const left of [1, 0]) {
      await page.keyboard.press('Control+Shift+z');
      await expect.poll(() => panels.count()).toBe(left);
    }
    expect(await valueOf('Standfirst')()).toBe('Two towns are cut off.');
    expect(await valueOf('Headline')()).toBe('Rivers Crest Near 1997 Record');
    await close();
  });

  it('keeps text that was put back into the body while what was typed behind it is undone', async () => {
    const { page, close } = await openMeeting(afterMeeting());
    const last = page.getByLabel('Body', { exact: true }).locator('> p').last();
    await page.getByRole('button', { name: 'Add at the end' }).click();
    await expect.poll(() => last.textContent()).toContain('lost its place');
    await page.keyboard.press('Control+z');
    await page.locator('[data-conflict="unplaced-1"]').waitFor();
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(() => last.textContent()).toContain('lost its place');
    await last.click();
    await page.keyboard.press('End');
    await page.keyboard.type(' It is found.');
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('Control+z');
    await expect.poll(() => last.textContent()).toBe('A sentence that lost its place.');
    await close();
  });

  it('puts text without a place back into the body, and takes it out again when that is undone', async () => {
    const { page, close } = await openMeeting(afterMeeting());
    const body = page.getByLabel('Body', { exact: true });
    await page.getByRole('button', { name: 'Add at the end' }).click();
    await expect.poll(() => body.locator('> p').last().textContent()).toContain('lost its place');
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
    await page.locator('[data-conflict="unplaced-1"]').waitFor();
    await expect.poll(() => body.textContent()).not.toContain('lost its place');
    await close();
  });
});
