const AT_MOST_EVERY_MS = 15_000;

/**
 * Tells when it is likely that the server can be reached again: the network is back, or somebody sits down at the
 * window. The wait between two tries has then grown to minutes. Gives the function that ends it.
 */
export function onReturn(target: EventTarget, now: () => number, tell: () => void): () => void {
  let last = -Infinity;
  const hear = (): void => {
    if (now() - last < AT_MOST_EVERY_MS) return;
    last = now();
    tell();
  };
  const events = ['online', 'focus'];
  for (const event of events) target.addEventListener(event, hear);
  return () => {
    for (const event of events) target.removeEventListener(event, hear);
  };
}
