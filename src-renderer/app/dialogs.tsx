import type { Status } from '#shared/contract';
import { BinDialog, TransitionDialog } from '../inspector/index.ts';
import { ServerPanel } from '../servers/index.ts';
import { PasswordDialog, SettingsDialog } from '../settings/index.ts';
import { VaultDialog } from '../vault/index.ts';
import { useWindow, type OpenDialog } from '../workspace/index.ts';
import { Palette } from './palette.tsx';
import { ShortcutSheet } from './shortcut-sheet.tsx';

/** Whichever dialog is open; one at a time. */
export function Dialogs({ status }: { status: Status }) {
  const dialog = useWindow((state) => state.dialog);
  return dialog && <Shown dialog={dialog} status={status} />;
}

function Shown({ dialog, status }: { dialog: OpenDialog; status: Status }) {
  switch (dialog.kind) {
    case 'palette':
      return <Palette status={status} />;
    case 'shortcuts':
      return <ShortcutSheet />;
    case 'settings':
      return <SettingsDialog status={status} />;
    case 'password':
      return <PasswordDialog status={status} />;
    case 'server':
      return <ServerPanel status={status} />;
    case 'vault':
      return <VaultDialog />;
    case 'transition':
      return <TransitionDialog transition={dialog.transition} />;
    case 'bin':
      return <BinDialog />;
  }
}
