import { describe, expect, it } from 'vitest';
import { rendererNewsroom, type RendererNewsroom } from '../../helpers/renderer-newsroom.ts';
import { useRendererWindow } from '../../helpers/renderer-window.ts';

const openWindow = useRendererWindow();

const route = ({ status, floods }: RendererNewsroom): string =>
  `/desk/${status.person!.memberships[0]!.desk}/in-review?article=${floods}`;

describe('an article that is closed to a person', () => {
  it('makes room for a sentence that says what is safe, and stands there again when it is back', async () => {
    const room = rendererNewsroom();
    const { page, emit, problems } = await openWindow(room, { route: route(room) });
    const body = page.getByRole('textbox', { name: 'Body' });
    await body.waitFor();
    const article = room.open.get(room.floods)!;
    room.open.delete(room.floods);
    await emit('article', { article: room.floods, working: false });
    const gone = page.getByRole('alert').filter({ hasText: 'not on this computer' });
    await gone.waitFor();
    expect(await body.count()).toBe(0);
    expect(await page.getByRole('contentinfo').innerText()).not.toContain('Not saved');
    await gone.getByRole('button', { name: 'Vault…' }).click();
    await page.getByRole('dialog', { name: 'Vault' }).waitFor();
    await page.keyboard.press('Escape');

    await gone.getByRole('button', { name: 'Try again' }).click();
    await gone.waitFor();
    room.open.set(room.floods, article);
    await emit('article', { article: room.floods, working: true });
    await body.waitFor();
    expect(problems).toEqual([]);
  });

  it('stays in sight with what was just typed, which is on no disk, and says so', async () => {
    const room = rendererNewsroom();
    const { page, emit } = await openWindow(room, { route: route(room) });
    const body = page.getByRole('textbox', { name: 'Body' });
    await body.locator('> p').first().click();
    room.open.delete(room.floods);
    await page.keyboard.type('Typed just now.');
    await emit('article', { article: room.floods, working: false });
    await page.getByRole('contentinfo').getByText('Not saved').waitFor();
    await body.getByText('Typed just now.').waitFor();
  });

  it('is shown when it arrives, where it was not there yet, and the status bar stands below meanwhile', async () => {
    const room = rendererNewsroom();
    const article = room.open.get(room.floods)!;
    room.open.delete(room.floods);
    const { page, emit } = await openWindow(room, { route: route(room) });
    const missing = page.getByRole('alert').filter({ hasText: 'not on this computer' });
    await missing.waitFor();
    await page.getByRole('contentinfo').getByText('Online').waitFor();
    room.open.set(room.floods, article);
    await missing.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('textbox', { name: 'Body' }).waitFor();

    room.open.delete(room.floods);
    await page.reload();
    await missing.waitFor();
    room.open.set(room.floods, article);
    await emit('article', { article: room.floods, working: true });
    await page.getByRole('textbox', { name: 'Body' }).waitFor();
  });
});
