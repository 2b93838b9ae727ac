import { describe, expect, it } from 'vitest';
import { lackingOf } from './taken-for-sent.ts';

const ARTICLE = 'an article';
const NOTHING = { revisions: [], comments: [], pictures: [] };
const server =
  (...held: string[]) =>
  (table: string, name: string) =>
    held.includes(`${table} ${name}`);

describe('what a computer takes for sent', () => {
  it('is on the server', () => {
    const held = {
      revisions: [{ name: 'a', article: ARTICLE }],
      comments: [{ name: 'b', article: ARTICLE }],
      pictures: ['c'],
    };
    expect(lackingOf(held, server('revisions a', 'comments b', 'assets c'))).toBeNull();
  });

  it('is told of where the server lacks it, whatever it is', () => {
    const one = [{ name: 'a', article: ARTICLE }];
    expect(lackingOf({ ...NOTHING, revisions: one }, server('comments a'))).toMatch('revision a');
    expect(lackingOf({ ...NOTHING, comments: one }, server('revisions a'))).toMatch('comment a');
    expect(lackingOf({ ...NOTHING, pictures: ['a'] }, server('revisions a'))).toBe('picture a');
  });
});
