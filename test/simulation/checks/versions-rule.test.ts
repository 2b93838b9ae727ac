import { describe, expect, it } from 'vitest';
import { versionsRule, type Standing } from './versions-rule.ts';

const plain = (version: string | null): Standing => ({ versions: [version] });
const contested = (base: string | null, ...versions: (string | null)[]): Standing => {
  return { base, versions };
};
const never = (): boolean => false;
const rule = (was: Standing, is: Standing, other: Standing, now: Standing) =>
  versionsRule(was, is, other, now, never);

describe('the check of what stands side by side', () => {
  it('wants what others met to stay beside what one settled', () => {
    const was = contested('old', 'one', 'two');
    const other = contested('old', 'one', 'two', 'three');
    expect(rule(was, plain('one'), other, contested('old', 'one', 'three'))).toBeNull();
    expect(rule(was, plain('one'), other, plain('one'))).not.toBeNull();
    expect(rule(was, plain('one'), other, contested('old', 'one', 'two', 'three'))).not.toBeNull();
  });

  it('wants all of it to stand again that two settled otherwise', () => {
    const was = contested('old', 'one', 'two');
    const other = contested('old', 'two', 'one');
    const now = contested('old', 'one', 'own', 'two');
    expect(rule(was, plain('own'), other, now)).toBeNull();
    expect(rule(was, plain('own'), other, plain('own'))).not.toBeNull();
  });

  it('wants only what one settled where the other left the versions as they were', () => {
    const was = contested('old', 'one', 'two');
    expect(rule(was, plain('own'), was, plain('own'))).toBeNull();
    expect(rule(was, plain('own'), was, contested('old', 'one', 'own', 'two'))).not.toBeNull();
    const again = contested('one', 'two', 'three');
    expect(rule(was, again, was, again)).toBeNull();
    expect(rule(was, again, was, contested('one', 'one', 'two', 'three'))).not.toBeNull();
    expect(rule(was, again, was, contested('old', 'two', 'three'))).not.toBeNull();
  });

  it('lets what both came from go where only one side left it among its versions', () => {
    const [is, other] = [contested('old', 'old', 'one'), contested('old', 'two', 'three')];
    expect(rule(plain('old'), is, other, contested('old', 'one', 'two', 'three'))).toBeNull();
    expect(
      rule(plain('old'), is, other, contested('old', 'old', 'one', 'two', 'three')),
    ).not.toBeNull();
  });

  it('wants each version of one side beside what the other wrote, or joined with it', () => {
    const is = contested('old', 'one', 'two');
    expect(rule(plain('old'), is, plain('own'), contested('old', 'one', 'own', 'two'))).toBeNull();
    expect(rule(plain('old'), is, plain('own'), contested('old', 'one', 'two'))).not.toBeNull();
    expect(rule(plain('old'), is, plain('own'), contested('old', 'one', 'own'))).not.toBeNull();
    const joins = (version: unknown): boolean => version === 'both';
    expect(versionsRule(plain('old'), is, plain('own'), plain('both'), joins)).toBeNull();
  });

  it('wants to be shown what stood there before the first of the versions', () => {
    const [was, is] = [contested('old', 'one', 'two'), contested('old', 'one', 'two', 'three')];
    const [other, all] = [contested('old', 'one', 'two', 'four'), ['four', 'one', 'three', 'two']];
    expect(rule(was, is, other, contested('old', ...all))).toBeNull();
    expect(rule(was, is, other, contested('one', ...all))).not.toBeNull();
  });
});
