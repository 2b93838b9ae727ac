import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

test('npm run dev opens Stet, and builds the window again when a source changes', async () => {
  const data = await mkdtemp(join(tmpdir(), 'stet-dev-'));
  const dev = spawn(
    process.execPath,
    [join(root, 'scripts/dev.ts'), '--host', 'browser', '--no-open', '--data', data],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const ended = once(dev, 'exit');
  let said = '';
  dev.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  try {
    const [line] = (await Promise.race([
      once(dev.stdout, 'data'),
      ended.then(() => expect.unreachable(said)),
    ])) as [Buffer];
    expect(line.toString()).toMatch(/^http:\/\/stet-\w+\.localhost:\d+\/\?token=\S+\n$/);
    const builds = () => said.split('The window is built').length - 1;
    const before = builds();
    const page = join(root, 'out/renderer/index.html');
    const { mtimeMs } = await stat(page);
    const now = new Date();
    await utimes(join(root, 'src-renderer/main.tsx'), now, now);
    await expect.poll(builds, { timeout: 60_000 }).toBeGreaterThan(before);
    expect((await stat(page)).mtimeMs).toBeGreaterThan(mtimeMs);
  } finally {
    dev.kill('SIGTERM');
    await ended;
    await rm(data, { recursive: true, force: true });
  }
  expect(said).not.toContain('Error');
});
