import { COMMANDS, MENUS, type CommandId, type CommandSpec, type Status } from '#shared/contract';
import { can, Transition, type WorkflowState } from '#shared/workflow';
import { call } from '../bridge.ts';
import { chooseFile } from '../import/index.ts';
import { canOffer, startTransition, tryTransition } from '../inspector/index.ts';
import { tell, tellError, untell } from '../ui/index.ts';
import {
  cycleColumn,
  desk,
  DRAFTS,
  focusColumn,
  go,
  goToList,
  setWindow,
  showDialog,
  useWindow,
  windowNow,
  type Place,
  type Tab,
  type WindowState,
} from '../workspace/index.ts';
import { holdTyping } from './hold-typing.ts';
import { displayKeys } from './keys.ts';

interface Action {
  run: (context: Context) => void;
  /** Whether it can be done now; left out, it always can. */
  when?: (context: Context) => boolean;
  /** What its keys do where it cannot be done; left out, nothing. */
  otherwise?: () => void;
}

interface Context {
  status: Status;
  window: WindowState;
  /** What was typed behind the name of the command, before it was run. */
  typed?: string;
}

const hasArticle = ({ window }: Context): boolean => window.open !== null;
const canWrite = ({ status }: Context): boolean => !status.store.readOnly;

function toQueue(place: Place): Action {
  return { run: () => goToList(place) };
}

/** The desk whose queues a command means: the one of the open article, else the person's first. */
function toDesk(state: WorkflowState): Action {
  return {
    when: (context) => deskOf(context) !== null,
    run: (context) => {
      const desk = deskOf(context);
      if (desk) goToList({ kind: 'queue', queue: { kind: 'desk', desk, state } });
    },
  };
}

function deskOf({ status, window }: Context): string | null {
  return window.open?.fields.desk ?? status.person?.memberships[0]?.desk ?? null;
}

function toTab(tab: Tab): Action {
  return {
    when: hasArticle,
    run: () => {
      setWindow({ tab, inspector: true, side: 'inspector' });
      focusColumn('inspector');
    },
  };
}

function transition(name: Transition): Action {
  return {
    when: ({ window }) => canOffer(window.open, name),
    run: () => startTransition(name),
    otherwise: () => void tryTransition(name).catch(tellError),
  };
}

function toConflict(which: 'next' | 'previous'): Action {
  return {
    when: hasArticle,
    run: () => {
      // It would cover what comes next.
      untell('conflict.next');
      if (!desk.editor?.showConflict(which))
        tell({ tone: 'info', text: 'Nothing to settle: no conflict stands in this article.' });
    },
  };
}

/** Shows a column that is hidden, hides one that is shown; a narrow window has room for one of the two. */
function toggle(column: 'list' | 'inspector'): Action {
  return {
    run: () => {
      const isShown = document.querySelector(`[data-column="${column}"]`) !== null;
      const other = column === 'list' ? 'inspector' : 'list';
      setWindow({ [column]: !isShown, side: isShown ? other : column });
    },
  };
}

async function createArticle(typed: string): Promise<void> {
  const stopHolding = holdTyping(typed);
  const { article } = await call('article.create', {}).catch((error: unknown) => {
    stopHolding();
    throw error;
  });
  desk.begun = article;
  go(DRAFTS, article);
}

async function backUp(): Promise<void> {
  const { name, bytes } = await call('store.backup', {});
  tell({ tone: 'info', text: `Backed up to ${name} (${(bytes / 1e6).toFixed(1)} MB).` });
}

function attempt(work: () => Promise<unknown>): () => void {
  return () => void work().catch(tellError);
}

