import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { rendererNewsroom, type RendererNewsroom } from '../helpers/renderer-newsroom.ts';
import { useRendererWindow } from '../helpers/renderer-window.ts';

const openWindow = useRendererWindow();

const article = ({ status, floods }: RendererNewsroom): string =>
  `/desk/${status.person!.memberships[0]!.desk}/in-review?article=${floods}`;

const tab = (name: string) => async (page: Page) => {
  await page.getByRole('tab', { name, exact: true }).click();
};

interface Screen {
  name: string;
  route: (room: RendererNewsroom) => string;
  /** Words that are on the screen once it is ready. */
  ready: string;
  act?: (page: Page) => Promise<void>;
  setup?: boolean;
}

const SCREENS: Screen[] = [
  { name: 'Review', route: article, ready: 'Before it can run' },
  { name: 'Checks', route: article, ready: 'In order', act: tab('Checks') },
  { name: 'Story', route: article, ready: 'Usage terms', act: tab('Story') },
  { name: 'Related', route: article, ready: 'close match', act: tab('Related') },
  { name: 'History', route: article, ready: 'Revision 16 · ab12cd', act: tab('History') },
  {
    name: 'the palette',
    route: article,
    ready: 'New article',
    act: (page) => page.keyboard.press('Control+k'),
  },
  {
    name: 'the sheet of shortcuts',
    route: article,
    ready: 'In the list',
    act: (page) => page.keyboard.press('Control+/'),
  },
  { name: 'people and desks', route: () => '/people', ready: 'Tomás Brandt' },
  {
    name: 'the inbox',
    route: ({ status }) => `/inbox/${status.person!.memberships[0]!.desk}`,
    ready: 'The pump at Westbrook',
  },
  { name: 'an empty bin', route: () => '/bin', ready: 'The bin is empty' },
  { name: 'first run', route: () => '', ready: 'Connect to a publishing server', setup: true },
];

/** Screens that between them hold every colour. */
const IN_DARK = ['Review', 'the palette', 'people and desks', 'first run'];

describe.each([
  { colorScheme: 'light' as const, screens: SCREENS },
  { colorScheme: 'dark' as const, screens: SCREENS.filter(({ name }) => IN_DARK.includes(name)) },
])('in $colorScheme', ({ colorScheme, screens }) => {
  it.each(screens)('$name has nothing that bars a person', async (screen) => {
    const room = rendererNewsroom();
    if (screen.setup) room.status.stage = 'setup';
    const { page, problems, close } = await openWindow(room, {
      colorScheme,
      route: screen.route(room),
    });
    if (screen.route === article) await page.getByLabel('Body', { exact: true }).waitFor();
    await screen.act?.(page);
    await page.getByText(screen.ready).last().waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
    ).toEqual([]);
    expect(problems).toEqual([]);
    await close();
  });
});
