import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { COMMANDS, MENUS } from '#shared/contract';
import { acceleratorOf, menuTemplate } from '../../src-main/host-electron/menu.ts';

const itemsOf = (menu: MenuItemConstructorOptions) => menu.submenu as MenuItemConstructorOptions[];

test('every command stands in its menu, once, and asks for itself', () => {
  const run: string[] = [];
  const items = menuTemplate('linux', (command) => run.push(command)).flatMap(itemsOf);
  for (const [id, { label }] of Object.entries(COMMANDS)) {
    const found = items.filter((item) => item.id === id);
    expect(found).toHaveLength(1);
    expect(found[0]!.label).toBe(label);
    found[0]!.click!(null!, undefined, null!);
  }
  expect(run.toSorted()).toEqual(Object.keys(COMMANDS).toSorted());
});

test('shortcuts are shown but left to the page, which would otherwise act twice', () => {
  const items = menuTemplate('win32', () => undefined).flatMap(itemsOf);
  const own = items.filter(({ accelerator }) => accelerator !== undefined);
  expect(own.length).toBeGreaterThan(0);
  for (const item of own) expect(item.registerAccelerator).toBe(false);
});

test('shortcuts are written as Electron writes them', () => {
  expect(acceleratorOf('Mod+Shift+Enter')).toBe('CommandOrControl+Shift+Enter');
  expect(acceleratorOf('Alt+1')).toBe('Alt+1');
});

test('the Mac gets its own menus, the others can quit from File', () => {
  const mac = menuTemplate('darwin', () => undefined);
  expect(mac[0]!.role).toBe('appMenu');
  expect(mac.at(-2)!.role).toBe('windowMenu');
  expect(mac.at(-1)!.label).toBe(MENUS.help);
  const [file] = menuTemplate('linux', () => undefined);
  expect(itemsOf(file!).at(-1)!.role).toBe('quit');
});
