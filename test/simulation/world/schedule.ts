interface Entry {
  at: number;
  order: number;
  work: (() => void) | null;
}

/** Virtual time: nothing waits, and things happen in the order of their moments. */
export interface Schedule {
  /** Milliseconds since the run began. */
  now(): number;
  after(ms: number, work: () => void): () => void;
  /** Lets everything happen that is due within the next `ms`. */
  pass(ms: number): Promise<void>;
  /** Lets happen what is next, if it is due within `ms`; false when nothing is. */
  next(ms: number): Promise<boolean>;
}

/** Settles once everything that can go on by itself has done so: promises first, then one turn of the loop. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

export function createSchedule(): Schedule {
  const entries: Entry[] = [];
  let now = 0;
  let order = 0;

  const takeUntil = (limit: number): Entry | null => {
    const first = entries[0];
    if (!first || first.at > limit) return null;
    entries.shift();
    return first;
  };
  const next = async (ms: number): Promise<boolean> => {
    const entry = takeUntil(now + ms);
    if (!entry) return false;
    now = Math.max(now, entry.at);
    if (entry.work) {
      entry.work();
      await settled();
    }
    return true;
  };

  return {
    now: () => now,
    after(ms, work) {
      const entry: Entry = { at: now + Math.max(0, ms), order: (order += 1), work };
      let place = entries.length;
      while (place > 0 && entries[place - 1]!.at > entry.at) place -= 1;
      entries.splice(place, 0, entry);
      return () => {
        entry.work = null;
      };
    },
    next,
    async pass(ms) {
      const end = now + ms;
      while (await next(end - now));
      now = end;
    },
  };
}
