import { COMMANDS, MENUS, type CommandSpec, type MenuName } from '#shared/contract';
import { EDITOR_COMMANDS } from '../editor/index.ts';
import { Dialog } from '../ui/index.ts';
import { closeDialog } from '../workspace/index.ts';
import { displayKeys } from './keys.ts';

interface Line {
  label: string;
  keys: string;
}

const LIST_KEYS: Line[] = [
  { label: 'Next or previous article', keys: '↓ ↑' },
  { label: 'First or last article', keys: 'Home End' },
  { label: 'Open the article', keys: 'Enter' },
];

const COMMENT_KEYS: Line[] = [
  { label: 'Comment or reply', keys: displayKeys('Mod+Enter') },
  { label: 'Back to the article; the words stay', keys: 'Esc' },
];

function linesOf(menu: MenuName): Line[] {
  const commands: CommandSpec[] = Object.values(COMMANDS);
  return commands.flatMap(({ label, menu: its, shortcut }) =>
    its === menu && shortcut ? [{ label, keys: displayKeys(shortcut) }] : [],
  );
}

/** Every shortcut, from the same tables that bind them. */
export function ShortcutSheet() {
  const groups = [
    ...(Object.keys(MENUS) as MenuName[]).map((menu) => ({
      title: MENUS[menu],
      lines: linesOf(menu),
    })),
    { title: 'In the list', lines: LIST_KEYS },
    { title: 'In a comment', lines: COMMENT_KEYS },
    {
      title: 'Writing',
      lines: EDITOR_COMMANDS.map(({ label, keys }) => ({ label, keys: displayKeys(keys) })),
    },
  ].filter(({ lines }) => lines.length > 0);
  return (
    <Dialog title="Keyboard shortcuts" size="wide" reading onClose={closeDialog}>
      <div className="shortcuts">
        {groups.map(({ title, lines }) => (
          <section key={title}>
            <h3 className="label">{title}</h3>
            <dl>
              {lines.map(({ label, keys }) => (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd>
                    <kbd className="key">{keys}</kbd>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
