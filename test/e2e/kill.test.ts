import type { Page } from 'playwright';
import { expect as expectPage } from 'playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openNewsroom, type RunningNewsroom } from '../helpers/running-newsroom.ts';

/** The core is ended without warning, again and again, while somebody types with a real keyboard. */

let newsroom: RunningNewsroom;
beforeAll(async () => {
  newsroom = await openNewsroom();
});
afterAll(() => newsroom.close());

/** What the core has said of edits: the body's words as of the last one it called saved. */
interface Told {
  saved: () => string;
  /** Settles once something has been saved that `wanted` likes. */
  until: (wanted: (words: string) => boolean) => Promise<void>;
}

/** Listens on the page's own line to the core: an edit counts as saved once its answer has come. */
function listen(page: Page): Told {
  const sent = new Map<number, string>();
  let saved = '';
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => {
      const { id, name, input } = JSON.parse(String(payload)) as {
        id: number;
        name: string;
        input: { blocks?: { children?: { text?: string }[] }[] };
      };
      const words = input.blocks?.map(({ children }) =>
        (children ?? []).map(({ text }) => text ?? '').join(''),
      );
      if (name === 'article.edit' && words) sent.set(id, words.join('\n'));
    });
    socket.on('framereceived', ({ payload }) => {
      const message = JSON.parse(String(payload)) as { id?: number; reply?: { ok: boolean } };
      const words = sent.get(message.id ?? 0);
      if (words !== undefined && message.reply?.ok) saved = words;
    });
  });
  return {
    saved: () => saved,
    until: (wanted) => expect.poll(() => wanted(saved), { timeout: 20_000 }).toBe(true),
  };
}

test('a core that is killed while someone types has all that it called saved, and list and search agree', async () => {
  const headline = 'Dredging Begins in the Inner Harbour';
  let expected = '';
  for (const round of [1, 2, 3]) {
    const { page, kill } = await newsroom.open('jonah');
    const told = listen(page);
    // The listener has to stand before the page connects.
    await page.reload();
    await page.getByRole('navigation', { name: 'Queues' }).waitFor();
    if (round === 1) {
      await page.keyboard.press('Control+Alt+a');
      await page.getByRole('textbox', { name: 'Headline' }).click();
      await page.keyboard.type(headline);
    } else {
      await page.getByRole('region', { name: 'List' }).getByText(headline).first().click();
      const body = page.getByRole('textbox', { name: 'Body' });
      await expectPage(body).toContainText(expected);
    }
    await page.getByRole('textbox', { name: 'Body' }).click();
    await page.keyboard.press('Control+End');
    const words = ` round${round} the silt went out by barge and the gulls went after it`;
    const typing = { on: true };
    const typed = (async () => {
      for (const letter of words.repeat(4)) {
        if (!typing.on) return;
        await page.keyboard.type(letter, { delay: 15 });
      }
    })().catch(() => undefined);
    await told.until((saved) => saved.includes(`round${round} the silt`));
    await kill();
    typing.on = false;
    await typed;
    expected = told.saved().trim();
    expect(expected).toContain(`round${round}`);
  }
  const { page, close } = await newsroom.open('jonah');
  await page.getByRole('navigation', { name: 'Queues' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('round3 silt');
  await page.getByRole('dialog').getByText(headline).first().click();
  await expectPage(page.getByRole('textbox', { name: 'Body' })).toContainText(expected);
  await close();
}, 300_000);
