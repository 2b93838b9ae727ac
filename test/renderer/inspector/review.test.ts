import { expect as expectPage } from 'playwright/test';
import { describe, expect, it } from 'vitest';
import { TextFormat, type Block, type Inline } from '#shared/article';
import { StetError, type Handlers } from '#shared/contract';
import { aBlockId, anId } from '../../helpers/articles.ts';
import { rendererNewsroom, type RendererNewsroom } from '../../helpers/renderer-newsroom.ts';
import {
  drawNoFrames,
  useRendererWindow,
  type RendererWindow,
} from '../../helpers/renderer-window.ts';

const openWindow = useRendererWindow();
let window: RendererWindow;
let room: RendererNewsroom;

async function openArticle(prepare?: (room: RendererNewsroom) => void): Promise<void> {
  room = rendererNewsroom();
  prepare?.(room);
  const desk = room.status.person!.memberships[0]!.desk;
  window = await openWindow(room, { route: `/desk/${desk}/in-review?article=${room.floods}` });
  await window.page.getByLabel('Body', { exact: true }).waitFor();
}

const inspector = () => window.page.getByRole('complementary', { name: 'Inspector' });
const button = (name: string) => inspector().getByRole('button', { name, exact: true });
const asked = (name: string) => room.calls.filter((call) => call.name === name);

describe('the decision', () => {
  it('sends back only with a reason', async () => {
    await openArticle();
    await button('Send back…').click();
    const dialog = window.page.getByRole('alertdialog', { name: 'Send back' });
    const send = dialog.getByRole('button', { name: 'Send back' });
    expect(await send.isDisabled()).toBe(true);
    await dialog.getByLabel('Reason').fill('The pump is not sourced.');
    await send.click();
    await dialog.waitFor({ state: 'detached' });
    expect(asked('article.transition')[0]?.input).toMatchObject({
      article: room.floods,
      transition: 'send-back',
      reason: 'The pump is not sourced.',
    });
  });

  it('says that approving ends a schedule, before and after', async () => {
    await openArticle(({ open, floods }) => {
      const article = open.get(floods)!;
      article.record = {
        ...article.record,
        state: 'scheduled',
        scheduledAt: '2026-12-01T10:00:00.000Z',
        approvedRevision: 'a'.repeat(64),
      };
      article.offers = [{ transition: 'approve', allowed: true, why: '' }];
    });
    await inspector()
      .getByText('approving takes the article out of the schedule', { exact: false })
      .waitFor();
    await button('Approve').click();
    await window.page
      .getByRole('region', { name: 'Notices' })
      .getByText(
        'You approved “Rivers Crest Below Record, Valley Officials Say”. It is not scheduled any more.',
      )
      .waitFor();
  });

  it.each([
    ['online', 'You sent “Rivers Crest Below Record, Valley Officials Say” back.'],
    [
      'offline',
      'You sent “Rivers Crest Below Record, Valley Officials Say” back. The publishing server has yet to hear of it.',
    ],
  ] as const)(
    'says what was done, and whether the server knows of it: %s',
    async (state, sentence) => {
      await openArticle((room) => {
        room.status = { ...room.status, sync: { ...room.status.sync, state } };
      });
      await button('Send back…').click();
      const dialog = window.page.getByRole('alertdialog', { name: 'Send back' });
      await dialog.getByLabel('Reason').fill('The pump is not sourced.');
      await dialog.getByRole('button', { name: 'Send back' }).click();
      await window.page
        .getByRole('region', { name: 'Notices' })
        .getByText(sentence, { exact: true })
        .waitFor();
    },
  );

  it('keeps the dialog and the reason when the core refuses', async () => {
    await openArticle();
    room.handlers['article.transition'] = () => {
      throw new Error('broken');
    };
    await button('Send back…').click();
    const dialog = window.page.getByRole('alertdialog', { name: 'Send back' });
    await dialog.getByLabel('Reason').fill('Not yet.');
    await dialog.getByRole('button', { name: 'Send back' }).click();
    await dialog.getByRole('alert').getByText('Something went wrong inside Stet.').waitFor();
    expect(await dialog.getByLabel('Reason').inputValue()).toBe('Not yet.');
    window.problems.length = 0;
  });

  it('says why a step is not open, and does nothing when it is pressed', async () => {
    const why = 'Suggestions are still open. Accept or reject each one first.';
    await openArticle((room) => {
      room.open.get(room.floods)!.offers = [{ transition: 'approve', allowed: false, why }];
    });
    await inspector().getByText(why).waitFor();
    // Playwright waits for a disabled button to be enabled; a person just presses it.
    await button('Approve').click({ force: true });
    expect(asked('article.transition')).toEqual([]);
  });

  it('leads from a finding to its field before the next key', async () => {
    await openArticle((room) => {
      const open = room.open.get(room.floods)!;
      open.profile = { ...open.profile, required: ['slugline'] };
      open.fields.slugline = '';
    });
    await drawNoFrames(window.page);
    await inspector()
      .getByRole('button', { name: /Slugline missing/ })
      .press('Enter');
    await window.page.keyboard.type('FLOODS');
    expect(await inspector().getByLabel('Slugline').inputValue()).toBe('FLOODS');
  });
});

