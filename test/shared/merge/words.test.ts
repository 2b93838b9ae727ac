import { describe, expect, it } from 'vitest';
import { blockText } from '#shared/article';
import { piecesOf, suggestMerge } from '#shared/merge';
import { paragraph } from './arbitrary.ts';

const say = (text: string) => paragraph('para1', text);

describe('suggesting a word-level merge', () => {
  it('joins changes that lie apart', () => {
    const suggestion = suggestMerge(
      say('The river rose in the night, officials said.'),
      say('The river fell in the night, officials said.'),
      say('The river rose in the night, the mayor said.'),
    );
    expect(suggestion && blockText(suggestion)).toBe(
      'The river fell in the night, the mayor said.',
    );
  });

  it('suggests nothing when both change the same words', () => {
    expect(
      suggestMerge(
        say('Loss of $4.2 million.'),
        say('Loss of $4.6 million.'),
        say('Loss of $4.9 million.'),
      ),
    ).toBeNull();
  });

  it('suggests nothing when both insert at one point', () => {
    expect(
      suggestMerge(
        say('Smith was charged.'),
        say('Smith was not charged.'),
        say('Smith was arrested charged.'),
      ),
    ).toBeNull();
  });

  it('puts no figure together of one editor’s number and the other’s unit', () => {
    expect(
      suggestMerge(
        say('The loss is $4.2 million.'),
        say('The loss is $4.6 million.'),
        say('The loss is $4.2 billion.'),
      ),
    ).toBeNull();
  });

  it('takes no “not” away from a word that the other editor changed', () => {
    expect(
      suggestMerge(
        say('Smith was not charged.'),
        say('Smith was charged.'),
        say('Smith was not arrested.'),
      ),
    ).toBeNull();
  });

  it('joins changes in two sentences, however close', () => {
    const suggestion = suggestMerge(
      say('The river rose. Many left.'),
      say('The river fell. Many left.'),
      say('The river rose. Some left.'),
    );
    expect(suggestion && blockText(suggestion)).toBe('The river fell. Some left.');
  });

  it('takes a change that both made once', () => {
    const suggestion = suggestMerge(
      say('Teh river rose.'),
      say('The river rose.'),
      say('The river rose fast.'),
    );
    expect(suggestion && blockText(suggestion)).toBe('The river rose fast.');
  });

  it('keeps formats and links', () => {
    const base = say('See the report on the river today.');
    const a = say('See the report on the river on Monday.');
    const b: typeof base = {
      ...base,
      children: [
        { type: 'text', text: 'See ' },
        {
          type: 'link',
          url: 'https://courier.example/report',
          children: [{ type: 'text', text: 'the report' }],
        },
        { type: 'text', text: ' on the river today.' },
      ],
    };
    expect(suggestMerge(base, a, b)).toEqual({
      ...base,
      children: [b.children[0], b.children[1], { type: 'text', text: ' on the river on Monday.' }],
    });
  });

  it('takes a figure, a sum and a time of day as one word', () => {
    expect(piecesOf('At 04:20 it rose 4.2 m, to 1,500.')).toEqual([
      'At',
      ' ',
      '04:20',
      ' ',
      'it',
      ' ',
      'rose',
      ' ',
      '4.2',
      ' ',
      'm',
      ',',
      ' ',
      'to',
      ' ',
      '1,500',
      '.',
    ]);
  });

  it('says nothing of a removed block', () => {
    expect(suggestMerge(say('Text.'), null, say('Text!'))).toBeNull();
  });
});
