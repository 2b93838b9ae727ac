import { Gone, type Core } from './core.ts';
import { signIn, type Device } from './device.ts';
import { publishOne, typeOne } from './journeys.ts';
import { emptyLedger, type Ledger } from './ledger.ts';
import type { Newsroom } from './newsroom.ts';

/** Everyone who works under load. */
export const LOGINS = [
  'reader',
  'ada',
  'ben',
  'cleo',
  'dan',
  'chief-one',
  'chief-two',
  'chief-three',
  'chief-four',
];

/** Work that goes on at a newsroom by itself until it is paused. */
export interface Load {
  /** What was acknowledged since the last check. */
  ledger: Ledger;
  /** A device for looking, not for writing. */
  reader: Device;
  begin: () => void;
  /** Lets what is under way come to its end, and begins nothing new. Throws what any of it ran into. */
  pause: () => Promise<void>;
  /** Requests and calls that wait for an answer now. */
  inFlight: () => number;
  /** Journeys that a killed core left unfinished. */
  cutOff: () => number;
}

/** Four colleagues who push over HTTP as fast as they are answered, each with a chief, and whoever types at a core. */
export async function loadOn(newsroom: Newsroom, cores: readonly Core[]): Promise<Load> {
  const ledger = emptyLedger();
  const device = (login: string): Promise<Device> => signIn(newsroom, login, ledger);
  const [reader, ...others] = await Promise.all(LOGINS.map(device));
  if (!reader) throw new Error('Nobody is there to look.');
  const editors = others.slice(0, 4);
  const chiefs = others.slice(4);
  let going = false;
  let cutOff = 0;
  let work: Promise<void>[] = [];

  const overAndOver = async (journey: () => Promise<void>): Promise<void> => {
    while (going) await journey();
  };
  const typing = async (core: Core): Promise<void> => {
    try {
      await overAndOver(() => typeOne(core, ledger));
    } catch (error) {
      if (!(error instanceof Gone)) throw error;
      cutOff += 1;
    }
  };
  return {
    ledger,
    reader,
    begin: () => {
      going = true;
      work = [
        ...editors.map((editor, index) => {
          const chief = chiefs[index] ?? editor;
          return overAndOver(() => publishOne(newsroom, { editor, chief, ledger }));
        }),
        ...cores.map(typing),
      ];
      // Heard of when the load is paused.
      for (const one of work) one.catch(() => undefined);
    },
    pause: async () => {
      going = false;
      await Promise.all(work);
    },
    inFlight: () => [...others, ...cores].reduce((sum, { inFlight }) => sum + inFlight(), 0),
    cutOff: () => cutOff,
  };
}
