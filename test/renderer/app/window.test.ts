import { expect as expectPage } from 'playwright/test';
import { describe, expect, it } from 'vitest';
import { StetError, type Input } from '#shared/contract';
import { rendererNewsroom, type RendererNewsroom } from '../../helpers/renderer-newsroom.ts';
import {
  drawNoFrames,
  useRendererWindow,
  type RendererWindow,
} from '../../helpers/renderer-window.ts';

const openWindow = useRendererWindow();
let window: RendererWindow;
let room: RendererNewsroom;

interface Options {
  prepare?: (room: RendererNewsroom) => void;
  width?: number;
  height?: number;
}

/** Opens the window with the article of the pictures. */
async function openArticle({ prepare, width = 1440, height = 900 }: Options = {}): Promise<void> {
  room = rendererNewsroom();
  prepare?.(room);
  const desk = room.status.person!.memberships[0]!.desk;
  const route = `/desk/${desk}/in-review?article=${room.floods}`;
  window = await openWindow(room, { route, width, height });
  await window.page.getByLabel('Body', { exact: true }).waitFor();
}

const bar = () => window.page.getByRole('contentinfo');
const column = () =>
  window.page.evaluate(() =>
    document.activeElement?.closest('[data-column]')?.getAttribute('data-column'),
  );

const focused = () =>
  window.page.evaluate(() => document.activeElement?.getAttribute('aria-label'));

describe('the palette', () => {
  it('opens by its keys, finds a command by the beginnings of its words, and runs it', async () => {
    await openArticle();
    await window.page.keyboard.press('Control+k');
    await window.page.getByRole('searchbox').pressSequentially('keyb sh');
    await window.page.locator('.option[data-focused]', { hasText: 'Keyboard shortcuts' }).waitFor();
    await window.page.keyboard.press('Enter');
    await window.page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  });

  it('opens what the words find, and nothing that was found a letter before', async () => {
    await openArticle();
    const [dockers, floods] = room.rows.slice(0, 2);
    let release = (): void => undefined;
    const held = new Promise<void>((settle) => (release = settle));
    room.handlers['articles.search'] = async ({ text }) => {
      if (text === 'rivers') await held;
      return { rows: [text === 'rivers' ? floods! : dockers!], total: 1 };
    };
    await window.page.keyboard.press('Control+k');
    const palette = window.page.getByRole('dialog', { name: 'Search and commands' });
    await window.page.keyboard.type('ri');
    await palette.getByRole('option', { name: /Dockers/ }).waitFor();
    await window.page.keyboard.type('vers');
    await window.page.keyboard.press('Enter');
    expect(await palette.count()).toBe(1);
    release();
    await palette.waitFor({ state: 'detached' });
    await expect.poll(() => window.page.url()).toContain(floods!.id);
  });

  it('runs what fits the words, however soon Enter follows them', async () => {
    await openArticle();
    await window.page.keyboard.press('Control+k');
    await window.page.getByRole('searchbox').evaluate(async (field) => {
      const tell = (type: 'keydown' | 'keyup', key: string) =>
        field.dispatchEvent(new KeyboardEvent(type, { key, bubbles: true, cancelable: true }));
      const input = { inputType: 'insertText', bubbles: true };
      for (const data of 'keyb sh') {
        tell('keydown', data);
        field.dispatchEvent(new InputEvent('beforeinput', { ...input, data }));
        (field as HTMLInputElement).setRangeText(data, 99, 99, 'end');
        field.dispatchEvent(new InputEvent('input', { ...input, data }));
        tell('keyup', data);
        await Promise.resolve();
      }
      tell('keydown', 'Enter');
      tell('keyup', 'Enter');
    });
    await window.page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  });

  it('goes on searching where words that Enter followed find nothing', async () => {
    await openArticle();
    let release = (): void => undefined;
    const held = new Promise<void>((settle) => (release = settle));
    room.handlers['articles.search'] = async ({ text }) => {
      await held;
      return { rows: text === 'river gau' ? room.rows.slice(1, 2) : [], total: 0 };
    };
    await window.page.keyboard.press('Control+k');
    await window.page.keyboard.type('river');
    await window.page.keyboard.press('Enter');
    await window.page.keyboard.type(' gau');
    release();
    const palette = window.page.getByRole('dialog', { name: 'Search and commands' });
    await palette.getByRole('option').first().waitFor();
    await expectPage(palette.getByRole('searchbox')).toHaveValue('river gau');
  });

  it('runs the first that fits what was pasted', async () => {
    await openArticle();
    await window.page.keyboard.press('Control+k');
    await window.page.keyboard.insertText('keyb sh');
    await window.page.keyboard.press('Enter');
    await window.page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  });

  it('finds articles as one types, and opens the one chosen', async () => {
    await openArticle();
    await window.page.keyboard.press('Control+k');
    await window.page.getByRole('searchbox').pressSequentially('museum');
    const palette = window.page.getByRole('dialog', { name: 'Search and commands' });
    const found = palette.getByRole('option', { name: /Museum to Return/ }).first();
    await found.click();
    await expect.poll(() => window.page.url()).toContain(room.rows[5]!.id);
  });

  it('goes into the text of the article it opens', async () => {
    await openArticle();
    await window.page.keyboard.press('Control+2');
    await expect.poll(column).toBe('list');
    await window.page.keyboard.press('Control+k');
    await window.page.getByRole('searchbox').pressSequentially('museum');
    await window.page.locator('.option[data-focused]', { hasText: 'Museum to Return' }).waitFor();
    await window.page.keyboard.press('Enter');
    await expect.poll(() => window.page.url()).toContain(room.rows[5]!.id);
    await expect.poll(focused).toBe('Body');
  });

  it('goes into the text of the article that is open already', async () => {
    await openArticle();
    await window.page.keyboard.press('Control+2');
    await window.page.keyboard.press('Control+k');
    await window.page.getByRole('searchbox').pressSequentially('rivers');
    await window.page.locator('.option[data-focused]', { hasText: 'Rivers Crest' }).waitFor();
    await window.page.keyboard.press('Enter');
    await expect.poll(focused).toBe('Body');
  });

  it('gives the focus back when it is closed', async () => {
    await openArticle();
    await window.page.keyboard.press('Control+2');
    await expect.poll(column).toBe('list');
    await window.page.keyboard.press('Control+k');
    await window.page.getByRole('searchbox').waitFor();
    await window.page.keyboard.press('Escape');
    await expect.poll(column).toBe('list');
  });

  it('is left with one Escape, also when something was typed', async () => {
    await openArticle();
    await window.page.keyboard.press('Control+k');
    await window.page.getByRole('searchbox').pressSequentially('museum');
    await window.page.keyboard.press('Escape');
    await window.page.getByRole('searchbox').waitFor({ state: 'hidden' });
  });

  it('offers no command that cannot be done now', async () => {
    await openArticle();
    await window.page.keyboard.press('Control+k');
    await window.page.getByRole('searchbox').pressSequentially('withdraw');
    await window.page.getByText('Nothing has these words.').waitFor();
  });
});

