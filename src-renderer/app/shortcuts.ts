import { useEffect } from 'react';
import { COMMANDS, type CommandId, type Status } from '#shared/contract';
import { runCommand } from './commands.ts';
import { matches } from './keys.ts';

const BOUND = Object.entries(COMMANDS).flatMap(([id, command]) =>
  'shortcut' in command ? [{ id: id as CommandId, shortcut: command.shortcut }] : [],
);

/** What is asked in a dialog is answered first: no command runs behind it. */
const DIALOG = '[role="dialog"], [role="alertdialog"]';

/**
 * Runs the command whose keys are pressed, before what has the focus sees them: a button, a field of one line and the
 * body would each take Enter for their own, whatever else is held down with it.
 */
export function useShortcuts(status: Status): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.isComposing) return;
      const bound = BOUND.find(({ shortcut }) => matches(event, shortcut));
      if (!bound) return;
      event.preventDefault();
      event.stopPropagation();
      if (document.querySelector(DIALOG) === null) runCommand(bound.id, status);
    };
    window.addEventListener('keydown', press, { capture: true });
    return () => window.removeEventListener('keydown', press, { capture: true });
  }, [status]);
}
