import { join } from 'node:path';
import type { CallName, Input, Output, Reply } from '#shared/contract';
import { startChild, type Child } from './child.ts';

const PROGRAM = join(import.meta.dirname, 'core-process.ts');

/** Says that the core was killed before it answered: what was asked may have happened or not. */
export class Gone extends Error {
  constructor() {
    super('The process was killed before it answered.');
    this.name = 'Gone';
  }
}

/** One editor's computer: a profile in a folder, and the process that works on it. */
export interface Core {
  folder: string;
  start: () => Promise<void>;
  kill: () => Promise<void>;
  /** Asks the core and waits for its answer. Throws {@link Gone} when it is killed first. */
  call: <K extends CallName>(name: K, input: Input<K>) => Promise<Output<K>>;
  /** Calls that wait for an answer now. */
  inFlight: () => number;
}

export function coreIn(folder: string, deviceName: string): Core {
  const asked = new Map<number, (reply: Reply | null) => void>();
  let child: Child | null = null;
  let calls = 0;

  const forget = (): void => {
    for (const answer of asked.values()) answer(null);
    asked.clear();
  };
  return {
    folder,
    inFlight: () => asked.size,
    start: async () => {
      child = await startChild([PROGRAM, folder, deviceName], {
        ready: /^\{"ready":true\}$/,
        heard: (line) => {
          const { id, reply } = JSON.parse(line) as { id: number; reply: Reply };
          asked.get(id)?.(reply);
          asked.delete(id);
        },
      });
      child.process.once('exit', forget);
    },
    kill: async () => {
      await child?.kill();
      child = null;
    },
    call: async <K extends CallName>(name: K, input: Input<K>) => {
      const current = child;
      if (!current || current.ended()) throw new Gone();
      const id = (calls += 1);
      const reply = await new Promise<Reply | null>((resolve) => {
        asked.set(id, resolve);
        current.process.stdin?.write(`${JSON.stringify({ id, name, input })}\n`);
      });
      if (!reply) throw new Gone();
      if (!reply.ok) throw new Error(`${name}: ${reply.error.message}`);
      return reply.value as Output<K>;
    },
  };
}
