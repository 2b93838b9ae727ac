import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What Stet does about a newer version: install it on quitting, say so, or not look at all. */
export type UpdatePolicy = { kind: 'install' | 'notify' } | { kind: 'off'; why: string };

export interface UpdateFacts {
  platform: NodeJS.Platform;
  packaged: boolean;
  /** The text of `app-update.yml`, which the packager writes; null where there is none. */
  config: string | null;
}

/**
 * Only a signed update may install itself. On Windows the signature is compared with `publisherName`, and without
 * one electron-updater would take any; Linux packages are not signed, so there it is only said.
 */
export function updatePolicy({ platform, packaged, config }: UpdateFacts): UpdatePolicy {
  if (!packaged) return { kind: 'off', why: 'This Stet runs from its sources.' };
  if (config === null || !/^provider:/m.test(config))
    return { kind: 'off', why: 'This Stet was packaged without a source of updates.' };
  if (platform === 'linux') return { kind: 'notify' };
  if (platform === 'win32' && !namesPublisher(config))
    return { kind: 'off', why: 'Updates are refused: this Stet does not name its publisher.' };
  return { kind: 'install' };
}

export function readUpdateConfig(resources: string): string | null {
  try {
    return readFileSync(join(resources, 'app-update.yml'), 'utf8');
  } catch {
    return null;
  }
}

/** The part of electron-updater that is used, so that tests can stand in for it. */
export interface Updates {
  autoDownload: boolean;
  autoInstallOnAppQuit: boolean;
  allowDowngrade: boolean;
  on(
    event: 'update-available' | 'update-downloaded',
    listener: (info: { version: string }) => void,
  ): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  checkForUpdates(): Promise<unknown>;
}

/** Looks for an update once, and tells with a sentence what there is. A failure is logged and bothers no one. */
export async function lookForUpdate(
  updates: Updates,
  policy: Exclude<UpdatePolicy, { kind: 'off' }>,
  tell: (sentence: string) => void,
  log: (error: unknown) => void,
): Promise<void> {
  const installs = policy.kind === 'install';
  updates.autoDownload = installs;
  updates.autoInstallOnAppQuit = installs;
  updates.allowDowngrade = false;
  updates.on('error', log);
  if (installs)
    updates.on('update-downloaded', ({ version }) =>
      tell(`Stet ${version} is ready and will be installed when you close Stet.`),
    );
  else
    updates.on('update-available', ({ version }) =>
      tell(`Stet ${version} is out. Install it the way you installed this one.`),
    );
  await updates.checkForUpdates().catch(log);
}

/** `publisherName` is a list or one line of YAML; an empty one names nobody. */
function namesPublisher(config: string): boolean {
  return /^publisherName:[ \t]*(?:\r?\n[ \t]*-[ \t]*)?(?!['"]{2}|\[\])\S/m.test(config);
}
