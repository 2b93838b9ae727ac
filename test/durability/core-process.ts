/**
 * A core without a window, as a host would run it: opens the profile in the folder given and answers calls, one line of
 * JSON each way. Run under Node: `node core-process.ts <folder> <device name>`.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openWorkstation } from '../../src-main/core/workstation.ts';

const [, , dataDir = '', deviceName = ''] = process.argv;
const vault = join(dataDir, 'secrets.json');
const secrets = new Map<string, string>(
  existsSync(vault) ? (JSON.parse(readFileSync(vault, 'utf8')) as [string, string][]) : [],
);
const keep = (): void => writeFileSync(vault, JSON.stringify([...secrets]));

const workstation = await openWorkstation({
  dataDir,
  profile: 'durability',
  deviceName,
  ports: {
    clock: Date.now,
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    secrets: {
      get: async (key) => secrets.get(key) ?? null,
      set: async (key, value) => {
        secrets.set(key, value);
        keep();
        return 'stored';
      },
      delete: async (key) => {
        secrets.delete(key);
        keep();
      },
    },
    sampleNewsroom: {
      available: () => ({ available: false, why: 'Not here.' }),
      people: () => [],
      start: () => Promise.reject(new Error('There is no sample newsroom here.')),
      stop: () => Promise.resolve(),
      running: () => Promise.resolve(false),
    },
    openExternal: () => Promise.resolve(),
    log: (level, message, error) => {
      if (level === 'error') process.stderr.write(`${message} ${String(error)}\n`);
    },
  },
});

const say = (line: unknown): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
say({ ready: true });
for await (const line of createInterface({ input: process.stdin })) {
  const { id, name, input } = JSON.parse(line) as { id: number; name: string; input: unknown };
  void workstation.dispatch(name, input).then((reply) => say({ id, reply }));
}
await workstation.close();