describe('the decision below many marks', () => {
  const crowd = (room: RendererNewsroom): void => {
    const [thread] = room.threads;
    for (let n = 0; n < 6; n++) room.threads.push({ ...thread!, id: anId() });
    const open = room.open.get(room.floods)!;
    open.profile = { ...open.profile, required: ['slugline'] };
    open.fields.slugline = '';
  };

  it.each([900, 700])('is in sight and reached by keyboard at %i pixels', async (height) => {
    await openArticle(crowd);
    await window.page.setViewportSize({ width: 1440, height });
    await expect.poll(() => inspector().getByRole('button', { name: 'Resolve' }).count()).toBe(7);
    const foot = await window.page.getByRole('contentinfo').boundingBox();
    for (const name of ['Send back…', 'Approve', /Slugline missing/]) {
      const box = await inspector().getByRole('button', { name }).boundingBox();
      expect(box!.y + box!.height).toBeLessThanOrEqual(foot!.y);
    }
    await inspector().getByRole('button', { name: 'Resolve' }).last().focus();
    await window.page.keyboard.press('Tab');
    await window.page.keyboard.press('Tab');
    const card = inspector().getByRole('region', { name: 'Before it can run' });
    await expect.poll(() => card.evaluate((one) => one.matches(':focus-within'))).toBe(true);
  });

  it('shows what is in order only when asked where there is little room', async () => {
    await openArticle(crowd);
    await window.page.setViewportSize({ width: 1024, height: 700 });
    await window.page.keyboard.press('Control+4');
    const inOrder = inspector().getByRole('button', { name: /^Headline/ });
    await inOrder.waitFor({ state: 'hidden' });
    const more = inspector().getByRole('button', { name: /^Show the other/ });
    await more.press('Enter');
    await inOrder.waitFor();
    await inspector().getByRole('button', { name: 'Show only what is in the way' }).press('Enter');
    await inOrder.waitFor({ state: 'hidden' });
  });
});

describe('an article that nothing stands in the way of', () => {
  it('says so where there is little room', async () => {
    await openArticle((prepared) => {
      const open = prepared.open.get(prepared.floods)!;
      open.profile = { ...open.profile, required: [] };
      open.fields = { ...open.fields, slugline: 'FLOODS' };
    });
    await window.page.setViewportSize({ width: 1024, height: 700 });
    await window.page.keyboard.press('Control+4');
    const more = inspector().getByRole('button', { name: /^Nothing is in the way. Show all \d/ });
    await more.press('Enter');
    await inspector()
      .getByRole('button', { name: /^Headline/ })
      .waitFor();
    await inspector().getByRole('button', { name: 'Show less' }).press('Enter');
    await more.waitFor();
  });
});

