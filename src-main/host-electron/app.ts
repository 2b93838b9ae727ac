import { hostname } from 'node:os';
import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  utilityProcess,
} from 'electron';
import { sampleFolder } from '../host-common/data-folder.ts';
import { externalUrl } from '../host-common/external-url.ts';
import { createFileLog } from '../host-common/file-log.ts';
import type { HostOptions } from '../host-common/options.ts';
import { pageFolder } from '../host-common/page-files.ts';
import { SAMPLE_SERVER_FLAG } from './arguments.ts';
import { createCoreHost } from './core-host.ts';
import type { CoreSettings } from './core-link.ts';
import { deepLinkIn, LINK_PROTOCOL, type DeepLink, type Links } from './deep-links.ts';
import {
  ask,
  askNow,
  cannotOpen,
  CORE_STOPPED,
  NOT_SAVED,
  PAGE_GONE,
  PAGE_STUCK,
} from './dialogs.ts';
import { APP_ADDRESS, guardContents, guardSession, isFromPage } from './guards.ts';
import { menuTemplate } from './menu.ts';
import { createPageEvents } from './page-events.ts';
import { portOf } from './port.ts';
import { answerPage, APP_SCHEME } from './protocol.ts';
import { createSafeSecrets } from './secrets.ts';
import { lookForUpdate, readUpdateConfig, updatePolicy, type Updates } from './updater.ts';
import { placeWindow, readRemembered, remember, windowOptions } from './windows.ts';

interface AppParts {
  options: HostOptions;
  /** The profile's folder. */
  folder: string;
  root: string;
  links: Links;
}

/** Wires Electron to the core. Everything decided here is decided by a function of the other files. */
export async function openApp(parts: AppParts): Promise<void> {
  const { folder, root, links } = parts;
  const log = createFileLog(folder);
  const boundsFile = join(folder, 'window.json');
  let window: BrowserWindow | null = null;
  const page = createPageEvents();

  const openExternal = async (url: string) => {
    const outside = externalUrl(url);
    if (outside === null) throw new Error('Only web and mail addresses are opened outside Stet.');
    await shell.openExternal(outside);
  };
  const show = (box: Electron.MessageBoxOptions) =>
    window ? dialog.showMessageBox(window, box) : dialog.showMessageBox(box);

  const core = createCoreHost(
    () =>
      utilityProcess.fork(join(import.meta.dirname, 'core-process.js'), [], {
        serviceName: 'Stet core',
      }),
    coreSettings(parts),
    {
      secrets: await createSafeSecrets(safeStorage, process.platform, join(folder, 'secrets.json')),
      openExternal,
      log,
    },
    () => {
      log('error', 'The core’s process ended unexpectedly.');
      void ask(CORE_STOPPED, show).then((answer) => {
        if (answer !== 'restart') app.quit();
        else void core.start().then(() => window?.reload(), fail);
      });
    },
  );
  const fail = (error: unknown) => {
    log('error', 'Stet could not open.', error);
    void dialog
      .showMessageBox(cannotOpen(error instanceof Error ? error.message : String(error)))
      .then(() => app.exit(1));
  };

  protocol.handle(APP_SCHEME.scheme, (request) => answerPage(request, pageFolder(root), core));
  guardSession(session.defaultSession);
  app.on('web-contents-created', (_event, contents) =>
    guardContents(contents, (url) => void openExternal(url)),
  );

  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate(process.platform, (command) => {
        if (window) page.tell('command', { command, article: null });
      }),
    ),
  );
  const follow = (link: DeepLink | null) => {
    if (link) page.tell('command', { command: 'article.open', article: link.article });
    if (!window) openWindow();
    else {
      if (window.isMinimized()) window.restore();
      window.focus();
    }
  };

  // A page asks for its connection when it has loaded; every load gets a new one.
  ipcMain.on('stet:connect', (event) => {
    if (!isFromPage(event.sender, event.senderFrame)) return;
    const { port1, port2 } = new MessageChannelMain();
    core.connectPage(portOf(port1));
    event.sender.postMessage('stet:port', null, [port2]);
    page.pageReady((message) => event.sender.send('stet:event', message));
  });

  const openWindow = () => {
    const areas = screen.getAllDisplays().map(({ workArea }) => workArea);
    const placement = placeWindow(readRemembered(boundsFile), areas);
    const opened = new BrowserWindow(
      windowOptions(placement, join(root, 'out', 'preload', 'preload.cjs')),
    );
    window = opened;
    if (placement.maximized) opened.maximize();
    opened.once('ready-to-show', () => opened.show());
    opened.on('close', () => remember(boundsFile, opened, log));
    opened.on('closed', () => {
      page.pageGone();
      window = null;
    });
    opened.on('unresponsive', () => {
      log('warn', 'The window does not answer.');
      void ask(PAGE_STUCK, show).then((answer) => {
        if (answer === 'reload') opened.webContents.forcefullyCrashRenderer();
      });
    });
    // The page has tried to save before it objects. Without an answer Electron would neither close nor say why.
    opened.webContents.on('will-prevent-unload', (event) => {
      const answer = askNow(NOT_SAVED, (box) => dialog.showMessageBoxSync(opened, box));
      if (answer === 'leave') event.preventDefault();
    });
    opened.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason === 'clean-exit') return;
      page.pageGone();
      log('error', `The window’s page ended: ${reason}.`);
      void ask(PAGE_GONE, show).then((answer) => {
        if (answer === 'reload') opened.reload();
        else app.quit();
      });
    });
    void opened.loadURL(APP_ADDRESS);
  };

  app.on('second-instance', (_event, argv) => links.come(deepLinkIn(argv)));
  app.on('activate', () => {
    if (!window) openWindow();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  let mayQuit = false;
  app.on('will-quit', (event) => {
    if (mayQuit) return;
    event.preventDefault();
    void core
      .close()
      .catch((error: unknown) => log('error', 'Stet did not close cleanly.', error))
      .finally(() => {
        mayQuit = true;
        app.quit();
      });
  });
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_PROTOCOL);

  openWindow();
  links.follow(follow);
  const trouble = await core.start().catch(fail);
  if (trouble) page.tell('notice', { tone: 'warning', text: trouble, article: null });
  await update(log, (text) => page.tell('notice', { tone: 'info', text, article: null }));
}

function coreSettings({ options, folder, root }: AppParts): CoreSettings {
  const rootOnly = process.argv.includes('--no-sandbox') ? ['--no-sandbox'] : [];
  return {
    folder,
    profile: options.profile,
    deviceName: hostname(),
    sample: options.sample,
    sampleFolder: sampleFolder(options.data),
    peopleFile: join(root, 'resources', 'sample-newsroom', 'people.json'),
    sampleServer: {
      command: process.execPath,
      args: [...rootOnly, ...(app.isPackaged ? [] : [root]), SAMPLE_SERVER_FLAG],
    },
  };
}

async function update(
  log: ReturnType<typeof createFileLog>,
  tell: (sentence: string) => void,
): Promise<void> {
  const config = app.isPackaged ? readUpdateConfig(process.resourcesPath) : null;
  const policy = updatePolicy({ platform: process.platform, packaged: app.isPackaged, config });
  if (policy.kind === 'off') {
    log('info', policy.why);
    return;
  }
  const { default: updater } = await import('electron-updater');
  const updates: Updates = updater.autoUpdater;
  await lookForUpdate(updates, policy, tell, (error) =>
    log('warn', 'No word of updates could be had.', error),
  );
}
