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
