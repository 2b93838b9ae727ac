import { describe, expect, it } from 'vitest';
import { anId } from '../../helpers/articles.ts';
import { rendererNewsroom, type RendererNewsroom } from '../../helpers/renderer-newsroom.ts';
import { useRendererWindow, type RendererWindow } from '../../helpers/renderer-window.ts';

const openWindow = useRendererWindow();
let window: RendererWindow;
let room: RendererNewsroom;

const deskOf = ({ status }: RendererNewsroom): string => status.person!.memberships[0]!.desk;

async function open(route: (room: RendererNewsroom) => string): Promise<void> {
  room = rendererNewsroom();
  window = await openWindow(room, { route: route(room) });
}

const listbox = () => window.page.getByRole('listbox');
const activeRow = () =>
  window.page.evaluate(() => {
    const id = document.activeElement?.getAttribute('aria-activedescendant');
    return id ? document.getElementById(id)?.querySelector('h3')?.textContent : null;
  });

describe('a queue', () => {
  it('begins a desk chief’s day with what waits for review', async () => {
    await open(() => '');
    await listbox().getByText('Dockers Vote to Extend Walkout').waitFor();
    expect(new URL(window.page.url()).hash).toBe(`#/desk/${deskOf(room)}/in-review`);
  });

  it('begins at the desk where most waits, for the chief of several', async () => {
    room = rendererNewsroom();
    const { memberships } = room.status.person!;
    memberships.unshift({ desk: anId(), role: 'desk-chief' });
    window = await openWindow(room, {});
    await listbox().getByText('Dockers Vote to Extend Walkout').waitFor();
    expect(new URL(window.page.url()).hash).toBe(`#/desk/${memberships[1]!.desk}/in-review`);
  });

  /** Opens the window of a chief of two desks before anything has come from the server. */
  async function openBeforeFirstSync(): Promise<string[]> {
    room = rendererNewsroom();
    const { memberships } = room.status.person!;
    memberships.unshift({ desk: anId(), role: 'desk-chief' });
    room.status.sync.lastSyncedAt = null;
    const { rows } = room;
    room.rows = [];
    window = await openWindow(room, {});
    const places = memberships.map(({ desk }) => `#/desk/${desk}/in-review`);
    await expect.poll(() => new URL(window.page.url()).hash).toBe(places[0]);
    room.rows = rows;
    return places;
  }
  const firstSyncEnds = () =>
    window.emit('status', {
      ...room.status,
      sync: { ...room.status.sync, lastSyncedAt: '2026-11-14T12:05:00.000Z' },
    });

  it('begins at the desk where most waits once the first sync has told what waits', async () => {
    const [, fullest] = await openBeforeFirstSync();
    await firstSyncEnds();
    await listbox().getByText('Dockers Vote to Extend Walkout').waitFor();
    expect(new URL(window.page.url()).hash).toBe(fullest);
  });

  it('stays where the person went before the first sync was through', async () => {
    await openBeforeFirstSync();
    await window.page.getByRole('navigation').getByText('Bin').click();
    const asked = () => room.calls.filter(({ name }) => name === 'queues.counts').length;
    const before = asked();
    await firstSyncEnds();
    await expect.poll(asked).toBeGreaterThan(before);
    await window.page.getByText('The bin is empty').waitFor();
    expect(new URL(window.page.url()).hash).toBe('#/bin');
  });

  it('moves with the arrow keys and opens the article on Enter', async () => {
    await open((room) => `/desk/${deskOf(room)}/in-review`);
    await listbox().focus();
    await window.page.keyboard.press('ArrowDown');
    await expect.poll(activeRow).toBe('Rivers Crest Below Record, Valley Officials Say');
    await window.page.keyboard.press('Enter');
    await window.page.getByRole('main').getByText('Three towns stay evacuated overnight').waitFor();
    await expect
      .poll(() => listbox().getByRole('option', { selected: true }).textContent())
      .toContain('VALLEY-FLOODS');
  });

  it('reads only the rows in sight, and reaches the last one with End', async () => {
    await open((room) => `/desk/${deskOf(room)}/published`);
    await listbox().getByRole('option').first().waitFor();
    expect(await listbox().getByRole('option').count()).toBeLessThan(40);
    await listbox().focus();
    await window.page.keyboard.press('End');
    await expect
      .poll(() => listbox().getByRole('option').last().getAttribute('aria-posinset'))
      .toBe('214');
    const offsets = (): number[] =>
      room.calls
        .filter(({ name }) => name === 'articles.list')
        .map(({ input }) => (input as { offset: number }).offset);
    await expect.poll(offsets).toContain(200);
  });

  it('says what to do when it is empty', async () => {
    await open((room) => `/desk/${deskOf(room)}/scheduled`);
    await window.page.getByText('An approved article with a time to go out waits here.').waitFor();
  });

  it('offers in the bin to restore what the person may take out, and says of the rest who can', async () => {
    room = rendererNewsroom();
    const rows = room.rows.slice(0, 2).map((row, at) => ({ ...row, mayRestore: at === 0 }));
    room.handlers['articles.list'] = () => ({ rows, total: 2 });
    window = await openWindow(room, { route: '/bin' });
    const restore = window.page.getByRole('button', { name: 'Restore' });
    const says = window.page.getByText('Who started it, or a desk chief, can take it out.');
    await restore.waitFor();
    await listbox().focus();
    await window.page.keyboard.press('ArrowDown');
    await says.waitFor();
    expect(await restore.count()).toBe(0);
    await window.page.keyboard.press('ArrowUp');
    await restore.waitFor();
    expect(await says.count()).toBe(0);
  });

  it('shows new rows as soon as the core says that lists have changed', async () => {
    await open((room) => `/desk/${deskOf(room)}/in-review`);
    await listbox().getByRole('option').first().waitFor();
    room.rows.unshift({ ...room.rows[0]!, id: room.rows[7]!.id, headline: 'Ferry Runs Again' });
    await window.emit('lists', {});
    await listbox().getByText('Ferry Runs Again').waitFor();
  });

  it('says how many versions are to be settled, however many stand in each place', async () => {
    await open((room) => `/desk/${deskOf(room)}/in-review`);
    await listbox().getByRole('option').first().waitFor();
    room.rows[0]!.conflicts = 3;
    await window.emit('lists', {});
    await listbox().getByText('3 to settle', { exact: true }).waitFor();
    expect(
      await listbox()
        .getByText(/two versions/i)
        .count(),
    ).toBe(0);
  });

  it('shows of the open article what is being written, before the core has told of it', async () => {
    await open((room) => `/desk/${deskOf(room)}/in-review?article=${room.floods}`);
    const row = listbox().getByRole('option', { selected: true });
    await row.waitFor();
    const headline = window.page.getByRole('textbox', { name: 'Headline' });
    await headline.fill('Ferry Runs Again');
    await row.getByText('Ferry Runs Again').waitFor();
    const words = Number(/(\d+) words/.exec(await row.innerText())?.[1]);
    await window.page.getByLabel('Body', { exact: true }).locator('> p').first().click();
    await window.page.keyboard.press('End');
    await window.page.keyboard.type(' two more ');
    await row.getByText(`${String(words + 2)} words`).waitFor();
  });

  it('marks the words a search has found', async () => {
    await open(() => '/search/rivers');
    await expect.poll(() => window.page.locator('mark').first().textContent()).toBe('rivers');
  });

  it('comes back to the same place and article after a reload', async () => {
    await open((room) => `/desk/${deskOf(room)}/in-review?article=${room.floods}`);
    await window.page.getByRole('tab', { name: 'Review' }).waitFor();
    await window.page.reload();
    await window.page.getByRole('main').getByText('Three towns stay evacuated overnight').waitFor();
  });
});
