import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../../src-main/core/store/index.ts';
import { storeOptions, temporaryFolder } from '../../helpers/store.ts';

/** Starts a typist and kills it, without a warning, once it has acknowledged so many edits. */
async function typeAndKill(
  dir: string,
  edits: number,
): Promise<{ article: string; editor: string; saved: number; sealed: number }> {
  const typist = spawn(process.execPath, [join(import.meta.dirname, 'typist.ts'), dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const told = { article: '', editor: '', saved: 0, sealed: 0 };
  const ended = once(typist, 'exit');
  for await (const line of createInterface({ input: typist.stdout })) {
    const [word, value = '', person = ''] = line.split(' ');
    if (word === 'article') Object.assign(told, { article: value, editor: person });
    if (word === 'saved') told.saved = Number(value);
    if (word === 'sealed') told.sealed = Number(value);
    if (told.saved >= edits) typist.kill('SIGKILL');
  }
  await ended;
  return told;
}

describe('a core that is killed while someone types', () => {
  it.each([1, 20, 61])(
    'has every edit it acknowledged (about %i), and list and search agree',
    async (edits) => {
      const dir = temporaryFolder();
      const { article, editor, saved, sealed } = await typeAndKill(dir, edits);
      expect(saved).toBeGreaterThanOrEqual(edits);

      const store = await openStore(storeOptions(dir));
      const copy = store.working.read(article)!;
      const typed = copy.content.body.map((block) => block.$.id);
      expect(typed).toEqual(Array.from({ length: typed.length }, (_, at) => `typed-${at + 1}`));
      expect(typed.length).toBeGreaterThanOrEqual(saved);
      expect(copy.content.fields.headline).toBe(`Headline number${typed.length}`);
      expect(store.outbox.counts().waiting).toBeGreaterThanOrEqual(Math.floor(sealed / 7));

      const [row] = store.queues.list({ kind: 'mine', state: 'draft' }, editor, 0, 10).rows;
      expect(row).toMatchObject({
        id: article,
        headline: `Headline number${typed.length}`,
        words: typed.length,
        waiting: true,
      });
      for (const word of [`word${typed.length}`, `number${typed.length}`])
        expect(store.search.search(word, 0, 10).rows[0]).toMatchObject({
          id: article,
          headline: row?.headline,
        });
      expect(await store.quickCheck()).toEqual([]);
      store.close();
    },
  );
});
