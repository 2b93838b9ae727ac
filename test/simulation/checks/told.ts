import type { World } from '../world/world.ts';

/** Whoever sits before a window sees what has come to their computer. */
export function checkTold({ clients, broken }: World): void {
  for (const { core, index, token } of clients) {
    const untold = core?.told.untold() ?? null;
    if (core?.engine.standing().state === 'signed-out' && token !== null)
      broken(11, `Client ${index} was signed out, and nobody is asked to sign in again.`);
    if (untold !== null) broken(11, `Client ${index}: ${untold}`);
  }
}
