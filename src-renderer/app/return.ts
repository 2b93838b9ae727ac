const AT_MOST_EVERY_MS = 15_000;

/** On the way down: whoever takes the key does not let it pass. */
const EARLY = { capture: true };

interface Options {
  now: () => number;
  /** Whether the server could not be reached at the last try. */
  isCutOff: () => boolean;
  tell: () => void;
}

/**
 * Tells when it is likely that the server can be reached again, or that somebody looks whether it can: the network is back,
 * somebody sits down at the window, or works on in it while the server is out of reach. The wait between two tries
 * has then grown to minutes. Gives the function that ends it.
 */
export function onReturn(target: EventTarget, { now, isCutOff, tell }: Options): () => void {
  let last = -Infinity;
  const hear = (): void => {
    if (now() - last < AT_MOST_EVERY_MS) return;
    last = now();
    tell();
  };
  const hearWork = (): void => {
    if (isCutOff()) hear();
  };
  const returns = ['online', 'focus'];
  const works = ['keydown', 'pointerdown'];
  for (const event of returns) target.addEventListener(event, hear);
  for (const event of works) target.addEventListener(event, hearWork, EARLY);
  return () => {
    for (const event of returns) target.removeEventListener(event, hear);
    for (const event of works) target.removeEventListener(event, hearWork, EARLY);
  };
}
