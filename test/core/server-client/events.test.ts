import { expect, it } from 'vitest';
import { readEvents } from '../../../src-main/core/server-client/index.ts';

const streamOf = (...parts: string[]): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(new TextEncoder().encode(part));
      controller.close();
    },
  });

it('wakes once per event, however the stream is cut, and takes comments as a sign of life', async () => {
  let wakes = 0;
  let alive = 0;
  const stream = streamOf(
    'event: wake\nda',
    'ta: {"seq":1}\n\n',
    ': still here\n\n',
    'data: {"seq":2}\n\n',
  );
  await readEvents(
    stream,
    () => wakes++,
    () => alive++,
  );
  expect({ wakes, alive }).toEqual({ wakes: 2, alive: 4 });
});

it('fails when the stream does', async () => {
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => controller.error(new Error('gone')),
  });
  await expect(
    readEvents(
      stream,
      () => undefined,
      () => undefined,
    ),
  ).rejects.toThrow('gone');
});
