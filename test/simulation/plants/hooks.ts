import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { PLANT_NAMES, PLANTED_BUGS } from './planted-bugs.ts';

const root = resolve(import.meta.dirname, '../..', '..');
const ORIGINAL = '?original';

/**
 * The switch by which bugs are planted. It exists here alone: a hook puts a wrapper in the place of each module that has
 * a seam; the wrapper offers what the module offers, with the functions of its seams going through `planted`.
 */
export function plantBugs(): void {
  const namesOf = new Map<string, Set<string>>();
  for (const name of PLANT_NAMES) {
    const { seam } = PLANTED_BUGS[name];
    const url = pathToFileURL(resolve(root, seam.file)).href;
    namesOf.set(url, (namesOf.get(url) ?? new Set()).add(seam.name));
  }
  registerHooks({
    load(url, context, next) {
      const names = namesOf.get(url);
      if (!names) return next(url, context);
      const original = JSON.stringify(url + ORIGINAL);
      const file = JSON.stringify(
        fileURLToPath(url)
          .slice(root.length + 1)
          .replaceAll('\\', '/'),
      );
      const lines = [...names].map(
        (name) =>
          `export const ${name} = (...args) => planted(${file}, '${name}', original.${name})(...args);`,
      );
      const source = `
        export * from ${original};
        import * as original from ${original};
        import { planted } from ${JSON.stringify(new URL('./switch.ts', import.meta.url).href)};
        ${lines.join('\n')}`;
      return { format: 'module', source, shortCircuit: true };
    },
  });
}
