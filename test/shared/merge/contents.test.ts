import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockText, canonicalJson, openConflicts, type Block, type Content } from '#shared/article';
import { mergeContents } from '#shared/merge';
import { act, content, paragraph, play } from './arbitrary.ts';
import { tries } from '../../helpers/tries.ts';

const three = [paragraph('one1', 'One.'), paragraph('two2', 'Two.'), paragraph('three3', 'Three.')];

function ids(body: readonly Block[]): string[] {
  return body.map((block) => block.$.id);
}

function mergeBody(base: Block[], a: Block[], b: Block[]): Block[] {
  return mergeContents(content(base), content(a), content(b)).content.body;
}

describe('merging blocks', () => {
  it('takes a block from the side that changed it', () => {
    const a = [paragraph('one1', 'One, changed.'), ...three.slice(1)];
    const b = [...three.slice(0, 2), paragraph('three3', 'Three, changed.')];
    expect(mergeBody(three, a, b).map(blockText)).toEqual([
      'One, changed.',
      'Two.',
      'Three, changed.',
    ]);
  });

  it('keeps both versions when two editors change the same paragraph', () => {
    const a = [paragraph('one1', 'The loss is $4.6 million.'), ...three.slice(1)];
    const b = [paragraph('one1', 'The loss is $4.2 billion.'), ...three.slice(1)];
    const [first] = mergeBody(three, a, b);
    expect(first).toMatchObject({ type: 'conflict', $: { id: 'one1' }, base: three[0] });
    expect(
      first?.type === 'conflict' &&
        first.versions.map((version) => version && blockText(version)).sort(),
    ).toEqual(['The loss is $4.2 billion.', 'The loss is $4.6 million.']);
  });

  it('takes an edit against one that only changed the space at the ends', () => {
    const base = [paragraph('one1', 'The road is open. ')];
    const spaced = [paragraph('one1', ' The road is open.')];
    const edited = [paragraph('one1', 'The old road is open. ')];
    expect(mergeBody(base, spaced, edited)).toEqual(edited);
    expect(mergeBody(base, edited, spaced)).toEqual(edited);
    const alike = [paragraph('one1', 'The old road is open.')];
    expect(mergeBody(base, alike, edited)).toEqual(mergeBody(base, edited, alike));
    expect(mergeBody(base, alike, edited)[0]?.type).toBe('paragraph');
    // In the midst of a text space says where words end.
    const apart = [paragraph('one1', 'The  road is open. ')];
    expect(mergeBody(base, apart, edited)[0]?.type).toBe('conflict');
  });

  it('keeps an edit against a removal and flags it', () => {
    const edited = paragraph('two2', 'Two, edited.');
    const merged = mergeBody(three, [three[0]!, edited, three[2]!], [three[0]!, three[2]!]);
    expect(merged[1]).toMatchObject({
      type: 'conflict',
      versions: expect.arrayContaining([null, edited]) as unknown,
    });
  });

  it('removes what one side removed and the other left alone', () => {
    expect(ids(mergeBody(three, three.slice(1), three))).toEqual(['two2', 'three3']);
  });

  it('keeps what both sides insert in one place', () => {
    const a = [three[0]!, paragraph('aaaa', 'From A.'), ...three.slice(1)];
    const b = [three[0]!, paragraph('bbbb', 'From B.'), ...three.slice(1)];
    expect(ids(mergeBody(three, a, b))).toEqual(['one1', 'aaaa', 'bbbb', 'two2', 'three3']);
  });

  it('does not double the half that two editors split off in the same place', () => {
    const a = [paragraph('one1', 'One'), paragraph('aaaa', '.'), ...three.slice(1)];
    const b = [paragraph('one1', 'One'), paragraph('bbbb', '.'), ...three.slice(1)];
    expect(mergeBody(three, a, b).map(blockText)).toEqual(['One', '.', 'Two.', 'Three.']);
  });

  it('carries an edit along when the other side moves the block', () => {
    const a = [three[2]!, three[0]!, three[1]!];
    const b = [...three.slice(0, 2), paragraph('three3', 'Three, edited.')];
    expect(mergeBody(three, a, b).map(blockText)).toEqual(['Three, edited.', 'One.', 'Two.']);
  });

  it('opens the ring when each side moves one block behind the other', () => {
    const a = [three[1]!, three[0]!, three[2]!];
    const b = [three[2]!, three[1]!, three[0]!];
    expect(ids(mergeBody(three, a, b)).sort()).toEqual(ids(three).sort());
  });

  it('merges lists item by item', () => {
    const item = (id: string, text: string) => ({
      type: 'listitem' as const,
      $: { id },
      children: [{ type: 'text' as const, text }],
    });
    const list = (...children: ReturnType<typeof item>[]): Block[] => [
      { type: 'list', listType: 'bullet', $: { id: 'list' }, children },
    ];
    const merged = mergeBody(
      list(item('i111', 'Pump'), item('i222', 'Levee')),
      list(item('i111', 'Pumps'), item('i222', 'Levee')),
      list(item('i111', 'Pump'), item('i222', 'Levees'), item('i333', 'Bridge')),
    );
    expect(merged).toEqual(
      list(item('i111', 'Pumps'), item('i222', 'Levees'), item('i333', 'Bridge')),
    );
  });

  it('shows two whole lists when both sides change one item', () => {
    const item = (id: string, text: string) => ({
      type: 'listitem' as const,
      $: { id },
      children: [{ type: 'text' as const, text }],
    });
    const list = (...children: ReturnType<typeof item>[]): Block[] => [
      { type: 'list', listType: 'bullet', $: { id: 'list' }, children },
    ];
    const [merged] = mergeBody(
      list(item('i111', 'Pump'), item('i222', 'Levee')),
      list(item('i111', 'Pumps'), item('i222', 'Levee')),
      list(item('i111', 'Two pumps'), item('i222', 'Levees')),
    );
    expect(merged).toMatchObject({ type: 'conflict' });
    const texts =
      merged?.type === 'conflict'
        ? merged.versions.map((version) => version && blockText(version)).sort()
        : [];
    expect(texts).toEqual(['Pumps\nLevees', 'Two pumps\nLevees']);
  });
});

