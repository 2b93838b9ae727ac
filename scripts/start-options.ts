import { parseArgs } from 'node:util';
import type { Machine } from '../src-main/host-common/data-folder.ts';
import {
  FLAGS,
  hostOptions,
  UsageError,
  type HostOptions,
} from '../src-main/host-common/options.ts';

/** The flags of `npm start`: those of the hosts, and which host. */
export const START_FLAGS = {
  ...FLAGS,
  host: {
    type: 'string',
    value: 'browser|electron',
    help: 'what shows the window; Electron when it can be had',
  },
  help: { type: 'boolean', value: '', help: 'show this' },
} as const;

export interface StartOptions {
  host: 'browser' | 'electron' | 'either';
  help: boolean;
  options: HostOptions;
}

/** Reads the flags of `npm start`. Throws {@link UsageError}. */
export function parseStartOptions(args: readonly string[], machine: Machine): StartOptions {
  let values;
  try {
    ({ values } = parseArgs({ args: [...args], options: START_FLAGS, strict: true }));
  } catch (error) {
    const [said = ''] = (error as Error).message.split(/[.\n]/);
    throw new UsageError(`${said}. Use --help to see what there is.`);
  }
  const { host, help, ...rest } = values;
  if (host !== undefined && host !== 'browser' && host !== 'electron')
    throw new UsageError('--host is browser or electron.');
  if (host === 'electron' && rest['no-open'])
    throw new UsageError('--no-open prints an address for a browser; leave out --host electron.');
  return { host: host ?? 'either', help: help ?? false, options: hostOptions(rest, machine) };
}

/** What `--help` prints. */
export function startHelp(): string {
  const lines = Object.entries(START_FLAGS).map(([name, { value, help }]) => {
    const flag = `--${name}${value && ` ${value}`}`;
    return `  ${flag.padEnd(26)} ${help}`;
  });
  return ['Opens Stet.', '', '  npm start -- [flags]', '', ...lines].join('\n');
}
