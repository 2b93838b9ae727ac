import { describe, expect, it } from 'vitest';
import { StetError } from '#shared/contract';
import { rendererNewsroom } from '../../helpers/renderer-newsroom.ts';
import { useRendererWindow } from '../../helpers/renderer-window.ts';

const openWindow = useRendererWindow();

describe('a computer that was signed out', () => {
  it('takes the right password after a wrong one, and says whose work it keeps', async () => {
    const room = rendererNewsroom();
    room.status.sample = null;
    room.status.sync = { ...room.status.sync, state: 'signed-out', waiting: 2 };
    room.handlers['session.signIn'] = ({ password }) => {
      if (password === 'the wrong one')
        throw new StetError('refused', 'Login and password do not match.');
      return {};
    };
    const { page, problems } = await openWindow(room, { route: '/bin' });
    await page
      .getByRole('contentinfo')
      .getByText(/Signed out/)
      .click();
    const panel = page.getByRole('dialog', { name: 'Outbox and server' });
    await panel.getByText(/Somebody else opens Stet with a profile of their own/).waitFor();
    const password = panel.getByLabel(/^Password/);
    const button = panel.getByRole('button', { name: 'Sign in', exact: true });
    await password.fill('the wrong one');
    await button.click();
    await panel.getByText('Login and password do not match.').waitFor();
    await password.fill('the right one');
    await button.click();
    const tried = () => room.calls.filter(({ name }) => name === 'session.signIn');
    await expect
      .poll(() => tried().map(({ input }) => input))
      .toEqual([{ password: 'the wrong one' }, { password: 'the right one' }]);
    expect(problems).toEqual([]);
  });
});
