import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const project = resolve(import.meta.dirname, '../..');
const tools = {
  tsc: 'node_modules/typescript/bin/tsc',
  eslint: 'node_modules/eslint/bin/eslint.js',
  depcruise: 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
};

/** A project in miniature, in a folder of its own outside the real one. */
export interface Tree extends Disposable {
  write(files: Readonly<Record<string, string>>): void;
  /** Takes over files of the real project, such as its settings. */
  borrow(paths: readonly string[]): void;
  /** Uses the real project's packages. */
  linkPackages(): void;
  run(tool: keyof typeof tools, args: readonly string[]): string;
}

export function plantTree(): Tree {
  const root = mkdtempSync(join(tmpdir(), 'stet-layers-'));
  return {
    write(files) {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), text);
      }
    },
    borrow(paths) {
      for (const path of paths) cpSync(join(project, path), join(root, path), { recursive: true });
    },
    linkPackages() {
      symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'), 'junction');
    },
    run(tool, args) {
      const { stdout, stderr, error } = spawnSync(
        process.execPath,
        [join(project, tools[tool]), ...args],
        { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
      );
      if (error) throw error;
      return stdout + stderr;
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** A path inside the real project, for a tool that runs in a planted one. */
export function inProject(path: string): string {
  return join(project, path);
}
