import { backoffMs, type Place, type Present } from '#shared/api';
import type { Hash, Id } from '#shared/article';
import { ServerError } from '../server-client/index.ts';
import { describeStoreError } from '../store/index.ts';
import { createAbandoned } from './abandoned.ts';
import { takeAwayClosed } from './access.ts';
import { downloadAssets, uploadAssets, watchSent } from './assets.ts';
import type { SyncContext } from './context.ts';
import { compareDigest } from './digest.ts';
import { isComparisonDue, noteCompared } from './digest-due.ts';
import { createListening } from './listening.ts';
import { createMerging } from './merge.ts';
import { createPresence } from './presence.ts';
import { pullAll, type PullWatch } from './pull.ts';
import { pushAll, type PushWatch, type Uploads } from './push.ts';
import { createRefusals } from './refusals.ts';
import { createReoffer } from './reoffer.ts';
import type { Remote } from './remote.ts';
import { resubmitMerged } from './resubmit.ts';
import { keepStanding, type Standing } from './standing.ts';

export interface SyncEngine {
  standing(): Standing;
  /** Starts syncing with a server, in place of any earlier one. */
  connect(remote: Remote): void;
  /** Stops for want of a signed-in person; `message` says what to do about it. */
  signedOut(message: string | null): void;
  /** There may be something to send. While the server cannot be reached, this brings the next attempt forward a little. */
  nudge(): void;
  /** A person asks: tries at once, unless the server asked for patience. */
  now(): void;
  pause(paused: boolean): void;
  /** The person is typing in this article, so it is not merged just now. */
  noteEdit(article: Id): void;
  /** Where the person is, for colleagues to see while there is a line to the server. */
  move(place: Place | null): void;
  /** Who else is where. */
  others(): readonly Present[];
  /** Settles when nothing is under way: all that could be done now has been done, or has failed. */
  idle(): Promise<void>;
  /** Stops for good, once what is under way has let go of the store. */
  close(): Promise<void>;
}

const POLL_MS = 30_000;
/** While the server wakes this computer by itself. */
const RELAXED_POLL_MS = 120_000;
const NUDGE_MS = 15_000;
const MAX_ROUNDS = 20;
const PAUSED = 'sync.paused';
const LAST_SYNCED = 'sync.lastSyncedAt';

