import { z } from 'zod';
import type { EventData, EventName, Reply } from '#shared/contract';
import type { Workstation } from '../core/ports.ts';

/** What a page sends: one call of the contract. Its input is parsed by the core. */
const PageMessage = z.object({
  id: z.number().int().min(0),
  name: z.string().max(100),
  input: z.unknown(),
});

/** What a page hears: the answer to one of its calls, or an event. */
export type HostMessage =
  { id: number; reply: Reply } | { [K in EventName]: { event: K; data: EventData<K> } }[EventName];

export interface PageLink {
  /** Takes one message of the page; false when it was none that a page of Stet sends. */
  receive(message: unknown): boolean;
  close(): void;
}

/** Answers one page's calls from the workstation and passes it every event, over whatever `post` writes to. */
export function servePage(
  workstation: Pick<Workstation, 'dispatch' | 'on'>,
  post: (message: HostMessage) => void,
): PageLink {
  let open = true;
  const send = (message: HostMessage) => {
    if (open) post(message);
  };
  const stop = workstation.on((event, data) => send({ event, data } as HostMessage));
  return {
    receive(message) {
      const parsed = PageMessage.safeParse(message);
      if (!parsed.success) return false;
      const { id, name, input } = parsed.data;
      workstation.dispatch(name, input).then(
        (reply) => send({ id, reply }),
        () => send({ id, reply: gone }),
      );
      return true;
    },
    close() {
      open = false;
      stop();
    },
  };
}

const gone: Reply = {
  ok: false,
  error: {
    code: 'internal',
    message: 'Stet’s core has stopped. What you wrote up to now is saved; start Stet again.',
  },
};
