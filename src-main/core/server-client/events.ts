import { EventSourceParserStream } from 'eventsource-parser/stream';

/**
 * Reads an event stream to its end. `onEvent` is called for every event with its name and what it says. `onAlive` is called for every piece of data, comments included, so that a dead line can be told from a quiet one.
 */
export async function readEvents(
  stream: ReadableStream<Uint8Array>,
  onEvent: (name: string, data: string) => void,
  onAlive: () => void,
): Promise<void> {
  const watched = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      onAlive();
      controller.enqueue(chunk);
    },
  });
  const events = stream
    .pipeThrough(watched)
    .pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>)
    .pipeThrough(new EventSourceParserStream());
  for await (const { event = '', data } of events) onEvent(event, data);
}