const ACTIONS: Record<CommandId, Action> = {
  'article.new': {
    when: canWrite,
    run: ({ typed = '' }) => attempt(() => createArticle(typed))(),
  },
  'import.open': { when: canWrite, run: () => void chooseFile() },
  'store.backup': { run: attempt(backUp) },
  'settings.open': { run: () => showDialog({ kind: 'settings' }) },
  'session.password': {
    when: ({ status }) => status.sync.state !== 'signed-out' && status.sample === null,
    run: () => showDialog({ kind: 'password' }),
  },
  'session.sign-out': {
    when: ({ status }) => status.sync.state !== 'signed-out',
    run: attempt(() => call('session.signOut', {})),
  },
  'palette.open': { run: () => showDialog({ kind: 'palette' }) },
  'view.list': toggle('list'),
  'view.inspector': toggle('inspector'),
  'view.review': toTab('review'),
  'view.checks': toTab('checks'),
  'view.story': toTab('story'),
  'view.related': toTab('related'),
  'view.history': toTab('history'),
  'focus.navigation': { run: () => focusColumn('navigation') },
  'focus.list': { run: () => focusColumn('list') },
  'focus.editor': { run: () => focusColumn('editor') },
  'focus.inspector': { run: () => focusColumn('inspector') },
  'focus.next': { run: () => cycleColumn(1) },
  'focus.previous': { run: () => cycleColumn(-1) },
  'conflict.next': toConflict('next'),
  'conflict.previous': toConflict('previous'),
  'go.drafts': toQueue({ kind: 'queue', queue: { kind: 'mine', state: 'draft' } }),
  'go.sent-back': toQueue({ kind: 'queue', queue: { kind: 'mine', state: 'sent-back' } }),
  'go.review': toDesk('in-review'),
  'go.approved': toDesk('approved'),
  'go.published': toDesk('published'),
  'go.inbox': {
    when: (context) => deskOf(context) !== null,
    run: (context) => {
      const desk = deskOf(context);
      if (desk) go({ kind: 'inbox', desk });
    },
  },
  'go.archive': toQueue({ kind: 'queue', queue: { kind: 'archive' } }),
  'go.people': { run: () => go({ kind: 'people' }) },
  'go.bin': toQueue({ kind: 'queue', queue: { kind: 'bin' } }),
  'article.submit': transition('submit'),
  'article.recall': transition('recall'),
  'article.send-back': transition('send-back'),
  'article.approve': transition('approve'),
  'article.schedule': transition('schedule'),
  'article.publish': transition('publish'),
  'article.correct': transition('correct'),
  'article.withdraw': transition('withdraw'),
  'article.public': {
    when: ({ window }) => window.open?.record.publicUrl != null,
    run: ({ window }) => {
      const url = window.open?.record.publicUrl;
      if (url) attempt(() => call('app.openExternal', { url }))();
    },
  },
  'article.bin': {
    when: ({ status: { person }, window: { open } }) =>
      open !== null &&
      !open.record.binned &&
      !open.record.live &&
      person !== null &&
      can(person, 'article.bin', open.record),
    run: () => showDialog({ kind: 'bin' }),
  },
  'sync.now': {
    when: ({ status }) => status.sync.state !== 'signed-out',
    run: attempt(() => call('sync.now', {})),
  },
  'sync.pause': {
    when: ({ status }) => status.sync.state !== 'signed-out',
    run: ({ status }) =>
      attempt(() => call('sync.pause', { paused: status.sync.state !== 'paused' }))(),
  },
  'server.open': { run: () => showDialog({ kind: 'server' }) },
  'vault.open': { run: () => showDialog({ kind: 'vault' }) },
  'help.shortcuts': { run: () => showDialog({ kind: 'shortcuts' }) },
};

/** A command as menus and the palette show it. */
export interface ShownCommand {
  id: CommandId;
  label: string;
  menu: string;
  keys: string;
}

/** The commands that can be done now, in the order of the table. */
export function useCommands(status: Status): ShownCommand[] {
  const window = useWindow((state) => state);
  return (Object.keys(COMMANDS) as CommandId[])
    .filter((id) => ACTIONS[id].when?.({ status, window }) ?? true)
    .map((id) => ({
      id,
      label: COMMANDS[id].label,
      menu: MENUS[COMMANDS[id].menu],
      keys: shortcutOf(id),
    }));
}

/** A command's keys as this keyboard's owner reads them; empty where it has none. */
export function shortcutOf(id: CommandId): string {
  const { shortcut }: CommandSpec = COMMANDS[id];
  return shortcut ? displayKeys(shortcut) : '';
}

/** Does a command now, or says why not where there is something to say; `typed` came behind its name. */
export function runCommand(id: CommandId, status: Status, typed = ''): void {
  const context = { status, window: windowNow(), typed };
  const { when, run, otherwise } = ACTIONS[id];
  if (when?.(context) ?? true) run(context);
  else otherwise?.();
}

export function isCommand(id: string): id is CommandId {
  return Object.hasOwn(COMMANDS, id);
}