describe('an approved article', () => {
  it('says when the text is no longer what was approved, and leads to its versions', async () => {
    await openArticle((prepared) => {
      const open = prepared.open.get(prepared.floods)!;
      open.record = { ...open.record, state: 'approved', approvedRevision: 'c'.repeat(64) };
    });
    await inspector().getByText('The text has changed since it was approved.').waitFor();
    await button('Show the versions').click();
    await inspector().getByRole('tab', { name: 'History', selected: true }).waitFor();
  });

  it('says nothing while it is', async () => {
    await openArticle((prepared) => {
      const open = prepared.open.get(prepared.floods)!;
      const approvedRevision = open.revision!.hash;
      open.record = { ...open.record, state: 'approved', approvedRevision };
    });
    await inspector().getByText('Approved').first().waitFor();
    expect(await inspector().getByText('has changed since').count()).toBe(0);
  });
});

describe('an article in the bin', () => {
  it('is told of with whether the publishing server knows', async () => {
    await openArticle((room) => {
      room.status = { ...room.status, sync: { ...room.status.sync, state: 'offline' } };
    });
    await window.page.keyboard.press('Control+k');
    await window.page.keyboard.type('move to the bin');
    await window.page.keyboard.press('Enter');
    const dialog = window.page.getByRole('alertdialog', { name: 'Move to the bin?' });
    await dialog.getByRole('button', { name: 'Move to the bin' }).click();
    await window.page
      .getByRole('region', { name: 'Notices' })
      .getByText(/ is in the bin\. The publishing server has yet to hear of it\.$/)
      .waitFor();
  });

  it('is restored by those alone who may, and others read who that is', async () => {
    const binned = (room: RendererNewsroom): void => {
      const open = room.open.get(room.floods)!;
      open.record = { ...open.record, binned: true, createdBy: anId() };
    };
    await openArticle(binned);
    await button('Restore').click();
    expect(asked('article.bin')[0]?.input).toEqual({ article: room.floods, binned: false });

    await openArticle((room) => {
      binned(room);
      const { person } = room.status;
      const memberships = person!.memberships.map((one) => ({
        ...one,
        role: 'copy-editor' as const,
      }));
      room.status = { ...room.status, person: { ...person!, admin: false, memberships } };
    });
    await inspector().getByText('Who started it, or a desk chief, can restore it.').waitFor();
    expect(await button('Restore').count()).toBe(0);
  });
});

describe('comments', () => {
  it('are answered and resolved', async () => {
    await openArticle();
    await button('Reply').click();
    await inspector().getByLabel('Reply').fill('Only Westbrook.');
    await inspector().getByRole('button', { name: 'Reply' }).click();
    await inspector().locator('.said-text').getByText('Only Westbrook.').waitFor();
    await button('Resolve').click();
    await inspector().getByText('Resolved · 1').waitFor();
  });

  it('say who resolved them without having read every answer', async () => {
    await openArticle((prepared) => {
      const [thread] = prepared.threads;
      const said = { article: prepared.floods, thread: thread!.id, anchor: null, waiting: false };
      const by = (authorName: string) => ({
        author: anId(),
        authorName,
        at: '2026-11-14T12:00:00.000Z',
      });
      thread!.entries.push(
        { ...said, ...by('M. Haidari'), id: anId(), kind: 'reply', text: 'Not yet.' },
        { ...said, ...by('Jonah Okafor'), id: anId(), kind: 'resolve', text: '' },
      );
    });
    await inspector()
      .getByText(
        'Jonah Okafor resolved this without having read every answer, so it is still open.',
      )
      .waitFor();
  });

  it('are written on the article as a whole', async () => {
    await openArticle();
    await button('Comment on the article').click();
    await inspector().getByLabel('Comment on the article').fill('Good to go.');
    await button('Comment').click();
    await inspector().locator('.said-text').getByText('Good to go.').waitFor();
    expect(asked('comments.add')[0]?.input).toMatchObject({ anchor: null, kind: 'comment' });
  });
});