describe('merging fields', () => {
  it('takes each field from the side that changed it', () => {
    const base = content(three, { headline: 'Old', section: 'World' });
    const a = content(three, { headline: 'New', section: 'World' });
    const b = content(three, { headline: 'Old', section: 'Courts' });
    expect(mergeContents(base, a, b).content.fields).toMatchObject({
      headline: 'New',
      section: 'Courts',
    });
  });

  it('keeps both headlines on a card and words in the field', () => {
    const base = content(three, { headline: 'Old' });
    const { content: merged, conflicts } = mergeContents(
      base,
      content(three, { headline: 'Mine' }),
      content(three, { headline: '' }),
    );
    expect(conflicts).toBe(1);
    expect(merged.fields.headline).toBe('Mine');
    expect(merged.conflicts[0]).toMatchObject({
      kind: 'field',
      field: 'headline',
      base: 'Old',
      versions: ['', 'Mine'],
    });
  });

  it('merges bylines by entry and keywords by word', () => {
    const credit = (id: string) => ({ id, name: id });
    const base = content(three, { byline: [credit('jonah')], keywords: ['flood'] });
    const a = content(three, {
      byline: [credit('jonah'), credit('rimma')],
      keywords: ['flood', 'levee'],
    });
    const b = content(three, { byline: [credit('haidari'), credit('jonah')], keywords: ['pump'] });
    const { fields } = mergeContents(base, a, b).content;
    expect(fields.byline.map(({ id }) => id)).toEqual(['haidari', 'jonah', 'rimma']);
    expect([...fields.keywords].sort()).toEqual(['levee', 'pump']);
  });

  it('lets a related article that both added stand once, wherever each put it', () => {
    const about = { postedOn: '', publication: '', desk: '', teaser: '' };
    const link = (id: string, title: string, url: string) => ({ id, title, url, ...about });
    const old = link('old1', 'The levee', 'https://news.example/levee');
    const base = content(three, { related: [old] });
    const mine = [old, link('mine', 'The Flood', 'https://news.example/1997')];
    const theirs = [link('that', 'The Flood', 'https://news.example/1997'), old];
    const merge = (related: typeof mine) =>
      mergeContents(base, content(three, { related: mine }), content(three, { related })).content;
    expect(
      merge(theirs)
        .fields.related.map(({ id }) => id)
        .sort(),
    ).toEqual(['mine', 'old1']);
    expect(merge(theirs).conflicts).toEqual([]);
    // Where each gave it other words, a person chooses between those.
    const [first = old] = theirs;
    expect(merge([{ ...first, title: 'The Great Flood' }, old]).conflicts).toMatchObject([
      { field: 'related', versions: [{ length: 2 }, { length: 2 }] },
    ]);
    const [article, other] = ['1', '2'].map((end) => `0192d3a0-0000-7000-8000-00000000000${end}`);
    const added = (id: string, to = article) =>
      content(three, { related: [{ ...link(id, 'The Flood', ''), ...(to && { article: to }) }] });
    expect(mergeContents(base, added('mine'), added('that')).content.fields.related).toHaveLength(
      1,
    );
    expect(
      mergeContents(base, added('mine'), added('that', other)).content.fields.related,
    ).toHaveLength(2);
  });

  it('credits a person once whom both added', () => {
    const jonah = { id: 'jon1', name: 'Jonah Okafor' };
    const person = '0192d3a0-0000-7000-8000-000000000002';
    const add = (id: string, more: object = {}) =>
      content(three, { byline: [{ id, name: 'S. Ferreira', ...more }, jonah] });
    const base = content(three, { byline: [jonah] });
    const behind = content(three, { byline: [jonah, { id: 'bbbb', name: 'S. Ferreira' }] });
    const merge = (a: Content, b: Content) => {
      const { content: merged } = mergeContents(base, a, b);
      expect(canonicalJson(mergeContents(base, b, a).content)).toBe(canonicalJson(merged));
      return merged;
    };
    expect(merge(add('aaaa'), behind).fields.byline).toHaveLength(2);
    expect(merge(add('aaaa', { person }), behind).fields.byline).toContainEqual({
      id: 'aaaa',
      name: 'S. Ferreira',
      person,
    });
    expect(merge(add('aaaa', { person }), behind).conflicts).toEqual([]);
    const initials = add('bbbb', { person, name: 'S.F.' });
    expect(merge(add('aaaa', { person }), initials).conflicts).toMatchObject([{ field: 'byline' }]);
    const namesake = '0192d3a0-0000-7000-8000-000000000003';
    expect(
      merge(add('aaaa', { person }), add('bbbb', { person: namesake })).fields.byline,
    ).toHaveLength(3);
    // A desk as well, however each of them calls it.
    const desk = { desk: person };
    const called = merge(add('aaaa', desk), add('bbbb', { ...desk, name: 'Desk' }));
    expect(called.conflicts).toMatchObject([{ field: 'byline' }]);
    expect(called.fields.byline).toHaveLength(2);
  });

  it('drops a conflict that one side has settled', () => {
    const base = content(three, { headline: 'Old' });
    const standing = mergeContents(
      base,
      content(three, { headline: 'Mine' }),
      content(three, { headline: 'Theirs' }),
    ).content;
    const settled: Content = {
      ...standing,
      fields: { ...standing.fields, headline: 'Theirs' },
      conflicts: [],
    };
    const other: Content = { ...standing, body: three.slice(1) };
    const merged = mergeContents(standing, settled, other);
    expect(merged.conflicts).toBe(0);
    expect(merged.content.fields.headline).toBe('Theirs');
  });

  it('joins a third version to the card that stands', () => {
    const base = content(three, { headline: 'Old' });
    const standing = mergeContents(
      base,
      content(three, { headline: 'Mine' }),
      content(three, { headline: 'Theirs' }),
    ).content;
    const third = mergeContents(base, standing, content(three, { headline: 'Third' })).content;
    expect(third.conflicts).toHaveLength(1);
    expect(third.conflicts[0]?.kind === 'field' && third.conflicts[0].versions).toEqual([
      'Mine',
      'Theirs',
      'Third',
    ]);
  });
});

