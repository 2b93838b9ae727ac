import type { World } from '../world/world.ts';

/** Whoever sits before a window sees what has come to their computer. */
export function checkTold({ clients, broken }: World): void {
  for (const { core, index, token, injured } of clients) {
    const untold = core?.told.untold() ?? null;
    const wrong = injured ? null : (core?.awaited.wrong() ?? null);
    if (wrong !== null) broken(9, `Client ${index} ${wrong}.`);
    if (core?.engine.standing().state === 'signed-out' && token !== null)
      broken(11, `Client ${index} was signed out, and nobody is asked to sign in again.`);
    if (untold !== null) broken(11, `Client ${index}: ${untold}`);
  }
}

/** Whoever holds what a server lost, and may not send it, has heard in the end what they can do about it. */
export function checkAsked({ clients, broken }: World): void {
  for (const { core, index } of clients) {
    const article = core?.awaited.unasked() ?? null;
    const wrong = core?.awaited.wrong() ?? null;
    if (wrong !== null) broken(9, `Client ${index} ${wrong}.`);
    if (article !== null)
      broken(9, `Client ${index} holds ${article}, which the server lost, and nobody was told.`);
  }
}
