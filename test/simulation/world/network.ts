import { PresenceEvent, PROTOCOL_HEADER, type Present, type PushRequest } from '#shared/api';
import type { Schedule } from './schedule.ts';
import { Killed } from './disk.ts';
import type { Dice } from './dice.ts';
import type { SimServer, WireRequest, WireResponse } from './server.ts';

/** How bad the network is: each a probability per request. */
export interface Weather {
  dropRequest: number;
  dropResponse: number;
  duplicate: number;
  /** An answer that takes so long that others overtake it. */
  slow: number;
  /** An answer that is not one of a Stet server, as behind a sign-in page. */
  nonsense: number;
  /** Of a picture that travels in parts, only the beginning arrives. */
  breakUpload: number;
  /** The server, or what stands before it, has no time and says for how long. */
  busy: number;
  wake: number;
}

export const FINE: Weather = {
  dropRequest: 0,
  dropResponse: 0,
  duplicate: 0,
  slow: 0,
  nonsense: 0,
  busy: 0,
  breakUpload: 0,
  wake: 0,
};

/** A client's side of the network: a `fetch` for the real client, and the line on which it is woken. */
export interface Line {
  online: boolean;
  /** How many changes it is told of at a time, where those are less than the server would give. */
  most: number | null;
  /** The next revision that it is told of arrives with other bytes than it was sent with. */
  garbles: boolean;
  fetch: typeof fetch;
  /** The event stream: says when there may be something to pull, and who is where, until the line ends. */
  listen(token: string, hear: Hearing, cancel: AbortSignal): Promise<void>;
  /** Whether that is open. */
  readonly listening: boolean;
  /** Ends what is open, as when a cable is pulled. */
  cut(): void;
  /** Somebody signs in, or starts Stet anew: no patience is asked of who begins. */
  beginAnew(): void;
}

/** What was asked and answered (null: the server died over it), once for every time the server handled a request. */
export type Tap = (line: number, request: WireRequest, response: WireResponse | null) => void;

interface Hearing {
  wake(): void;
  present(here: readonly Present[]): void;
}

export interface Network {
  weather: Weather;
  line(index: number): Line;
}

interface NetworkOptions {
  schedule: Schedule;
  dice: Dice;
  server: () => SimServer;
  tap: Tap;
  /** The server says by itself who is where. */
  onPresence: (line: number, token: string, here: readonly Present[]) => void;
  /** Something is about to be asked of the server. */
  onAsked: (line: number, request: WireRequest) => void;
  /** Something was asked although the server had asked for patience. */
  onImpatience: (line: number, request: WireRequest) => void;
}

const unreachable = (): Error => new TypeError('fetch failed');

