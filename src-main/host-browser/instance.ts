import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { z } from 'zod';
import type { Site } from './admission.ts';

const Instance = z.object({ port: z.number().int(), host: z.string() });

/** Says that a profile is open, so that no second Stet opens the same one. */
export async function claimProfile(folder: string, { host }: Site): Promise<() => Promise<void>> {
  const file = join(folder, 'host.json');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(file, JSON.stringify({ port: Number(host.split(':')[1]), host }), {
    mode: 0o600,
  });
  return () => rm(file, { force: true });
}

/**
 * Whether another Stet has the profile open. Asked of itself by its random name, which nothing else answers to: a
 * number left over from before a crash or a restart of the computer means nothing.
 */
export async function isProfileOpen(folder: string): Promise<boolean> {
  try {
    const text = await readFile(join(folder, 'host.json'), 'utf8');
    const { port, host } = Instance.parse(JSON.parse(text));
    return (await statusOf(port, host)) === 401;
  } catch {
    return false;
  }
}

function statusOf(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asking = request(
      { host: '127.0.0.1', port, headers: { host }, timeout: 3000 },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      },
    );
    asking.once('timeout', () => asking.destroy(new Error('No answer.')));
    asking.once('error', reject);
    asking.end();
  });
}
