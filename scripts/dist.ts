import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build, Platform, type AfterPackContext } from 'electron-builder';
import { obtainElectron } from './electron-binary.ts';
import { burnFuses, fusedBinary } from './fuses.ts';
import { makeStandInElectron } from './stand-in-electron.ts';

const root = resolve(import.meta.dirname, '..');
const HELP = `Packages Stet for this computer's system into dist/.

  npm run dist -- [flags]

  --dir         the program's folder only, no installer
  --output DIR  in place of dist/
  --help        show this`;

const { values } = parseArgs({
  options: {
    dir: { type: 'boolean', default: false },
    output: { type: 'string', default: 'dist' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) console.log(HELP);
else process.exitCode = await dist(values.dir, resolve(root, values.output));

async function dist(dirOnly: boolean, output: string): Promise<number> {
  const tool = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  const built = spawnSync(process.execPath, [tool, 'build', '--logLevel=warn'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (built.status !== 0) return 1;

  // Whoever packages wants to know how it is now, whatever an earlier start has seen.
  const electron = await obtainElectron((line) => console.log(line), { forgetMs: 0 });
  if ('binary' in electron) {
    // electron/dist/electron, or Electron.app/Contents/MacOS/Electron on a Mac.
    const folder = process.platform === 'darwin' ? '../../..' : '.';
    await pack(dirOnly, output, resolve(dirname(electron.binary), folder), true);
    return 0;
  }
  if (!dirOnly) {
    console.error(`Installers need Electron, and it is missing: ${electron.missing}.`);
    console.error('With --dir the packaging can be tried without it.');
    return 1;
  }
  console.log(`Electron is missing: ${electron.missing}.`);
  console.log(
    'A STAND-IN takes its place: what is packaged has every file of Stet and cannot run.',
  );
  const standIn = mkdtempSync(join(tmpdir(), 'stet-stand-in-'));
  makeStandInElectron(standIn, process.platform);
  await pack(dirOnly, output, standIn, false);
  rmSync(standIn, { recursive: true, force: true });
  console.log(`Packaged round a STAND-IN for Electron, fuses not burnt: ${output}`);
  return 0;
}

async function pack(
  dirOnly: boolean,
  output: string,
  electronDist: string,
  isReal: boolean,
): Promise<void> {
  const platform = Platform.current();
  await build({
    projectDir: root,
    targets: dirOnly ? platform.createTarget('dir') : platform.createTarget(),
    publish: 'never',
    config: {
      extends: 'electron-builder.yml',
      directories: { output },
      electronDist,
      afterPack: async (context: AfterPackContext) => {
        if (!isReal) return;
        const { appOutDir, electronPlatformName, packager } = context;
        const name = packager.appInfo.productFilename;
        await burnFuses(fusedBinary(appOutDir, electronPlatformName, name));
      },
    },
  });
}
