import type { Locator, Page } from 'playwright';
import { expect as expectPage } from 'playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFromReview } from '../helpers/review-queue.ts';
import {
  openNewsroom,
  type RunningNewsroom,
  type RunningStet,
} from '../helpers/running-newsroom.ts';

/** Two copy editors and a chief work on one article, the first two without a network, and meet: nothing typed is missing. */

let newsroom: RunningNewsroom;
beforeAll(async () => {
  newsroom = await openNewsroom();
});
afterAll(() => newsroom.close());

const LATER = { timeout: 60_000 };

async function sampleServer(page: Page, running: boolean): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Queues' })
    .getByText(/^Newsroom/)
    .click();
  const panel = page.getByRole('dialog', { name: 'Outbox and server' });
  const [wanted, standing] = running ? ['Start', 'Stop'] : ['Stop', 'Start'];
  await panel.getByRole('button', { name: `${wanted} the sample server` }).click();
  await panel.getByRole('button', { name: `${standing} the sample server` }).waitFor();
  await panel.getByRole('button', { name: 'Close' }).click();
}

const bodyOf = (page: Page): Locator => page.getByRole('textbox', { name: 'Body' });
const headlineOf = (page: Page): Locator => page.getByRole('textbox', { name: 'Headline' });
const statusOf = (page: Page): Locator => page.locator('footer');

async function begin(page: Page, headline: string, sentences: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: 'New article' }).click();
  await headlineOf(page).fill(headline);
  await page.getByRole('combobox', { name: 'Section' }).fill('News Room');
  await bodyOf(page).click();
  for (const [index, sentence] of sentences.entries()) {
    if (index > 0) await page.keyboard.press('Enter');
    await page.keyboard.type(sentence);
  }
  await page.getByRole('tab', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Submit' }).click();
  await expectPage(statusOf(page)).toContainText('everything synced', LATER);
}

/** Puts the cursor at the end of the paragraph that begins with these words. */
async function toEndOf(page: Page, words: string): Promise<void> {
  await bodyOf(page).locator('> p').filter({ hasText: words }).first().click();
  await page.keyboard.press('End');
}

/** A selection made by keys reaches Lexical in an event of its own; what is typed next has to come after it. */
async function selectLine(page: Page): Promise<void> {
  await page.keyboard.press('Shift+Home');
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
}

/** The words of the column as they stand, without those that a comparison shows as taken out. */
const standing = (page: Page): Promise<string> =>
  page.locator('.stet-sheet').evaluate((sheet) => {
    const copy = sheet.cloneNode(true) as Element;
    for (const removed of copy.querySelectorAll('del')) removed.remove();
    return copy.textContent;
  });

async function replaceParagraph(page: Page, words: string, next: string): Promise<void> {
  await toEndOf(page, words);
  await selectLine(page);
  await page.keyboard.type(next);
}

/** Cuts a paragraph in two, as Enter does. */
async function splitBefore(page: Page, words: string): Promise<void> {
  const paragraph = bodyOf(page).locator('> p').filter({ hasText: words });
  await paragraph.click();
  await paragraph.evaluate(async (element, found) => {
    const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode();
    getSelection()?.collapse(text, text?.textContent?.indexOf(found) ?? 0);
    // Lexical reads the selection in the event that follows.
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  }, words);
  await page.keyboard.press('Enter');
}

async function removeParagraph(page: Page, words: string): Promise<void> {
  await toEndOf(page, words);
  await selectLine(page);
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
}

async function synced(stet: RunningStet): Promise<void> {
  await expectPage(statusOf(stet.page)).toContainText('everything synced', LATER);
}

const focusedConflict = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.getAttribute('data-conflict') ?? null);

