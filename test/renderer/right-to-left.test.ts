import type { Locator } from 'playwright';
import { describe, expect, it } from 'vitest';
import type { ListBlock } from '#shared/article';
import { paragraph } from '../helpers/articles.ts';
import { rendererNewsroom, type RendererNewsroom } from '../helpers/renderer-newsroom.ts';
import { useRendererWindow } from '../helpers/renderer-window.ts';

const openWindow = useRendererWindow();

/** “We have not seen the like since the year 1997.” */
const SENTENCE = 'لم نر مثل هذا منذ عام 1997.';

const list = (...items: string[]): ListBlock => ({
  type: 'list',
  listType: 'bullet',
  $: { id: 'list-1' },
  children: items.map((text, index) => ({
    type: 'listitem',
    $: { id: `item-${String(index)}` },
    children: [{ type: 'text', text }],
  })),
});

function openIn(room: RendererNewsroom) {
  const desk = room.status.person!.memberships[0]!.desk;
  return openWindow(room, { route: `/desk/${desk}/in-review?article=${room.floods}` });
}

/** Where a stretch of an element’s text is drawn: its left and right edge. */
const drawn = (element: Locator, words: string): Promise<{ left: number; right: number }> =>
  element.evaluate((node, found) => {
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const at = walker.currentNode.textContent?.indexOf(found) ?? -1;
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(walker.currentNode, at);
      range.setEnd(walker.currentNode, at + found.length);
      const { left, right } = range.getBoundingClientRect();
      return { left, right };
    }
    throw new Error(`“${found}” is not drawn.`);
  }, words);

describe('words that run from right to left', () => {
  it('keep their order in the list of what is to be settled', async () => {
    const room = rendererNewsroom();
    const say = (text: string) => paragraph(text, 'contested-1');
    room.open.get(room.floods)!.body = [
      {
        type: 'conflict',
        $: { id: 'contested-1' },
        base: say(SENTENCE),
        versions: [say(SENTENCE.replace('1997', '1987')), say(`${SENTENCE} 1`)],
      },
    ];
    const { page } = await openIn(room);
    const line = page
      .getByRole('complementary', { name: 'Inspector' })
      .getByRole('button', { name: SENTENCE });
    const [first, stop] = [await drawn(line, 'لم'), await drawn(line, '.')];
    expect(stop.right).toBeLessThan(first.left);
  });

  it('keep their order in a notice, which keeps its own', async () => {
    const { page, emit } = await openIn(rendererNewsroom());
    await page.getByRole('textbox', { name: 'Body' }).waitFor();
    const text = `“${SENTENCE}”: you and a colleague changed the same words.`;
    await emit('notice', { tone: 'info', text, article: null });
    const notice = page.getByRole('region', { name: 'Notices' }).locator('p');
    const [first, stop] = [await drawn(notice, 'لم'), await drawn(notice, '.')];
    expect(stop.right).toBeLessThan(first.left);
    expect((await drawn(notice, 'you and')).left).toBeGreaterThan(first.left);
  });

  it('have the mark of their item beside them among versions', async () => {
    const room = rendererNewsroom();
    room.open.get(room.floods)!.body = [
      {
        type: 'conflict',
        $: { id: 'list-1' },
        base: list('أغلقت ثلاث مدارس', 'Westbrook'),
        versions: [list('أغلقت أربع مدارس', 'Westbrook'), list('أغلقت خمس مدارس', 'Westbrook')],
      },
    ];
    const { page } = await openIn(room);
    const version = page.getByRole('group', { name: 'What stood here before' }).locator('ul');
    await version.waitFor();
    const besides = await version.evaluate((ul) => {
      const { left, right } = ul.getBoundingClientRect();
      return [...ul.querySelectorAll('li')].map((li) => {
        const item = li.getBoundingClientRect();
        return [item.left - left, right - item.right];
      });
    });
    expect(besides).toEqual([
      [0, 20],
      [20, 0],
    ]);
  });

  it('are compared word by word with an earlier revision', async () => {
    const room = rendererNewsroom();
    const read = room.handlers['revision.read']!;
    room.open.get(room.floods)!.fields.headline = 'الطريق يفتح من جديد في الوادي';
    room.handlers['revision.read'] = async (asked) => {
      const content = await read(asked);
      const { headline } = content.fields;
      const former = headline.includes('Near') ? 'الطريق يغلق من جديد في الوادي' : headline;
      return { ...content, fields: { ...content.fields, headline: former } };
    };
    const { page } = await openIn(room);
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByRole('button', { name: /Revision 17/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Revision 17' });
    await expect.poll(() => dialog.locator('del').first().textContent()).toBe('يغلق');
    expect(await dialog.locator('ins').first().textContent()).toBe('يفتح');
  });
});

describe('the direction of an article', () => {
  it('follows the language that is chosen, unless another direction was', async () => {
    const room = rendererNewsroom();
    const fieldsNow = () => room.open.get(room.floods)!.fields;
    const { page } = await openIn(room);
    await page.getByRole('tab', { name: 'Story', exact: true }).click();
    const choose = async (label: string, option: string): Promise<void> => {
      await page.getByRole('button', { name: new RegExp(`${label}$`) }).click();
      await page.getByRole('option', { name: option }).click();
    };
    await choose('Language', 'Arabic');
    await expect.poll(() => fieldsNow().direction).toBe('rtl');
    await choose('Text direction', 'Left to right');
    await expect.poll(() => fieldsNow().direction).toBe('ltr');
    await choose('Language', 'Persian');
    await expect.poll(() => fieldsNow().language).toBe('fa');
    expect(fieldsNow().direction).toBe('ltr');
  });
});
