import { describe, expect, it } from 'vitest';
import type { Block, Suggestion } from '#shared/article';
import { rendererNewsroom, type RendererNewsroom } from '../../helpers/renderer-newsroom.ts';
import { paragraph, text } from '../../helpers/articles.ts';
import { useRendererWindow, type RendererWindow } from '../../helpers/renderer-window.ts';

const openWindow = useRendererWindow();
let window: RendererWindow;
let room: RendererNewsroom;

/** Opens an article with a deletion and an insertion that wait for an answer. */
async function open(readOnly: string | null = null): Promise<void> {
  room = rendererNewsroom();
  const article = room.open.get(room.floods)!;
  const by = room.status.person!.id;
  const mark = (id: string): Suggestion => ({ id, by, at: '2026-11-14T12:02:00.000Z' });
  const block: Block = {
    ...paragraph('', 'marked-block'),
    children: [
      text('below its record '),
      { type: 'text', text: 'on ', $: { deleted: mark('goes0001') } },
      text('early Saturday '),
      { type: 'text', text: 'morning', $: { inserted: mark('comes001') } },
    ],
  };
  article.body = [block];
  article.readOnly = readOnly;
  const desk = room.status.person!.memberships[0]!.desk;
  window = await openWindow(room, { route: `/desk/${desk}/in-review?article=${room.floods}` });
  await body().waitFor();
}

const body = () => window.page.getByLabel('Body', { exact: true });
const card = (name: string) => window.page.getByRole('article', { name });
const stored = (): unknown =>
  (room.open.get(room.floods)!.body[0] as { children: unknown }).children;

describe('suggestions', () => {
  it('stand in the text as what comes and what goes', async () => {
    await open();
    await body().getByRole('deletion').getByText('on').waitFor();
    await body().getByRole('insertion').getByText('morning').waitFor();
  });

  it('are accepted and rejected by keyboard, card after card', async () => {
    await open();
    await card('Suggestion on “on ”').getByRole('button', { name: 'Accept' }).focus();
    await window.page.keyboard.press('Enter');
    await card('Suggestion on “on ”').waitFor({ state: 'hidden' });
    const next = card('Suggestion on “morning”').getByRole('button', { name: 'Accept' });
    await expect.poll(() => next.evaluate((it) => it === document.activeElement)).toBe(true);
    await window.page.keyboard.press('Tab');
    await window.page.keyboard.press('Enter');
    await card('Suggestion on “morning”').waitFor({ state: 'hidden' });
    await expect.poll(stored).toEqual([text('below its record early Saturday ')]);
  });

  it('are settled where the cursor is, and come back with undo', async () => {
    await open();
    await body().click();
    await window.page.keyboard.press('Control+Home');
    await window.page.keyboard.press('Control+Alt+j');
    await window.page.keyboard.press('Control+Alt+x');
    await card('Suggestion on “on ”').waitFor({ state: 'hidden' });
    await expect.poll(() => body().textContent()).toContain('record on early');
    await window.page.keyboard.press('Control+z');
    await card('Suggestion on “on ”').waitFor();
  });

  it('never take words with them that were typed behind what is to go', async () => {
    await open();
    await body().getByRole('deletion').click();
    await window.page.keyboard.press('Control+Home');
    for (const _ of 'below its record on ') await window.page.keyboard.press('ArrowRight');
    await window.page.keyboard.type('very ');
    await card('Suggestion on “on ”').getByRole('button', { name: 'Accept' }).click();
    await expect.poll(() => body().textContent()).toContain('record very early Saturday');
  });

  it('cannot be settled by somebody who may only read', async () => {
    await open('Only the desk may change this now.');
    expect(
      await card('Suggestion on “on ”').getByRole('button', { name: 'Accept' }).isDisabled(),
    ).toBe(true);
  });
});
