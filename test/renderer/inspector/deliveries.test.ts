import { describe, expect, it } from 'vitest';
import type { ArticleDelivery } from '#shared/api';
import { anId } from '../../helpers/articles.ts';
import { rendererNewsroom, type RendererNewsroom } from '../../helpers/renderer-newsroom.ts';
import { useRendererWindow, type RendererWindow } from '../../helpers/renderer-window.ts';

const openWindow = useRendererWindow();
let window: RendererWindow;
let room: RendererNewsroom;

const THEIRS = 'ab'.repeat(32);

function delivery(changes: Partial<ArticleDelivery>): ArticleDelivery {
  return {
    channel: { id: anId(), kind: 'wordpress', name: 'The blog' },
    standing: 'done',
    wanted: THEIRS,
    live: true,
    url: 'https://blog.example.org/floods/',
    delivered: THEIRS,
    deliveredAt: '2026-11-14T14:02:00.000Z',
    nextAt: null,
    problem: '',
    theirs: null,
    ...changes,
  };
}

async function openPublished(
  deliveries: ArticleDelivery[],
  prepare?: (room: RendererNewsroom) => void,
): Promise<void> {
  room = rendererNewsroom();
  const { record } = room.open.get(room.floods)!;
  Object.assign(record, {
    state: 'published',
    live: true,
    publishedAt: '2026-11-14T14:00:00.000Z',
    publicUrl: 'http://127.0.0.1:4000/news-room/2026/floods',
  });
  room.deliveries.set(room.floods, deliveries);
  prepare?.(room);
  const desk = room.status.person!.memberships[0]!.desk;
  window = await openWindow(room, { route: `/desk/${desk}/published?article=${room.floods}` });
  await window.page.getByLabel('Body', { exact: true }).waitFor();
}

const lines = () => window.page.getByRole('list', { name: 'Where it goes' });
const button = (name: string) => lines().getByRole('button', { name, exact: true });
const asked = (name: string) => room.calls.filter((call) => call.name === name);

