import { parseArgs } from 'node:util';
import type { Machine } from '../host-common/data-folder.ts';
import { FLAGS, hostOptions, type HostOptions } from '../host-common/options.ts';

/** Runs the sample newsroom's server instead of a window, in a process that outlives the window. */
export const SAMPLE_SERVER_FLAG = '--sample-server';

/** Stet's flags among everything Electron, Chromium and the operating system add to a program's arguments. */
export function electronOptions(args: readonly string[], machine: Machine): HostOptions {
  const { values } = parseArgs({
    args: [...args],
    options: FLAGS,
    strict: false,
    allowPositionals: true,
  });
  return hostOptions(values, machine);
}

/** The arguments for the sample server, or null when a window is wanted. */
export function sampleServerArgs(args: readonly string[]): string[] | null {
  const at = args.indexOf(SAMPLE_SERVER_FLAG);
  return at === -1 ? null : args.slice(at + 1);
}
