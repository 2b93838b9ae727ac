import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app, dialog, protocol } from 'electron';
import { profileFolder } from '../host-common/data-folder.ts';
import { UsageError, type HostOptions } from '../host-common/options.ts';
import { openApp } from './app.ts';
import { electronOptions, sampleServerArgs } from './arguments.ts';
import { createLinks, deepLinkIn, parseDeepLink } from './deep-links.ts';
import { cannotOpen } from './dialogs.ts';
import { APP_SCHEME } from './protocol.ts';

const root = resolve(import.meta.dirname, '../..');
const serverArgs = sampleServerArgs(process.argv);
if (serverArgs) runSampleServer(serverArgs);
else runWindow();

function runWindow(): void {
  protocol.registerSchemesAsPrivileged([APP_SCHEME]);
  const options = readOptions();
  if (!options) return;
  const folder = profileFolder(options.data, options.profile);
  // Chromium's own files stand beside the profile's, and the single instance is one per profile.
  app.setPath('userData', join(folder, 'window'));
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  const links = createLinks(deepLinkIn(process.argv));
  app.on('open-url', (event, url) => {
    event.preventDefault();
    links.come(parseDeepLink(url));
  });
  app
    .whenReady()
    .then(() => openApp({ options, folder, root, links }))
    .catch((error: unknown) => {
      dialog.showErrorBox('Stet could not open.', error instanceof Error ? error.message : '');
      app.exit(1);
    });
}

function readOptions(): HostOptions | null {
  try {
    const machine = { platform: process.platform, home: homedir(), env: process.env };
    return electronOptions(process.argv.slice(app.isPackaged ? 1 : 2), machine);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    dialog.showErrorBox(cannotOpen('').message, error.message);
    app.exit(1);
    return null;
  }
}

/**
 * The sample newsroom's publishing server, in a process that outlives the window which asked for it. The packaged
 * Electron does not run as Node (that fuse is off), so the server runs as a Stet without a window.
 */
function runSampleServer(args: readonly string[]): void {
  const data = args[args.indexOf('--data') + 1];
  if (data !== undefined) app.setPath('userData', join(data, 'electron'));
  app.disableHardwareAcceleration();
  app.dock?.hide();
  const entry = pathToFileURL(join(import.meta.dirname, 'server.js')).href;
  // The server reads its command line as Node gives one: program, script, arguments.
  process.argv = [process.execPath, entry, ...args];
  Object.defineProperty(process, 'defaultApp', { value: true });
  // Electron would end with its last window; the server ends when it is told to.
  app.on('window-all-closed', () => undefined);
  void import(entry).finally(() => app.exit(Number(process.exitCode ?? 0)));
}
