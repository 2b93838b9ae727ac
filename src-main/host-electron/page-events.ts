import type { EventData } from '#shared/contract';

/** What the main process has to say for itself: a command of the menu or of a link, and a sentence. */
type Said = 'command' | 'notice';
export interface PageMessage {
  event: Said;
  data: EventData<Said>;
}

/** Tells the window's page things, and keeps them while there is no page to hear: a link may be what starts Stet. */
export interface PageEvents {
  tell<K extends Said>(event: K, data: EventData<K>): void;
  pageReady(send: (message: PageMessage) => void): void;
  pageGone(): void;
}

export function createPageEvents(): PageEvents {
  let send: ((message: PageMessage) => void) | null = null;
  const kept: PageMessage[] = [];
  return {
    tell(event, data) {
      if (send) send({ event, data });
      else kept.push({ event, data });
    },
    pageReady(page) {
      send = page;
      for (const message of kept.splice(0)) page(message);
    },
    pageGone: () => void (send = null),
  };
}
