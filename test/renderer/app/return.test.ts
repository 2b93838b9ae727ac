import { describe, expect, it } from 'vitest';
import { onReturn } from '../../../src-renderer/app/return.ts';

describe('coming back to the window or the network', () => {
  it('is told at once, and not again and again', () => {
    const target = new EventTarget();
    let now = 0;
    let told = 0;
    const stop = onReturn(
      target,
      () => now,
      () => (told += 1),
    );
    target.dispatchEvent(new Event('focus'));
    target.dispatchEvent(new Event('online'));
    expect(told).toBe(1);
    now = 15_000;
    target.dispatchEvent(new Event('online'));
    expect(told).toBe(2);
    stop();
    now = 60_000;
    target.dispatchEvent(new Event('focus'));
    expect(told).toBe(2);
  });
});
