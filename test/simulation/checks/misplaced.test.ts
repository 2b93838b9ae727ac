import { describe, expect, it } from 'vitest';
import type { Block } from '#shared/article';
import { mergeContents } from '#shared/merge';
import { content, paragraph } from '../../shared/merge/arbitrary.ts';
import { misplacedIn } from './misplaced.ts';

describe('the check of the order, where a join that was taken back gives a text its own name again', () => {
  const buses = paragraph('thr3', 'Buses run by the river zz3zz.');
  const lawyer = paragraph('one1', 'Her lawyer signed zz1zz. The council repeated zz6zz.');
  const base = [buses, lawyer, paragraph('two2', 'A train came by zz2zz.')];
  // The two in one, of which nothing but the second is left, before the buses.
  const left = [paragraph('one1', 'A train came by zz2zz at noon.'), buses];
  const denied = paragraph('one1', 'Her lawyer signed zz1zz. The council denied zz9zz.');
  const crew = paragraph('new4', 'A crew came zz8zz.');
  const right = [buses, denied, crew, paragraph('two2', 'The crew put off zz5zz.')];
  const { body: merged } = mergeContents(content(base), content(left), content(right)).content;
  const [second, third, first] = merged as [Block, Block, Block];

  it('finds its words where the side that joined put them', () => {
    expect(merged.map(({ $ }) => $.id)).toEqual(['two2', 'thr3', 'one1', 'new4']);
    expect(misplacedIn({ base, left, right, merged })).toBeNull();
  });

  it('sees when they stand elsewhere, or under the old name after all, or in other words', () => {
    const wrong = 'in an order that nobody gave it';
    const ordered = (...body: Block[]): string | null =>
      misplacedIn({ base, left, right, merged: [...body, crew] });
    expect(ordered(third, second, first)).toBe(wrong);
    expect(ordered(third, first, second)).toBe(wrong);
    expect(ordered(second, third, left[0] as Block)).toBe(wrong);
    expect(ordered(paragraph('two2', 'The crew put off zz5zz.'), third, first)).toBe(wrong);
  });

  it('sees it where the text was joined to nothing', () => {
    const stays = [...left, paragraph('two2', 'A train came by zz2zz.')];
    expect(misplacedIn({ base, left: stays, right, merged })).not.toBeNull();
  });
});

describe('the check of the order, where one side cut a text and the other moved it', () => {
  const place = paragraph('rul2', 'Buses run by the river zz3zz.');
  const [first, second, third] = [
    'A zz1zz.',
    'The council repeated zz6zz.',
    'The crew came zz8zz.',
  ];
  const base = [paragraph('one1', `${first} ${second} ${third}`), place];
  const left = [place, paragraph('one1', `${first} ${second} ${third} The ferry zz9zz.`)];
  const front = paragraph('one1', third);
  const right = [front, paragraph('new4', `${first} ${second}`), place];
  const rest = paragraph('new4', `${first} ${second} The ferry zz9zz.`);

  it('finds the greater part of it where it was moved', () => {
    expect(misplacedIn({ base, left, right, merged: [front, place, rest] })).toBeNull();
  });

  it('finds it also behind a new text that has as much of it, and more of its own', () => {
    const both = paragraph('new5', `${second} The mayor denied zz5zz.`);
    const cut = [paragraph('one1', 'It rains zz2zz.'), both, paragraph('new4', first), place];
    const merged = [cut[0]!, both, place, paragraph('new4', `${first} The ferry zz9zz.`)];
    expect(misplacedIn({ base, left, right: cut, merged })).toBeNull();
    expect(
      misplacedIn({ base, left, right: cut, merged: [...merged.slice(0, 2), merged[3]!, place] }),
    ).not.toBeNull();
  });

  it('sees when that was not moved', () => {
    expect(misplacedIn({ base, left, right, merged: [front, rest, place] })).not.toBeNull();
  });
});
