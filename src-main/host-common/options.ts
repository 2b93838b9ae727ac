import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultDataFolder, type Machine } from './data-folder.ts';

/** The flags both hosts understand; `npm start` adds its own. Shown by `--help` from this table. */
export const FLAGS = {
  sample: {
    type: 'boolean',
    value: '',
    help: 'open the sample newsroom, with a publishing server on this computer',
  },
  as: {
    type: 'string',
    value: 'LOGIN',
    help: 'be this person of the sample newsroom; their profile has the same name',
  },
  profile: {
    type: 'string',
    value: 'NAME',
    help: 'a data folder of its own, so that two people can work side by side',
  },
  data: {
    type: 'string',
    value: 'DIR',
    help: 'where everything is kept, in place of the usual folder',
  },
  port: {
    type: 'string',
    value: 'N',
    help: 'the port of the browser window’s address (any free one unless given)',
  },
  'no-open': {
    type: 'boolean',
    value: '',
    help: 'open no window; the last line printed is the address to open, once',
  },
  chromium: { type: 'string', value: 'FILE', help: 'the Chromium that shows the window' },
} as const;

export interface HostOptions {
  data: string;
  profile: string;
  /** Who to be in the sample newsroom: a login, `first` for whoever is listed first, null for no sample. */
  sample: { login: string } | 'first' | null;
  port: number;
  open: boolean;
  chromium: string | null;
}

/** A flag that cannot be followed, as a sentence. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

type Values = Partial<Record<keyof typeof FLAGS, string | boolean | undefined>>;

/** Reads the flags of a host. Throws {@link UsageError}. */
export function parseHostOptions(args: readonly string[], machine: Machine): HostOptions {
  try {
    const { values } = parseArgs({ args: [...args], options: FLAGS, strict: true });
    return hostOptions(values, machine);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${firstSentence(error)} Use --help to see what there is.`);
  }
}

/** What flags that `parseArgs` has read mean. Throws {@link UsageError}. */
export function hostOptions(values: Values, machine: Machine): HostOptions {
  const login = text(values.as);
  const profile = text(values.profile) ?? login ?? 'default';
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/.test(profile))
    throw new UsageError(
      'A profile’s name is up to 40 letters, digits, dots, dashes and underscores, and begins with a letter or digit.',
    );
  return {
    data: resolve(text(values.data) ?? defaultDataFolder(machine)),
    profile,
    sample: login === undefined ? (values.sample ? 'first' : null) : { login },
    port: portOf(text(values.port)),
    open: !values['no-open'],
    chromium: text(values.chromium) ?? null,
  };
}

/** The same options as flags again, for the process that will follow them. */
export function hostFlags(options: HostOptions): string[] {
  const { sample, chromium } = options;
  return [
    ...['--data', options.data, '--profile', options.profile, '--port', String(options.port)],
    ...(sample === null ? [] : sample === 'first' ? ['--sample'] : ['--as', sample.login]),
    ...(options.open ? [] : ['--no-open']),
    ...(chromium === null ? [] : ['--chromium', chromium]),
  ];
}

function portOf(value: string | undefined): number {
  const port = Number(value ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError('A port is a whole number from 0 (any free one) to 65535.');
  return port;
}

function text(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function firstSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `${message.split(/[.\n]/)[0] ?? message}.`;
}
