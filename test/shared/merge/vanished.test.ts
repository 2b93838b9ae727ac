import { describe, expect, it } from 'vitest';
import {
  blockText,
  canonicalJson,
  type Block,
  type Content,
  type PlainBlock,
} from '#shared/article';
import { mergeContents } from '#shared/merge';
import { isAskedSinceGone } from '../../simulation/checks/taken-back.ts';
import { content, paragraph } from './arbitrary.ts';
import { merge } from './both-ways.ts';

function standing(body: readonly Block[]): unknown[] {
  return body.map((block) =>
    block.type === 'conflict'
      ? block.versions.map((version) => version && blockText(version))
      : blockText(block),
  );
}

const SHUT = 'The bridge is shut.';
const buses = paragraph('two2', 'Buses run again.');
const [once, again] = [paragraph('one1', SHUT), paragraph('thr3', SHUT)];
const base = [once, buses, again];

describe('a sentence that stands in two places', () => {
  it('is asked about in one of them where each editor took out the other one', () => {
    const [left, right] = [
      [buses, again],
      [once, buses],
    ];
    const merged = merge(base, left, right);
    expect(standing(merged)).toEqual([[null, SHUT], 'Buses run again.']);
    expect(isAskedSinceGone('one1', { base, left, right, merged })).toBe(true);
  });

  it('is asked about where one took it out and the other wrote something else in the other place', () => {
    const open = paragraph('thr3', 'The ferry is open.');
    expect(standing(merge(base, [buses, again], [once, buses, open]))).toEqual([
      [null, SHUT],
      'Buses run again.',
      'The ferry is open.',
    ]);
    const late = paragraph('one1', 'Crews came late.');
    expect(standing(merge(base, [late, buses, again], [once, buses, open]))).toEqual([
      ['Crews came late.', SHUT],
      'Buses run again.',
      'The ferry is open.',
    ]);
  });

  it('is asked about in the versions of a contested paragraph that one took out, while the other took it from a list', () => {
    const text = { type: 'text' as const, text: SHUT };
    const item = { type: 'listitem' as const, $: { id: 'itm1' }, children: [text] };
    const list: PlainBlock = {
      type: 'list',
      listType: 'bullet',
      $: { id: 'lst1' },
      children: [item],
    };
    const ferry = { ...item, children: [{ ...text, text: 'The ferry is open.' }] };
    const contested: Block = {
      type: 'conflict',
      $: { id: 'one1' },
      base: once as PlainBlock,
      versions: [null, once],
    };
    const rewritten = { ...list, children: [ferry] };
    const [left, right] = [
      [buses, list],
      [contested, buses, rewritten],
    ];
    expect(merge([contested, buses, list], left, right)).toEqual(right);
  });

  it('is not asked about where one of the two is left, or both took out the same, or all of it', () => {
    expect(merge(base, [buses, again], base)).toEqual([buses, again]);
    expect(merge(base, [buses, again], [buses, again])).toEqual([buses, again]);
    expect(merge(base, [buses], [once, buses])).toEqual([buses]);
    const third = paragraph('fou4', SHUT);
    expect(merge([...base, third], [buses, again, third], [once, buses, third])).toEqual([
      buses,
      third,
    ]);
  });

  it('is a sentence of two words or more: a word alone is in many texts, and not asked about in the last', () => {
    const [no, never] = [paragraph('one1', 'No.'), paragraph('thr3', 'No.')];
    expect(merge([no, buses, never], [buses, never], [no, buses])).toEqual([buses]);
    const [sold, kept] = [paragraph('one1', 'Sold out.'), paragraph('thr3', 'Sold out.')];
    expect(standing(merge([sold, buses, kept], [buses, kept], [sold, buses]))).toEqual([
      [null, 'Sold out.'],
      'Buses run again.',
    ]);
    const [dry, wet] = [paragraph('one1', 'A dry levee.'), paragraph('thr3', 'The wet levee.')];
    const [left, right] = [
      [paragraph('one1', 'A dry bank.'), buses, wet],
      [dry, buses, paragraph('thr3', 'The wet wall.')],
    ];
    expect(standing(merge([dry, buses, wet], left, right))).toEqual([
      'A dry bank.',
      'Buses run again.',
      'The wet wall.',
    ]);
  });

  it('stays settled once somebody chose', () => {
    const [left, right] = [
      [buses, again],
      [once, buses],
    ];
    const merged = merge(base, left, right);
    expect(merge(merged, [buses], merged)).toEqual([buses]);
    expect(merge(left, merged, left)).toEqual(merged);
    expect(merge(right, merged, right)).toEqual(merged);
  });
});

