import { PanelLeft, PanelRight } from 'lucide-react';
import {
  Button as AriaButton,
  Header as MenuHeader,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
} from 'react-aria-components';
import type { CommandId, Status } from '#shared/contract';
import { titleOf } from '#shared/workflow';
import { Avatar, Button } from '../ui/index.ts';
import { showDialog, useRoute, useWindow } from '../workspace/index.ts';
import { runCommand, shortcutOf, useCommands } from './commands.ts';
import { useWide } from './use-wide.ts';

export function Header({ status }: { status: Status }) {
  const wide = useWide();
  const { list, inspector, side } = useWindow((state) => state);
  const { article } = useRoute();
  const run = (id: CommandId): void => runCommand(id, status);
  return (
    <header className="header">
      <h1 className="wordmark">
        <span>Stet</span>
      </h1>
      <AriaButton className="find" onPress={() => showDialog({ kind: 'palette' })}>
        <span>Search articles, the archive, people, commands</span>
        <kbd className="key">{shortcutOf('palette.open')}</kbd>
      </AriaButton>
      {(!wide || !list || !inspector) && (
        <div className="panel-switches">
          <Button
            variant="plain"
            aria-label="List"
            aria-pressed={list && (wide || side === 'list')}
            hint={`Show or hide the list (${shortcutOf('view.list')})`}
            onPress={() => run('view.list')}
          >
            <PanelLeft size={16} aria-hidden />
          </Button>
          <Button
            variant="plain"
            aria-label="Inspector"
            aria-pressed={article !== null && inspector && (wide || side === 'inspector')}
            hint={`Show or hide the inspector (${shortcutOf('view.inspector')})`}
            onPress={() => run('view.inspector')}
          >
            <PanelRight size={16} aria-hidden />
          </Button>
        </div>
      )}
      <Button onPress={() => run('article.new')} isDisabled={status.store.readOnly}>
        New article
      </Button>
      <PersonMenu status={status} />
    </header>
  );
}

const MENU: readonly CommandId[] = [
  'import.open',
  'server.open',
  'settings.open',
  'session.password',
  'help.shortcuts',
  'session.sign-out',
];

function PersonMenu({ status }: { status: Status }) {
  const commands = useCommands(status);
  const { person, newsroom } = status;
  const name = person?.name ?? 'Not signed in';
  return (
    <MenuTrigger>
      <AriaButton className="me">
        <Avatar name={name} />
        <span className="me-name">{person ? `${name} · ${titleOf(person)}` : name}</span>
      </AriaButton>
      <Popover className="popover" placement="bottom end" offset={6}>
        <Menu onAction={(id) => runCommand(id as CommandId, status)}>
          <MenuSection>
            <MenuHeader className="label menu-head">
              {newsroom?.name ?? 'Newsroom'}
              {status.profile !== 'default' && <span className="aside">{status.profile}</span>}
            </MenuHeader>
            {commands
              .filter(({ id }) => MENU.includes(id) && id !== 'session.sign-out')
              .map(({ id, label, keys }) => (
                <MenuItem key={id} id={id} className="option" textValue={label}>
                  {label}
                  {keys && <kbd className="aside">{keys}</kbd>}
                </MenuItem>
              ))}
          </MenuSection>
          <Separator className="menu-rule" />
          <MenuItem
            id="session.sign-out"
            className="option"
            isDisabled={status.sync.state === 'signed-out'}
          >
            Sign out
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
