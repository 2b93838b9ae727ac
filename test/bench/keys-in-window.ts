import type { Page } from 'playwright';
import { findChromium } from '../../scripts/ensure-chromium.ts';
import { openNewsroom } from '../helpers/running-newsroom.ts';

const KEYS = 120;
/** People type slower; faster, and one key’s frame would be the next one’s. */
const BETWEEN_KEYS_MS = 60;

/**
 * From a key to the frame that shows it, in the whole window over a real core that stores each key, by the length of the
 * article: what a person sees of it. Null where there is no Chromium to ask.
 */
export async function measureKeysInWindow(
  lengths: readonly number[],
  paragraphOf: (words: number) => string,
): Promise<{ name: string; median: number; runs: number }[] | null> {
  if (!(await findChromium())) return null;
  const newsroom = await openNewsroom();
  try {
    const { page } = await newsroom.open('jonah');
    const measured = [];
    for (const words of lengths) {
      await beginArticle(page, words, paragraphOf);
      const times = await typeAndMeasure(page);
      const name = `a key seen in ${words} words`;
      measured.push({ name, median: times[times.length >> 1] ?? NaN, runs: times.length });
    }
    return measured;
  } finally {
    await newsroom.close();
  }
}

/** A new article with so many words in paragraphs of fifty, pasted in, and the cursor in the middle of it. */
async function beginArticle(
  page: Page,
  words: number,
  paragraphOf: (words: number) => string,
): Promise<void> {
  await page.getByRole('button', { name: 'New article' }).click();
  await page.getByRole('textbox', { name: 'Headline' }).fill(`${words} words`);
  const body = page.getByRole('textbox', { name: 'Body' });
  await body.click();
  const paragraphs = Array.from({ length: words / 50 }, () => paragraphOf(50));
  await body.evaluate((element, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    const event = { clipboardData, bubbles: true, cancelable: true };
    element.dispatchEvent(new ClipboardEvent('paste', event));
  }, paragraphs.join('\n\n'));
  const middle = body.locator('> p').nth(paragraphs.length >> 1);
  await middle.click({ timeout: 60_000 });
  await page.getByText('everything synced').waitFor({ timeout: 60_000 });
}

/** Milliseconds of each key, shortest first. */
async function typeAndMeasure(page: Page): Promise<number[]> {
  await page.evaluate(() => {
    const times: number[] = [];
    const channel = new MessageChannel();
    let pressed = 0;
    // What is posted in a frame’s callback is received when that frame is drawn.
    channel.port1.onmessage = () => times.push(performance.now() - pressed);
    const press = ({ timeStamp }: KeyboardEvent): void => {
      pressed = timeStamp;
      requestAnimationFrame(() => channel.port2.postMessage(null));
    };
    window.addEventListener('keydown', press, true);
    Object.assign(window, {
      keyTimes: times,
      stopMeasuring: () => removeEventListener('keydown', press, true),
    });
  });
  await page.keyboard.type('a river rose '.repeat(KEYS / 13 + 1).slice(0, KEYS), {
    delay: BETWEEN_KEYS_MS,
  });
  return page.evaluate(async () => {
    const { keyTimes, stopMeasuring } = window as unknown as {
      keyTimes: number[];
      stopMeasuring: () => void;
    };
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    stopMeasuring();
    return keyTimes.toSorted((a, b) => a - b);
  });
}
