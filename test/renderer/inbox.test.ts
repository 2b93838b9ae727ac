import { describe, expect, it } from 'vitest';
import { rendererNewsroom } from '../helpers/renderer-newsroom.ts';
import { useRendererWindow } from '../helpers/renderer-window.ts';

const openWindow = useRendererWindow();

describe('a reader’s message', () => {
  it('leads to the article that a colleague made of it', async () => {
    const room = rendererNewsroom();
    const desk = room.status.person!.memberships[0]!.desk;
    const { page, problems, emit, close } = await openWindow(room, { route: `/inbox/${desk}` });
    await page.getByRole('button', { name: 'Make an article of it' }).waitFor();
    room.inbox[0]!.became = room.floods;
    await emit('inbox', { desk });
    await page.getByRole('button', { name: 'Open the article made of it' }).click();
    const { headline } = room.open.get(room.floods)!.fields;
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Headline' }).inputValue())
      .toBe(headline);
    expect(problems).toEqual([]);
    await close();
  });
});
