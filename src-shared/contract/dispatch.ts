import { z } from 'zod';
import {
  CALLS,
  type CallName,
  type EventData,
  type EventName,
  type Input,
  type Output,
  type Parsed,
} from './calls.ts';

/** The closed set of things that can go wrong with a call. */
export const ErrorCode = z.enum([
  'bad-input',
  'not-found',
  'forbidden',
  'refused',
  'offline',
  'server',
  'read-only',
  'disk-full',
  'damaged',
  'unsupported',
  'cancelled',
  'internal',
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** An error with a sentence for the person: what happened, what is safe, what to do next. */
export class StetError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StetError';
    this.code = code;
  }
}

/** One function per call, on parsed input. */
export type Handlers = { [K in CallName]: (input: Parsed<K>) => Promise<Output<K>> | Output<K> };

/** What stands on the renderer's side: the preload script and the loopback page each give one. */
export interface Bridge {
  call<K extends CallName>(name: K, input: Input<K>): Promise<Output<K>>;
  on<K extends EventName>(name: K, listener: (data: EventData<K>) => void): () => void;
}

export type Reply =
  { ok: true; value: unknown } | { ok: false; error: { code: ErrorCode; message: string } };

/** What Electron's preload script gives: replies, for an error that crosses into the page loses its class and its code. */
export interface AskingBridge {
  ask<K extends CallName>(name: K, input: Input<K>): Promise<Reply>;
  on: Bridge['on'];
}

/** The same as calls. Rejects with a StetError where the reply tells of one. */
export function bridgeOver(asking: AskingBridge): Bridge {
  return {
    call: async <K extends CallName>(name: K, input: Input<K>) => {
      const reply = await asking.ask(name, input);
      if (!reply.ok) throw new StetError(reply.error.code, reply.error.message);
      return reply.value as Output<K>;
    },
    on: (name, listener) => asking.on(name, listener),
  };
}

/** Maps any thrown thing to an error of the closed set. `describe` may recognise errors of the environment (a full disk). */
export type DescribeError = (error: unknown) => StetError | null;

function failure(code: ErrorCode, message: string): Reply {
  return { ok: false, error: { code, message } };
}

/**
 * Makes the one door between renderer and core: parses the input, calls the handler, parses the output, maps errors.
 * Unknown names and names inherited from Object are refused. Never throws. `report` hears of internal errors.
 */
export function createDispatcher(
  handlers: Handlers,
  describe: DescribeError,
  report: (name: string, error: unknown) => void,
): (name: string, input: unknown) => Promise<Reply> {
  return async (name, input) => {
    if (!Object.hasOwn(CALLS, name))
      return failure('bad-input', 'This version of Stet does not know that request.');
    const call = name as CallName;
    const parsed = CALLS[call].input.safeParse(input);
    if (!parsed.success)
      return failure(
        'bad-input',
        `That cannot be stored as it is: ${z.prettifyError(parsed.error)}`,
      );
    try {
      const handler = handlers[call] as (input: unknown) => unknown;
      return { ok: true, value: CALLS[call].output.parse(await handler(parsed.data)) };
    } catch (error) {
      const known = error instanceof StetError ? error : describe(error);
      if (known) return failure(known.code, known.message);
      report(name, error);
      return failure(
        'internal',
        'Something went wrong inside Stet. What you wrote is saved; try again, or restart Stet.',
      );
    }
  };
}
