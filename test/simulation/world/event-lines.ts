/** Whoever listens to the server: hears what is written, and when the line ends. */
export interface Listener {
  heard(text: string): void;
  ended(): void;
}

/** The lines that stay open at a server. */
export interface EventLines {
  /** Gives what the server takes for a reply, and what tells it that whoever listened has gone. */
  open(listener: Listener): { reply: object; hangUp: () => void };
  /** All end at once, as when a process dies. */
  cut(): void;
}

export function createEventLines(): EventLines {
  const ends = new Set<() => void>();
  return {
    open({ heard, ended }) {
      let gone = (): void => undefined;
      const end = (): void => {
        if (ends.delete(end)) ended();
      };
      ends.add(end);
      const raw = {
        writeHead: () => raw,
        write(text: string) {
          if (ends.has(end)) heard(text);
          return true;
        },
        on(_name: string, listener: () => void) {
          gone = listener;
          return raw;
        },
        end() {
          end();
          gone();
        },
      };
      const hangUp = (): void => {
        ends.delete(end);
        gone();
      };
      return { reply: { hijack: () => undefined, raw }, hangUp };
    },
    cut() {
      for (const end of [...ends]) end();
    },
  };
}
