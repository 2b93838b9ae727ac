import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { runCommandLine } from '../../src-server/commands/index.ts';
import { openStore, verifyAudit } from '../../src-server/store/index.ts';
import { startPostgres } from '../helpers/postgres.ts';

afterEach(() => vi.unstubAllEnvs());

async function run(...args: string[]): Promise<string> {
  const said: string[] = [];
  const terminal = {
    print: (line: string) => said.push(line),
    fail: (line: string) => said.push(line),
  };
  await runCommandLine(['node', 'server', ...args], terminal);
  return said.join('\n');
}

it('moves a newsroom from SQLite to PostgreSQL and back by backup and restore, whole', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stet-moving-'));
  const postgres = await startPostgres();
  try {
    const [first, second, back] = ['first', 'second', 'back'].map((name) => join(folder, name));
    vi.stubEnv('DATABASE_URL', '');
    const site = ['--site-url', 'https://gazette.example'];
    await run('init', '--name', 'The Gazette', ...site, '--data', first!);
    await run('invite', 'Ann', '--chief', 'News Desk', '--data', first!);
    expect(await run('backup', join(folder, 'b1'), '--data', first!)).toContain('Backed up');

    vi.stubEnv('DATABASE_URL', await postgres.createDatabase());
    expect(await run('restore', join(folder, 'b1'), '--data', second!)).toContain('Restored');
    expect(await run('restore', join(folder, 'b1'), '--data', second!)).toContain(
      'holds a newsroom already, and nothing was changed',
    );
    expect(await run('list', 'people', '--data', second!)).toContain('newsroom admin');
    expect(await run('audit-verify', '--data', second!)).toContain('whole');
    expect(await run('backup', join(folder, 'b2'), '--data', second!)).toContain('Backed up');

    vi.stubEnv('DATABASE_URL', '');
    expect(await run('restore', join(folder, 'b2'), '--data', back!)).toContain('Restored');
    const [before, after] = await Promise.all(
      [first!, back!].map((dataDir) => openStore({ dataDir })),
    );
    const rows = (table: 'people' | 'desks' | 'invitations' | 'feed') =>
      [before!, after!].map(({ db }) => db.selectFrom(table).selectAll().execute());
    for (const table of ['people', 'desks', 'invitations', 'feed'] as const) {
      const [here, there] = await Promise.all(rows(table));
      expect(new Set(there?.map((row) => JSON.stringify(row)))).toEqual(
        new Set(here?.map((row) => JSON.stringify(row))),
      );
    }
    expect((await verifyAudit(after!.db)).brokenAt).toBeNull();
    await Promise.all([before!.close(), after!.close()]);
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}, 120_000);
