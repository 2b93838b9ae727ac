import { describe, expect, it } from 'vitest';
import { onReturn } from '../../../src-renderer/app/return.ts';

function listen({ isCutOff = false } = {}) {
  const target = new EventTarget();
  const heard = { now: 0, isCutOff, told: 0 };
  const stop = onReturn(target, {
    now: () => heard.now,
    isCutOff: () => heard.isCutOff,
    tell: () => (heard.told += 1),
  });
  const happens = (event: string): void => void target.dispatchEvent(new Event(event));
  return { heard, happens, stop };
}

describe('coming back to the window or the network', () => {
  it('is told at once, and not again and again', () => {
    const { heard, happens, stop } = listen();
    happens('focus');
    happens('online');
    expect(heard.told).toBe(1);
    heard.now = 15_000;
    happens('online');
    expect(heard.told).toBe(2);
    stop();
    heard.now = 60_000;
    happens('focus');
    expect(heard.told).toBe(2);
  });

  it.each(['keydown', 'pointerdown'])(
    'is told with a %s while the server is out of reach',
    (act) => {
      const { heard, happens, stop } = listen();
      happens(act);
      expect(heard.told).toBe(0);
      heard.isCutOff = true;
      happens(act);
      happens(act);
      expect(heard.told).toBe(1);
      heard.now = 15_000;
      happens(act);
      expect(heard.told).toBe(2);
      stop();
      heard.now = 60_000;
      happens(act);
      expect(heard.told).toBe(2);
    },
  );
});