describe('a sentence that stands in the body and beside it', () => {
  const whole = (body: Block[], fields: Partial<Content['fields']> = {}): Content =>
    mergedWays(content([buses, once], { standfirst: `${SHUT} Take the ferry.`, teaser: SHUT }), {
      body,
      fields,
    });
  /** One editor makes the body so, the other the fields. */
  const mergedWays = (
    from: Content,
    { body, fields }: { body: Block[]; fields: Partial<Content['fields']> },
  ): Content => {
    const [x, y] = [
      { ...from, body },
      { ...from, fields: { ...from.fields, ...fields } },
    ];
    const there = mergeContents(from, x, y).content;
    expect(canonicalJson(mergeContents(from, y, x).content)).toBe(canonicalJson(there));
    expect(mergeContents(x, there, x).content).toEqual(there);
    return there;
  };

  it('is asked about in the body where one took it out there and the other in the standfirst', () => {
    const fields = { standfirst: 'Take the ferry.', teaser: 'Ferries only' };
    const merged = whole([buses], fields);
    expect(standing(merged.body)).toEqual(['Buses run again.', [null, SHUT]]);
    expect(merged).toMatchObject({ fields, conflicts: [] });
    expect(standing(whole([buses], { teaser: '' }).body)).toEqual(['Buses run again.']);
  });

  it('is asked about in a caption, a table’s cell, an item or a pull quote as in a paragraph', () => {
    const image: PlainBlock = {
      type: 'image',
      $: { id: 'img1' },
      ...{ asset: 'a'.repeat(64), mime: 'image/png', width: 6, height: 4 },
      ...{ caption: SHUT, credit: '', alt: '' },
    };
    const row = (text: string): Extract<PlainBlock, { type: 'table' }>['children'][number] => {
      const cell = { type: 'paragraph' as const, children: [{ type: 'text' as const, text }] };
      return {
        type: 'tablerow',
        $: { id: `r-${text.length}` },
        children: [{ type: 'tablecell', children: [cell] }],
      };
    };
    const table = (...texts: string[]): PlainBlock => ({
      type: 'table',
      $: { id: 'tbl1' },
      children: texts.map(row),
    });
    const pull: PlainBlock = {
      ...once,
      type: 'pullquote',
      $: { id: 'pul1' },
    };
    const pairs: [PlainBlock, PlainBlock | null][] = [
      [image, { ...image, caption: 'The bridge' }],
      [table(SHUT, 'Two lanes'), table('Two lanes')],
      [pull, null],
    ];
    for (const [was, now] of pairs) {
      const merged = merge([once, buses, was], [buses, was], [once, buses, ...(now ? [now] : [])]);
      expect(standing(merged)[0]).toEqual([null, SHUT]);
      const other = merge([buses, was], [buses, was], [buses, ...(now ? [now] : [])]);
      expect(other).toEqual([buses, ...(now ? [now] : [])]);
    }
  });

  it('is asked about in the standfirst where the other took it out of the teaser', () => {
    const from = content([buses], { standfirst: SHUT, teaser: SHUT });
    const [x, y] = [
      content([buses], { standfirst: '', teaser: SHUT }),
      content([buses], { standfirst: SHUT, teaser: 'Ferries only' }),
    ];
    const there = mergeContents(from, x, y).content;
    expect(canonicalJson(mergeContents(from, y, x).content)).toBe(canonicalJson(there));
    expect(there.fields).toMatchObject({ standfirst: SHUT, teaser: 'Ferries only' });
    expect(there.conflicts).toMatchObject([
      { kind: 'field', field: 'standfirst', base: SHUT, versions: ['', SHUT] },
    ]);
    expect(mergeContents(x, there, x).content).toEqual(there);
    const settled = { ...there, fields: { ...there.fields, standfirst: '' }, conflicts: [] };
    expect(mergeContents(there, settled, there).content).toEqual(settled);
  });
});

describe('the check of what is asked since it would be gone', () => {
  const [left, right] = [
    [buses, again],
    [once, buses],
  ];
  const merged = merge(base, left, right);

  it('lets nothing be asked that stands elsewhere, that a side did not leave, or in other words', () => {
    const judged = (changed: object): boolean =>
      isAskedSinceGone('one1', { base, left, right, merged, ...changed });
    expect(judged({ merged: [...merged, again] })).toBe(false);
    expect(judged({ left: [buses] })).toBe(false);
    expect(judged({ right: [buses] })).toBe(false);
    const other = paragraph('one1', 'Crews came late.') as PlainBlock;
    expect(judged({ merged: [{ ...merged[0], versions: [null, other] }, buses] })).toBe(false);
    expect(judged({ merged: [once, buses] })).toBe(false);
  });
});
