import type { Core } from '../world/client.ts';

const paused = new WeakSet<Core>();

/** A person pauses syncing on a computer, or lets it go on. */
export function pause(core: Core, value: boolean): void {
  core.engine.pause(value);
  if (value) paused.add(core);
  else paused.delete(core);
}

/** Whether the person at this computer has paused syncing since Stet was started there, or Stet remembers that they had. */
export const isPaused = (core: Core): boolean =>
  paused.has(core) || core.store.values.get('sync.paused') === true;