describe('the keys of a command', () => {
  const submits = () => room.calls.filter(({ name }) => name === 'article.transition');
  const submittable = (room: RendererNewsroom): void => {
    const open = room.open.get(room.floods)!;
    open.offers = [{ transition: 'submit', allowed: true, why: '' }];
  };

  it.each(['Headline', 'Body', 'Add to byline', 'Review'])(
    'work while the focus is in %s, and change nothing there',
    async (name) => {
      await openArticle({ prepare: submittable });
      const place = name === 'Review' ? 'tab' : name.startsWith('Add') ? 'combobox' : 'textbox';
      await window.page.getByRole(place, { name, exact: true }).first().click();
      const before = room.open.get(room.floods)!.body.length;
      await window.page.keyboard.press('Control+Shift+Enter');
      await expect.poll(submits).toMatchObject([{ input: { transition: 'submit' } }]);
      expect(room.open.get(room.floods)!.body.length).toBe(before);
    },
  );

  it('say why where the command is not possible', async () => {
    const why = 'The article needs a headline first.';
    await openArticle({
      prepare: (room) => {
        room.open.get(room.floods)!.offers = [{ transition: 'submit', allowed: false, why }];
      },
    });
    await window.page.keyboard.press('Control+Shift+Enter');
    const notices = window.page.getByRole('region', { name: 'Notices' });
    await notices.getByText(why).waitFor();
    expect(submits()).toEqual([]);
  });

  it('do nothing behind a dialog that is open', async () => {
    await openArticle({ prepare: submittable });
    await window.page.keyboard.press('Control+/');
    await window.page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await window.page.keyboard.press('Control+Shift+Enter');
    await window.page.keyboard.press('Escape');
    await window.page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(submits()).toEqual([]);
  });
});

