import {
  PROTOCOL_HEADER,
  type OpAnswer,
  type OpPayload,
  type Person,
  type PushResponse,
} from '#shared/api';
import { newId, type Id } from '#shared/article';
import type { Dice } from './dice.ts';
import { signIn } from './newsroom.ts';
import type { WireRequest, WireResponse } from './server.ts';
import type { World } from './world.ts';

/**
 * A program that somebody wrote themselves and signed in with: it speaks to the server without the checks that Stet makes
 * before. The checker looks at what it is answered like at everything else.
 */
export interface Hand {
  readonly who: Person;
  readonly device: Id;
  readonly token: string;
  readonly headers: Readonly<Record<string, string>>;
  ask(
    method: string,
    path: string,
    body?: WireRequest['body'],
    headers?: Record<string, string>,
  ): Promise<WireResponse>;
  /** Offers one operation; null where the server takes none from a device that is signed out. */
  push(payload: OpPayload): Promise<OpAnswer | null>;
}

export async function handOf(world: World, who: Person, dice: Dice): Promise<Hand> {
  const { server, watch, clients } = world;
  const clock = (): number => server.context().clock();
  const device = newId(clock, dice.bytes);
  const token = await signIn(server.context(), who, device);
  watch.signedIn(token, who.id);
  const headers = { authorization: `Bearer ${token}`, [PROTOCOL_HEADER]: '1' };
  let seq = 0;
  const hand: Hand = {
    who,
    device,
    token,
    headers,
    async ask(method, path, body = null, more = {}) {
      const request = { method, path, headers: { ...headers, ...more }, body };
      const response = await server.handle(request);
      watch.saw(clients[0]!, request, response);
      return response;
    },
    async push(payload) {
      const at = new Date(clock()).toISOString();
      const op = { seq: seq + 1, id: newId(clock, dice.bytes), at, payload };
      const asked = JSON.stringify({ device, ops: [op] });
      const { status, body } = await hand.ask('POST', '/v1/push', asked);
      if (status === 401) return null;
      if (status !== 200) throw new Error(`The server answers ${status}: ${String(body)}`);
      seq += 1;
      const [answer] = (JSON.parse(body as string) as PushResponse).answers;
      return answer ?? null;
    },
  };
  return hand;
}