describe('a comment that is being written', () => {
  const box = (label: string) => inspector().getByLabel(label, { exact: true });
  const tab = (name: string) => inspector().getByRole('tab', { name, exact: true });

  it('stands there again after another tab and another article', async () => {
    await openArticle();
    await button('Comment on the article').click();
    await window.page.keyboard.type('Is the pump');
    await tab('Checks').click();
    await tab('Review').click();
    expect(await box('Comment on the article').inputValue()).toBe('Is the pump');
    const list = window.page.getByRole('region', { name: 'List' });
    await list.getByText('Envoy Leaves Talks').click();
    await button('Comment on the article').waitFor();
    expect(await box('Comment on the article').count()).toBe(0);
    await list.getByText('Rivers Crest Below').click();
    await expect.poll(() => box('Comment on the article').inputValue()).toBe('Is the pump');
  });

  it('is given by Ctrl+Enter, and left where it is by Escape', async () => {
    await openArticle();
    await button('Comment on the article').click();
    await window.page.keyboard.type('Is the pump');
    await window.page.keyboard.press('Escape');
    await expect.poll(() => box('Comment on the article').inputValue()).toBe('Is the pump');
    await expect
      .poll(() => box('Comment on the article').evaluate((one) => one === document.activeElement))
      .toBe(false);
    await box('Comment on the article').press('End');
    await window.page.keyboard.type(' on its way?');
    await window.page.keyboard.press('Control+Enter');
    await inspector().locator('.said-text').getByText('Is the pump on its way?').waitFor();
    await button('Comment on the article').waitFor();
    expect(asked('comments.add')).toHaveLength(1);
    expect(room.unfinished).toEqual([]);
  });

  it('goes on while the one before it is stored', async () => {
    await openArticle();
    const add = room.handlers['comments.add']!;
    let release = (): void => undefined;
    const held = new Promise<void>((settle) => (release = settle));
    room.handlers['comments.add'] = async (...given) => {
      await held;
      return add(...given);
    };
    await button('Comment on the article').click();
    await window.page.keyboard.type('Good so far.');
    await window.page.keyboard.press('Control+Enter');
    const body = window.page.getByRole('textbox', { name: 'Body' });
    await body
      .locator('> p')
      .first()
      .dblclick({ position: { x: 12, y: 12 } });
    // Lexical reads the selection in the event that follows.
    await window.page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    await window.page.keyboard.press('Control+Alt+m');
    const next = box('Comment on these words');
    await expectPage(next).toBeFocused();
    await window.page.keyboard.type('Who says');
    release();
    await inspector().locator('.said-text').getByText('Good so far.').waitFor();
    await window.page.keyboard.type(' so?');
    await expectPage(next).toHaveValue('Who says so?');
  });

  it('is gone once it is discarded', async () => {
    await openArticle();
    await button('Reply').first().click();
    await window.page.keyboard.type('No.');
    await button('Discard').click();
    await box('Reply').waitFor({ state: 'detached' });
    expect(room.unfinished).toEqual([]);
    expect(asked('comments.add')).toEqual([]);
  });

  it('stays with its words when it cannot be given, and is given at another try', async () => {
    let give: Handlers['comments.add'] | undefined;
    await openArticle((room) => {
      give = room.handlers['comments.add'];
      room.handlers['comments.add'] = () => {
        throw new StetError('forbidden', 'This article belongs to another desk.');
      };
    });
    await button('Comment on the article').click();
    await window.page.keyboard.type('Good to go.');
    await button('Comment').click();
    await inspector().getByText('This article belongs to another desk.').waitFor();
    expect(await box('Comment on the article').inputValue()).toBe('Good to go.');
    expect(room.unfinished).toMatchObject([{ text: 'Good to go.' }]);
    room.handlers['comments.add'] = give!;
    await button('Comment').click();
    await inspector().getByRole('article').getByText('Good to go.').waitFor();
    expect(room.unfinished).toEqual([]);
  });
});