describe('the columns', () => {
  it.each([1440, 1200, 1024])('fit into the window at %i pixels', async (width) => {
    await openArticle({ width });
    await window.page.keyboard.press('Control+4');
    await window.page.getByRole('tab', { name: 'History' }).waitFor();
    const overflow = await window.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
  });

  it('are reached one after the other with F6 and by number', async () => {
    await openArticle();
    const visited: unknown[] = [];
    await window.page.keyboard.press('Control+1');
    await expect.poll(column).toBe('navigation');
    for (const next of ['list', 'editor', 'inspector', 'navigation']) {
      await window.page.keyboard.press('F6');
      await expect.poll(column).toBe(next);
      visited.push(next);
    }
    expect(visited).toHaveLength(4);
  });

  it('have the focus before the next key, whether the window is drawn by then or not', async () => {
    await openArticle({ width: 1024 });
    const { page } = window;
    await drawNoFrames(page);
    for (const [key, name] of [
      ['Control+4', 'inspector'],
      ['Control+2', 'list'],
      ['Control+3', 'editor'],
      ['Alt+5', 'inspector'],
      ['F6', 'navigation'],
    ] as const) {
      await page.keyboard.press(key);
      expect(await column()).toBe(name);
    }
  });

  it('are reached where nothing stands in them', async () => {
    await openArticle({ prepare: (newsroom) => newsroom.rows.splice(0) });
    const { page } = window;
    await page.evaluate(() => (location.hash = location.hash.replace(/\?.*/, '')));
    await page.getByText('No article is open').waitFor();
    await page.keyboard.press('Control+1');
    for (const name of ['list', 'editor', 'navigation']) {
      await page.keyboard.press('F6');
      expect(await column()).toBe(name);
    }
  });

  it('have the focus on the first row of a list that comes later', async () => {
    let come = (): void => undefined;
    await openArticle({
      prepare: ({ handlers }) => {
        const list = handlers['articles.list']!;
        const coming = new Promise<void>((settle) => (come = settle));
        handlers['articles.list'] = async (input) => {
          await coming;
          return list(input);
        };
      },
    });
    const { page } = window;
    await page.keyboard.press('Control+2');
    come();
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.url()).toContain(room.rows[0]!.id);
  });

  it('show the focus on the tab that a key has chosen', async () => {
    await openArticle();
    for (const [key, name] of [
      ['Alt+1', 'Review'],
      ['Alt+3', 'Story'],
      ['Alt+5', 'History'],
      ['Alt+2', 'Checks'],
    ] as const) {
      await window.page.keyboard.press(key);
      const chosen = window.page.getByRole('tab', { name, exact: true, selected: true });
      await chosen.waitFor();
      await expect.poll(() => chosen.evaluate((tab) => tab === document.activeElement)).toBe(true);
    }
  });

  it.each(['in the navigation', 'by its name'])(
    'show the list of a queue chosen %s, though there was no room for it beside the inspector',
    async (way) => {
      await openArticle({ width: 1024 });
      const { page } = window;
      await page.keyboard.press('Alt+1');
      const list = page.getByRole('region', { name: 'List' });
      await expectPage(list).toBeHidden();
      if (way === 'by its name') {
        await page.keyboard.press('Control+k');
        await page.keyboard.type('archive');
        await page.keyboard.press('Enter');
      } else await page.getByRole('navigation', { name: 'Queues' }).getByText('Archive').click();
      await expectPage(list.getByRole('heading', { name: 'Archive' })).toBeVisible();
      // The queue that is chosen already, too.
      await page.keyboard.press('Alt+1');
      await expectPage(list).toBeHidden();
      await page.getByRole('navigation', { name: 'Queues' }).getByText('Archive').click();
      await expectPage(list).toBeVisible();
    },
  );

  it('show the list or the inspector when there is no room for both', async () => {
    await openArticle({ width: 1024 });
    const list = window.page.getByRole('listbox');
    await list.waitFor();
    expect(await window.page.getByRole('tab', { name: 'Review' }).count()).toBe(0);
    await window.page.keyboard.press('Control+Shift+D');
    await window.page.getByRole('tab', { name: 'Review' }).waitFor();
    await list.waitFor({ state: 'detached' });
  });
});

