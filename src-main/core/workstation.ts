import type { Person, Present } from '#shared/api';
import {
  createDispatcher,
  StetError,
  type Colleague,
  type Emit,
  type EventData,
  type EventName,
  type Handlers,
} from '#shared/contract';
import { createArticles } from './articles/index.ts';
import { addPicture, assetHandlers, inspectImage } from './assets/index.ts';
import { relatedFromUrlHandler } from './fetching/index.ts';
import { cmsHandlers } from './cms/index.ts';
import { importHandlers } from './import/index.ts';
import { createJobs } from './jobs/index.ts';
import type { Workstation, WorkstationOptions } from './ports.ts';
import { createSession, keepStatus, sessionHandlers, type Session } from './session/index.ts';
import { describeStoreError, openStore, type Store } from './store/index.ts';
import { vaultHandlers } from './vault/index.ts';
import { createSyncEngine, systemTimers, type SyncEngine, type SyncEvents } from './sync/index.ts';

type Listener = <K extends EventName>(name: K, data: EventData<K>) => void;

/** Opens the core on one profile: the store first, then whoever works here, then the way to their newsroom's server. */
export async function openWorkstation(options: WorkstationOptions): Promise<Workstation> {
  const { dataDir, profile, deviceName, ports } = options;
  const clock = (): number => ports.clock();
  const random = (length: number): Uint8Array => ports.random(length);
  const log: WorkstationOptions['ports']['log'] = (level, message, error) =>
    ports.log(level, message, error);

  const listeners = new Set<Listener>();
  const emit: Emit = (name, data) => {
    for (const listener of listeners)
      try {
        listener(name, data);
      } catch (error) {
        log('error', `A listener of “${name}” failed.`, error);
      }
  };
  const timers = systemTimers();

  const store = await openStore({
    dir: dataDir,
    clock,
    random,
    log,
    onNotice: (text) => {
      emit('notice', { tone: 'warning', text, article: null });
      status.touch();
    },
  });

  const engine: SyncEngine = createSyncEngine({
    store,
    clock,
    random,
    timers,
    log,
    inspectImage,
    by: () => session.by(),
    events: syncEvents(emit, store, {
      statusChanged: () => status.touch(),
      unauthorised: () => session.tokenRefused(),
    }),
  });
  const session: Session = createSession({
    store,
    ports,
    profile,
    deviceName,
    engine,
    changed: () => status.touch(),
  });
  const articles = createArticles({
    store,
    emit,
    person: () => signedIn(session.person()),
    clock,
    random,
    log,
    wake: () => engine.nudge(),
    statusChanged: () => status.touch(),
    serverUrl: () => session.owner()?.url ?? '',
  });
  const status = keepStatus(
    { store, session, engine, profile, timers, saved: () => articles.saved() },
    (data) => emit('status', data),
  );
  const jobs = createJobs({ emit, random });
  const pictures = pictureStore(store, () => engine.nudge());

  const handlers: Handlers = {
    ...articles.handlers,
    ...assetHandlers(pictures),
    ...relatedFromUrlHandler({ random }),
    ...importHandlers({
      random,
      jobs,
      addPicture: async (bytes) => addPicture(pictures, bytes),
      createArticle: async ({ fields, body }, note) =>
        articles.start({ desk: fields.desk, fields, body, note }),
      fillArticle: (article, content, note) => articles.fill(article, content, note),
    }),
    ...sessionHandlers({ store, ports, session, status, emit }),
    ...vaultHandlers({
      store,
      emit,
      person: () => session.person(),
      clock,
      random,
      wake: () => engine.nudge(),
      statusChanged: () => status.touch(),
    }),
    ...cmsHandlers({
      store,
      session,
      emit,
      person: () => signedIn(session.person()),
      clock,
      wake: () => engine.nudge(),
      statusChanged: () => status.touch(),
    }),
    'article.edit': (input) => {
      engine.noteEdit(input.article);
      return articles.handlers['article.edit'](input);
    },
    'presence.move': ({ place }) => {
      engine.move(place);
      return { here: named(store, engine.others()) };
    },
    'sync.now': () => {
      engine.now();
      return {};
    },
    'sync.pause': ({ paused }) => {
      engine.pause(paused);
      return {};
    },
    'jobs.cancel': ({ job }) => {
      jobs.cancel(job);
      return {};
    },
  };
  const dispatch = createDispatcher(handlers, describeStoreError, (name, error) =>
    log('error', `The call “${name}” failed.`, error),
  );

  await session.resume();
  if (session.person() && !store.readOnly) articles.resume();

  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    try {
      if (session.person() && !store.readOnly) articles.sealAll();
    } catch (error) {
      // A full disk: the edits are safe in the working copy and are sealed next time.
      log('warn', 'Not every article could be sealed while closing.', error);
    }
    articles.close();
    session.close();
    await engine.close();
    status.close();
    store.close();
    listeners.clear();
  };

  return {
    dispatch,
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    readAsset: (hash) => store.assets.read(hash),
    close: () => (closing ??= close()),
  };
}

/** What syncing does, as the window hears of it. */
function syncEvents(
  emit: Emit,
  store: Store,
  { statusChanged, unauthorised }: { statusChanged: () => void; unauthorised: () => void },
): SyncEvents {
  return {
    standing: statusChanged,
    articles(changed) {
      for (const article of changed) emit('article', { article, working: false });
      emit('lists', {});
      statusChanged();
    },
    working(changed) {
      for (const article of changed) emit('article', { article, working: true });
    },
    people() {
      emit('lists', {});
      statusChanged();
    },
    inbox(desks) {
      for (const desk of desks) emit('inbox', { desk });
      emit('lists', {});
    },
    present: (here) => emit('presence', { here: named(store, here) }),
    notice: (tone, text, article, more) => emit('notice', { tone, text, article, ...more }),
    unauthorised,
  };
}

/** With the names people go by. */
function named(store: Store, here: readonly Present[]): Colleague[] {
  return here.map((one) => ({
    ...one,
    name: store.people.person(one.person)?.name ?? 'A colleague',
  }));
}

function signedIn(person: Person | null): Person {
  if (person) return person;
  throw new StetError('refused', 'Choose a newsroom first.');
}

/** Pictures that come in here and are to reach the server. */
function pictureStore(store: Store, added: () => void): Parameters<typeof assetHandlers>[0] {
  return {
    store(bytes, facts) {
      const asset = store.assets.add(bytes, facts);
      added();
      return asset;
    },
  };
}
