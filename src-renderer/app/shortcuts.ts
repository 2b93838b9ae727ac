import { useEffect } from 'react';
import { COMMANDS, type CommandId, type Status } from '#shared/contract';
import { runCommand } from './commands.ts';
import { matches } from './keys.ts';

const BOUND = Object.entries(COMMANDS).flatMap(([id, command]) =>
  'shortcut' in command ? [{ id: id as CommandId, shortcut: command.shortcut }] : [],
);

/** Runs the command whose keys are pressed, unless something nearer has already taken them. */
export function useShortcuts(status: Status): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const bound = BOUND.find(({ shortcut }) => matches(event, shortcut));
      if (!bound) return;
      event.preventDefault();
      runCommand(bound.id, status);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [status]);
}
