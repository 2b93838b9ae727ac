import { resolve } from 'node:path';
import { openWorkstation } from '../core/workstation.ts';
import { UsageError, type HostOptions } from '../host-common/options.ts';
import { hasScreen } from './app-window.ts';
import { openBrowserHost, type BrowserHost } from './host.ts';

const root = resolve(import.meta.dirname, '../..');

/** stdout carries the address alone, so that a script can take its last line. */
const say = (line: string) => void process.stderr.write(`${line}\n`);

/** Opens Stet in a browser on this computer and ends the process when its window is closed or it is told to end. */
export async function runBrowserHost(asked: HostOptions): Promise<void> {
  const options = withWindowIfPossible(asked);
  const host = await openBrowserHost({
    options,
    root,
    openWorkstation,
    say,
    sampleServer: { command: process.execPath, args: [resolve(root, 'src-server/cli.ts')] },
  }).catch((error: unknown) => {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `Stet could not open: ${error instanceof Error ? error.message : String(error)}`,
    );
  });
  const end = endOnce(host);
  endWellOn(host, end);
  if (host.address !== null) {
    if (!options.open && asked.open)
      say('Open this address in a browser on this computer; it works once:');
    process.stdout.write(`${host.address}\n`);
  }
  await host.windowClosed;
  end('closing', 0);
}

type End = (why: 'closing' | 'crashed', code: number) => void;

function endOnce(host: BrowserHost): End {
  return (why, code) =>
    void host.close(why).then(
      () => process.exit(code),
      (error: unknown) => {
        host.log('error', 'Stet did not close cleanly.', error);
        process.exit(1);
      },
    );
}

/** A page that waits for an answer hears of a crash by its connection; what was acknowledged is on the disk. */
function endWellOn(host: BrowserHost, end: End): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => end('closing', 0));
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error: unknown) => {
      host.log('error', 'Stet’s core stopped unexpectedly.', error);
      say('Stet stopped because of a fault. What you wrote is saved; start Stet again.');
      end('crashed', 1);
    });
}

function withWindowIfPossible(options: HostOptions): HostOptions {
  if (!options.open) return options;
  if (!hasScreen(process.platform, process.env)) {
    say('There is no screen here, so Stet opens no window.');
    return { ...options, open: false };
  }
  return options.chromium === null ? { ...options, open: false } : options;
}
