import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { blockText, type Block } from '#shared/article';
import { originsOf } from '../../../src-main/core/articles/origins.ts';
import { paragraph } from '../../helpers/articles.ts';
import type { TestNewsroom } from './newsroom.ts';
import { openStation, type Station } from './station.ts';
import { openTwoStations, removeTwoStations } from './two-stations.ts';

let newsroom: TestNewsroom;
let rim: Station;
let slot: Station;

beforeEach(async () => {
  ({ newsroom, rim, slot } = await openTwoStations());
});
afterEach(() => removeTwoStations({ newsroom, rim, slot }));

/** Both change the article without the other and meet; gives the article. */
async function meet(byRim: () => void, bySlot: () => void, article: string): Promise<void> {
  await rim.away();
  bySlot();
  slot.seal(article);
  await slot.sync();
  byRim();
  rim.seal(article);
  await rim.sync();
  await slot.sync();
}

/** Each changes the article without the others, and they meet in this order. */
async function meetAll(
  edits: readonly (readonly [Station, Block[]])[],
  article: string,
): Promise<void> {
  for (const [station, blocks] of edits) {
    await station.away();
    station.edit(article, { blocks });
    station.seal(article);
  }
  for (let round = 0; round < 2; round += 1) for (const [station] of edits) await station.sync();
}

/** Who wrote which words, as a station tells its person. */
function told(station: Station, article: string): Record<string, string | undefined> {
  const { content, base } = station.store.working.read(article)!;
  const found = originsOf(station.store, content, base);
  const words = content.body.flatMap((block) =>
    block.type === 'conflict'
      ? block.versions.map((version, index): [string, string | undefined] => [
          version ? blockText(version) : 'removed',
          found.find(({ conflict }) => conflict === block.$.id)?.versions[index]?.by,
        ])
      : [],
  );
  const fields = content.conflicts.flatMap((conflict) =>
    conflict.kind === 'field'
      ? conflict.versions.map((version, index): [string, string | undefined] => [
          String(version),
          found.find((one) => one.conflict === conflict.id)?.versions[index]?.by,
        ])
      : [],
  );
  return Object.fromEntries([...words, ...fields]);
}

const nameOf = (station: Station): string => {
  const { author } = station.session.by()!;
  return station.store.people.person(author)!.name;
};

