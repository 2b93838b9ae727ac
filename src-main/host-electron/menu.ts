import type { MenuItemConstructorOptions } from 'electron';
import { COMMANDS, MENUS, type CommandId, type CommandSpec, type MenuName } from '#shared/contract';

type Item = MenuItemConstructorOptions;
const line: Item = { type: 'separator' };

/** What Electron offers by itself, beside the commands of each menu. */
const OWN: Partial<Record<MenuName, { before?: Item[]; after?: Item[] }>> = {
  file: { after: [line, { role: 'close' }] },
  edit: {
    before: [
      { role: 'undo' },
      { role: 'redo' },
      line,
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'pasteAndMatchStyle' },
      { role: 'selectAll' },
      line,
    ],
  },
  view: {
    after: [
      line,
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { role: 'togglefullscreen' },
    ],
  },
};

/** The menu bar, made of the table of commands. `run` hears which command was chosen. */
export function menuTemplate(platform: NodeJS.Platform, run: (command: CommandId) => void): Item[] {
  const menus = (Object.keys(MENUS) as MenuName[]).map((name) => ({
    label: MENUS[name],
    submenu: [
      ...(OWN[name]?.before ?? []),
      ...commandsOf(name).map(([id, command]) => itemFor(id, command, run)),
      ...(OWN[name]?.after ?? []),
      ...(name === 'file' && platform !== 'darwin' ? [{ role: 'quit' } as Item] : []),
    ],
  }));
  if (platform !== 'darwin') return menus;
  return [{ role: 'appMenu' }, ...menus.slice(0, -1), { role: 'windowMenu' }, ...menus.slice(-1)];
}

/** A shortcut of the table as Electron writes it. */
export function acceleratorOf(shortcut: string): string {
  return shortcut.replace(/\bMod\b/, 'CommandOrControl');
}

function itemFor(id: CommandId, command: CommandSpec, run: (command: CommandId) => void): Item {
  return {
    id,
    label: command.label,
    click: () => run(id),
    // The page handles the keys from the same table; registered here too, each would act twice.
    ...(command.shortcut
      ? { accelerator: acceleratorOf(command.shortcut), registerAccelerator: false }
      : {}),
  };
}

function commandsOf(menu: MenuName): [CommandId, CommandSpec][] {
  const all = Object.entries(COMMANDS) as [CommandId, CommandSpec][];
  return all.filter(([, command]) => command.menu === menu);
}
