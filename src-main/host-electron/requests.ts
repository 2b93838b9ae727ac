import { z } from 'zod';
import { ErrorCode, StetError } from '#shared/contract';
import type { Port } from './port.ts';

/** Functions that one process offers the other, by name. Each takes one value and answers with one. */
export type Requests = Readonly<Record<string, (input: never) => unknown>>;

type InputOf<F> = F extends (input: infer I) => unknown ? I : never;
type OutputOf<F> = F extends (input: never) => infer O ? Awaited<O> : never;

export type Ask<R extends Requests> = <K extends keyof R & string>(
  name: K,
  input: InputOf<R[K]>,
) => Promise<OutputOf<R[K]>>;

const Question = z.object({
  kind: z.literal('ask'),
  id: z.number(),
  name: z.string(),
  input: z.unknown(),
});
const Failure = z.object({ code: ErrorCode, message: z.string() });
const Answer = z.object({
  kind: z.literal('answer'),
  id: z.number(),
  value: z.unknown(),
  failure: Failure.optional(),
});

/** Answers the other side's questions with `offered`, and returns how to ask what the other side offers. */
export function exchangeRequests<Theirs extends Requests>(
  port: Port,
  offered: Requests,
): Ask<Theirs> {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let lastId = 0;
  port.onMessage((message) => {
    const question = Question.safeParse(message);
    if (question.success) void answer(port, offered, question.data);
    const reply = Answer.safeParse(message);
    if (!reply.success) return;
    const { id, value, failure } = reply.data;
    const asked = waiting.get(id);
    waiting.delete(id);
    if (failure) asked?.reject(new StetError(failure.code, failure.message));
    else asked?.resolve(value);
  });
  port.onClose(() => {
    for (const { reject } of waiting.values())
      reject(new StetError('internal', 'Stet’s core has stopped. What you wrote is saved.'));
    waiting.clear();
  });
  return ((name: string, input: unknown) => {
    const id = (lastId += 1);
    const asked = Promise.withResolvers<unknown>();
    waiting.set(id, asked);
    port.post({ kind: 'ask', id, name, input });
    return asked.promise;
  }) as Ask<Theirs>;
}

async function answer(
  port: Port,
  offered: Requests,
  { id, name, input }: z.infer<typeof Question>,
): Promise<void> {
  try {
    if (!Object.hasOwn(offered, name)) throw new Error(`Nothing is offered under ${name}.`);
    const value = await offered[name]?.(input as never);
    port.post({ kind: 'answer', id, value });
  } catch (error) {
    const code = error instanceof StetError ? error.code : 'internal';
    const message = error instanceof Error ? error.message : String(error);
    port.post({ kind: 'answer', id, value: null, failure: { code, message } });
  }
}
