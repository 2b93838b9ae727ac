import {
  openSuggestions,
  settleSuggestion,
  suggestionsIn,
  TextFormat,
  type Block,
  type ListBlock,
  type Suggestion,
} from '#shared/article';
import { describe, expect, it } from 'vitest';
import { anId, paragraph, text } from '../../helpers/articles.ts';

const by = anId();
const at = '2026-11-14T12:02:00.000Z';
const mark = (id: string): Suggestion => ({ id, by, at });

/** "crested ~~on~~ early", "as soon as" inserted: the words of the picture. */
const edited: Block = {
  ...paragraph(''),
  children: [
    text('record '),
    { type: 'text', text: 'on', $: { deleted: mark('replace1') } },
    { type: 'text', text: 'early', $: { inserted: mark('replace1') } },
    text(' Saturday'),
    { type: 'text', text: ', they said', $: { inserted: mark('addition') } },
  ],
};

describe('open suggestions', () => {
  it('are told in the order they stand, with what each adds and takes away', () => {
    expect(suggestionsIn([paragraph('Nothing here'), edited])).toMatchObject([
      { id: 'replace1', by, block: edited.$.id, deleted: 'on', inserted: 'early' },
      { id: 'addition', inserted: ', they said', deleted: '' },
    ]);
  });

  it('are those that approval waits for', () => {
    expect(suggestionsIn([edited]).map(({ id }) => id)).toEqual(openSuggestions([edited]));
  });

  it('do not count while their block has two versions, for nobody can settle them there', () => {
    const contested: Block = {
      type: 'conflict',
      $: edited.$,
      base: edited,
      versions: [{ ...paragraph('One way'), $: edited.$ }, edited],
    };
    expect(suggestionsIn([contested])).toEqual([]);
    expect(openSuggestions([contested])).toEqual([]);
  });
});

describe('settling a suggestion', () => {
  it('accepts what it adds and takes away, and leaves every other one open', () => {
    const [block] = settleSuggestion([edited], 'replace1', 'accept');
    expect(block).toEqual({
      ...edited,
      children: [
        text('record early Saturday'),
        { type: 'text', text: ', they said', $: { inserted: mark('addition') } },
      ],
    });
  });

  it('rejected, gives back the words as they were', () => {
    const once = settleSuggestion([edited], 'replace1', 'reject');
    expect(settleSuggestion(once, 'addition', 'reject')).toEqual([
      { ...edited, children: [text('record on Saturday')] },
    ]);
  });

  it('leaves blocks it does not touch as they are', () => {
    const other = paragraph('Another');
    expect(settleSuggestion([other, edited], 'replace1', 'accept')[0]).toBe(other);
  });

  it('takes a suggested break back by letting the text flow on', () => {
    const first = paragraph('One ');
    const second = paragraph('two.');
    const split: Block = { ...second, $: { ...second.$, breakInserted: mark('split001') } };
    expect(settleSuggestion([first, split], 'split001', 'reject')).toEqual([
      { ...first, children: [text('One two.')] },
    ]);
    expect(settleSuggestion([first, split], 'split001', 'accept')).toEqual([first, second]);
  });

  it('joins two paragraphs when the removal of their break is accepted', () => {
    const first = paragraph('One ');
    const second = paragraph('two.');
    const joining: Block = { ...second, $: { ...second.$, breakRemoved: mark('join0001') } };
    expect(settleSuggestion([first, joining], 'join0001', 'accept')).toEqual([
      { ...first, children: [text('One two.')] },
    ]);
    expect(settleSuggestion([first, joining], 'join0001', 'reject')).toEqual([first, second]);
  });

  it('gives a block its former type and words their former look', () => {
    const plain = paragraph('Waiting on the levee');
    const changed: Block = {
      type: 'heading',
      tag: 'h2',
      $: { ...plain.$, typeChanged: { ...mark('type0001'), was: 'paragraph' } },
      children: [
        {
          type: 'text',
          text: 'Waiting on the levee',
          format: TextFormat.bold,
          $: { formatChanged: { ...mark('type0001'), was: 0 } },
        },
      ],
    };
    expect(settleSuggestion([changed], 'type0001', 'reject')).toEqual([plain]);
    expect(settleSuggestion([changed], 'type0001', 'accept')).toEqual([
      {
        type: 'heading',
        tag: 'h2',
        $: plain.$,
        children: [{ type: 'text', text: 'Waiting on the levee', format: TextFormat.bold }],
      },
    ]);
  });

  it('reaches into links, lists and their items', () => {
    const list: ListBlock = {
      type: 'list',
      listType: 'bullet',
      $: { id: 'list0001' },
      children: [
        {
          type: 'listitem',
          $: { id: 'item0001' },
          children: [
            {
              type: 'link',
              url: 'https://example.org/',
              children: [{ type: 'text', text: 'gone', $: { deleted: mark('linkgone') } }],
            },
            text('kept'),
          ],
        },
        {
          type: 'listitem',
          $: { id: 'item0002', breakInserted: mark('itemsplt') },
          children: [text(' and on')],
        },
      ],
    };
    const accepted = settleSuggestion([list], 'linkgone', 'accept');
    expect(settleSuggestion(accepted, 'itemsplt', 'reject')).toEqual([
      {
        ...list,
        children: [{ type: 'listitem', $: { id: 'item0001' }, children: [text('kept and on')] }],
      },
    ]);
  });
});
