import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, it } from 'vitest';
import {
  keptWork,
  rendererNewsroom,
  type RendererNewsroom,
} from '../../helpers/renderer-newsroom.ts';
import { useRendererWindow, type RendererWindow } from '../../helpers/renderer-window.ts';

const openWindow = useRendererWindow();
let window: RendererWindow;
let room: RendererNewsroom;

async function openBin(options: { empty?: boolean; colorScheme?: 'light' | 'dark' } = {}) {
  room = rendererNewsroom();
  if (!options.empty) room.vault = keptWork();
  window = await openWindow(room, { route: '/bin', colorScheme: options.colorScheme ?? 'light' });
  await window.page.getByText('The bin is empty').waitFor();
}

async function openVault(): Promise<void> {
  await window.page.keyboard.press('Control+k');
  await window.page.getByRole('searchbox').pressSequentially('vault');
  await window.page.locator('.option[data-focused]', { hasText: 'Vault…' }).waitFor();
  await window.page.keyboard.press('Enter');
  await dialog('Vault').waitFor();
}

const HEADLINE = 'Dam Report Was Never Read, Engineers Say';
const dialog = (name: string) => window.page.getByRole('dialog', { name, exact: true });
const button = (name: string) => window.page.getByRole('button', { name, exact: true });
const entries = () => dialog('Vault').getByRole('listitem');

async function bars(): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: window.page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

describe('the vault', () => {
  it.each(['light', 'dark'] as const)(
    'bars nobody in %s, in the list and in a text',
    async (of) => {
      await openBin({ colorScheme: of });
      await openVault();
      await entries().first().waitFor();
      expect(await bars()).toEqual([]);
      await button(`Read ${HEADLINE}`).click();
      await window.page.getByText('Ask for the gauge readings of 1997.').waitFor();
      expect(await bars()).toEqual([]);
      expect(window.problems).toEqual([]);
    },
  );

  it('is found beside the outbox, and says there how much it keeps', async () => {
    await openBin();
    await window.page
      .getByRole('contentinfo')
      .getByRole('button', { name: /^Online/ })
      .click();
    await dialog('Outbox and server').getByText('2 kept').waitFor();
    await button('Open the vault').click();
    await entries().getByText('2 edits · 1 comment · Submit').waitFor();
  });

  it('says that it is empty where nothing is kept', async () => {
    await openBin({ empty: true });
    await openVault();
    await dialog('Vault').getByText('The vault is empty').waitFor();
  });

  it('is what a notice about an article that was closed leads to', async () => {
    await openBin();
    await window.emit('notice', {
      tone: 'warning',
      text: '“Dam” is no longer open to you.',
      article: null,
      command: 'vault.open',
    });
    await button('Vault…').click();
    await dialog('Vault').waitFor();
  });

  it('takes the notice of it away, however it was opened', async () => {
    await openBin();
    const text = '“Dam” is no longer open to you.';
    await window.emit('notice', {
      ...{ tone: 'warning', text },
      ...{ article: null, command: 'vault.open' },
    });
    const notice = window.page.getByRole('region', { name: 'Notices' }).getByText(text);
    await notice.waitFor();
    await openVault();
    await notice.waitFor({ state: 'detached' });
  });
});

describe('a text in the vault', () => {
  it('is shown whole, each line in its own direction, and is read by keyboard alone', async () => {
    await openBin();
    await openVault();
    await button(`Read ${HEADLINE}`).focus();
    await window.page.keyboard.press('Enter');
    const reader = dialog(HEADLINE);
    for (const text of ['Byline', 'Jonah Okafor', 'Keywords', 'Note', 'Unsent comment'])
      await reader.getByText(text, { exact: true }).waitFor();
    const arabic = reader.getByText('قال مهندسون إن السد لا يصمد.');
    expect(await arabic.evaluate((line) => getComputedStyle(line).direction)).toBe('rtl');
    await expect
      .poll(() => reader.evaluate((box) => box.contains(document.activeElement)))
      .toBe(true);
    await button('Back to the vault').press('Enter');
    await dialog('Vault').waitFor();
    await window.page.keyboard.press('Escape');
    await dialog('Vault').waitFor({ state: 'hidden' });
  });

  it('is copied, and saved as a file', async () => {
    await openBin();
    await window.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await openVault();
    await button(`Read ${HEADLINE}`).click();
    await button('Copy text').click();
    await window.page.getByText('Copied.').waitFor();
    const copied = await window.page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain('Byline:\nJonah Okafor\nليلى دمير\n\nThe dam does not hold');
    const download = window.page.waitForEvent('download');
    await button('Save as a file').click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('2026-11-14-dam-report-00000001.txt');
    expect(await readFile(await file.path(), 'utf8')).toBe(copied);
  });

  it('comes back into an article, which opens, and stays marked until it is discarded', async () => {
    await openBin();
    await openVault();
    await button(`Bring back ${HEADLINE}`).click();
    await window.page.getByText('is a new article of yours').waitFor();
    await window.page.getByLabel('Body', { exact: true }).waitFor();
    await openVault();
    await entries().first().getByText('Brought back').waitFor();
    expect(await button(`Bring back ${HEADLINE}`).count()).toBe(0);
    await button(`Open ${HEADLINE}`).waitFor();
  });

  it('cannot come back while there is nowhere to, and says why', async () => {
    await openBin();
    await openVault();
    const bring = entries()
      .nth(1)
      .getByRole('button', { name: /^Bring back/ });
    await bring.focus();
    await window.page.getByRole('tooltip', { name: /You work on no desk/ }).waitFor();
    await window.page.keyboard.press('Enter');
    expect(room.calls.filter(({ name }) => name === 'vault.bringBack')).toEqual([]);
  });

  it('goes only after a question, whose first answer keeps it', async () => {
    await openBin();
    await openVault();
    await button(`Discard ${HEADLINE}…`).click();
    const question = window.page.getByRole('alertdialog', { name: 'Discard what is kept?' });
    await question.getByText('It is nowhere else').waitFor();
    await expect
      .poll(() => window.page.evaluate(() => document.activeElement?.textContent))
      .toBe('Keep it');
    await window.page.keyboard.press('Escape');
    await dialog('Vault').waitFor();
    expect(room.vault).toHaveLength(2);
    await button(`Read ${HEADLINE}`).click();
    await button('Discard…').click();
    await question.getByRole('button', { name: 'Discard' }).click();
    await expect.poll(() => entries().count()).toBe(1);
    expect(room.vault).toHaveLength(1);
  });
});