describe('the story tab', () => {
  it('saves a field as it is typed', async () => {
    await openArticle();
    await inspector().getByRole('tab', { name: 'Story', exact: true }).click();
    await inspector().getByLabel('Dateline').fill('WESTBROOK');
    await expect.poll(() => room.open.get(room.floods)?.fields.dateline).toBe('WESTBROOK');
  });

  it('keeps an address that cannot be one out of the article, and says so', async () => {
    await openArticle();
    await inspector().getByRole('tab', { name: 'Story', exact: true }).click();
    await inspector().getByLabel('URL slug').fill('rivers crest!');
    await inspector().getByText('Letters, digits and hyphens only. Not saved.').waitFor();
    await inspector().getByLabel('URL slug').fill('rivers-crest');
    await expect.poll(() => room.open.get(room.floods)?.fields.urlSlug).toBe('rivers-crest');
  });
});

describe('history', () => {
  it('shows word by word what a revision changed', async () => {
    await openArticle();
    await inspector().getByRole('tab', { name: 'History' }).click();
    await inspector()
      .getByRole('button', { name: /Revision 17/ })
      .click();
    const dialog = window.page.getByRole('dialog', { name: 'Revision 17' });
    await expect.poll(() => dialog.locator('del').first().textContent()).toBe('Near');
    expect(await dialog.locator('ins').first().textContent()).toBe('Below');
  });
});

describe('related articles', () => {
  it('are added from the suggestions, once', async () => {
    await openArticle((room) => {
      room.open.get(room.floods)!.fields.related = [];
    });
    await inspector().getByRole('tab', { name: 'Related' }).click();
    const card = inspector().getByRole('article', { name: /Pump Failure/ });
    await card.getByRole('button', { name: 'Add' }).click();
    await expect
      .poll(() => room.open.get(room.floods)?.fields.related.map(({ title }) => title))
      .toEqual(['Pump Failure Delays Levee Survey to Spring']);
    expect(await card.getByRole('button', { name: 'Added' }).isDisabled()).toBe(true);
  });
});

function timetable(): Block {
  const link: Inline = {
    type: 'link',
    url: 'https://example.com/',
    children: [{ type: 'text', text: 'early' }],
  };
  const cells: Inline[] = [{ type: 'text', text: 'Westbrook', format: TextFormat.bold }, link];
  const children = cells.map((inline) => ({
    type: 'tablecell' as const,
    children: [{ type: 'paragraph' as const, children: [inline] }],
  }));
  const row = { type: 'tablerow' as const, $: { id: aBlockId() }, children };
  return { type: 'table', $: { id: aBlockId() }, children: [row] };
}

describe('taking in a file', () => {
  it('shows what was recognised and left out before anything is stored', async () => {
    await openArticle();
    const chosen = window.page.waitForEvent('filechooser');
    await window.page.keyboard.press('Control+o');
    const file = { name: 'wire.txt', mimeType: 'text/plain', buffer: Buffer.from('Rivers crest') };
    await (await chosen).setFiles(file);
    const dialog = window.page.getByRole('dialog', { name: 'Take in “wire.txt”' });
    await dialog.getByText('belongs to the site, not to the article').waitFor();
    expect(asked('import.accept')).toEqual([]);
    await dialog.getByRole('checkbox', { name: /Byline/ }).click({ force: true });
    await dialog.getByText('Now stays in the body as a paragraph.').waitFor();
    await dialog.getByRole('button', { name: 'Make the article' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(asked('import.accept')).toHaveLength(1);
  });

  it('shows a table as a table, with bold words and links', async () => {
    await openArticle();
    const read = room.handlers['import.read']!;
    room.handlers['import.read'] = async (input) => ({
      ...(await read(input)),
      body: [timetable()],
    });
    const chosen = window.page.waitForEvent('filechooser');
    await window.page.keyboard.press('Control+o');
    const file = { name: 'wire.txt', mimeType: 'text/plain', buffer: Buffer.from('Rivers crest') };
    await (await chosen).setFiles(file);
    const preview = window.page.getByRole('article', { name: 'Preview' });
    const row = preview.getByRole('row');
    await expect
      .poll(() => row.getByRole('cell').allTextContents())
      .toEqual(['Westbrook', 'early']);
    expect(await row.locator('strong').textContent()).toBe('Westbrook');
    expect(await row.getByTitle('https://example.com/').textContent()).toBe('early');
  });
});