describe('fields that stand contested', () => {
  const field = (changes: Partial<Content['fields']>): Content => content([], changes);
  const contested = mergeContents(
    field({ headline: 'Old' }),
    field({ headline: 'Mine' }),
    field({ headline: 'Theirs' }),
  ).content;
  const wider = mergeContents(
    field({ headline: 'Old' }),
    contested,
    field({ headline: 'Third' }),
  ).content;
  const settledAs = (headline: string): Content => ({
    fields: { ...contested.fields, headline },
    body: [],
    conflicts: [],
  });

  it('are contested again when two settled them differently, whatever stood there', () => {
    for (const [x, y] of [
      ['Mine', 'Theirs'],
      ['Theirs', 'Mine'],
    ] as const) {
      const { conflicts } = mergeContents(contested, settledAs(x), settledAs(y)).content;
      expect(conflicts).toMatchObject([{ field: 'headline', versions: ['Mine', 'Theirs'] }]);
    }
  });

  it('show only what the one who settled had not seen', () => {
    const { conflicts } = mergeContents(contested, settledAs('Theirs'), wider).content;
    expect(conflicts).toMatchObject([{ field: 'headline', versions: ['Theirs', 'Third'] }]);
  });

  it('are contested again in all versions when three settled them differently, whoever met first', () => {
    const names = ['Mine', 'Theirs', 'Third'];
    for (const last of names) {
      const [x, y] = names.filter((name) => name !== last).map(settledAs);
      const met = mergeContents(wider, x!, y!).content;
      const { conflicts } = mergeContents(wider, met, settledAs(last)).content;
      expect(conflicts).toMatchObject([{ field: 'headline', versions: names }]);
    }
  });

  it('name what stood before all of them where two met, each in their own place, what a third had chosen', () => {
    const [one, two] = ['Mine', 'Theirs'].map(
      (name) => mergeContents(wider, settledAs(name), settledAs('Third')).content,
    );
    const { conflicts } = mergeContents(settledAs('Third'), one!, two!).content;
    expect(conflicts).toMatchObject([
      { field: 'headline', base: 'Old', versions: ['Mine', 'Theirs', 'Third'] },
    ]);
  });

  it('take a third editor’s entry into every version', () => {
    const credit = (id: string, name = id) => ({ id, name });
    const before = field({ byline: [credit('jonah')] });
    const standing = mergeContents(
      before,
      field({ byline: [credit('jonah', 'Jonah O.')] }),
      field({ byline: [credit('jonah', 'J. Okafor')] }),
    ).content;
    const third = field({ byline: [credit('jonah'), credit('rimma')] });
    const [card] = mergeContents(before, standing, third).content.conflicts;
    expect(card).toMatchObject({
      versions: [
        [{ name: 'J. Okafor' }, { name: 'rimma' }],
        [{ name: 'Jonah O.' }, { name: 'rimma' }],
      ],
    });
  });

  it('show what a person typed over them among the versions, once a colleague changes them too', () => {
    const typed: Content = { ...contested, fields: { ...contested.fields, headline: 'Typed' } };
    const { conflicts } = mergeContents(contested, typed, wider).content;
    expect(conflicts).toMatchObject([
      { field: 'headline', versions: ['Mine', 'Theirs', 'Third', 'Typed'] },
    ]);
  });
});

