import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const Served = z.object({ pid: z.number().int().positive(), url: z.url() });
const ANSWER_MS = 3000;

function fileOf(data: string): string {
  return join(data, 'server.json');
}

/** Notes which process serves a data folder, and where. Gives how to take the note back. */
export async function noteServed(data: string, url: string): Promise<() => Promise<void>> {
  const text = `${JSON.stringify({ pid: process.pid, url })}\n`;
  await writeFile(fileOf(data), text, { mode: 0o600 });
  return () => rm(fileOf(data), { force: true });
}

/**
 * Where a data folder is served now, or null. The number of a process that was killed may be another program's by now:
 * only an address at which nobody listens is proof that its server is gone.
 */
export async function servedAt(data: string): Promise<string | null> {
  let noted: z.infer<typeof Served>;
  try {
    noted = Served.parse(JSON.parse(await readFile(fileOf(data), 'utf8')));
    process.kill(noted.pid, 0);
  } catch {
    return null;
  }
  const { url } = noted;
  const here = url.replace('//0.0.0.0', '//127.0.0.1').replace('//[::]', '//[::1]');
  try {
    const answer = await fetch(`${here}/v1/health`, { signal: AbortSignal.timeout(ANSWER_MS) });
    await answer.body?.cancel();
    return url;
  } catch (error) {
    const { cause } = error as { cause?: { code?: string } };
    return cause?.code === 'ECONNREFUSED' ? null : url;
  }
}