describe('the status bar', () => {
  it('says when the work was saved, how much it is and which revision it came from', async () => {
    await openArticle();
    await expect.poll(() => bar().textContent()).toContain('Saved on this computer 12:04:33');
    expect(await bar().textContent()).toContain('108 words');
    expect(await bar().textContent()).toContain('Revision 17 · 9c41e2');
  });

  it('says since when this computer is offline and how much waits', async () => {
    await openArticle();
    const sync = { ...room.status.sync, state: 'offline' as const, waiting: 3 };
    await window.emit('status', { ...room.status, sync });
    await bar().getByText('Offline since 11:40 · 3 changes waiting to go').waitFor();
  });

  it('does not say that everything is synced while edits have yet to become a revision', async () => {
    await openArticle();
    await window.emit('status', { ...room.status, sync: { ...room.status.sync, editing: 1 } });
    await bar().getByText('Online · 1 change waiting to go').click();
    const panel = window.page.getByRole('dialog', { name: 'Outbox and server' });
    await panel.getByText('What is being written stands here as soon as').waitFor();
    expect(await panel.getByText('Everything has reached').count()).toBe(0);
  });

  it('does not say that everything is synced while pictures are on their way', async () => {
    await openArticle();
    const panel = window.page.getByRole('dialog', { name: 'Outbox and server' });
    const show = (pictures: { toSend: number; toCome: number }, waiting = 0) =>
      window.emit('status', { ...room.status, sync: { ...room.status.sync, pictures, waiting } });
    await show({ toSend: 1, toCome: 2 });
    await bar().getByText('Online · 1 picture waiting to go · 2 pictures yet to come').click();
    await panel.getByText('Online. 1 picture waiting to go. 2 pictures yet to come.').waitFor();
    await panel.getByText('What is still on its way is pictures').waitFor();
    await panel.getByText('1 picture to send').waitFor();
    await show({ toSend: 1, toCome: 0 }, 3);
    await panel.getByText('Online. 3 changes and 1 picture waiting to go.').waitFor();
    await show({ toSend: 0, toCome: 1 });
    await panel.getByText('Online. 1 picture yet to come.').waitFor();
    await panel.getByText('Everything has reached the server.').waitFor();
    await show({ toSend: 0, toCome: 0 });
    await panel.getByText('Everything synced').waitFor();
  });

  it('says once why this computer is signed out, and that the work is safe', async () => {
    const message =
      'You are signed out. Everything you write is saved on this computer; sign in to send it.';
    await openArticle({
      prepare: ({ status }) => {
        status.sync = { ...status.sync, state: 'signed-out', message, waiting: 2 };
      },
    });
    await bar().getByText('Signed out · sign in to sync · 2 changes waiting to go').click();
    const panel = window.page.getByRole('dialog', { name: 'Outbox and server' });
    await panel.getByText(`${message} 2 changes waiting to go.`).waitFor();
    expect(await panel.getByText(/signed out/i).count()).toBe(1);
  });

  it('never says "saved" while the disk refuses to write', async () => {
    await openArticle();
    const saved = { at: room.status.saved.at, failing: 'The disk is full.' };
    await window.emit('status', { ...room.status, saved });
    await bar().getByText('Not saved: The disk is full.').waitFor();
    expect(await bar().textContent()).not.toContain('Saved on this computer');
  });

  it('says in red how many changes were refused, and shows them', async () => {
    await openArticle({
      prepare: (room) => {
        room.status.sync.parked = 1;
        room.outbox = [
          {
            id: room.floods,
            seq: 1,
            at: '2026-11-14T12:00:00.000Z',
            what: 'Approve',
            article: room.floods,
            headline: 'Rivers Crest Below Record',
            state: 'parked',
            attempts: 1,
            message: 'Nobody approves their own article on this desk.',
          },
        ];
      },
    });
    expect(await bar().textContent()).toContain('Online · synced');
    const told = { tone: 'warning', text: 'The server refused “Approve”.' } as const;
    await window.emit('notice', { ...told, article: room.floods, command: 'server.open' });
    const notice = window.page.getByRole('region', { name: 'Notices' }).getByText(told.text);
    await notice.waitFor();
    await bar().getByRole('button', { name: '1 refused' }).click();
    const panel = window.page.getByRole('dialog', { name: 'Outbox and server' });
    await notice.waitFor({ state: 'detached' });
    await panel.getByText('Nobody approves their own article on this desk.').waitFor();
    await panel.getByText('Online. Synced').waitFor();
    await panel.getByRole('button', { name: 'Dismiss' }).click();
    await panel.getByText('Everything has reached the server.').waitFor();
  });
});

