import { describe, expect, it } from 'vitest';
import type { Block, Inline, PlainBlock } from '#shared/article';
import { merge } from './both-ways.ts';
import { edited, inline, list, meet, text } from './newsroom.ts';

const ROAD = 'Price, of Harbour Road, will be sentenced on 12 June. The jury took four hours.';
const page = [text('lede', 'A former treasurer was found guilty.'), text('road', ROAD)];
const change = (words: string) => edited(page, text('road', words));

describe('a paragraph that two editors changed', () => {
  it('is settled where both corrected the same slip and one corrected another', () => {
    const both = ROAD.replace('Harbour', 'Harbor');
    const more = both.replace('four', 'five');
    expect(meet(page, change(both), change(more))[1]).toBe(more);
  });

  it('is settled where both put in the same link, and one wrote on', () => {
    const both = ROAD.replace('Price', '[Price](https://example.org/price)');
    const more = `${both} He wept.`;
    expect(meet(page, change(both), change(more))[1]).toBe(more);
  });

  it('is contested where one went on with the same phrase: a figure is no slip', () => {
    const loss = [text('loss', 'The trust lost $4.2 million in all.')];
    const [mine, theirs] = ['$4.6 million', '$4.6 billion'].map(
      (sum) => `The trust lost ${sum} in all.`,
    ) as [string, string];
    expect(meet(loss, [text('loss', mine)], [text('loss', theirs)])[0]).toEqual(
      [mine, theirs].sort(),
    );
  });

  it('is contested where each corrected a word that the other left', () => {
    const mine = ROAD.replace('Harbour', 'Harbor').replace('four', 'five');
    const theirs = ROAD.replace('Harbour', 'Harbor').replace('12', '13');
    expect(meet(page, change(mine), change(theirs))[1]).toEqual([mine, theirs].sort());
  });

  it('has the words of the one and the bold type and links of the other', () => {
    const look = ROAD.replace('Price', '**Price**').replace(
      'jury',
      '[jury](https://example.org/j)',
    );
    expect(meet(page, change(look), change(ROAD.replace('12', '13')))[1]).toBe(
      look.replace('12', '13'),
    );
    expect(meet(page, change(look), change(ROAD.replace('June', '**June**')))[1]).toBe(
      look.replace('June', '**June**'),
    );
  });

  it('is contested where one made words bold that the other wrote anew', () => {
    const look = ROAD.replace('Harbour Road', '**Harbour Road**');
    const words = ROAD.replace('Harbour', 'Station');
    expect(meet(page, change(look), change(words))[1]).toEqual([look, words].sort());
  });

  it('is contested where one suggests to take a word out: that is more than a look', () => {
    const suggestion = { id: 'sugg', by: 'slot', at: '2026-11-14T12:00:00.000Z' };
    const suggested: PlainBlock = {
      type: 'paragraph',
      $: { id: 'road' },
      children: inline(ROAD).flatMap((node): Inline[] => {
        if (node.type !== 'text') return [node];
        const [before = '', after = ''] = node.text.split(' four');
        const gone: Inline = { type: 'text', text: ' four', $: { deleted: suggestion } };
        return [{ type: 'text', text: before }, gone, { type: 'text', text: after }];
      }),
    };
    const corrected = text('road', ROAD.replace('12', '13'));
    expect(merge([text('road', ROAD)], [suggested], [corrected])).toMatchObject([
      { type: 'conflict', versions: expect.arrayContaining([suggested, corrected]) as unknown },
    ]);
  });

  it('is contested where one put elsewhere in it what the other took out, which a third had left', () => {
    const [first, second] = ['It rained.', 'The road along the river is shut.'];
    const third = 'Crews left.';
    const was = text('rain', [first, second, third].join(' '));
    const moved = text('rain', [first, third, second].join(' '));
    const shorter = text('rain', [first, second].join(' '));
    const met: Block = { type: 'conflict', $: was.$, base: was, versions: [was, shorter] };
    const [standing] = merge([was], [moved], [met]);
    expect(standing).toMatchObject({ type: 'conflict', versions: [moved, shorter] });
  });

  it('is settled by the same rule where it is an item of a list', () => {
    const items = (last: string) => [list('list', 'one1 Two pumps', `two2 ${last}`)];
    const both = ROAD.replace('Harbour', 'Harbor');
    const more = both.replace('four', '**five**');
    expect(meet(items(ROAD), items(both), items(more))).toEqual([`Two pumps\n${more}`]);
  });
});
