import { backoffMs } from '#shared/api';
import type { SyncContext } from './context.ts';
import type { Presence } from './presence.ts';
import type { Remote } from './remote.ts';

/** The line on which the server says that there is something to pull. Syncing works without it, only later. */
export interface Listening {
  readonly connected: boolean;
  /** Opens the line unless it is open, or was lost so recently that it is too early. */
  open(remote: Line, cancel: AbortSignal): void;
}

/** What is asked of a server there. */
type Line = Pick<Remote, 'events' | 'present'>;

const STEADY_MS = 30_000;
/** How soon it is looked where the server is once a line is lost: until then the window says that it can be reached. */
const LOOK_MS = 2_000;

export function createListening(
  { timers, random }: SyncContext,
  onWake: () => void,
  presence: Presence,
): Listening {
  let connected = false;
  let open: AbortSignal | null = null;
  let failures = 0;
  let notBefore = -Infinity;

  const listen = async (remote: Line, cancel: AbortSignal): Promise<void> => {
    const started = timers.now();
    try {
      await remote.events(
        () => {
          if (cancel.aborted) return;
          if (!connected) presence.connected(remote, cancel);
          connected = true;
          onWake();
        },
        cancel,
        (here) => {
          if (!cancel.aborted) presence.heard(here);
        },
      );
    } catch {
      // A lost line is no error: the pull that follows finds out how things stand.
    }
    if (open !== cancel) return;
    open = null;
    const isLost = connected;
    connected = false;
    presence.lost();
    if (cancel.aborted) return;
    failures = timers.now() - started > STEADY_MS ? 1 : failures + 1;
    const wait = backoffMs(failures, random);
    notBefore = timers.now() + wait;
    const stop = timers.after(isLost ? Math.min(wait, LOOK_MS) : wait, onWake);
    cancel.addEventListener('abort', stop, { once: true });
  };

  return {
    get connected() {
      return connected;
    },
    open(remote, cancel) {
      if (open === cancel || cancel.aborted || timers.now() < notBefore) return;
      open = cancel;
      connected = false;
      void listen(remote, cancel);
    },
  };
}
