import { spawn } from 'node:child_process';
import { externalUrl } from '../host-common/external-url.ts';

/** The program and arguments that show an address outside Stet, or null for one that must not be opened. No shell sees it. */
export function externalCommand(url: string, platform: NodeJS.Platform): [string, string[]] | null {
  const href = externalUrl(url);
  if (href === null) return null;
  if (platform === 'darwin') return ['open', [href]];
  if (platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', href]];
  return ['xdg-open', [href]];
}

export async function openExternal(url: string): Promise<void> {
  const command = externalCommand(url, process.platform);
  if (!command) throw new Error('Only web and mail addresses are opened outside Stet.');
  await new Promise<void>((resolve, reject) => {
    const child = spawn(command[0], command[1], { stdio: 'ignore', detached: true });
    child.once('error', reject);
    child.once('spawn', () => {
      child.unref();
      resolve();
    });
  });
}
