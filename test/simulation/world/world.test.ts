import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { planFault } from './disk.ts';
import { createWorld } from './world.ts';

it('leaves no fault of a disk behind for the next run of its seed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stet-simulation-'));
  const first = await createWorld({ seed: 1, folder, clients: 1 });
  planFault(first.server.file, { kind: 'full', left: 0 });
  await first.close();
  const second = await createWorld({ seed: 1, folder, clients: 1 });
  expect(second.violation()).toBeNull();
  await second.close();
  rmSync(folder, { recursive: true });
});
