import { EventEmitter } from 'node:events';
import type { MessageBoxOptions, Rectangle } from 'electron';
import type { Workstation } from '../../src-main/core/ports.ts';
import { serveCore } from '../../src-main/host-electron/core-service.ts';
import { parentOf } from '../../src-main/host-electron/port.ts';

type Listener = (...args: never[]) => unknown;

/** One end of Electron's MessageChannelMain, as far as Stet uses it. */
class FakePort extends EventEmitter {
  other!: FakePort;
  postMessage(data: unknown, ports: FakePort[] = []): void {
    setImmediate(() => this.other.emit('message', { data: structuredClone(data), ports }));
  }
  start(): void {
    this.emit('started');
  }
  close(): void {
    this.other.emit('close');
  }
}

/** Called with `new`, as a class is. */
function channel(): { port1: FakePort; port2: FakePort } {
  const [port1, port2] = [new FakePort(), new FakePort()];
  port1.other = port2;
  port2.other = port1;
  return { port1, port2 };
}

/** A core's process that runs in this one. `die` ends it as a fault would. */
class FakeProcess extends EventEmitter {
  readonly parent = new EventEmitter();
  postMessage(data: unknown, ports: FakePort[] = []): void {
    this.parent.emit('message', { data, ports });
  }
  kill(): void {
    this.emit('exit', 0);
  }
  die(): void {
    this.emit('exit', 1);
  }
}

class FakeContents extends EventEmitter {
  readonly mainFrame = { url: 'app://stet/index.html', parent: null };
  readonly sent: { channel: string; message: unknown }[] = [];
  readonly ports: FakePort[] = [];
  windowOpen: Listener | null = null;
  send(name: string, message: unknown): void {
    this.sent.push({ channel: name, message });
  }
  postMessage(name: string, message: unknown, ports: FakePort[]): void {
    this.sent.push({ channel: name, message });
    this.ports.push(...ports);
  }
  setWindowOpenHandler(handler: Listener): void {
    this.windowOpen = handler;
  }
  forcefullyCrashRenderer(): void {
    this.emit('render-process-gone', {}, { reason: 'killed' });
  }
}

class FakeWindow extends EventEmitter {
  readonly webContents = new FakeContents();
  readonly options: unknown;
  readonly #done: string[];
  readonly #ipcMain: EventEmitter;
  address: string | null = null;
  constructor(options: unknown, done: string[], ipcMain: EventEmitter) {
    super();
    this.options = options;
    this.#done = done;
    this.#ipcMain = ipcMain;
  }
  async loadURL(address: string): Promise<void> {
    this.address = address;
  }
  show(): void {
    this.#done.push('show');
  }
  focus(): void {
    this.#done.push('focus');
  }
  restore(): void {
    this.#done.push('restore');
  }
  reload(): void {
    this.#done.push('reload');
  }
  isMinimized(): boolean {
    return true;
  }
  isMaximized(): boolean {
    return false;
  }
  getNormalBounds(): Rectangle {
    return { x: 10, y: 20, width: 1000, height: 700 };
  }
  /** The page has loaded, and asks for its connection as the preload script does. */
  connect(frame: unknown = this.webContents.mainFrame): void {
    this.#ipcMain.emit('stet:connect', { sender: this.webContents, senderFrame: frame });
  }
}

/** Records everything that Stet asks of Electron, and lets a test set off what Electron would. */
export function createFakeElectron(openWorkstation: () => Promise<Workstation>) {
  const done: string[] = [];
  const boxes: MessageBoxOptions[] = [];
  const processes: FakeProcess[] = [];
  const windows: FakeWindow[] = [];
  const outside: string[] = [];
  const answers: number[] = [];
  const handled = new Map<string, (request: Request) => Promise<Response>>();
  const session = new Map<string, Listener>();
  const record = (name: string) => (handler: Listener) => void session.set(name, handler);

  const app = Object.assign(new EventEmitter(), {
    isPackaged: false,
    quit: () => void done.push('quit'),
    exit: (code: number) => void done.push(`exit ${code}`),
    setAsDefaultProtocolClient: (name: string) => void done.push(`protocol ${name}`),
  });
  const ipcMain = new EventEmitter();
  let menu: { id?: string; click?: () => void; submenu?: unknown[] }[] = [];
  const box = async (...args: unknown[]) => {
    boxes.push(args.at(-1) as MessageBoxOptions);
    return { response: answers.shift() ?? 0 };
  };
  // Called with `new`: what it gives back is what `new` gives.
  function openWindow(options: unknown): FakeWindow {
    const window = new FakeWindow(options, done, ipcMain);
    windows.push(window);
    app.emit('web-contents-created', {}, window.webContents);
    return window;
  }
  const electron = {
    app,
    BrowserWindow: openWindow,
    dialog: {
      showMessageBox: box,
      showMessageBoxSync: (_window: unknown, options: MessageBoxOptions) => {
        boxes.push(options);
        return answers.shift() ?? 0;
      },
    },
    ipcMain,
    Menu: {
      buildFromTemplate: (template: typeof menu) => template,
      setApplicationMenu: (template: typeof menu) => void (menu = template),
    },
    MessageChannelMain: channel,
    protocol: {
      handle: (scheme: string, handler: (request: Request) => Promise<Response>) =>
        void handled.set(scheme, handler),
    },
    safeStorage: { isAsyncEncryptionAvailable: async () => false },
    screen: {
      getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }],
    },
    session: {
      defaultSession: {
        setPermissionRequestHandler: record('request'),
        setPermissionCheckHandler: record('check'),
        setDevicePermissionHandler: record('device'),
        setDisplayMediaRequestHandler: record('display'),
      },
    },
    shell: { openExternal: async (url: string) => void outside.push(url) },
    utilityProcess: {
      fork: () => {
        const child = new FakeProcess();
        processes.push(child);
        const parent = Object.assign(child.parent, {
          postMessage: (data: unknown) => void child.emit('message', structuredClone(data)),
        });
        serveCore(parentOf(parent), openWorkstation);
        return child;
      },
    },
  };
  const choose = (id: string) =>
    menu
      .flatMap(({ submenu }) => submenu as { id?: string; click?: () => void }[])
      .find((item) => item.id === id)
      ?.click?.();
  return { electron, done, boxes, processes, windows, outside, answers, handled, session, choose };
}
