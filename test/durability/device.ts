import { setTimeout } from 'node:timers/promises';
import type { Op, OpAnswer, OpPayload, PushResponse, SignInResponse } from '#shared/api';
import type { Id } from '#shared/article';
import { anId } from '../helpers/articles.ts';
import type { Ledger } from './ledger.ts';
import { PASSWORD, type Newsroom } from './newsroom.ts';

const RETRY_MS = 40;
const PATIENCE_MS = 90_000;

/** A device that speaks the protocol without a core in front: it asks until it is answered, at whichever server is up. */
export interface Device {
  id: Id;
  person: Id;
  request: (method: string, path: string, body?: Uint8Array | string) => Promise<Response>;
  /** Sends operations under the next numbers and gives the permanent answers. */
  push: (payloads: readonly OpPayload[]) => Promise<OpAnswer[]>;
  inFlight: () => number;
}

export async function signIn(
  { servers }: Newsroom,
  login: string,
  ledger: Ledger,
): Promise<Device> {
  const id = anId();
  let authorization = '';
  let turn = 0;
  let inFlight = 0;
  let seq = 0;

  const once = async (
    method: string,
    path: string,
    body?: Uint8Array | string,
  ): Promise<Response> => {
    const url = servers[(turn += 1) % servers.length]?.url ?? '';
    const type = typeof body === 'string' ? 'application/json' : 'application/octet-stream';
    return fetch(`${url}${path}`, {
      method,
      headers: {
        ...(authorization !== '' && { authorization }),
        ...(body !== undefined && { 'content-type': type }),
      },
      ...(body !== undefined && { body: body as BodyInit }),
      signal: AbortSignal.timeout(20_000),
    });
  };
  const request: Device['request'] = async (method, path, body) => {
    const started = Date.now();
    inFlight += 1;
    try {
      for (;;) {
        const response = await once(method, path, body).catch(() => null);
        if (response && response.status !== 429 && response.status < 500) return response;
        if (Date.now() - started > PATIENCE_MS)
          throw new Error(`${method} ${path} was never answered: ${String(response?.status)}`);
        await response?.body?.cancel();
        await setTimeout(RETRY_MS);
      }
    } finally {
      inFlight -= 1;
    }
  };
  const send = async (ops: Op[]): Promise<OpAnswer[]> => {
    const response = await request('POST', '/v1/push', JSON.stringify({ device: id, ops }));
    if (!response.ok) throw new Error(`A push was refused: ${await response.text()}`);
    return ((await response.json()) as PushResponse).answers;
  };

  const claim = { login, password: PASSWORD, device: { id, name: `${login}’s computer` } };
  const signedIn = await request('POST', '/v1/sign-in', JSON.stringify(claim));
  const { token, person } = (await signedIn.json()) as SignInResponse;
  authorization = `Bearer ${token}`;
  return {
    id,
    person: person.id,
    request,
    inFlight: () => inFlight,
    push: async (payloads) => {
      const at = new Date().toISOString();
      const ops = payloads.map((payload) => ({ seq: (seq += 1), id: anId(), at, payload }));
      const answers = await send(ops);
      for (const [index, op] of ops.entries()) {
        const answer = answers[index];
        if (!answer) throw new Error(`Operation ${op.seq} of ${login} has no answer.`);
        ledger.answers.push({
          op,
          answer,
          again: async () => (await send([op]))[0] ?? answer,
        });
      }
      return answers;
    },
  };
}
