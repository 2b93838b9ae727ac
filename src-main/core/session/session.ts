import type { z } from 'zod';
import type { Newsroom, Person, SignInResponse } from '#shared/api';
import type { Id } from '#shared/article';
import { StetError, type SamplePerson } from '#shared/contract';
import type { Ports } from '../ports.ts';
import { createServerClient, ServerError, type ServerClient } from '../server-client/index.ts';
import type { By, Store } from '../store/index.ts';
import { remoteOver, type SyncEngine } from '../sync/index.ts';
import { findServer } from './find-server.ts';
import {
  isSampleStopped,
  readOwner,
  setSampleStopped,
  writeOwner,
  type ProfileOwner,
} from './profile.ts';

export interface SessionOptions {
  store: Store;
  ports: Ports;
  profile: string;
  deviceName: string;
  engine: SyncEngine;
  /** Anything that the status tells changed. */
  changed: () => void;
}

export interface Session {
  owner(): ProfileOwner | null;
  person(): Person | null;
  newsroom(): Newsroom | null;
  /** In whose name work is done at this computer; null before a newsroom is chosen. */
  by(): By | null;
  sample(): { running: boolean } | null;
  /** Goes on where the profile was left: quickly; what takes time happens beside. */
  resume(): Promise<void>;
  connect(typed: string, login: string, password: string): Promise<void>;
  accept(typed: string, code: string, login: string, password: string): Promise<void>;
  samplePeople(): { available: boolean; why: string; people: z.infer<typeof SamplePerson>[] };
  playSample(login: string): Promise<void>;
  runSample(running: boolean): Promise<void>;
  signIn(password: string): Promise<void>;
  signOut(): Promise<void>;
  /** The server told this computer that its token holds no longer. */
  tokenRefused(): void;
  /** For the few calls that cannot wait in the outbox. Throws a StetError when nobody is signed in. */
  server(): Promise<ServerClient>;
  /** Stet closes: what is still under way changes nothing any more. */
  close(): void;
  /** Settles when what {@link Session.resume} began beside is over. */
  resumed(): Promise<void>;
}

const ASK_PASSWORD =
  'Enter your password to send and receive. Until then everything you write is saved on this computer.';
const SIGNED_OUT =
  'You are signed out. Everything you write is saved on this computer; sign in to send it.';