/** Brings the store and a publishing server to the same state, again and again, without anybody waiting for it. */
export function createSyncEngine(context: SyncContext): SyncEngine {
  const { store, clock, random, timers, log, events } = context;
  let remote: Remote | null = null;
  let life = new AbortController();
  let paused = store.values.get(PAUSED) === true;
  let closed = false;
  let running: Promise<void> | null = null;
  let fetching: Promise<void> | null = null;
  let wanted = false;
  let cancelTimer: (() => void) | null = null;
  let cancelMerge: (() => void) | null = null;
  let cancelOffer: (() => void) | null = null;
  let failures = 0;
  let lastTry = -Infinity;
  /** Until when the server asked to be left alone, and in what words. */
  let patience: { until: number; message: string | null } = { until: -Infinity, message: null };
  let tooOld: string | null = null;
  const waiters: (() => void)[] = [];
  const refusedAssets = new Set<Hash>();
  const unavailableAssets = new Set<Hash>();

  const standing = keepStanding(
    clock,
    {
      state: paused ? 'paused' : 'signed-out',
      lastSyncedAt: store.values.get(LAST_SYNCED) as Standing['lastSyncedAt'],
      message: null,
    },
    () => events.standing(),
  );
  const reoffer = createReoffer(context);
  const abandoned = createAbandoned(context);
  const merging = createMerging(context);
  const refusals = createRefusals(context);
  const presence = createPresence(context);
  const listening = createListening(context, () => start(), presence);

  const settle = (): void => {
    if (running || fetching || wanted) return;
    for (const done of waiters.splice(0)) done();
  };
  const wakeIn = (ms: number): void => {
    forgetTimer();
    cancelTimer = timers.after(ms, () => {
      cancelTimer = null;
      // A picture may have reached the server behind the text that shows it; nobody is woken for that.
      unavailableAssets.clear();
      start();
    });
  };
  const forgetTimer = (): void => {
    cancelTimer?.();
    cancelTimer = null;
  };

  /** An answer came: the server can be reached, and there is more to do. */
  const reached = (): void => {
    if (standing.read().state !== 'online') standing.update({ state: 'syncing', message: tooOld });
  };

  const mergeWhatIsQuiet = (): void => {
    cancelMerge?.();
    const wait = merging.mergeQuiet();
    cancelMerge = wait === null ? null : timers.after(wait, start);
  };

  const offerAbandoned = (): void => {
    cancelOffer?.();
    const wait = abandoned.offer();
    cancelOffer = wait === null ? null : timers.after(wait, start);
  };

  const cycle = async (server: Remote, cancel: AbortSignal): Promise<void> => {
    const first = store.feed.cursor() === null;
    const uploads = startUploads(server, cancel);
    let failed: Error | null;
    const watch: PullWatch = {
      needsMerge: (articles) => merging.needsMerge(articles),
      besides: (articles) => merging.besides(articles),
      page(done: number, more: boolean) {
        reached();
        refusals.tellReopened();
        if (first || more) standing.update({ state: 'syncing', progress: { done, total: null } });
      },
    };
    try {
      for (let round = 0; round < MAX_ROUNDS; round += 1) {
        const askForSent = watchSent(store);
        await pullAll(context, server, reoffer, watch, cancel);
        askForSent();
        takeAwayClosed(context);
        if (round === 0) await compare(server, cancel);
        resubmitMerged(context);
        mergeWhatIsQuiet();
        offerAbandoned();
        if (store.outbox.counts().waiting === 0) break;
        standing.update({ state: 'syncing', progress: null });
        if (!(await pushPatiently(server, uploads, cancel))) break;
        resubmitMerged(context);
      }
    } finally {
      failed = await uploads.finish();
    }
    if (failed) throw failed;
  };

  const startUploads = (server: Remote, cancel: AbortSignal): Uploads => {
    const start = (): Promise<Error | null> =>
      uploadAssets(context, server, refusedAssets, cancel).then(
        () => null,
        (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
      );
    let uploading = start();
    return {
      async finish() {
        const error = await uploading;
        // Another may have been put into an article meanwhile.
        const isMore = store.assets.pendingUploads().some(({ hash }) => !refusedAssets.has(hash));
        if (error || !isMore) return error;
        uploading = start();
        return uploading;
      },
    };
  };

  /** Once a day, right behind a pull: only then both sides speak of the same moment. */
  const compare = async (server: Remote, cancel: AbortSignal): Promise<void> => {
    if (!isComparisonDue(store, clock)) return;
    try {
      merging.needsMerge(await compareDigest(context, server, cancel));
    } catch (error) {
      // A server that does not offer it yet is no worse for it.
      if (!(error instanceof ServerError) || error.kind !== 'refused') throw error;
      log('info', 'The publishing server gives no digest.', error);
      noteCompared(store, clock);
    }
  };

  /** False when there is no use in another round. */
  const pushPatiently = async (
    server: Remote,
    uploads: Uploads,
    cancel: AbortSignal,
  ): Promise<boolean> => {
    try {
      const watch: PushWatch = {
        needsMerge(articles) {
          merging.needsMerge(articles);
          // By an answer, too, an article may be open again: whoever brings back what a server lost has started it there.
          refusals.tellReopened();
        },
        refused: (op, message) => refusals.tell(op, message),
      };
      const isNews = await pushAll(context, server, uploads, watch, cancel);
      tooOld = null;
      return isNews;
    } catch (error) {
      if (!(error instanceof ServerError) || error.kind !== 'too-old') throw error;
      tooOld = error.message;
      return false;
    }
  };

  const succeeded = (server: Remote, cancel: AbortSignal): void => {
    failures = 0;
    const at = new Date(clock()).toISOString();
    store.values.set(LAST_SYNCED, at);
    standing.update({ state: 'online', lastSyncedAt: at, message: tooOld, progress: null });
    listening.open(server, cancel);
    wakeIn(listening.connected ? RELAXED_POLL_MS : POLL_MS);
    fetchPictures(server, cancel);
  };

  /**
   * A token that is refused was revoked, or another copy of this profile has signed in under the same device. Under an
   * id of its own this copy signs out no other, and no other this one; the server knows what was done by its id.
   */
  const comeBackAsAnother = (): void => {
    try {
      store.renewDevice();
    } catch (error) {
      log('warn', 'This computer keeps the id under which it was signed out.', error);
    }
  };

  const failed = (error: unknown): void => {
    if (
      error instanceof ServerError &&
      (error.kind === 'unauthorised' || error.code === 'wrong-device')
    ) {
      engine.signedOut(error.message);
      comeBackAsAnother();
      events.unauthorised(error.message);
      return;
    }
    failures += 1;
    let message =
      'Syncing stopped on an unexpected problem. What you wrote is safe; Stet tries again.';
    let wait = backoffMs(failures, random);
    if (error instanceof ServerError) {
      ({ message } = error);
      if (error.retryAfterMs !== null) {
        wait = Math.max(wait, error.retryAfterMs);
        patience = { until: timers.now() + error.retryAfterMs, message };
      }
    } else {
      message = describeStoreError(error)?.message ?? message;
      log('error', 'Syncing failed.', error);
    }
    standing.update({ state: 'offline', message, progress: null });
    wakeIn(wait);
  };

  /** Pictures come in beside everything else, so that no text waits for them. */
  const fetchPictures = (server: Remote, cancel: AbortSignal): void => {
    fetching ??= downloadAssets(context, server, unavailableAssets, cancel)
      .catch((error: unknown) => {
        if (!cancel.aborted && !(error instanceof ServerError))
          log('error', 'A picture could not be stored.', error);
      })
      .finally(() => {
        fetching = null;
        events.standing();
        settle();
      });
  };

  const run = async (server: Remote, cancel: AbortSignal): Promise<void> => {
    try {
      await cycle(server, cancel);
      if (!cancel.aborted) succeeded(server, cancel);
    } catch (error) {
      if (!cancel.aborted) failed(error);
    }
  };

  function start(): void {
    if (closed || paused || remote === null || store.readOnly) return;
    if (running) {
      wanted = true;
      return;
    }
    const early = patience.until - timers.now();
    if (early > 0) {
      wakeIn(early);
      return;
    }
    forgetTimer();
    wanted = false;
    lastTry = timers.now();
    running = run(remote, life.signal).finally(() => {
      running = null;
      if (wanted) {
        wanted = false;
        // A wake-up that came while the server was failing must not undo the back-off; its own time may have come.
        if (failures === 0 || cancelTimer === null) start();
      }
      settle();
    });
  }

  /** Lets go of the server: what is under way is cut off, and nothing starts by itself. */
  const stop = (): void => {
    life.abort();
    life = new AbortController();
    forgetTimer();
    cancelMerge?.();
    cancelOffer?.();
    failures = 0;
    tooOld = null;
  };

  const engine: SyncEngine = {
    standing: () => standing.read(),
    connect(server) {
      stop();
      patience = { until: -Infinity, message: null };
      remote = server;
      refusedAssets.clear();
      unavailableAssets.clear();
      const [message] = store.readOnly ? store.notices : [];
      const state = paused ? 'paused' : store.readOnly ? 'offline' : 'syncing';
      standing.update({ state, message: message ?? null, progress: null });
      start();
    },
    signedOut(message) {
      stop();
      remote = null;
      standing.update({ state: 'signed-out', message, progress: null });
    },
    nudge() {
      if (failures === 0 || timers.now() - lastTry >= NUDGE_MS) start();
    },
    now() {
      failures = 0;
      unavailableAssets.clear();
      start();
    },
    pause(value) {
      if (value === paused) return;
      // First on the disk: where that refuses it, nothing has changed.
      store.values.set(PAUSED, value);
      paused = value;
      stop();
      if (remote === null) {
        // Stet was opened with syncing paused, and nobody has signed in: that is what is in the way now.
        if (!paused && standing.read().state === 'paused') standing.update({ state: 'signed-out' });
        return;
      }
      const isEarly = !paused && patience.until > timers.now();
      const state = paused ? 'paused' : isEarly ? 'offline' : 'syncing';
      standing.update({ state, message: isEarly ? patience.message : null, progress: null });
      start();
    },
    noteEdit: (article) => merging.noteEdit(article),
    move: (place) => presence.move(place),
    others: () => presence.others(),
    idle() {
      return new Promise((resolve) => {
        waiters.push(resolve);
        settle();
      });
    },
    async close() {
      closed = true;
      stop();
      await running;
      await fetching;
    },
  };
  return engine;
}
