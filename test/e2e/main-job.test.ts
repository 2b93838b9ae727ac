import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect as expectPage } from 'playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFromReview } from '../helpers/review-queue.ts';
import { openNewsroom, type RunningNewsroom } from '../helpers/running-newsroom.ts';

/** The whole job as two people do it: each runs Stet by the README's command, in a window of a real Chromium. */

const PAGE_OF_NEWS = join(import.meta.dirname, '../fixtures/import/harbour-page.txt');

let newsroom: RunningNewsroom;
beforeAll(async () => {
  newsroom = await openNewsroom();
});
afterAll(() => newsroom.close());

async function sampleServer(page: Page, running: boolean): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Queues' })
    .getByText(/^Newsroom/)
    .click();
  const panel = page.getByRole('dialog', { name: 'Outbox and server' });
  await panel
    .getByRole('button', { name: running ? 'Start the sample server' : 'Stop the sample server' })
    .click();
  await panel
    .getByRole('button', { name: running ? 'Stop the sample server' : 'Start the sample server' })
    .waitFor();
  await panel.getByRole('button', { name: 'Close' }).click();
}

async function openFile(page: Page, path: string): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.keyboard.press('Control+o'),
  ]);
  await chooser.setFiles(path);
}

async function answer(
  page: Page,
  title: string,
  words: string | null,
  button: string,
): Promise<void> {
  const dialog = page.getByRole('alertdialog', { name: title });
  if (words !== null) await dialog.getByRole('textbox').fill(words);
  await dialog.getByRole('button', { name: button, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
}

test('takes a page in offline, reviews, publishes, corrects and withdraws it', async () => {
  const rim = await newsroom.open('jonah');
  const slot = await newsroom.open('haidari');
  const status = rim.page.locator('footer');
  await expectPage(status).toContainText('everything synced', { timeout: 30_000 });

  // The copy editor, with the server stopped.
  await sampleServer(rim.page, false);
  await expectPage(status).toContainText('Offline since');
  await openFile(rim.page, PAGE_OF_NEWS);
  const report = rim.page.getByRole('dialog', { name: /Take in/ });
  await expectPage(report).toContainText('Recognised as a news page');
  await expectPage(report).toContainText('Contributors');
  await report.getByRole('button', { name: 'Make the article' }).click();

  const headline = rim.page.getByRole('textbox', { name: 'Headline' });
  await headline.click();
  await rim.page.keyboard.press('ControlOrMeta+a');
  await rim.page.keyboard.type('Dockers Return to Work After Nine Days');
  await rim.page.getByRole('combobox', { name: 'Add to contributors' }).click();
  await rim.page.keyboard.type('Ferreira');
  await rim.page.getByRole('option', { name: /Ferreira/ }).click();
  await expectPage(rim.page.getByText(/^Reads:/)).toContainText('and S. Ferreira contributed');
  await rim.page.getByRole('tab', { name: 'Related' }).click();
  const inspector = rim.page.getByRole('complementary', { name: 'Inspector' });
  const related = rim.page.getByRole('region', { name: 'Related articles' }).getByRole('listitem');
  for (const [topic, title] of [
    ['levee', 'Levee Inspection Was Put Off Twice, Records Show'],
    ['ferry', 'Winter Ferry Keeps Its Early Boat After All'],
  ] as const) {
    await inspector.getByLabel('Search the archive, or paste an address').fill(topic);
    const found = inspector.getByRole('article', { name: title });
    await found.getByRole('button', { name: 'Add', exact: true }).click();
    await expectPage(related.filter({ hasText: title })).toBeVisible();
  }
  await rim.page.getByRole('tab', { name: 'Review' }).click();
  await rim.page.getByRole('button', { name: 'Submit' }).click();
  await expectPage(inspector.getByText('In review')).toBeVisible();
  await expectPage(status).toContainText(/Offline since .* changes? waiting to go/);

  // Online again it goes by itself, and the desk chief has it.
  await sampleServer(rim.page, true);
  await expectPage(status).toContainText('everything synced', { timeout: 30_000 });
  await openFromReview(slot.page, 'Dockers Return to Work After Nine Days');
  await slot.page.getByRole('button', { name: 'Send back…' }).click();
  await answer(slot.page, 'Send back', 'Name the source of the figures.', 'Send back');

  await expectPage(inspector.getByText('Name the source of the figures.')).toBeVisible({
    timeout: 30_000,
  });
  const body = rim.page.getByRole('textbox', { name: 'Body' });
  await body.getByText('Both sides have also').first().click();
  await rim.page.keyboard.press('End');
  await rim.page.keyboard.type(' The figures are the port authority’s.');
  await rim.page.getByRole('button', { name: 'Submit' }).click();

  await expectPage(slot.page.getByRole('textbox', { name: 'Body' })).toContainText(
    'The figures are the port authority’s.',
    { timeout: 30_000 },
  );
  await slot.page.getByRole('button', { name: 'Approve', exact: true }).click();
  await slot.page.getByRole('button', { name: 'Publish', exact: true }).click({ timeout: 30_000 });
  await answer(slot.page, 'Publish now?', null, 'Publish');
  await expectPage(slot.page.getByRole('button', { name: 'Open the public page' })).toBeVisible({
    timeout: 30_000,
  });

  // What readers see.
  const site = await newsroom.siteUrl();
  const reader = await newsroom.browser.newPage();
  await reader.goto(site);
  await reader
    .getByRole('link', { name: 'Dockers Return to Work After Nine Days' })
    .first()
    .click();
  const story = reader.getByRole('main');
  await expectPage(story.getByRole('heading', { level: 1 })).toHaveText(
    'Dockers Return to Work After Nine Days',
  );
  await expectPage(story).toContainText('The figures are the port authority’s.');
  await expectPage(story).toContainText(
    'Valley Radio Kurdish Service and S. Ferreira contributed to this report.',
  );
  await expectPage(story.getByText(/^Posted on: .* \| By: /).first()).toBeVisible();
  await expectPage(reader.getByRole('contentinfo')).toContainText('Story submissions');
  await expectPage(reader.getByRole('contentinfo')).toContainText('Privacy & cookies');
  const address = reader.url();

  await slot.page
    .getByRole('textbox', { name: 'Headline' })
    .fill('Dockers Return to Work After Ten Days');
  await slot.page.getByRole('button', { name: 'Publish correction…' }).click();
  await answer(
    slot.page,
    'Publish correction',
    'An earlier version gave the wrong number of days.',
    'Publish correction',
  );
  await expect
    .poll(async () => (await reader.request.get(address)).text(), { timeout: 30_000 })
    .toContain('An earlier version gave the wrong number of days.');
  await reader.reload();
  await expectPage(story.getByRole('heading', { level: 1 })).toHaveText(
    'Dockers Return to Work After Ten Days',
  );

  await slot.page.getByRole('button', { name: 'Withdraw…' }).click();
  await answer(slot.page, 'Withdraw', 'The talks were not over.', 'Withdraw');
  await expect
    .poll(async () => (await reader.request.get(address)).status(), { timeout: 30_000 })
    .toBe(410);
  await expectPage(
    slot.page.getByRole('complementary', { name: 'Inspector' }).getByText('Withdrawn'),
  ).toBeVisible();

  expect(rim.problems).toEqual([]);
  expect(slot.problems).toEqual([]);
  await rim.close();
  await slot.close();
});
