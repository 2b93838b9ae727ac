/** A value that can be watched: what React's useSyncExternalStore takes. */
export interface Watched<T> {
  get: () => T;
  subscribe: (listener: () => void) => () => void;
}

export function watched<T>(first: T): Watched<T> & { set: (value: T) => void } {
  let value = first;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set: (next) => {
      value = next;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
