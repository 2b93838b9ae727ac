import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { PAGES } from '../../scripts/reference.ts';

it.each(Object.entries(PAGES))(
  'keeps docs/reference/%s in step with the tables',
  async (name, page) => {
    const written = await readFile(
      new URL(`../../docs/reference/${name}`, import.meta.url),
      'utf8',
    );
    expect(written, 'Run: node scripts/write-reference.ts').toBe(page());
  },
);