describe('long work', () => {
  it('shows how far it is, can be stopped, and goes when it has ended', async () => {
    await openArticle();
    const job = { job: 'job-1', label: 'Reading wire.txt', done: 3, total: 4, finished: false };
    await window.emit('progress', job);
    const progress = bar().getByRole('progressbar', { name: 'Reading wire.txt' });
    await expect.poll(() => progress.getAttribute('value')).toBe('0.75');
    await bar().getByRole('button', { name: 'Stop: Reading wire.txt' }).click();
    await bar().getByText('Stopping…').waitFor();
    expect(room.calls).toContainEqual({ name: 'jobs.cancel', input: { job: 'job-1' } });
    await window.emit('progress', { ...job, finished: true });
    await progress.waitFor({ state: 'detached' });
  });
});

describe('a window whose core is gone', () => {
  it('says so, and does not claim that anything is saved', async () => {
    room = rendererNewsroom();
    window = await openWindow(room, { preload: false });
    // Nothing answers at the socket's address.
    await window.page.getByText('Stet’s core is not answering.').waitFor({ timeout: 15_000 });
    expect(await window.page.getByText('Saved on this computer').count()).toBe(0);
  });
});

describe('a dialog', () => {
  it('closes on Escape after the button that had the focus was replaced', async () => {
    await openArticle();
    await bar()
      .getByRole('button', { name: /^Online/ })
      .click();
    const panel = window.page.getByRole('dialog', { name: 'Outbox and server' });
    await panel.getByRole('button', { name: 'Stop the sample server' }).click();
    await window.emit('status', {
      ...room.status,
      sample: { running: false },
      sync: { ...room.status.sync, state: 'signed-out' },
    });
    await panel.getByRole('button', { name: 'Start the sample server' }).waitFor();
    await window.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await window.page.keyboard.press('Escape');
    await panel.waitFor({ state: 'hidden' });
  });

  it('keeps its name while a notice is in sight', async () => {
    await openArticle();
    await window.page.keyboard.press('Control+/');
    await window.page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await window.emit('notice', { tone: 'warning', text: 'The clock is wrong.', article: null });
    const notices = window.page.getByRole('region', { name: 'Notices' });
    await notices.getByRole('status').getByText('The clock is wrong.').waitFor();
    expect(await window.page.getByRole('alertdialog').count()).toBe(0);
    await window.page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await notices.getByRole('button', { name: 'Dismiss' }).click();
    await notices.getByText('The clock is wrong.').waitFor({ state: 'hidden' });
  });
});