describe('who wrote each version', () => {
  it('is told to both, for words, removals and fields', async () => {
    const article = rim.create('Bridge reopens', 'The toll is 4 crowns.', 'The bridge is open.');
    await rim.sync();
    await slot.sync();
    const [first, second] = [rim.block(article, 0).$.id, rim.block(article, 1).$.id];
    const { generation } = rim.store.working.read(article)!;
    await meet(
      () => {
        rim.edit(article, {
          fields: { headline: 'Bridge open' },
          blocks: [paragraph('The toll is 5 crowns.', first)],
        });
        rim.store.working.apply({ article, generation, removed: [second] });
      },
      () =>
        slot.edit(article, {
          fields: { headline: 'Mill Bridge reopens' },
          blocks: [
            paragraph('The toll is 6 crowns.', first),
            paragraph('The bridge is open to lorries.', second),
          ],
        }),
      article,
    );
    for (const station of [rim, slot])
      expect(told(station, article)).toEqual({
        'The toll is 5 crowns.': nameOf(rim),
        'The toll is 6 crowns.': nameOf(slot),
        removed: nameOf(rim),
        'The bridge is open to lorries.': nameOf(slot),
        'Bridge open': nameOf(rim),
        'Mill Bridge reopens': nameOf(slot),
      });
  });

  it('is told of a version whose kind came from the other', async () => {
    const article = rim.create('Bridge reopens', 'The toll is 4 crowns.');
    await rim.sync();
    await slot.sync();
    const { id } = rim.block(article, 0).$;
    await meet(
      () =>
        rim.edit(article, {
          blocks: [{ ...paragraph('The toll is 5 crowns.', id), type: 'quote' }],
        }),
      () => slot.edit(article, { blocks: [paragraph('The toll is 6 crowns.', id)] }),
      article,
    );
    expect(rim.block(article, 0)).toMatchObject({
      versions: [{ type: 'quote' }, { type: 'quote' }],
    });
    expect(told(slot, article)).toEqual({
      'The toll is 5 crowns.': nameOf(rim),
      'The toll is 6 crowns.': nameOf(slot),
    });
  });

  it('is told of two kinds of one text by who chose them, whoever of them wrote its words', async () => {
    const article = rim.create('Bridge reopens', 'The toll is 4 crowns. It is paid on the bridge.');
    await rim.sync();
    await slot.sync();
    const { id } = rim.block(article, 0).$;
    const rewritten = 'The toll is 5 crowns from May. It is paid on the bridge.';
    await meet(
      () =>
        rim.edit(article, {
          blocks: [{ ...paragraph(rewritten, id), type: 'heading', tag: 'h2' }],
        }),
      () =>
        slot.edit(article, {
          blocks: [
            { ...paragraph('The toll is 4 crowns. It is paid on the bridge.', id), type: 'note' },
          ],
        }),
      article,
    );
    for (const station of [rim, slot]) {
      const { content, base } = station.store.working.read(article)!;
      const [block] = content.body;
      const versions = block?.type === 'conflict' ? block.versions : [];
      expect(versions.map((version) => version && blockText(version))).toEqual([
        rewritten,
        rewritten,
      ]);
      const [found] = originsOf(station.store, content, base);
      expect(
        versions.map((version, index) => [version?.type, found?.versions[index]?.by]).toSorted(),
      ).toEqual([
        ['heading', nameOf(rim)],
        ['note', nameOf(slot)],
      ]);
    }
  });

  it('is told of a version that another made a list of, beside one that nobody did', async () => {
    const third = await openStation({ url: newsroom.url, login: 'admin', desk: newsroom.desk.id });
    const article = rim.create('Bridge reopens', 'The toll is 4 crowns a day.');
    for (const station of [rim, slot, third]) await station.sync();
    const { id } = rim.block(article, 0).$;
    const { children } = paragraph('The toll is 5 crowns a day.');
    const item = { type: 'listitem', $: { id: 'item1' }, children } as const;
    await meetAll(
      [
        [slot, [paragraph('The toll is 6 crowns a day.', id)]],
        [rim, [{ type: 'list', listType: 'bullet', $: { id }, children: [item] }]],
        [third, [paragraph('The toll is 7 crowns a day.', id)]],
      ],
      article,
    );
    for (const station of [rim, slot, third])
      expect(told(station, article)).toEqual({
        'The toll is 5 crowns a day.': nameOf(rim),
        'The toll is 6 crowns a day.': nameOf(slot),
        'The toll is 7 crowns a day.': nameOf(third),
      });
    await third.remove();
  });

  it('is told of a list that was made of what the other put elsewhere', async () => {
    const article = rim.create(
      'Bridge reopens',
      'The toll at the mill bridge is 4 crowns.',
      'Buses run.',
    );
    await rim.sync();
    await slot.sync();
    const [toll, buses] = [0, 1].map((at) => rim.block(article, at).$.id);
    const { children } = paragraph('The toll at the mill bridge is 5 crowns.');
    const item = { type: 'listitem', $: { id: 'item1' }, children } as const;
    await meet(
      () =>
        rim.edit(article, {
          blocks: [{ type: 'list', listType: 'bullet', $: { id: toll! }, children: [item] }],
        }),
      () =>
        slot.store.working.apply({
          article,
          generation: slot.store.working.read(article)!.generation,
          blocks: [paragraph('The toll at the mill bridge is 6 crowns.', 'pasted')],
          placed: [{ id: 'pasted', after: buses! }],
          removed: [toll!],
        }),
      article,
    );
    for (const station of [rim, slot])
      expect(told(station, article)).toEqual({
        'The toll at the mill bridge is 5 crowns.': nameOf(rim),
        'The toll at the mill bridge is 6 crowns.': nameOf(slot),
      });
  });

  it('is told of what is left of a paragraph out of which another took the most', async () => {
    const third = await openStation({ url: newsroom.url, login: 'admin', desk: newsroom.desk.id });
    const moved = 'The bridge opens again on Monday. Lorries wait until Friday.';
    const article = rim.create('Bridge reopens', `${moved} The toll is 4 crowns.`, 'Buses run.');
    for (const station of [rim, slot, third]) await station.sync();
    const [whole, buses] = [0, 1].map((at) => rim.block(article, at).$.id);
    await meetAll(
      [
        [
          slot,
          [paragraph('is 4 crowns.', whole), paragraph(`Buses run. ${moved} The toll`, buses)],
        ],
        [rim, [paragraph(`${moved} The toll is still 4 crowns.`, whole)]],
        [third, [paragraph(`${moved.replace('wait', 'must wait')} The toll is 4 crowns.`, whole)]],
      ],
      article,
    );
    for (const station of [rim, slot, third])
      expect(told(station, article)).toMatchObject({
        'The toll is still 4 crowns.': nameOf(rim),
        'is 4 crowns.': nameOf(slot),
      });
    await third.remove();
  });

  it('is told of the half of a paragraph that the other split off, and of paragraphs that the other joined', async () => {
    const article = rim.create(
      'Bridge reopens',
      'The bridge is open. The toll is 4 crowns.',
      'Buses run again.',
      'Trams do not.',
    );
    await rim.sync();
    await slot.sync();
    const [whole, buses, trams] = [0, 1, 2].map((at) => rim.block(article, at).$.id);
    const { generation } = rim.store.working.read(article)!;
    await meet(
      () => {
        rim.store.working.apply({
          article,
          generation,
          blocks: [
            paragraph('The bridge is open.', whole),
            paragraph('The toll is 5 crowns.', 'half-1'),
            paragraph('Buses run again. Trams do not yet.', buses),
          ],
          placed: [{ id: 'half-1', after: whole! }],
          removed: [trams!],
        });
      },
      () =>
        slot.edit(article, {
          blocks: [
            paragraph('The bridge is open. The toll is 6 crowns.', whole),
            paragraph('Trams do not, says the operator.', trams),
          ],
        }),
      article,
    );
    for (const station of [rim, slot])
      expect(told(station, article)).toEqual({
        'The toll is 5 crowns.': nameOf(rim),
        'The toll is 6 crowns.': nameOf(slot),
        'Buses run again. Trams do not yet.': nameOf(rim),
        'Buses run again. Trams do not, says the operator.': nameOf(slot),
      });
  });

  it('is told of tables by the row that is contested, whoever changed the others', async () => {
    const table = (id: string, first: string, second: string): Block => ({
      type: 'table',
      $: { id },
      children: [first, second].map((words, index) => ({
        type: 'tablerow',
        $: { id: `row-${String(index)}` },
        children: [
          {
            type: 'tablecell',
            children: [{ type: 'paragraph', children: [{ type: 'text', text: words }] }],
          },
        ],
      })),
    });
    const article = rim.create('Bridge reopens', 'The toll is 4 crowns.');
    const { id } = rim.block(article, 0).$;
    rim.edit(article, { blocks: [table(id, '4.6 m', '3.9 m')] });
    rim.seal(article);
    await rim.sync();
    await slot.sync();
    await meet(
      () => rim.edit(article, { blocks: [table(id, '4.7 m', '3.9 m')] }),
      () => slot.edit(article, { blocks: [table(id, '4.1 m', '3.8 m')] }),
      article,
    );
    for (const station of [rim, slot])
      expect(told(station, article)).toEqual({
        '4.7 m\n3.8 m': nameOf(rim),
        '4.1 m\n3.8 m': nameOf(slot),
      });
  });

  it('is told of lists by the item that is contested, whoever added another with some of the same words', async () => {
    const third = await openStation({ url: newsroom.url, login: 'admin', desk: newsroom.desk.id });
    const list = (id: string, ...items: [id: string, words: string][]): Block => ({
      type: 'list',
      listType: 'bullet',
      $: { id },
      children: items.map(([item, words]) => ({
        type: 'listitem',
        $: { id: item },
        children: [{ type: 'text', text: words }],
      })),
    });
    const torch: [string, string] = ['torch', 'Bring a torch.'];
    const water = (words: string): [string, string] => ['water', words];
    const article = rim.create('What to bring', 'A list follows.');
    const { id } = rim.block(article, 0).$;
    rim.edit(article, { blocks: [list(id, torch, water('Bring water for two days.'))] });
    rim.seal(article);
    for (const station of [rim, slot, third]) await station.sync();
    const edits: [Station, Block][] = [
      [rim, list(id, torch, water('Bring water for three days.'))],
      [third, list(id, torch, ['radio', 'Bring a radio.'], water('Bring water for two days.'))],
      [slot, list(id, torch, water('Bring bottled water.'))],
    ];
    await slot.away();
    for (const [station, block] of edits) {
      station.edit(article, { blocks: [block] });
      station.seal(article);
    }
    // The first two are joined before the third comes.
    for (const station of [rim, third, third, slot, slot, rim]) await station.sync();
    for (const station of [rim, slot])
      expect(told(station, article)).toEqual({
        'Bring a torch.\nBring a radio.\nBring water for three days.': nameOf(rim),
        'Bring a torch.\nBring a radio.\nBring bottled water.': nameOf(slot),
      });
    await third.remove();
  });

  it('stands again when a settled conflict is put back', async () => {
    const article = rim.create('Bridge reopens', 'The toll is 4 crowns.');
    await rim.sync();
    await slot.sync();
    await meet(
      () => rim.edit(article, { fields: { headline: 'Bridge open' } }),
      () => slot.edit(article, { fields: { headline: 'Mill Bridge reopens' } }),
      article,
    );
    const { content, generation } = rim.store.working.read(article)!;
    const [conflict] = content.conflicts;
    rim.store.working.apply({ article, generation, settled: [conflict!.id] });
    expect(rim.store.working.read(article)!.content.conflicts).toEqual([]);
    rim.store.working.apply({ article, generation, reopened: [conflict!] });
    expect(rim.store.working.read(article)!.content.conflicts).toEqual([conflict]);
    expect(told(rim, article)).toEqual({
      'Bridge open': nameOf(rim),
      'Mill Bridge reopens': nameOf(slot),
    });
  });
});
