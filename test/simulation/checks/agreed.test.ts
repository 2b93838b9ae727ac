import { describe, expect, it } from 'vitest';
import { inline } from '../../shared/merge/newsroom.ts';
import { isAgreed } from './agreed.ts';

const agreed = (...texts: [string, string, string, string]): boolean =>
  isAgreed(...(texts.map(inline) as Parameters<typeof isAgreed>));

describe('the check of words that two changed who had nothing to settle', () => {
  const was = 'The bridge is shut. The river fell.';
  const [bold, more] = [was.replace('bridge', '**bridge**'), `${was} The mayor left.`];

  it('takes the words of one with the look that the other gave them', () => {
    expect(agreed(was, bold, more, more.replace('bridge', '**bridge**'))).toBe(true);
    expect(agreed(was, more.replace('shut', 'open'), was.replace('shut', 'open'), was)).toBe(false);
  });

  it('takes no version in which something of either is missing, nor one that is of neither', () => {
    expect(agreed(was, bold, more, more)).toBe(false);
    expect(agreed(was, bold, more, bold)).toBe(false);
    const [open, rose] = [was.replace('shut', 'open'), was.replace('fell', 'rose')];
    expect(agreed(was, open, rose, rose.replace('shut', 'open'))).toBe(false);
  });
});