describe('a new article', () => {
  /** Its headline is what was typed so far, takes what is typed on, and nothing of that went into the article before it. */
  async function expectBegun(words: string): Promise<void> {
    const { page } = window;
    const headline = page.getByRole('textbox', { name: 'Headline' });
    await expectPage(headline).toHaveValue(words);
    await page.keyboard.type(' in March');
    const made = (): string[] =>
      [...room.open.values()].map(({ fields }) => fields.headline).filter(Boolean);
    await expect.poll(made).toContain(`${words} in March`);
    const edited = room.calls.flatMap(({ name, input }) =>
      name === 'article.edit' ? [(input as Input<'article.edit'>).article] : [],
    );
    expect(edited).not.toContain(room.floods);
  }

  it('takes what is typed before it is on the screen; the one that was open does not', async () => {
    await openArticle();
    const { page } = window;
    const create = room.handlers['article.create']!;
    let release = (): void => undefined;
    const held = new Promise<void>((settle) => (release = settle));
    room.handlers['article.create'] = async (...given) => {
      await held;
      return create(...given);
    };
    await page.getByRole('textbox', { name: 'Body' }).locator('p').first().click();
    await page.keyboard.press('Control+Alt+a');
    await page.keyboard.type('Bridges');
    await page.keyboard.press('Backspace');
    // As an input method does.
    await page.keyboard.insertText(' Close');
    release();
    await expectBegun('Bridge Close');
  });

  it('takes what is typed right behind its name in the palette', async () => {
    await openArticle();
    const { page } = window;
    let release = (): void => undefined;
    const held = new Promise<void>((settle) => (release = settle));
    room.handlers['articles.search'] = async () => {
      await held;
      return { rows: [], total: 0 };
    };
    const body = page.getByRole('textbox', { name: 'Body' });
    await body.locator('p').first().click();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('new art');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Brid');
    // What the palette has found comes between two letters.
    release();
    await page.keyboard.type('ges Close');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expectBegun('Bridges Close');
  });

  it('that does not come leaves the keys to what has the focus next', async () => {
    await openArticle();
    const { page } = window;
    room.handlers['article.create'] = () => Promise.reject(new Error('The disk is full.'));
    await page.keyboard.press('Control+Alt+a');
    await expectPage(page.locator('.toast')).toBeVisible();
    await page.keyboard.type('Bridges');
    const headline = page.getByRole('textbox', { name: 'Headline' });
    const before = await headline.inputValue();
    await headline.focus();
    await expectPage(headline).toHaveValue(before);
  });
});

