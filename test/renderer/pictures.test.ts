import { expect as expectPage } from 'playwright/test';
import { describe, it } from 'vitest';
import { picture } from '../helpers/articles.ts';
import { rendererNewsroom } from '../helpers/renderer-newsroom.ts';
import { useRendererWindow } from '../helpers/renderer-window.ts';

const openWindow = useRendererWindow();

const PIXEL =
  '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="48"><rect width="64" height="48"/></svg>';

describe('a picture that is not on this computer yet', () => {
  it('is shown when it has come, in the text and among the versions of one', async () => {
    const room = rendererNewsroom();
    const open = room.open.get(room.floods)!;
    const plain = picture('a'.repeat(64), 'picture-1');
    open.body = [
      plain,
      {
        type: 'conflict',
        $: { id: 'picture-2' },
        base: null,
        versions: [
          { ...plain, $: { id: 'picture-2' } },
          { ...plain, $: { id: 'picture-2' }, caption: 'The bridge.' },
        ],
      },
    ];
    const desk = room.status.person!.memberships[0]!.desk;
    const route = `/desk/${desk}/in-review?article=${room.floods}`;
    const { page, emit } = await openWindow(room, { route });
    const body = page.getByRole('textbox', { name: 'Body' });
    const missing = body.getByText('The picture is not on this computer yet.');
    await expectPage(missing).toHaveCount(3);

    await page.route('**/assets/*', (asked) =>
      asked.fulfill({ contentType: 'image/svg+xml', body: PIXEL }),
    );
    await emit('status', room.status);
    await expectPage(missing).toHaveCount(0);
    await expectPage(body.getByRole('img', { name: 'A bridge' })).toHaveCount(3);
  });
});

describe('a picture that is the same in every version', () => {
  it('leaves the room to the captions that differ, and is large where one is another', async () => {
    const room = rendererNewsroom();
    const open = room.open.get(room.floods)!;
    const plain = picture('a'.repeat(64), 'picture-1');
    const captioned = (caption: string) => ({ ...plain, caption });
    const other = { ...picture('b'.repeat(64), 'picture-1'), alt: 'Another bridge' };
    open.body = [
      {
        type: 'conflict',
        $: { id: 'picture-1' },
        base: plain,
        versions: [captioned('The bridge.'), captioned('The old bridge.')],
      },
      {
        type: 'conflict',
        $: { id: 'picture-2' },
        base: plain,
        versions: [captioned('The bridge.'), other],
      },
    ];
    const desk = room.status.person!.memberships[0]!.desk;
    const route = `/desk/${desk}/in-review?article=${room.floods}`;
    const { page, emit } = await openWindow(room, { route });
    const tall = PIXEL.replaceAll('width="64" height="48"', 'width="400" height="400"');
    await page.route('**/assets/*', (asked) =>
      asked.fulfill({ contentType: 'image/svg+xml', body: tall }),
    );
    await emit('status', room.status);
    const heights = (id: string) => () =>
      page
        .locator(`[data-conflict="${id}"] img`)
        .evaluateAll((images) => images.map((image) => image.getBoundingClientRect().height));
    await expectPage.poll(heights('picture-1')).toEqual([64, 64, 64]);
    await expectPage.poll(heights('picture-2')).toEqual([180, 64, 180]);
  });
});
