import { Argument, Command, CommanderError, InvalidArgumentError } from 'commander';
import { ChannelKind } from '#shared/api';
import type { DeskRole } from '#shared/workflow';
import { ServerError } from '../errors.ts';
import { StoreError } from '../store/index.ts';
import { audit, auditVerify } from './audit-commands.ts';
import { backup, newEpoch, restore } from './backup-commands.ts';
import {
  addChannelCommand,
  channelSecretCommand,
  listChannelsCommand,
  removeChannelCommand,
  retryChannelCommand,
  testChannelCommand,
  type AddChannelOptions,
} from './channel-commands.ts';
import { DEFAULT_DATA_DIR, type DataOptions } from './data-dir.ts';
import { CommandError } from './failure.ts';
import { list, LISTS, type ListName } from './list-commands.ts';
import {
  addDeskCommand,
  init,
  inviteCommand,
  resetPasswordCommand,
  revokeDeviceCommand,
  type InitOptions,
  type InviteOptions,
} from './newsroom-commands.ts';
import { SECRET_VARIABLE } from './secret-input.ts';
import { serve, serveSample, type ServeOptions } from './serve.ts';

export interface Terminal {
  print: (line: string) => void;
  fail: (line: string) => void;
}

function port(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > 65_535)
    throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return number;
}

function count(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1 || number > 1_000_000)
    throw new InvalidArgumentError('It is a number from 1 to 1000000.');
  return number;
}

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

function listening(command: Command, defaultPort: number): Command {
  return command
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .option('--port <number>', 'the port to listen on; 0 takes a free one', port, defaultPort);
}

/** `channel …`: the CMSs that articles go to beside the newsroom’s own site. */
function addChannelCommands(program: Command, print: Terminal['print']): void {
  const channel = program.command('channel').description('connect WordPress or Ghost');
  const command = (usage: string, description: string): Command =>
    channel
      .command(usage)
      .description(description)
      .option('--data <folder>', 'the data folder', DEFAULT_DATA_DIR);
  command('add', 'connect a CMS: everything published from then on goes there too')
    .addArgument(new Argument('<kind>', 'which CMS').choices(ChannelKind.options))
    .argument('<address>', 'where it is, such as https://blog.example.org')
    .option('--name <name>', 'what the newsroom calls it; else the name of the CMS')
    .option('--account <login>', 'WordPress: who publishes, an author at least')
    .option('--desk <desk>', 'only articles of this desk; give it once for each', collect, [])
    .addHelpText(
      'after',
      `
The secret (an application password of WordPress, an Admin API key of Ghost) is asked for, or
piped in, or taken from ${SECRET_VARIABLE}; it is no argument, because those can be seen by others.`,
    )
    .action((kind: ChannelKind, address: string, options: AddChannelOptions) =>
      addChannelCommand(kind, address, options, print),
    );
  command('list', 'show what is connected, and what waits').action((options: DataOptions) =>
    listChannelsCommand(options, print),
  );
  const about = {
    test: [testChannelCommand, 'see whether the CMS lets Stet in'],
    retry: [retryChannelCommand, 'try again what waits or was refused'],
    secret: [channelSecretCommand, 'give it a new secret'],
    remove: [removeChannelCommand, 'disconnect it; what was published there stays there'],
  } as const;
  for (const [verb, [run, description]] of Object.entries(about))
    command(`${verb} <name>`, description).action((name: string, options: DataOptions) =>
      run(name, options, print),
    );
}

