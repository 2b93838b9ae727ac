import { writeFile } from 'node:fs/promises';
import { PAGES } from './reference.ts';

for (const [name, page] of Object.entries(PAGES))
  await writeFile(new URL(`../docs/reference/${name}`, import.meta.url), page());
