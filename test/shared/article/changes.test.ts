import { describe, expect, it } from 'vitest';
import { changesTo, Fields } from '#shared/article';
import { CALLS, WorkingEdit } from '#shared/contract';
import { anId } from '../../helpers/articles.ts';

describe('a schema of changes', () => {
  it('leaves out what was left out instead of emptying it', () => {
    expect(changesTo(Fields).parse({ headline: 'Bridge reopens' })).toEqual({
      headline: 'Bridge reopens',
    });
  });

  it('still refuses a value that the field would refuse', () => {
    expect(changesTo(Fields).safeParse({ urgency: 9 }).success).toBe(false);
  });

  it('is what an edit of a field travels in', () => {
    const edit = { article: anId(), generation: 1, fields: { teaser: 'Two lanes are open.' } };
    expect(WorkingEdit.parse(edit)).toEqual(edit);
  });

  it('is what a setting travels in', () => {
    expect(CALLS['settings.set'].input.parse({ theme: 'dark' })).toEqual({ theme: 'dark' });
  });
});
