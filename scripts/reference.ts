import { refusalsOf, ROUTES, type Route } from '#shared/api';
import {
  COMMANDS,
  EDITOR_COMMANDS,
  MENUS,
  type CommandSpec,
  type MenuName,
} from '#shared/contract';
import {
  NEEDS,
  PERMISSIONS,
  STATES,
  TRANSITIONS,
  type Need,
  type TransitionRule,
  type WorkflowState,
} from '#shared/workflow';

/** The reference pages under docs/reference, written from the tables that the program itself walks. */
export const PAGES: Record<string, () => string> = {
  'workflow.md': workflowPage,
  'keyboard.md': keyboardPage,
  'api.md': apiPage,
};

const NOTICE =
  '<!-- Written by `node scripts/write-reference.ts` from the tables in src-shared. -->';

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const WHO: Record<string, string> = {
  member: 'anyone on the desk',
  'desk-chief': 'desk chief of the desk',
  author: 'who started the article',
  staff: 'whoever works on any desk',
  anyone: 'everyone in the newsroom',
  chief: 'desk chief of the desk',
  admin: 'newsroom admin',
};

function who(parties: readonly string[]): string {
  return parties.map((party) => WHO[party] ?? party).join(', ');
}

function label(state: WorkflowState): string {
  return STATES[state].label;
}

function workflowPage(): string {
  const rules = Object.values(TRANSITIONS) as TransitionRule[];
  const transitions = rules.map((rule) => [
    rule.label,
    rule.means,
    who(rule.by),
    rule.from.map(label).join(', '),
    label(rule.to) +
      (rule.toWhenLive ? ` (${label(rule.toWhenLive)} when readers already see a revision)` : ''),
    rule.needs.map((need) => `\`${need}\``).join(' '),
  ]);
  return [
    '# The workflow',
    NOTICE,
    'An article is always in one state. A transition moves it; the publishing server accepts or refuses each one, and the editor offers only what the server would accept. A transition made offline waits in the outbox.',
    '## States',
    Object.values(STATES)
      .map((state) => `- ${state.label}`)
      .join('\n'),
    '## Transitions',
    table(['transition', 'what it does', 'who', 'from', 'to', 'needs'], transitions),
    '## What a transition can need',
    table(
      ['need', 'what a person reads when it is missing'],
      (Object.keys(NEEDS) as Need[]).map((need) => [`\`${need}\``, NEEDS[need]]),
    ),
    '## Other permissions',
    table(
      ['action', 'who'],
      Object.entries(PERMISSIONS).map(([action, parties]) => [`\`${action}\``, who(parties)]),
    ),
    '',
  ].join('\n\n');
}

function keyboardPage(): string {
  const commands: CommandSpec[] = Object.values(COMMANDS);
  const menus = (Object.keys(MENUS) as MenuName[]).map((menu) => {
    const rows = commands
      .filter((command) => command.menu === menu)
      .map(({ label, shortcut }) => [label, keys(shortcut)]);
    return [`## ${MENUS[menu]}`, table(['command', 'keys'], rows)].join('\n\n');
  });
  return [
    '# Commands and keys',
    NOTICE,
    '`Ctrl` is `⌘` on a Mac, `Alt` is `⌥`. Every command can be found by typing its name after `Ctrl K`, with or without keys of its own.',
    ...menus,
    '## Writing',
    table(
      ['command', 'keys'],
      EDITOR_COMMANDS.map((command) => [command.label, keys(command.keys)]),
    ),
    '',
  ].join('\n\n');
}

function keys(shortcut: string | undefined): string {
  if (shortcut === undefined) return '';
  return shortcut
    .replace('Mod', 'Ctrl')
    .replace('ArrowUp', '↑')
    .replace('ArrowDown', '↓')
    .split('+')
    .map((key) => `\`${key}\``)
    .join(' ');
}

function apiPage(): string {
  const routes = Object.values(ROUTES) as Route[];
  return [
    '# The publishing server’s API',
    NOTICE,
    'HTTP and JSON. A running server describes itself at `/v1/openapi.json` (OpenAPI 3.1), with the shape of every body. Errors are always `{"error": {"code", "message"}}`: a stable code and a sentence. Any route may also answer `internal` or `unavailable`.',
    table(
      ['route', 'what it does', 'token', 'refusals'],
      routes.map((route) => [
        `\`${route.method} ${route.path}\``,
        route.summary,
        route.auth === 'none' ? 'no' : 'yes',
        refusalsOf(route)
          .filter((code) => code !== 'internal' && code !== 'unavailable')
          .map((code) => `\`${code}\``)
          .join(' '),
      ]),
    ),
    '',
  ].join('\n\n');
}
