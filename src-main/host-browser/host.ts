import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Ports, Workstation, WorkstationOptions } from '../core/ports.ts';
import { profileFolder, sampleFolder } from '../host-common/data-folder.ts';
import { enterSample } from '../host-common/enter-sample.ts';
import { createFileLog } from '../host-common/file-log.ts';
import { UsageError, type HostOptions } from '../host-common/options.ts';
import { pageFolder } from '../host-common/page-files.ts';
import { createSampleNewsroom, type ServerLaunch } from '../host-common/sample-newsroom/index.ts';
import { createSessionSecrets } from '../host-common/session-secrets.ts';
import { openAppWindow, type AppWindow } from './app-window.ts';
import { claimProfile, isProfileOpen } from './instance.ts';
import { watchWindow } from './lifetime.ts';
import { openExternal } from './open-external.ts';
import { startPageServer } from './server.ts';

export interface BrowserHostParts {
  options: HostOptions;
  /** The project's root, or the packaged app's: where the built window and the resources are. */
  root: string;
  openWorkstation: (options: WorkstationOptions) => Promise<Workstation>;
  sampleServer: ServerLaunch;
  /** Tells the person something in the terminal. */
  say: (line: string) => void;
}

export interface BrowserHost {
  /** Opens the window once; null when a window was opened already. */
  readonly address: string | null;
  /** Settles when the window has been closed for good. */
  readonly windowClosed: Promise<void>;
  /** Writes what is pending and ends. Safe to call twice. */
  close(why?: 'closing' | 'crashed'): Promise<void>;
  log: Ports['log'];
}

/** Opens a profile and serves its window to a browser on this computer. */
export async function openBrowserHost(parts: BrowserHostParts): Promise<BrowserHost> {
  const { options, root, say } = parts;
  const folder = profileFolder(options.data, options.profile);
  if (await isProfileOpen(folder))
    throw new UsageError(
      `Stet is open already with the profile “${options.profile}”. Use its window, close it first, or choose another --profile.`,
    );
  const log = createFileLog(folder);
  const sampleNewsroom = createSampleNewsroom({
    folder: sampleFolder(options.data),
    peopleFile: join(root, 'resources', 'sample-newsroom', 'people.json'),
    launch: parts.sampleServer,
  });
  const workstation = await parts.openWorkstation({
    dataDir: folder,
    profile: options.profile,
    deviceName: hostname(),
    ports: {
      clock: Date.now,
      random: (length) => randomBytes(length),
      secrets: createSessionSecrets(),
      sampleNewsroom,
      openExternal,
      log,
    },
  });
  if (options.sample !== null) say('Opening the sample newsroom; the first time takes a moment.');
  const trouble = await enterSample(workstation, options.sample);
  if (trouble !== null) say(trouble);

  const { promise: windowClosed, resolve: endNow } = Promise.withResolvers<undefined>();
  const watch = options.open ? watchWindow(process.platform, () => endNow(undefined)) : null;
  const server = await startPageServer({
    workstation,
    pages: pageFolder(root),
    port: options.port,
    onPages: (count) => watch?.pages(count),
    log: (message, error) => log('error', message, error),
  }).catch(async (error: unknown) => {
    await workstation.close();
    await sampleNewsroom.release();
    throw portTrouble(error, options.port);
  });
  const unclaim = await claimProfile(folder, server.site);
  const address = server.newAddress();
  let window: AppWindow | null = null;
  if (options.open && options.chromium !== null) {
    window = openAppWindow(options.chromium, address, join(folder, 'browser'));
    void window.ended.then(({ started }) => {
      if (!started) say(`${options.chromium ?? 'Chromium'} could not be started.`);
      watch?.browser(false);
      if (!started) endNow(undefined);
    });
  }
  const close = async (why: 'closing' | 'crashed') => {
    watch?.stop();
    await server.close(why);
    try {
      await workstation.close();
    } finally {
      window?.close();
      await unclaim();
      await sampleNewsroom.release();
    }
  };
  let closing: Promise<void> | undefined;
  return {
    address: window ? null : address,
    windowClosed,
    close: (why = 'closing') => (closing ??= close(why)),
    log,
  };
}

function portTrouble(error: unknown, port: number): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE')
    return new UsageError(`Port ${port} is taken by another program. Choose another --port.`);
  if (code === 'EACCES')
    return new UsageError(
      `This computer does not let Stet use port ${port}. Choose another --port.`,
    );
  return error;
}
