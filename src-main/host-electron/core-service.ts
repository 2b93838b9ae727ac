import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { z } from 'zod';
import type { Ports, Workstation, WorkstationOptions } from '../core/ports.ts';
import { enterSample } from '../host-common/enter-sample.ts';
import { servePage } from '../host-common/page-link.ts';
import { createSampleNewsroom } from '../host-common/sample-newsroom/index.ts';
import { PAGE, type CoreRequests, type CoreSettings, type HostRequests } from './core-link.ts';
import type { Port } from './port.ts';
import { exchangeRequests, type Ask } from './requests.ts';

const PageMessage = z.object({ kind: z.literal(PAGE.kind) });

/** Runs the core in a process of its own, at the far end of `main`: opens a profile and serves pages as they come. */
export function serveCore(
  main: Port,
  openWorkstation: (options: WorkstationOptions) => Promise<Workstation>,
): void {
  let core: { workstation: Workstation; release: () => Promise<void> } | null = null;
  // Pages may come, and ask for pictures, while the profile is still being opened.
  const opened = Promise.withResolvers<Workstation>();
  opened.promise.catch(() => undefined);
  const offered: CoreRequests = {
    async open(settings) {
      try {
        core = await openProfile(settings, ask, openWorkstation);
        opened.resolve(core.workstation);
      } catch (error) {
        opened.reject(error);
        throw error;
      }
      return enterSample(core.workstation, settings.sample);
    },
    readAsset: async (hash) => (await opened.promise).readAsset(hash),
    async close() {
      await core?.workstation.close();
      await core?.release();
    },
  };
  const ask = exchangeRequests<HostRequests>(main, offered);
  main.onMessage((message, [page]) => {
    if (page && PageMessage.safeParse(message).success)
      void opened.promise.then(
        (workstation) => connect(workstation, page),
        () => page.close(),
      );
  });
}

async function openProfile(
  settings: CoreSettings,
  ask: Ask<HostRequests>,
  openWorkstation: (options: WorkstationOptions) => Promise<Workstation>,
) {
  const sampleNewsroom = createSampleNewsroom({
    folder: settings.sampleFolder,
    peopleFile: settings.peopleFile,
    launch: settings.sampleServer,
  });
  const workstation = await openWorkstation({
    dataDir: settings.folder,
    profile: settings.profile,
    deviceName: settings.deviceName,
    ports: { ...portsOver(ask), sampleNewsroom },
  });
  return { workstation, release: () => sampleNewsroom.release() };
}

function portsOver(ask: Ask<HostRequests>): Omit<Ports, 'sampleNewsroom'> {
  return {
    clock: Date.now,
    random: (length) => randomBytes(length),
    secrets: {
      get: (key) => ask('secrets.get', key),
      set: (key, value) => ask('secrets.set', { key, value }),
      delete: (key) => ask('secrets.delete', key),
    },
    openExternal: (url) => ask('openExternal', url),
    log(level, message, error) {
      const text = error === undefined ? null : inspect(error);
      // Without the main process there is nowhere left to write to.
      ask('log', { level, message, error: text }).catch(() => undefined);
    },
  };
}

function connect(workstation: Workstation, page: Port): void {
  const link = servePage(workstation, (message) => page.post(message));
  page.onClose(() => link.close());
  page.onMessage((message) => void link.receive(message));
}
