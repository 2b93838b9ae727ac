import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { bridgeOver } from '#shared/contract';
import { openWorkstation } from '../../src-main/core/workstation.ts';
import { createSessionSecrets } from '../../src-main/host-common/session-secrets.ts';
import { linkCore } from '../../src-main/host-electron/core-link.ts';
import { serveCore } from '../../src-main/host-electron/core-service.ts';
import { createPortBridge } from '../../src-main/preload/port-bridge.ts';
import { nodePort } from '../helpers/ports.ts';

test('a page reaches the real core through every part that stands between', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stet-core-'));
  const control = new MessageChannel();
  serveCore(nodePort(control.port2), openWorkstation);
  const core = linkCore(nodePort(control.port1), {
    secrets: createSessionSecrets(),
    openExternal: async () => undefined,
    log: () => undefined,
  });
  const trouble = await core.open({
    folder: join(folder, 'profile'),
    profile: 'rosa',
    deviceName: 'desk-3',
    sample: null,
    sampleFolder: join(folder, 'sample'),
    peopleFile: resolve(import.meta.dirname, '../../resources/sample-newsroom/people.json'),
    sampleServer: { command: 'none', args: [] },
  });
  expect(trouble).toBeNull();

  const page = new MessageChannel();
  core.connectPage(nodePort(page.port1));
  const bridge = createPortBridge();
  bridge.use(page.port2 as never);
  expect(await bridgeOver(bridge).call('app.status', {})).toMatchObject({
    stage: 'setup',
    profile: 'rosa',
  });
  const { people } = await bridgeOver(bridge).call('setup.samplePeople', {});
  expect(people.map(({ login }) => login)).toContain('jonah');
  expect(await bridgeOver(bridge).call('settings.set', { theme: 'dark' })).toMatchObject({
    theme: 'dark',
  });
  expect(await core.readAsset('ab'.repeat(32))).toBeNull();

  await core.close();
  expect(existsSync(join(folder, 'profile', 'stet.db'))).toBe(true);
  page.port2.close();
  control.port1.close();
  await rm(folder, { recursive: true });
});
