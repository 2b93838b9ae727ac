import { describe, expect, it } from 'vitest';
import { content, paragraph } from '../../shared/merge/arbitrary.ts';
import { createLedger } from './ledger.ts';

describe('the ledger', () => {
  it('knows sentences in a row of what was written, whole ones alone, as a part of it', () => {
    const ledger = createLedger();
    const text = 'Crews slept. The council repeated The minister left. Buses run.';
    ledger.intend(0, 'article', null, content([paragraph('one1', text)]));
    const isPart = (passage: string): boolean => ledger.wasPartWritten('article', passage);
    expect(isPart('The council repeated The minister left.')).toBe(true);
    expect(isPart('Crews slept. The council repeated The minister left.')).toBe(true);
    expect(isPart('The council repeated')).toBe(false);
    expect(isPart('The minister left.')).toBe(false);
    expect(isPart('Crews slept. Buses run.')).toBe(false);
    expect(ledger.wasPartWritten('another', 'Crews slept.')).toBe(false);
  });
});
