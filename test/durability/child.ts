import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A process under test, of which every line on stdout is heard. */
export interface Child {
  process: ChildProcess;
  /** True once it has ended, in whatever way. */
  ended: () => boolean;
  /** Ends it without warning, as a power cut would, and waits until it is gone. */
  kill: () => Promise<void>;
}

/** Starts a TypeScript file under this Node and waits for the line that says that it is ready. */
export async function startChild(
  args: readonly string[],
  { env, ready, heard }: { env?: NodeJS.ProcessEnv; ready: RegExp; heard?: (line: string) => void },
): Promise<Child> {
  const child = spawn(process.execPath, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    // A process that is killed and started all the time would otherwise spend most of its life compiling.
    env: { NODE_COMPILE_CACHE: join(tmpdir(), 'stet-compile-cache'), ...process.env, ...env },
  });
  let said = '';
  child.stderr
    .setEncoding('utf8')
    .on('data', (text: string) => (said = (said + text).slice(-4000)));
  // Writing to a process that has just been killed is part of the plan.
  child.stdin.on('error', () => undefined);
  const ended = (): boolean => child.exitCode !== null || child.signalCode !== null;
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`${args.join(' ')} ended at once:\n${said}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (ready.test(line)) resolve();
      else heard?.(line);
    });
  });
  return {
    process: child,
    ended,
    kill: async () => {
      if (ended()) return;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}