export function createNetwork({
  schedule,
  dice,
  server,
  tap,
  onPresence,
  onAsked,
  onImpatience,
}: NetworkOptions): Network {
  const arrive = async (index: number, request: WireRequest): Promise<WireResponse | null> => {
    if (!server().up) return null;
    try {
      const response = await server().handle(request);
      tap(index, request, response);
      return response;
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      tap(index, request, null);
      return null;
    }
  };

  const network: Network = {
    weather: FINE,
    line(index) {
      // Some servers give less at a time than they are asked for.
      const page = dice.pick([500, 500, 60, 9]);
      // What stands before them takes no more than a few operations at a time.
      const isNarrow = page === 9;
      const cuts = new Set<() => void>();
      const listeners = new Set<() => void>();
      let patientUntil = 0;
      const send = (request: WireRequest, signal: AbortSignal | null): Promise<WireResponse> =>
        new Promise((resolve, reject) => {
          const { dropRequest, dropResponse, duplicate, slow, nonsense, busy } = network.weather;
          const counts = OF_THE_CYCLE.test(request.path);
          if (counts) onAsked(index, request);
          if (counts && schedule.now() < patientUntil) onImpatience(index, request);
          const leave = (error: Error): void => {
            cuts.delete(cut);
            reject(error);
          };
          const cut = (): void => leave(unreachable());
          if (signal?.aborted) {
            leave(signal.reason as Error);
            return;
          }
          cuts.add(cut);
          signal?.addEventListener('abort', () => leave(signal.reason as Error), { once: true });
          if (!line.online || dice.chance(dropRequest)) {
            schedule.after(dice.between(1, 200), cut);
            return;
          }
          if (dice.chance(busy)) {
            const answer = busyAnswer(dice);
            schedule.after(dice.between(5, 60), () => {
              if (!cuts.delete(cut)) return;
              const seconds = Number(answer.headers['retry-after'] ?? 0);
              if (counts) patientUntil = schedule.now() + seconds * 1000;
              resolve(answer);
            });
            return;
          }
          const answerIn = dice.chance(slow) ? dice.between(1000, 20_000) : dice.between(5, 60);
          const lost = dice.chance(dropResponse);
          const odd = dice.chance(nonsense);
          const breaks = request.method === 'PATCH' && dice.chance(network.weather.breakUpload);
          const part = breaks ? dice.below((request.body as Uint8Array).length) : undefined;
          schedule.after(dice.between(2, 40), () => {
            const answer =
              isNarrow && isTooMuch(request)
                ? Promise.resolve(TOO_LARGE)
                : arrive(index, { ...request, arrived: part });
            void answer.then((response) => {
              schedule.after(answerIn, () => {
                if (!response || lost || breaks || !line.online) cut();
                else {
                  cuts.delete(cut);
                  resolve(odd ? SIGN_IN_PAGE : response);
                }
              });
            });
          });
          if (dice.chance(duplicate) && !(isNarrow && isTooMuch(request)))
            schedule.after(dice.between(20, 5000), () => void arrive(index, request));
        });

      const line: Line = {
        online: true,
        most: null,
        garbles: false,
        async fetch(input, init) {
          const { pathname, search } = new URL(input instanceof Request ? input.url : input);
          const given = init?.headers;
          const headers = Object.fromEntries(given instanceof Headers ? given : new Headers(given));
          const request: WireRequest = {
            method: init?.method ?? 'GET',
            path: pathname + search.replace('limit=500', `limit=${line.most ?? page}`),
            headers,
            body: (init?.body ?? null) as string | Uint8Array | null,
          };
          const response = await send(request, init?.signal ?? null);
          return toResponse(line.garbles ? garbled(line, response) : response);
        },
        get listening() {
          return listeners.size > 0;
        },
        listen(token, hear, cancel) {
          return new Promise((resolve, reject) => {
            if (!line.online || !server().up || cancel.aborted) {
              reject(unreachable());
              return;
            }
            let hangUp = (): void => undefined;
            let lastAt = 0;
            const end = (): void => {
              cuts.delete(end);
              if (!listeners.delete(end)) return;
              // That nobody listens any more, a server notices late, and now and then for long not at all.
              const noticed = dice.chance(0.7) ? NOTICED_WITHIN_MS : NOTICED_WITHIN_MS * 20;
              schedule.after(dice.between(0, noticed), () => hangUp());
              resolve();
            };
            // What is said on one line arrives in the order in which it was said.
            const soon = (tell: () => void): void => {
              lastAt = Math.max(lastAt, schedule.now() + dice.between(5, 60));
              schedule.after(lastAt - schedule.now(), () => {
                if (listeners.has(end) && line.online) tell();
              });
            };
            const heard = (text: string): void => {
              const here = presenceIn(text);
              if (here) {
                onPresence(index, token, here);
                soon(() => hear.present(here));
              } else if (text.startsWith('event: wake') && dice.chance(network.weather.wake))
                soon(hear.wake);
            };
            listeners.add(end);
            cuts.add(end);
            cancel.addEventListener('abort', end, { once: true });
            const headers = { authorization: `Bearer ${token}`, [PROTOCOL_HEADER]: '1' };
            server()
              .listen(headers, { heard, ended: end })
              .then((leave) => {
                hangUp = leave;
                if (listeners.has(end)) hear.wake();
              }, end);
          });
        },
        cut() {
          for (const each of [...cuts]) each();
        },
        beginAnew() {
          patientUntil = 0;
        },
      };
      return line;
    },
  };
  return network;
}

const NOTICED_WITHIN_MS = 20_000;

/** Who is where, as an event says it; null for any other. */
function presenceIn(text: string): readonly Present[] | null {
  const said = /^event: presence\ndata: (.*)\n\n$/.exec(text)?.[1];
  return said === undefined ? null : PresenceEvent.parse(JSON.parse(said)).here;
}

const SIGN_IN_PAGE: WireResponse = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<!doctype html><title>Welcome to our wireless network</title>',
};

/** A headline says something else than it did, once. */
function garbled(line: Line, response: WireResponse): WireResponse {
  if (typeof response.body !== 'string') return response;
  const body = response.body.replace('\\"headline\\":\\"', '$&Not ');
  line.garbles = body === response.body;
  return { ...response, body };
}

const MOST_AT_ONCE = 3;

function isTooMuch({ path, body }: WireRequest): boolean {
  return (
    path === '/v1/push' && (JSON.parse(body as string) as PushRequest).ops.length > MOST_AT_ONCE
  );
}

const TOO_LARGE: WireResponse = {
  status: 413,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    error: { code: 'too-large', message: 'The request is larger than this server takes.' },
  }),
};

/** What a client asks one after the other; pictures come and go beside it. */
const OF_THE_CYCLE = /^\/v1\/(push|changes|digest)/;

function busyAnswer(dice: Dice): WireResponse {
  const status = dice.pick([429, 503, 502]);
  const headers = { 'retry-after': String(dice.between(1, 120)) };
  return { status, headers: status === 502 ? {} : headers, body: 'Too busy.' };
}

const encoder = new TextEncoder();

/** As much of a response as the client reads; making a real one takes longer than all the rest of a request. */
function toResponse({ status, headers, body }: WireResponse): Response {
  const bytes = typeof body === 'string' ? encoder.encode(body) : body;
  const named = new Map(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const response = {
    status,
    headers: { get: (name: string) => named.get(name.toLowerCase()) ?? null },
    body: bytes.length > 0 ? [bytes] : null,
  };
  return response as unknown as Response;
}