/** Who works at this computer, and the way to their newsroom's server. */
export function createSession(options: SessionOptions): Session {
  const { store, ports, engine } = options;
  const { secrets, sampleNewsroom } = ports;
  const clock = (): number => ports.clock();
  const log: Ports['log'] = (level, message, error) => ports.log(level, message, error);
  const changed = (): void => options.changed();
  const secretKey = `token:${options.profile}`;
  const device = (): { id: Id; name: string } => ({
    id: store.deviceId,
    name: options.deviceName.slice(0, 200) || 'This computer',
  });
  let owner = readOwner(store);
  let token: string | null = null;
  let sampleRuns = false;
  let reviving: Promise<void> = Promise.resolve();
  let revivedAt = -Infinity;
  let closed = false;

  const clientAt = (url: string): ServerClient => createServerClient({ url, token, clock });

  const startSample = async (): Promise<string> => {
    const { url } = await sampleNewsroom.start();
    if (closed) return url;
    sampleRuns = true;
    if (owner?.sample && owner.url !== url) {
      owner = { ...owner, url };
      writeOwner(store, owner);
    }
    changed();
    return url;
  };

  const owned = (): ProfileOwner => {
    if (owner) return owner;
    throw new StetError('refused', 'Choose a newsroom first.');
  };

  /** The sample server may have come back, here or elsewhere, started by another profile. */
  const clientNow = async (): Promise<ServerClient> => {
    const { sample } = owned();
    if (sample && (!sampleRuns || engine.standing().state === 'offline')) {
      const running = await sampleNewsroom.running();
      if (running) await startSample();
      else if (sampleRuns) {
        sampleRuns = false;
        changed();
      }
    }
    return clientAt(owned().url);
  };
  const remote = remoteOver(clientNow);

  const adopt = async (url: string, answer: SignInResponse, sample: boolean): Promise<void> => {
    if (closed) return;
    const { person, newsroom } = answer;
    if (owner && (owner.newsroom !== newsroom.id || owner.person !== person.id))
      throw new StetError(
        'refused',
        'This profile belongs to someone else, or to another newsroom. Its work stays as it is; open Stet with a profile of your own.',
      );
    const next = {
      url,
      login: person.login ?? '',
      person: person.id,
      newsroom: newsroom.id,
      sample,
    };
    store.transaction(() => {
      store.people.putNewsroom(newsroom);
      store.people.putPerson(person);
      writeOwner(store, next);
    });
    owner = next;
    token = answer.token;
    if ((await secrets.set(secretKey, answer.token)) === 'session-only')
      log('info', 'The host keeps the token for this session only.');
    engine.connect(remote);
    changed();
  };

  const signInAt = async (
    url: string,
    login: string,
    password: string,
    sample: boolean,
  ): Promise<void> => {
    const body = { login: login.trim(), password, device: device() };
    await adopt(url, await clientAt(url).call('signIn', { body }), sample);
  };

  /** A profile belongs to one person for good: its unsent work would otherwise go out in someone else's name. */
  const mustBeFor = (login: string | null): void => {
    if (owner && owner.login.toLowerCase() !== login?.trim().toLowerCase())
      throw new StetError(
        'refused',
        `This profile belongs to ${store.people.person(owner.person)?.name ?? owner.login}. Nothing was changed; open Stet with a profile of your own.`,
      );
  };

  const samplePassword = (login: string): string => {
    const people = sampleNewsroom.people();
    const found = people.find((person) => person.login === login);
    if (!found)
      throw new StetError(
        'not-found',
        `Nobody in the sample newsroom is called ${login}. There are: ${people.map((person) => person.login).join(', ')}.`,
      );
    return found.password;
  };

  /** The sample newsroom needs nobody to remember a password. */
  const reviveSample = async (of: ProfileOwner): Promise<void> => {
    try {
      // Another profile may have started what this one stopped, and at another address.
      if (!isSampleStopped(store) || (await sampleNewsroom.running())) await startSample();
      if (closed) return;
      if (token !== null) engine.connect(remote);
      else if (sampleRuns) await signInAt(owned().url, of.login, samplePassword(of.login), true);
      else engine.signedOut('The sample newsroom’s server is switched off.');
    } catch (error) {
      if (closed) return;
      log('warn', 'The sample newsroom could not be opened.', error);
      if (token !== null) engine.connect(remote);
      else
        engine.signedOut(
          error instanceof StetError || error instanceof ServerError ? error.message : ASK_PASSWORD,
        );
    }
    changed();
  };

  return {
    owner: () => owner,
    person: () => (owner ? store.people.person(owner.person) : null),
    newsroom: () => (owner ? store.people.newsroom() : null),
    by: () => (owner ? { author: owner.person, device: store.deviceId } : null),
    sample: () => (owner?.sample ? { running: sampleRuns } : null),
    async resume() {
      if (!owner) return;
      token = await secrets.get(secretKey).catch((error: unknown) => {
        log('warn', 'The token could not be read.', error);
        return null;
      });
      if (owner.sample) reviving = reviveSample(owner);
      else if (token !== null) engine.connect(remote);
      else engine.signedOut(ASK_PASSWORD);
    },
    close: () => void (closed = true),
    resumed: () => reviving,
    async connect(typed, login, password) {
      mustBeFor(login);
      await signInAt(await findServer(typed, clock), login, password, false);
    },
    async accept(typed, code, login, password) {
      mustBeFor(null);
      const url = await findServer(typed, clock);
      const inLink = typed.split('#')[1]?.trim() ?? '';
      const body = {
        code: code.trim() === '' ? inLink : code.trim(),
        login,
        password,
        device: device(),
      };
      await adopt(url, await clientAt(url).call('acceptInvitation', { body }), false);
    },
    samplePeople() {
      const { available, why } = sampleNewsroom.available();
      const people = available
        ? sampleNewsroom.people().map(({ password: _, ...person }) => person)
        : [];
      return { available, why, people };
    },
    async playSample(login) {
      mustBeFor(login);
      const { available, why } = sampleNewsroom.available();
      if (!available) throw new StetError('unsupported', why);
      samplePassword(login);
      setSampleStopped(store, false);
      const url = await startSample();
      // The passwords are made with the newsroom, when its server starts for the first time.
      await signInAt(url, login, samplePassword(login), true);
    },
    async runSample(running) {
      const { sample, login } = owned();
      if (!sample)
        throw new StetError('refused', 'This profile does not work with the sample newsroom.');
      setSampleStopped(store, !running);
      if (!running) {
        await sampleNewsroom.stop();
        sampleRuns = false;
        engine.now();
      } else {
        const url = await startSample();
        if (token === null) await signInAt(url, login, samplePassword(login), true);
        else engine.now();
      }
      changed();
    },
    async signIn(password) {
      const { url, login, sample } = owned();
      // The passwords of the sample newsroom were made up: nobody was ever told theirs.
      if (sample) await signInAt(await startSample(), login, samplePassword(login), true);
      else await signInAt(url, login, password, false);
    },
    async signOut() {
      const { url } = owned();
      const leaving = token === null ? null : clientAt(url);
      token = null;
      engine.signedOut(SIGNED_OUT);
      changed();
      await secrets.delete(secretKey);
      // Whether the server hears of it now or not, the token is gone from here.
      leaving
        ?.revokeDevice(store.deviceId)
        .catch((error: unknown) => log('info', 'The server was not told.', error));
    },
    tokenRefused() {
      token = null;
      secrets
        .delete(secretKey)
        .catch((error: unknown) => log('warn', 'The token could not be removed.', error));
      changed();
      if (!owner?.sample || clock() - revivedAt < 60_000) return;
      revivedAt = clock();
      reviving = reviveSample(owner);
    },
    async server() {
      if (token === null)
        throw new StetError(
          'offline',
          'Sign in to the publishing server first. Nothing was changed.',
        );
      return clientNow();
    },
  };
}