test('two editors change one article offline, and a chief who saw neither settles what they contested', async () => {
  const rim = await newsroom.open('jonah');
  const other = await newsroom.open('rim');
  const slot = await newsroom.open('haidari');
  await begin(rim.page, 'Ferry Lane Reopens', [
    'The road reopened at dawn.',
    'Crews worked all night. Nobody was hurt.',
    'The pump is on its way.',
    'Schools stay closed.',
    'The council meets on Monday.',
  ]);
  await openFromReview(other.page, 'Ferry Lane Reopens');
  await openFromReview(slot.page, 'Ferry Lane Reopens');
  await sampleServer(rim.page, false);
  for (const { page } of [rim, other])
    await expectPage(statusOf(page)).toContainText('Offline since', LATER);

  // Each in their own way.
  await headlineOf(rim.page).fill('Ferry Lane Reopens After Nine Days');
  await replaceParagraph(rim.page, 'The road reopened', 'The road reopened at six.');
  await splitBefore(rim.page, 'Nobody was hurt.');
  await removeParagraph(rim.page, 'The pump is on its way.');
  await toEndOf(rim.page, 'The council meets');
  await rim.page.keyboard.type(' It sits in public.');
  await rim.page.getByRole('combobox', { name: 'Add to contributors' }).click();
  await rim.page.keyboard.type('Ferreira');
  await rim.page
    .locator('.stet-sheet')
    .getByRole('option', { name: /Ferreira/ })
    .click();

  await headlineOf(other.page).fill('Ferry Lane Is Open Again');
  await replaceParagraph(other.page, 'The road reopened', 'The road reopened at first light.');
  await replaceParagraph(other.page, 'The pump is on', 'The second pump is on its way.');
  await toEndOf(other.page, 'Crews worked all night.');
  await other.page.keyboard.type(' Two slept.');
  await toEndOf(other.page, 'Schools stay closed.');
  await other.page.keyboard.type(' Buses run.');
  await other.page.getByRole('combobox', { name: 'Add to byline' }).click();
  await other.page.keyboard.type('Lindqvist');
  await other.page
    .locator('.stet-sheet')
    .getByRole('option', { name: /A\. Lindqvist/ })
    .click();
  for (const { page } of [rim, other])
    await expectPage(statusOf(page)).toContainText(/changes? waiting to go/, LATER);

  // They meet. Both windows show the same, and so does the chief's.
  await sampleServer(rim.page, true);
  for (const stet of [rim, other, slot]) await synced(stet);
  for (const { page } of [rim, other, slot]) {
    const column = page.locator('.stet-sheet');
    await expectPage(column.getByRole('group', { name: 'Headline: two versions' })).toBeVisible(
      LATER,
    );
    await expectPage(column.getByRole('group', { name: /^Two versions of this/ })).toHaveCount(
      2,
      LATER,
    );
  }
  const said = [
    'Ferry Lane Reopens After Nine Days',
    'Ferry Lane Is Open Again',
    'at six.',
    'at first light.',
    'Crews worked all night.',
    'Nobody was hurt. Two slept.',
    'The second pump is on its way.',
    'Schools stay closed. Buses run.',
    'The council meets on Monday. It sits in public.',
    'S. Ferreira',
    'A. Lindqvist',
  ];
  for (const { page } of [rim, other, slot]) {
    for (const words of said) await expect.poll(() => standing(page), LATER).toContain(words);
  }

  // The chief reads who did what, and cannot approve yet.
  const { page } = slot;
  const sheet = page.locator('.stet-sheet');
  await expectPage(sheet).toContainText('Jonah Okafor removed this paragraph; R. Imre changed it.');
  await expectPage(
    page.getByRole('complementary', { name: 'Inspector' }).getByText('3 to settle').first(),
  ).toBeVisible();
  const approve = page.getByRole('button', { name: 'Approve', exact: true });
  await expectPage(approve).toHaveAttribute('aria-disabled', 'true');

  // By keyboard alone: from one to the next, and each taken by its number.
  await page.keyboard.press('F8');
  await expectPage(sheet.getByRole('group', { name: 'Headline: two versions' })).toBeFocused();
  const versions = sheet.getByRole('group', { name: 'Headline: two versions' }).getByRole('group');
  const first = await versions.first().textContent();
  await page.keyboard.press(first?.includes('Nine Days') ? '1' : '2');
  await expectPage(headlineOf(page)).toHaveValue('Ferry Lane Reopens After Nine Days');
  await page.keyboard.press('F8');
  expect(await focusedConflict(page)).not.toBeNull();
  await page.keyboard.press('b');
  await expectPage(
    bodyOf(page).locator('> p').filter({ hasText: 'The road reopened' }),
  ).toHaveCount(2);
  await page.keyboard.press('F8');
  const pump = sheet.getByRole('group', { name: 'Two versions of this paragraph' });
  await expectPage(pump).toBeFocused();
  const kept = await pump.getByRole('group').first().textContent();
  await page.keyboard.press(kept?.includes('second pump') ? '1' : '2');
  await expectPage(sheet.locator('[data-conflict]')).toHaveCount(0);
  // What was taken is edited at once.
  await page.keyboard.type(' So is a third.');

  await expectPage(approve).not.toHaveAttribute('aria-disabled', 'true', LATER);
  await approve.click();
  await expectPage(
    page.getByRole('complementary', { name: 'Inspector' }).getByText('Approved').first(),
  ).toBeVisible(LATER);
  for (const { page: window } of [rim, other]) {
    await expectPage(bodyOf(window)).toContainText(
      'The second pump is on its way. So is a third.',
      LATER,
    );
    await expectPage(headlineOf(window)).toHaveValue('Ferry Lane Reopens After Nine Days');
    await expectPage(window.locator('[data-conflict]')).toHaveCount(0);
  }
  for (const stet of [rim, other, slot]) {
    const offline = stet.problems.filter((problem) => !problem.includes('ERR_'));
    expect(offline).toEqual([]);
    await stet.close();
  }
}, 300_000);

test('a colleague’s change comes in under the cursor without disturbing the typing', async () => {
  const rim = await newsroom.open('jonah', { profile: 'typing-jonah' });
  const other = await newsroom.open('rim', { profile: 'typing-rim' });
  await begin(rim.page, 'Two at One Desk', ['The first paragraph stands.', 'The second grows.']);
  await openFromReview(other.page, 'Two at One Desk');

  await toEndOf(other.page, 'The second grows.');
  const sentence = ' It grows while a colleague writes above it, and no letter is lost or moved.';
  const typing = other.page.keyboard.type(sentence, { delay: 90 });
  await replaceParagraph(rim.page, 'The first paragraph', 'The first paragraph was rewritten.');
  await typing;
  await expectPage(bodyOf(other.page)).toContainText('The first paragraph was rewritten.', LATER);
  await other.page.keyboard.type(' To the end.');
  const grown = `The second grows.${sentence} To the end.`;
  await expectPage(bodyOf(other.page).locator('> p').last()).toHaveText(grown);
  await expectPage(bodyOf(rim.page).locator('> p').last()).toHaveText(grown, LATER);
  expect(await other.page.locator('[data-conflict]').count()).toBe(0);
  await rim.close();
  await other.close();
});