/** The whole command line of the publishing server. */
function buildProgram({ print, fail }: Terminal): Command {
  const program = new Command('server')
    .description('Stet’s publishing server: the newsroom’s shared copy and its public site.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => print(text.trimEnd()),
      writeErr: (text) => fail(text.trimEnd()),
    });

  const command = (usage: string, description: string): Command =>
    program
      .command(usage)
      .description(description)
      .option('--data <folder>', 'the data folder', DEFAULT_DATA_DIR);

  command('init', 'create a newsroom and its first admin')
    .requiredOption('--name <name>', 'what the publication is called')
    .requiredOption(
      '--site-url <address>',
      'where readers will find it, such as https://news.example.org',
    )
    .option('--section <name>', 'a section; give it once for each', collect, [])
    .option('--desk <name>', 'a desk; give it once for each', collect, [])
    .option('--time-zone <name>', 'such as Europe/Berlin', 'UTC')
    .option('--language <tag>', 'such as en, ar or ckb', 'en')
    .option('--admin-login <login>', 'the first admin’s login', 'admin')
    .option('--admin-name <name>', 'the first admin’s name', 'Newsroom admin')
    .addHelpText(
      'after',
      '\nThe admin’s password is made up and printed once, unless STET_ADMIN_PASSWORD gives one.',
    )
    .action((options: InitOptions) =>
      init(
        {
          ...options,
          section: options.section.length > 0 ? options.section : ['News'],
          desk: options.desk.length > 0 ? options.desk : ['News Desk'],
        },
        print,
      ),
    );
  listening(command('serve', 'serve the newsroom and its public site'), 8080)
    .option('--trust-proxy', 'read the reader’s address from the proxy in front')
    .addHelpText(
      'after',
      `
DATABASE_URL=postgres://… keeps the database in PostgreSQL instead of the data folder. Several
processes may then serve one newsroom; all need the same data folder, on a disk that they share,
because the pictures are in it.`,
    )
    .action((options: ServeOptions) => serve(options, print));
  listening(
    command(
      'sample',
      'serve the sample newsroom, creating it where needed; passwords are in its sample.json',
    ),
    0,
  ).action((options: ServeOptions) => serveSample(options, print));
  // In the order in which they stand: new articles of the person are filed at the first desk.
  const roles: InviteOptions['roles'] = [];
  const as = (role: DeskRole) => (desk: string) => void roles.push({ desk, role });
  command('invite <name>', 'invite a person; the code is printed once')
    .option('--editor <desk>', 'copy editor on this desk; give it once for each', as('copy-editor'))
    .option('--chief <desk>', 'desk chief on this desk; give it once for each', as('desk-chief'))
    .option('--admin', 'newsroom admin')
    .action((name: string, options: Omit<InviteOptions, 'roles'>) =>
      inviteCommand(name, { ...options, roles }, print),
    );
  command('list', 'list what the newsroom has')
    .addArgument(new Argument('<what>', 'what to list').choices(Object.keys(LISTS)))
    .action((what: ListName, options: DataOptions) => list(what, options, print));
  command('add-desk <name>', 'add a desk').action((name: string, options: DataOptions) =>
    addDeskCommand(name, options, print),
  );
  command(
    'reset-password <login>',
    'give a person a new password, printed once, and sign their devices out',
  ).action((login: string, options: DataOptions) => resetPasswordCommand(login, options, print));
  command('revoke-device <id>', 'sign a device out').action((id: string, options: DataOptions) =>
    revokeDeviceCommand(id, options, print),
  );
  addChannelCommands(program, print);
  command(
    'backup <folder>',
    'copy database and pictures to a new folder; the server may be running',
  ).action((folder: string, options: DataOptions) => backup(folder, options, print));
  command('restore <folder>', 'put a backup back; what is there is set aside').action(
    (folder: string, options: DataOptions) => restore(folder, options, print),
  );
  command('new-epoch', 'tell devices that the database was restored by other means').action(
    (options: DataOptions) => newEpoch(options, print),
  );
  command('audit', 'show who did what, when')
    .option('--last <number>', 'how many entries, counted from the newest', count, 50)
    .action((options: DataOptions & { last: number }) => audit(options, print));
  command('audit-verify', 'check that nothing in the audit log was changed').action(
    (options: DataOptions) => auditVerify(options, print),
  );
  return program;
}

/** Runs one command. Gives the exit code: 0 when it did what was asked, 1 with one sentence when not. */
export async function runCommandLine(argv: readonly string[], terminal: Terminal): Promise<number> {
  try {
    await buildProgram(terminal).parseAsync([...argv]);
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    terminal.fail(sentenceOf(error));
    return 1;
  }
}

function sentenceOf(error: unknown): string {
  if (error instanceof CommandError || error instanceof ServerError || error instanceof StoreError)
    return error.message;
  const { code, path, message } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return `This account may not write to ${path ?? 'the data folder'}. Choose another folder with --data.`;
  if (code === 'ENOSPC') return 'The disk is full. Nothing was lost; make room and try again.';
  return `The command failed: ${message}`;
}
