import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, it } from 'vitest';
import { rendererNewsroom, type RendererNewsroom } from '../../helpers/renderer-newsroom.ts';
import { useRendererWindow, type RendererWindow } from '../../helpers/renderer-window.ts';

const openWindow = useRendererWindow();
let window: RendererWindow;
let room: RendererNewsroom;

async function open({ sample = false } = {}): Promise<void> {
  room = rendererNewsroom();
  if (!sample) room.status.sample = null;
  window = await openWindow(room, { route: '/bin' });
  await window.page.getByText('The bin is empty').waitFor();
  await window.page.getByRole('button', { name: /desk chief/ }).click();
  await window.page.getByRole('menuitem', { name: /Settings/ }).waitFor();
}

const item = () => window.page.getByRole('menuitem', { name: 'Change password…' });
const field = (name: string) => window.page.getByLabel(name, { exact: true });
const send = () => window.page.getByRole('button', { name: 'Change password', exact: true });
const changes = () => room.calls.filter(({ name }) => name === 'session.changePassword');

describe('one’s own password', () => {
  it('is changed from the menu of the person, by keyboard, with the present one', async () => {
    await open();
    await item().click();
    const dialog = window.page.getByRole('dialog', { name: 'Change password' });
    await dialog.waitFor();
    const { violations } = await new AxeBuilder({ page: window.page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);

    await field('Present password').fill('a wrong one');
    await field('New password').fill('a new password');
    await field('New password, once more').fill('a new passworD');
    await dialog.getByText('The two are not the same.').waitFor();
    expect(await send().isDisabled()).toBe(true);
    await field('New password, once more').fill('a new password');
    await window.page.keyboard.press('Enter');
    await dialog.getByRole('alert').getByText('This is not your present password.').waitFor();

    await field('Present password').fill('the present one');
    await window.page.keyboard.press('Enter');
    await window.page.getByText('2 other devices of yours were signed out').waitFor();
    await dialog.waitFor({ state: 'hidden' });
    expect(changes().map(({ input }) => input)).toEqual([
      { current: 'a wrong one', password: 'a new password' },
      { current: 'the present one', password: 'a new password' },
    ]);
    expect(window.problems).toEqual([]);
  });

  it('is not sent while the new one is too short', async () => {
    await open();
    await item().click();
    await field('Present password').fill('the present one');
    await field('New password').fill('too short');
    await field('New password, once more').fill('too short');
    await window.page.keyboard.press('Enter');
    expect(await send().isDisabled()).toBe(true);
    expect(changes()).toEqual([]);
  });

  it('is not offered in the sample newsroom, where nobody has one', async () => {
    await open({ sample: true });
    expect(await item().count()).toBe(0);
  });
});
