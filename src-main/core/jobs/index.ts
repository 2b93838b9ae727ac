import { newLocalId, type RandomBytes } from '#shared/article';
import { StetError, type Emit } from '#shared/contract';

/** Long work that a person can watch and stop. */
export interface Job {
  readonly id: string;
  /** Tells how far it is; `total` is null while unknown. Throws a `cancelled` error once the person has stopped it. */
  step(done: number, total: number | null): Promise<void>;
  finish(): void;
}

export interface Jobs {
  start(label: string): Job;
  cancel(id: string): void;
}

/** Lets everything else that waits for this process have its turn. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** The running jobs of one core: each tells its progress by event and hears of its cancellation. */
export function createJobs(deps: { emit: Emit; random: RandomBytes }): Jobs {
  const running = new Map<string, { cancelled: boolean }>();
  return {
    start(label) {
      const id = newLocalId(deps.random);
      const state = { cancelled: false };
      let last = { done: 0, total: null as number | null };
      running.set(id, state);
      const tell = (finished: boolean): void =>
        deps.emit('progress', { job: id, label, ...last, finished });
      tell(false);
      return {
        id,
        async step(done, total) {
          last = { done, total };
          tell(false);
          await breathe();
          if (state.cancelled)
            throw new StetError('cancelled', `${label} was stopped. Nothing was changed.`);
        },
        finish() {
          if (!running.delete(id)) return;
          tell(true);
        },
      };
    },
    cancel(id) {
      const state = running.get(id);
      if (state) state.cancelled = true;
    },
  };
}
