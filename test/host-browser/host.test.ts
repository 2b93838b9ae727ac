import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WorkstationOptions } from '../../src-main/core/ports.ts';
import { openBrowserHost, type BrowserHost } from '../../src-main/host-browser/host.ts';
import type { HostOptions } from '../../src-main/host-common/options.ts';
import { ensureChromium } from '../../scripts/ensure-chromium.ts';
import { fakeWorkstation, type FakeWorkstation } from '../helpers/fake-workstation.ts';

let root: string;
let options: HostOptions;
let workstations: FakeWorkstation[];
let said: string[];
const hosts: BrowserHost[] = [];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'stet-host-'));
  await mkdir(join(root, 'out', 'renderer'), { recursive: true });
  await writeFile(
    join(root, 'out', 'renderer', 'index.html'),
    '<!doctype html><title>Stet</title><script src="page.js"></script>',
  );
  await writeFile(
    join(root, 'out', 'renderer', 'page.js'),
    `const socket = new WebSocket('ws://' + location.host + '/socket');
     socket.onopen = () => socket.send(JSON.stringify({ id: 1, name: 'app.status', input: {} }));`,
  );
  options = {
    data: join(root, 'data'),
    profile: 'rosa',
    sample: null,
    port: 0,
    open: false,
    chromium: null,
  };
  workstations = [];
  said = [];
});

afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.close()));
  await rm(root, { recursive: true, force: true, maxRetries: 5 });
});

async function open(changed: Partial<HostOptions> = {}): Promise<BrowserHost> {
  const host = await openBrowserHost({
    options: { ...options, ...changed },
    root,
    openWorkstation: async (_: WorkstationOptions) => {
      const workstation = fakeWorkstation();
      workstations.push(workstation);
      return workstation;
    },
    sampleServer: { command: 'none', args: [] },
    say: (line) => said.push(line),
  });
  hosts.push(host);
  return host;
}

test('gives an address that works once', async () => {
  const { address } = await open();
  expect(address).toMatch(/^http:\/\/stet-[0-9a-f]{16}\.localhost:\d+\/\?token=[\w-]{43}$/);
});

test('does not open a profile that is open already', async () => {
  const first = await open();
  await expect(open()).rejects.toThrow('Stet is open already with the profile “rosa”');
  expect(workstations).toHaveLength(1);
  await open({ profile: 'rim' });
  await first.close();
  await open();
  expect(workstations).toHaveLength(3);
});

test('opens a profile whose last Stet was killed', async () => {
  const folder = join(options.data, 'profiles', 'rosa');
  await mkdir(folder, { recursive: true });
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as { port: number };
  taken.close();
  const left = { port, host: `stet-0123456789abcdef.localhost:${port}` };
  await writeFile(join(folder, 'host.json'), JSON.stringify(left));
  expect((await open()).address).not.toBeNull();
});

test('says that a port is taken, and closes the profile again', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  await expect(open({ port })).rejects.toThrow(`Port ${port} is taken by another program.`);
  expect(workstations[0]!.closed).toBe(true);
  other.close();
});

test('closing writes what is pending first', async () => {
  const host = await open();
  await Promise.all([host.close(), host.close()]);
  expect(workstations[0]!.closed).toBe(true);
});

test('never writes the token to the log or to disk', async () => {
  const host = await open();
  host.log('info', 'Something to read.');
  const token = new URL(host.address!).searchParams.get('token')!;
  const folder = join(options.data, 'profiles', 'rosa');
  for (const file of ['stet.log', 'host.json'])
    expect(await readFile(join(folder, file), 'utf8')).not.toContain(token);
});

test('ends with its window, and not before', async () => {
  const chromium = await ensureChromium((line) => process.stderr.write(`${line}\n`));
  if ('missing' in chromium) throw new Error(chromium.missing);
  const headless = join(root, 'chromium');
  await writeFile(
    headless,
    `#!/bin/sh\necho $$ > "${root}/pid"\nexec "${chromium.path}" --headless=new "$@"\n`,
  );
  await chmod(headless, 0o755);
  const host = await open({ open: true, chromium: headless });
  expect(host.address).toBeNull();
  const [workstation] = workstations;
  await expect
    .poll(() => workstation!.calls, { timeout: 30_000 })
    .toEqual([{ name: 'app.status', input: {} }]);
  let ended = false;
  void host.windowClosed.then(() => (ended = true));
  expect(ended).toBe(false);
  process.kill(Number(await readFile(join(root, 'pid'), 'utf8')), 'SIGTERM');
  await host.windowClosed;
}, 60_000);

test('says so when the browser cannot be started, and ends', async () => {
  const host = await open({ open: true, chromium: join(root, 'none') });
  await host.windowClosed;
  expect(said).toEqual([`${join(root, 'none')} could not be started.`]);
});
