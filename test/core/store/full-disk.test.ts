import { execFileSync } from 'node:child_process';
import { closeSync, fsyncSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { describeStoreError } from '../../../src-main/core/store/index.ts';
import { content, paragraph } from '../../helpers/articles.ts';
import { openNewsdesk, startedArticle, temporaryFolder } from '../../helpers/store.ts';

/** A disk of 4 MB; null where this machine does not let us mount one. */
function smallDisk(): string | null {
  const dir = join(temporaryFolder(), 'disk');
  mkdirSync(dir);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', dir], { stdio: 'ignore' });
  } catch {
    return null;
  }
  onTestFinished(() => {
    execFileSync('umount', ['-l', dir]);
  });
  return dir;
}

function fill(dir: string): string {
  const file = join(dir, 'filling');
  const handle = openSync(file, 'w');
  const piece = Buffer.alloc(4096, 1);
  try {
    while (statfsSync(dir).bavail > 0) writeSync(handle, piece);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  return file;
}

const caught = (work: () => unknown): unknown => {
  try {
    work();
    return null;
  } catch (error) {
    return error;
  }
};

describe('a full disk', () => {
  it('refuses the edit with a sentence, keeps what was saved whole, and takes the same edit once there is room', async (test) => {
    const dir = smallDisk();
    if (dir === null) test.skip('This machine lets nobody mount a small disk.');
    const newsdesk = await openNewsdesk(dir ?? '');
    const { store, by } = newsdesk;
    const article = startedArticle(
      newsdesk,
      content({ body: [paragraph('Saved before', 'blk1')] }),
    );
    const before = store.working.read(article)!;
    const filling = fill(dir ?? '');
    const edit = {
      article,
      generation: 1,
      fields: { headline: 'Changed' },
      blocks: [paragraph('Changed', 'blk1'), paragraph('x'.repeat(600_000), 'blk2')],
      placed: [{ id: 'blk2', after: 'blk1' }],
    };
    const error = caught(() => store.working.apply(edit));
    expect(describeStoreError(error)).toMatchObject({
      code: 'disk-full',
      message: expect.stringMatching(/disk is full.*safe.*Free some space/) as string,
    });
    expect(store.working.read(article)).toEqual(before);

    rmSync(filling);
    store.working.apply(edit);
    expect(store.working.read(article)?.content.body).toEqual(edit.blocks);
    expect(store.working.seal(article, by)).not.toBeNull();
    expect(await store.quickCheck()).toEqual([]);
  });
});

describe('errors of disk and database', () => {
  const failure = (code: string): Error => Object.assign(new Error('failed'), { code });
  it.each([
    ['SQLITE_FULL', 'disk-full'],
    ['ENOSPC', 'disk-full'],
    ['SQLITE_IOERR_WRITE', 'damaged'],
    ['EIO', 'damaged'],
    ['SQLITE_CORRUPT_VTAB', 'damaged'],
    ['SQLITE_NOTADB', 'damaged'],
    ['SQLITE_READONLY_DBMOVED', 'read-only'],
    ['EROFS', 'read-only'],
  ])('say %s as %s, what is safe and what to do', (code, kind) => {
    const described = describeStoreError(failure(code));
    expect(described?.code).toBe(kind);
    expect(described?.message).toMatch(/safe|Nothing is deleted/);
  });

  it('leave every other error to others', () => {
    for (const error of [
      new Error('plain'),
      failure('SQLITE_CONSTRAINT'),
      failure('ECONNREFUSED'),
      'text',
      null,
    ])
      expect(describeStoreError(error)).toBeNull();
  });
});
