import { expect, it } from 'vitest';
import type { Block, PlainBlock } from '#shared/article';
import { paragraph } from '../../shared/merge/arbitrary.ts';
import { list, table } from '../../shared/merge/newsroom.ts';
import { wordsOf } from './counted-words.ts';

it('words are counted as readers see them: none of a note, none that goes, the most of what is to choose', () => {
  const text = paragraph('para', 'The bridge is shut.');
  const note: Block = { ...text, type: 'note' };
  const suggestion = { id: 'sugg', by: 'somebody', at: '2026-11-14T12:00:00.000Z' };
  const going: PlainBlock = {
    ...text,
    children: [...text.children, { type: 'text', text: ' Again.', $: { deleted: suggestion } }],
  };
  expect(wordsOf([text, note, going])).toBe(8);
  const versions = [null, text, paragraph('para', 'It is open.')];
  expect(wordsOf([{ type: 'conflict', $: { id: 'para' }, base: null, versions }])).toBe(4);
  expect(
    wordsOf([list('list', 'one1 One two', 'two2 Three'), table(['row1', 'Four', 'Five'])]),
  ).toBe(5);
});