describe('a notice', () => {
  it('that the sample server did not start goes when it is tried again, and once the server runs', async () => {
    await openArticle({ prepare: (room) => (room.status.sample = { running: false }) });
    const { page } = window;
    const notices = page.getByRole('region', { name: 'Notices' });
    const says = notices.getByText('The sample newsroom’s server did not start.');
    const failures: (() => void)[] = [];
    room.handlers['sample.server'] = () =>
      new Promise((_, reject) => {
        failures.push(() =>
          reject(new StetError('refused', 'The sample newsroom’s server did not start.')),
        );
      });
    await bar()
      .getByRole('button', { name: /^Online/ })
      .click();
    const start = page.getByRole('button', { name: 'Start the sample server' });
    await start.click();
    await expect.poll(() => failures.length).toBe(1);
    failures[0]!();
    await says.waitFor();
    await start.click();
    await says.waitFor({ state: 'detached' });
    await expect.poll(() => failures.length).toBe(2);
    failures[1]!();
    await says.waitFor();
    // Another profile starts it.
    await window.emit('notice', { tone: 'warning', text: 'The clock is wrong.', article: null });
    await window.emit('status', { ...room.status, sample: { running: true } });
    await says.waitFor({ state: 'detached' });
    await notices.getByText('The clock is wrong.').waitFor();
  });

  it('of something refused leads to the outbox, though it is about the open article', async () => {
    await openArticle();
    const text = 'The publishing server refused “Recall”.';
    const notice = { tone: 'warning', text, article: room.floods } as const;
    await window.emit('notice', { ...notice, command: 'server.open' });
    const notices = window.page.getByRole('region', { name: 'Notices' });
    await notices.getByRole('button', { name: 'Outbox and server…' }).click();
    await window.page.getByRole('dialog', { name: 'Outbox and server' }).waitFor();

    // Tried again there, and refused again: nothing to be led to, and it passes.
    await window.page.clock.install();
    await window.emit('notice', { ...notice, command: 'server.open' });
    await notices.getByText(text).waitFor();
    expect(await notices.getByRole('button').count()).toBe(1);
    await window.page.clock.fastForward(9000);
    await notices.getByText(text).waitFor({ state: 'detached' });
  });

  it('passes under a mouse that rested there, and stays while one points at it', async () => {
    await openArticle();
    const { page } = window;
    const notices = page.getByRole('region', { name: 'Notices' });
    const tell = (text: string): Promise<void> =>
      window.emit('notice', { tone: 'info', text, article: null });
    await page.clock.install();
    await tell('The first.');
    const box = (await notices.getByText('The first.').boundingBox())!;
    await page.clock.fastForward(9000);
    await notices.getByText('The first.').waitFor({ state: 'detached' });
    const [x, y] = [box.x + 4, box.y + 4];
    await page.mouse.move(x, y);
    await tell('The second.');
    await notices.getByText('The second.').waitFor();
    await page.clock.fastForward(9000);
    await notices.getByText('The second.').waitFor({ state: 'detached' });

    await tell('The third.');
    await notices.getByText('The third.').waitFor();
    await page.mouse.move(x + 2, y + 2);
    await page.clock.fastForward(9000);
    expect(await notices.getByText('The third.').count()).toBe(1);
    await tell('The fourth.');
    await notices.getByText('The fourth.').waitFor();
    // Dismissing one lets the others go.
    await notices.getByRole('button', { name: 'Dismiss' }).last().click();
    await page.mouse.move(0, 0);
    await expect.poll(() => notices.locator('.toast').count()).toBe(1);
    await page.clock.fastForward(9000);
    await expect.poll(() => notices.locator('.toast').count()).toBe(0);
  });

  it.each([
    [1440, 900],
    [1024, 700],
  ])('covers no line of a dialog at %i by %i pixels', async (width, height) => {
    await openArticle({ width, height });
    await window.page.keyboard.press('Control+/');
    const dialog = window.page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    const bottom = async (): Promise<number> => {
      const box = (await dialog.boundingBox())!;
      return box.y + box.height;
    };
    await dialog.waitFor();
    const alone = await bottom();
    const notices = window.page.getByRole('region', { name: 'Notices' });
    for (const text of ['The clock is wrong.', 'The publishing server refused “Recall”.']) {
      await window.emit('notice', { tone: 'warning', text, article: room.floods });
      await notices.getByText(text).waitFor();
      await expect
        .poll(async () => (await notices.boundingBox())!.y - (await bottom()))
        .toBeGreaterThan(0);
      const [over, under] = [(await notices.boundingBox())!, (await bar().boundingBox())!];
      expect(over.y + over.height).toBeLessThanOrEqual(under.y);
      expect(Math.abs(over.x * 2 + over.width - width)).toBeLessThan(2);
    }
    for (const left of [1, 0]) {
      await notices.getByRole('button', { name: 'Dismiss' }).first().press('Enter');
      await expect.poll(() => notices.locator('.toast').count()).toBe(left);
    }
    await expect.poll(bottom).toBe(alone);
  });

  it.each([1440, 1024])('covers neither navigation nor inspector at %i pixels', async (width) => {
    await openArticle({ width });
    await window.page.keyboard.press('Control+4');
    await window.emit('notice', { tone: 'warning', text: 'The clock is wrong.', article: null });
    const notices = window.page.getByRole('region', { name: 'Notices' });
    await notices.getByText('The clock is wrong.').waitFor();
    const box = (await notices.boundingBox())!;
    const navigation = (await window.page.getByRole('navigation').boundingBox())!;
    const inspector = (await window.page.getByRole('complementary').boundingBox())!;
    const foot = (await bar().boundingBox())!;
    expect(box.x).toBeGreaterThanOrEqual(navigation.x + navigation.width);
    expect(box.x + box.width).toBeLessThanOrEqual(inspector.x);
    expect(box.y + box.height).toBeLessThanOrEqual(foot.y);
  });
});

describe('the toolbar', () => {
  it.each([1440, 1200, 1024, 720])('shows all of the mode at %i pixels', async (width) => {
    await openArticle({ width });
    const toolbar = window.page.getByRole('toolbar', { name: 'Text' });
    await toolbar.getByText('Editing').waitFor();
    expect(await toolbar.evaluate((bar) => bar.scrollWidth <= bar.clientWidth)).toBe(true);
  });

  it('shows undo and redo beside the inspector, in a table, too', async () => {
    await openArticle({ width: 1024 });
    await window.page.keyboard.press('Control+4');
    await window.page.getByRole('tab', { name: 'Review' }).waitFor();
    await window.page.getByLabel('Body', { exact: true }).locator('p').first().click();
    await window.page.keyboard.press('Control+Alt+t');
    const toolbar = window.page.getByRole('toolbar', { name: 'Text' });
    await toolbar.getByRole('button', { name: 'Table' }).waitFor();
    expect(await toolbar.evaluate((bar) => bar.scrollWidth <= bar.clientWidth)).toBe(true);
    for (const name of ['Undo', 'Redo']) await toolbar.getByRole('button', { name }).waitFor();
  });
});
