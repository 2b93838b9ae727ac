import { describe, expect, it } from 'vitest';
import type { Block } from '#shared/article';
import { edited, list, meet, picture, subhead, text } from './newsroom.ts';

const BOATS = 'Two boats bring medicine from the fire station.';
const MOVED = 'St Mary’s hospital moved 62 patients to upper floors.';
const FUEL = 'Its generator has fuel for four days.';
const base: Block[] = [
  text('hosp', `${MOVED} ${BOATS} ${FUEL}`),
  subhead('head', 'Questions over repairs'),
  list('list', 'one1 The A40 is closed', 'two2 Tap water must be boiled'),
  picture('phot', 'A boat in Mill Street.'),
];
const left = text('hosp', `${MOVED} ${FUEL}`);
const edit = (from: string, to: string) =>
  edited(base, text('hosp', `${MOVED} ${BOATS} ${FUEL}`.replace(from, to)));

describe('a sentence that one editor moved out of a paragraph', () => {
  const bare = BOATS.replace('.', '');
  const intoItem = edited(
    base,
    left,
    list('list', 'one1 The A40 is closed', `new1 ${bare}`, 'two2 Tap water must be boiled'),
  );

  it('stands as an item of a list in the other’s words, without a full stop as it was put there', () => {
    expect(meet(base, intoItem, edit('Two boats', 'Three boats'))).toEqual([
      `${MOVED} ${FUEL}`,
      'Questions over repairs',
      `The A40 is closed\n${bare.replace('Two', 'Three')}\nTap water must be boiled`,
      'A boat in Mill Street.',
    ]);
  });

  it('contests nothing where the other changed what it left', () => {
    expect(meet(base, intoItem, edit('62', '64'))).toEqual([
      `${MOVED} ${FUEL}`.replace('62', '64'),
      'Questions over repairs',
      `The A40 is closed\n${bare}\nTap water must be boiled`,
      'A boat in Mill Street.',
    ]);
  });

  it('stands in a new list in the other’s words', () => {
    const added = [...edited(base, left), list('new1', `new2 ${BOATS}`, `new3 ${FUEL}`)];
    const mine = edited(added, text('hosp', MOVED));
    const theirs = edited(
      base,
      text('hosp', `${MOVED} ${BOATS} ${FUEL}`.replace('Two', 'Three').replace('four', 'five')),
    );
    expect(meet(base, mine, theirs)).toEqual([
      MOVED,
      ...meet(base, base, base).slice(1),
      `${BOATS.replace('Two', 'Three')}\n${FUEL.replace('four', 'five')}`,
    ]);
  });

  it('brings no picture back that the other took out, below which it seems to have stood', () => {
    const pictured = edited(base, picture('phot', 'The council denied that it knew in May.'));
    const theirs = edited(
      pictured,
      text('hosp', 'The council denied that it knew in June.'),
    ).filter(({ $ }) => $.id !== 'phot');
    const mine = edited(pictured, text('hosp', `${MOVED} ${FUEL}`));
    expect(meet(pictured, mine, theirs)).not.toContain('The council denied that it knew in May.');
    expect(meet(pictured, mine, theirs)).toHaveLength(3);
  });

  it('takes the place of a subhead, and nothing of that comes back', () => {
    const asHead = edited(base, left, subhead('head', bare));
    expect(meet(base, asHead, edit('Two boats', 'Three boats')).slice(0, 2)).toEqual([
      `${MOVED} ${FUEL}`,
      bare.replace('Two', 'Three'),
    ]);
  });

  it('stays where it stood when the other took the list out that it went to', () => {
    const theirs = edit('Two boats', 'Three boats').filter(({ $ }) => $.id !== 'list');
    expect(meet(base, intoItem, theirs)).toEqual([
      `${MOVED} ${BOATS.replace('Two', 'Three')} ${FUEL}`,
      'Questions over repairs',
      'A boat in Mill Street.',
    ]);
    const gone = base.filter(({ $ }) => $.id !== 'list');
    expect(meet(base, intoItem, gone)).toEqual(meet(base, base, gone));
  });
});

describe('an item of a list', () => {
  const before = [
    list('list', 'one1 May: an auditor asks', 'two2 June: Price resigns. Police come.'),
  ];

  it('that one cut in two has the words of the other in the half where they belong', () => {
    const cut = [
      list('list', 'one1 May: an auditor asks', 'two2 June: Price resigns.', 'new1 Police come.'),
    ];
    const theirs = [
      list(
        'list',
        'one1 May: an auditor asks',
        'two2 July: Price resigns. Police come.',
        'new2 He wept',
      ),
    ];
    expect(meet(before, cut, theirs)).toEqual([
      'May: an auditor asks\nJuly: Price resigns.\nPolice come.\nHe wept',
    ]);
  });

  it('that one joined to the item before has the words of the other there', () => {
    const joined = [list('list', 'one1 May: an auditor asks June: Price resigns. Police come.')];
    const theirs = [
      list('list', 'one1 May: an auditor asks', 'two2 June: Price resigns. Police came.'),
    ];
    expect(meet(before, joined, theirs)).toEqual([
      'May: an auditor asks June: Price resigns. Police came.',
    ]);
  });

  it('that one joined to the paragraph behind the list has the words of the other', () => {
    const below = [...before, text('para', 'The trial begins in March.')];
    const joined = [
      list(
        'list',
        'one1 May: an auditor asks',
        'two2 June: Price resigns. Police come. The trial begins in March.',
      ),
    ];
    const theirs = edited(below, text('para', 'The trial begins in April.'));
    expect(meet(below, joined, theirs)).toEqual([
      'May: an auditor asks\nJune: Price resigns. Police come. The trial begins in April.',
    ]);
  });

  it('is not brought back with its list by a paragraph that one rewrote in words like its own', () => {
    const above = [text('para', 'The lock is old.'), ...before];
    const theirs = [text('para', 'May: the auditor asks')];
    const mine = edited(above, text('para', 'The lock is old. It leaks.'));
    expect(meet(above, mine, theirs)).toEqual([
      ['May: the auditor asks', 'The lock is old. It leaks.'],
    ]);
  });
});
