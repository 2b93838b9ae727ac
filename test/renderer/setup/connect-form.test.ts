import { describe, expect, it } from 'vitest';
import { StetError } from '#shared/contract';
import { rendererNewsroom, type RendererNewsroom } from '../../helpers/renderer-newsroom.ts';
import { useRendererWindow, type RendererWindow } from '../../helpers/renderer-window.ts';

const openWindow = useRendererWindow();
let window: RendererWindow;
let room: RendererNewsroom;

const WHY = 'The publishing server’s name is not known here.';

describe('connecting to a publishing server', () => {
  it.each(['nonsense', 'courier.example'])(
    'asks the core for “%s” and says what it answers',
    async (url) => {
      room = rendererNewsroom();
      room.status.stage = 'setup';
      room.handlers['setup.samplePeople'] = () => ({
        available: false,
        why: 'Not here.',
        people: [],
      });
      room.handlers['setup.connect'] = () => {
        throw new StetError('offline', WHY);
      };
      window = await openWindow(room);
      const { page } = window;
      await page.getByRole('button', { name: /Connect to a publishing server/ }).click();
      await page.getByLabel('Server address').fill(url);
      await page.getByLabel('Login').fill('jonah');
      await page.getByLabel('Password').fill('a long password');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').getByText(WHY).waitFor();
      expect(room.calls).toContainEqual({
        name: 'setup.connect',
        input: { url, login: 'jonah', password: 'a long password' },
      });
    },
  );
});