describe('lists that are full', () => {
  it('stand side by side where both together would be longer than a list may be', () => {
    const words = (who: string): string[] => Array.from({ length: 60 }, (_, n) => `${who}${n}`);
    const { fields, conflicts } = mergeContents(
      content([], { keywords: [] }),
      content([], { keywords: words('a') }),
      content([], { keywords: words('b') }),
    ).content;
    expect(fields.keywords).toHaveLength(60);
    expect(conflicts).toMatchObject([{ field: 'keywords', versions: [words('a'), words('b')] }]);
  });
});

describe('whatever two editors do', () => {
  const scripts = fc.tuple(
    fc.nat({ max: 6 }),
    fc.array(act, { maxLength: 6 }),
    fc.array(act, { maxLength: 6 }),
  );

  function played([size, scriptA, scriptB]: [
    number,
    Parameters<typeof play>[1],
    Parameters<typeof play>[1],
  ]) {
    const base = Array.from({ length: size }, (_, index) =>
      paragraph(`base-${String(index)}`, `base text ${String(index)}`),
    );
    return { base, a: play(base, scriptA, 'A'), b: play(base, scriptB, 'B') };
  }

  it('gives the same bytes whichever side is named first', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const { base, a, b } = played(script);
        const forth = mergeContents(content(base), content(a), content(b));
        const back = mergeContents(content(base), content(b), content(a));
        expect(canonicalJson(back)).toBe(canonicalJson(forth));
      }),
      tries(2000),
    );
  });

  it('drops nothing that either side wrote', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const { base, a, b } = played(script);
        const merged = mergeBody(base, a, b).map(blockText).join('\n').split('\n');
        const before = new Set(base.map(blockText));
        for (const text of [...a, ...b].map(blockText))
          if (!before.has(text)) expect(merged).toContain(text);
      }),
      tries(2000),
    );
  });

  it('writes each block once and flags no more than was contested', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const { base, a, b } = played(script);
        const merged = mergeBody(base, a, b);
        expect(new Set(ids(merged)).size).toBe(merged.length);
        const textOf = (body: Block[], id: string): string | undefined =>
          body.filter((block) => block.$.id === id).map((block) => canonicalJson(block))[0];
        for (const block of merged) {
          if (block.type !== 'conflict') continue;
          const inBase = textOf(base, block.$.id);
          expect(textOf(a, block.$.id)).not.toBe(inBase);
          expect(textOf(b, block.$.id)).not.toBe(inBase);
        }
      }),
      tries(2000),
    );
  });

  it('changes nothing when one side did nothing', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const { base, a } = played(script);
        const merged = mergeContents(content(base), content(a), content(base));
        expect(merged.content.body).toEqual(a);
        expect(openConflicts(merged.content)).toBe(0);
      }),
      tries(1000),
    );
  });
});
