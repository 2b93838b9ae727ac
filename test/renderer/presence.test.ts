import { describe, expect, it } from 'vitest';
import { anId } from '../helpers/articles.ts';
import { rendererNewsroom, type RendererNewsroom } from '../helpers/renderer-newsroom.ts';
import { useRendererWindow } from '../helpers/renderer-window.ts';

const openWindow = useRendererWindow();
const routeTo = ({ status, floods }: RendererNewsroom): string =>
  `/desk/${status.person!.memberships[0]!.desk}/in-review?article=${floods}`;

describe('colleagues in an article', () => {
  it('are named at its head and shown beside the paragraph they are in, until they leave', async () => {
    const room = rendererNewsroom();
    const { floods: article } = room;
    const [first, second] = room.open.get(article)!.body.map(({ $ }) => $.id);
    const leyla = { person: anId(), name: 'Leyla Demir', article };
    room.here = [{ ...leyla, block: first! }];
    const { page, problems, emit, close } = await openWindow(room, { route: routeTo(room) });
    const sheet = page.locator('.stet-sheet');
    await sheet.getByText('Also here:').waitFor();
    expect(await sheet.locator('.stet-colleagues').textContent()).toContain('Leyla Demir');
    const mark = page.getByRole('img', { name: 'Leyla Demir is in this paragraph' });
    const besides = async (paragraph: number): Promise<number> => {
      const at = await page
        .getByLabel('Body', { exact: true })
        .locator('> *')
        .nth(paragraph)
        .boundingBox();
      return Math.abs((await mark.boundingBox())!.y - at!.y);
    };
    expect(await besides(0)).toBeLessThan(12);
    await emit('presence', { here: [{ ...leyla, block: second! }] });
    await expect.poll(() => besides(1)).toBeLessThan(12);
    await emit('presence', { here: [{ ...leyla, article: anId(), block: second! }] });
    await mark.waitFor({ state: 'detached' });
    expect(await sheet.getByText('Also here:').count()).toBe(0);
    expect(problems).toEqual([]);
    await close();
  });

  it('are told which paragraph this person is in, and that they left', async () => {
    const room = rendererNewsroom();
    const { floods: article } = room;
    const [, second] = room.open.get(article)!.body.map(({ $ }) => $.id);
    const { page, close } = await openWindow(room, { route: routeTo(room) });
    await page.getByLabel('Body', { exact: true }).locator('> *').nth(1).click();
    await expect.poll(() => room.place).toEqual({ article, block: second });
    await page.getByRole('button', { name: 'New article' }).click();
    await expect.poll(() => room.place?.article).not.toBe(article);
    await close();
  });
});
