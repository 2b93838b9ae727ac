import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { FUSES } from '../src-main/host-electron/fuses.ts';

/** Burns Stet’s fuses into a packaged Electron, before it is signed. */
export async function burnFuses(binary: string): Promise<void> {
  const wanted = Object.entries(FUSES) as [keyof typeof FUSES, boolean][];
  await flipFuses(binary, {
    version: FuseVersion.V1,
    ...Object.fromEntries(wanted.map(([name, on]) => [FuseV1Options[name], on])),
  });
}

/** Where the packager puts the program that carries the fuses. */
export function fusedBinary(folder: string, platform: string, name: string): string {
  if (platform === 'darwin') return `${folder}/${name}.app`;
  if (platform === 'win32') return `${folder}/${name}.exe`;
  return `${folder}/${name.toLowerCase()}`;
}
