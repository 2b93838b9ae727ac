import type { EventData, EventName, Reply } from '#shared/contract';
import type { Workstation } from '../../src-main/core/ports.ts';

export interface FakeWorkstation extends Workstation {
  readonly calls: { name: string; input: unknown }[];
  readonly assets: Map<string, { bytes: Uint8Array; mime: string }>;
  closed: boolean;
  emit<K extends EventName>(name: K, data: EventData<K>): void;
}

/** A workstation without a core: records what it is asked, answers by `answer`, for tests of what stands before it. */
export function fakeWorkstation(
  answer: (name: string, input: unknown) => Reply | Promise<Reply> = (_, input) => ({
    ok: true,
    value: input,
  }),
): FakeWorkstation {
  const listeners = new Set<(name: EventName, data: never) => void>();
  const calls: FakeWorkstation['calls'] = [];
  const assets: FakeWorkstation['assets'] = new Map();
  return {
    calls,
    assets,
    closed: false,
    async dispatch(name, input) {
      calls.push({ name, input });
      return answer(name, input);
    },
    on(listener) {
      const heard = listener as (name: EventName, data: never) => void;
      listeners.add(heard);
      return () => listeners.delete(heard);
    },
    readAsset: async (hash) => assets.get(hash) ?? null,
    async close() {
      this.closed = true;
    },
    emit(name, data) {
      for (const listener of listeners) listener(name, data as never);
    },
  };
}