describe('where a published article stands', () => {
  it('is told for each channel, with what is in the way', async () => {
    await openPublished([
      delivery({}),
      delivery({
        channel: { id: anId(), kind: 'ghost', name: 'The letter' },
        standing: 'waiting',
        live: false,
        url: null,
        delivered: null,
        deliveredAt: null,
        problem: 'blog.example.org cannot be reached now.',
        nextAt: '2026-11-14T14:05:00.000Z',
      }),
    ]);
    await lines().getByText('On The blog since').waitFor();
    await lines().getByText('On its way to The letter').waitFor();
    await lines().getByText('blog.example.org cannot be reached now. Tried again').waitFor();
    await button('Open it there').click();
    await expect
      .poll(() => asked('app.openExternal').at(-1)?.input)
      .toEqual({ url: 'https://blog.example.org/floods/' });
    await button('Try again').click();
    await expect
      .poll(() => asked('deliveries.decide').at(-1)?.input)
      .toMatchObject({ article: room.floods, decision: { act: 'retry' } });
  });

  it('shows what somebody changed there before it is published over', async () => {
    await openPublished(
      [
        delivery({
          standing: 'changed',
          theirs: THEIRS,
          problem: 'Somebody changed the article in The blog.',
        }),
      ],
      (room) => {
        room.theirs = {
          theirs: THEIRS,
          title: 'Their headline',
          excerpt: '',
          html: '<p>Their words.</p><p>And more of them.</p>',
          status: 'publish',
          text: 'Their words.\nAnd more of them.',
          before: null,
        };
      },
    );
    await button('Look at their version…').click();
    const dialog = window.page.getByRole('dialog', { name: 'Changed on The blog' });
    await dialog.getByText('Their headline').waitFor();
    await dialog.getByText('And more of them.').waitFor();
    await dialog.getByRole('button', { name: 'Publish over it' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(asked('deliveries.decide').at(-1)?.input).toMatchObject({
      decision: { act: 'publish-over', theirs: THEIRS },
    });
  });

  it('shows what differs from what stood there, and counts what does not', async () => {
    const changed = delivery({ standing: 'changed', theirs: THEIRS, problem: 'Somebody did.' });
    const same = Array.from({ length: 9 }, (_, index) => `Paragraph ${index} stands.`);
    await openPublished([changed], (room) => {
      const post = (title: string, lines: string[]) => ({
        ...{ title, excerpt: '', html: '' },
        text: lines.join('\n'),
      });
      room.theirs = {
        ...post('The river falls', [...same, 'Five are missing.', 'A line of theirs.']),
        ...{ theirs: THEIRS, status: 'publish' },
        before: {
          ...post('The river rises', [...same, 'Four are missing.', 'The end.', 'And over.']),
          revision: THEIRS,
        },
      };
    });
    await button('Look at their version…').click();
    const dialog = window.page.getByRole('dialog', { name: 'Changed on The blog' });
    await dialog.getByText('… 7 paragraphs as before …').waitFor();
    expect(await dialog.locator('.compared-part p').allTextContents()).toEqual([
      'The river risesfalls',
      'Paragraph 0 stands.',
      '… 7 paragraphs as before …',
      'Paragraph 8 stands.',
      'FourFive are missing.',
      expect.stringContaining('theirs') as string,
      'And over.',
    ]);
    expect(await dialog.locator('del').first().textContent()).toBe('rises');
    expect(await dialog.locator('ins').first().textContent()).toBe('falls');
  });

  it('is taken into the article when the chief says so, and says what comes next', async () => {
    const changed = delivery({
      standing: 'changed',
      theirs: THEIRS,
      problem: 'Somebody changed it.',
    });
    await openPublished([changed], (room) => {
      const words = { title: 'Their headline', excerpt: '', html: '<p>Their words.</p>' };
      const before = {
        ...words,
        html: '<p>Our words.</p>',
        text: 'Our words.',
        revision: THEIRS,
      };
      room.theirs = { ...words, theirs: THEIRS, status: 'publish', text: 'Their words.', before };
      room.handlers['deliveries.takeIn'] = () => {
        const next = {
          standing: 'taken-in',
          problem: 'Have it approved and publish it again.',
        } as const;
        room.deliveries.set(room.floods, [{ ...changed, ...next }]);
        return { deliveries: room.deliveries.get(room.floods)! };
      };
    });
    await button('Look at their version…').click();
    const dialog = window.page.getByRole('dialog', { name: 'Changed on The blog' });
    await dialog.getByRole('button', { name: 'Take it into the article' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(asked('deliveries.takeIn').at(-1)?.input).toMatchObject({
      article: room.floods,
      theirs: THEIRS,
    });
    await lines().getByText('Changed on The blog, and taken into the article').waitFor();
    await lines().getByText('Have it approved and publish it again.').waitFor();
    expect(await button('Try again').count()).toBe(0);
  });

  it('is left to the chief of the desk', async () => {
    await openPublished(
      [delivery({ standing: 'changed', theirs: THEIRS, problem: 'Somebody changed it.' })],
      (room) => {
        room.status.person!.admin = false;
        room.status.person!.memberships[0]!.role = 'copy-editor';
      },
    );
    await button('Look at their version…').click();
    const dialog = window.page.getByRole('dialog', { name: 'Changed on The blog' });
    await dialog.getByRole('button', { name: 'Leave it as it is' }).waitFor();
    expect(await dialog.getByRole('button', { name: 'Publish over it' }).count()).toBe(0);
    expect(await button('Try again').count()).toBe(0);
  });

  it('is not known offline, and says so', async () => {
    await openPublished([], (room) => {
      room.status.sync.state = 'offline';
    });
    await window.page.getByText('is shown when the server can be reached').waitFor();
    expect(asked('deliveries.list')).toEqual([]);
  });
});

describe('the queues', () => {
  it('name the channels that are connected, and say how the others are', async () => {
    await openPublished([], (room) => {
      room.channels = [
        {
          id: anId(),
          kind: 'wordpress',
          name: 'The blog',
          desks: null,
          problem: '',
          address: 'https://blog.example.org',
        },
      ];
    });
    const servers = window.page.getByRole('navigation', { name: 'Queues' });
    await servers.getByRole('button', { name: 'The blog', exact: true }).waitFor();
    await servers.getByRole('button', { name: 'The blog', exact: true }).focus();
    await window.page.keyboard.press('ArrowDown');
    await window.page.getByText('No Ghost is connected.').waitFor();
    expect(await servers.getByRole('button', { name: /WordPress/ }).count()).toBe(0);
  });

  it('name a channel that is connected while the window is open, once the server has been asked again', async () => {
    await openPublished([]);
    const servers = window.page.getByRole('navigation', { name: 'Queues' });
    await servers.getByRole('button', { name: /^Ghost/ }).waitFor();
    await expect.poll(() => asked('channels.list').length).toBe(1);
    await window.page.clock.install({ time: '2026-11-14T12:40:00Z' });
    room.channels = [
      {
        id: anId(),
        kind: 'ghost',
        name: 'The weekly',
        desks: null,
        problem: '',
        address: 'https://weekly.example.org',
      },
    ];
    // However often it syncs, the server is asked for them once in half a minute.
    for (let minute = 41; minute < 49; minute += 1) {
      room.status.sync.lastSyncedAt = `2026-11-14T12:${String(minute)}:00.000Z`;
      await window.emit('status', room.status);
      await window.emit('article', { article: room.floods, working: false });
      await window.page.clock.runFor(100);
    }
    expect(asked('channels.list').length).toBe(1);
    await window.page.clock.fastForward(30_000);
    await servers.getByRole('button', { name: 'The weekly', exact: true }).waitFor();
    expect(await servers.getByRole('button', { name: /^Ghost/ }).count()).toBe(0);
    expect(asked('channels.list').length).toBe(2);
  });
});
