import { createEditor } from 'lexical';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Body, type Block, type Inline, type TextNode } from '#shared/article';
import { BODY_NODES } from '../../../src-renderer/editor/body/body-nodes.ts';
import { readClipboardBlocks } from '../../../src-renderer/editor/body/clipboard-blocks.ts';
import { $fillBody } from '../../../src-renderer/editor/body/from-block.ts';
import { linkFromTyped } from '../../../src-renderer/editor/body/link-policy.ts';
import { applyOrder, diffOrder } from '../../../src-renderer/editor/body/order.ts';
import { providerOf } from '../../../src-renderer/editor/body/embed-providers.ts';
import { $toBody } from '../../../src-renderer/editor/body/to-block.ts';
import { seededRandom } from '../../helpers/clock-and-random.ts';
import { tries } from '../../helpers/tries.ts';

const suggestion = fc.record({
  id: fc.constantFrom('sugg-1', 'sugg-2'),
  by: fc.constant('0192d3a0-0000-7000-8000-000000000002'),
  at: fc.constant('2026-11-14T12:00:00.000Z'),
});
const words = fc
  .string({ minLength: 1, maxLength: 12, unit: 'grapheme' })
  .filter((text) => !/[\r\n\t]/.test(text));
const format = fc.constantFrom(0, 1, 2, 3, 4, 8, 32, 64);

const textNode: fc.Arbitrary<TextNode> = fc
  .record({
    text: words,
    format,
    mark: fc.option(fc.constantFrom('inserted', 'deleted'), { nil: null, freq: 4 }),
    suggestion,
  })
  .map(({ text, format: bits, mark, suggestion: by }) => ({
    type: 'text' as const,
    text,
    ...(bits !== 0 && { format: bits }),
    ...(mark && { $: { [mark]: by } }),
  }));
const leaf = fc.oneof(
  { weight: 5, arbitrary: textNode },
  { weight: 1, arbitrary: fc.constant({ type: 'linebreak' as const }) },
);

/** Neighbouring texts of one kind are one text in the canonical form. */
function joined<T extends Inline>(nodes: T[]): T[] {
  const kind = (node: Inline): string =>
    node.type === 'text'
      ? JSON.stringify([node.format ?? 0, node.$ ?? null])
      : `${node.type}${Math.random()}`;
  return nodes.reduce<T[]>((all, node) => {
    const last = all.at(-1);
    if (last?.type === 'text' && node.type === 'text' && kind(last) === kind(node))
      all[all.length - 1] = { ...last, text: last.text + node.text };
    else all.push(node);
    return all;
  }, []);
}

const link = fc.array(leaf, { minLength: 1, maxLength: 3 }).map((children) => ({
  type: 'link' as const,
  url: 'https://example.org/a',
  children: joined(children),
}));
const inlines: fc.Arbitrary<Inline[]> = fc
  .array(fc.oneof({ weight: 5, arbitrary: leaf }, { weight: 1, arbitrary: link }), { maxLength: 5 })
  .map((nodes) => joined<Inline>(nodes));

let ids = 0;
const state = fc
  .record({
    marks: fc.option(fc.constantFrom('breakInserted', 'breakRemoved'), { nil: null, freq: 5 }),
    suggestion,
  })
  .map(({ marks, suggestion: by }) => ({
    id: `id-${String((ids += 1)).padStart(6, '0')}`,
    ...(marks && { [marks]: by }),
  }));
const direction = fc.option(fc.constantFrom('ltr' as const, 'rtl' as const), {
  nil: undefined,
  freq: 4,
});
const withText = fc
  .record({ $: state, children: inlines, direction })
  .map(({ direction: set, ...rest }) => ({ ...rest, ...(set && { direction: set }) }));

const items = fc.array(
  fc
    .record({ $: state, children: inlines })
    .map((item) => ({ type: 'listitem' as const, ...item })),
  { minLength: 1, maxLength: 3 },
);
const nested = fc
  .record({ $: state, inner: state, items })
  .map(({ $, inner, items: children }) => ({
    type: 'listitem' as const,
    $,
    children: [{ type: 'list' as const, listType: 'bullet' as const, $: inner, children }],
  }));
const list = fc
  .record({
    $: state,
    listType: fc.constantFrom('bullet' as const, 'number' as const),
    items,
    more: fc.option(nested, { nil: null }),
    start: fc.constantFrom(1, 4),
  })
  .map(({ $, listType, items: children, more, start }) => ({
    type: 'list' as const,
    listType,
    ...(start > 1 && listType === 'number' && { start }),
    $,
    children: more ? [...children, more] : children,
  }));
const table = fc
  .record({
    $: state,
    rows: fc.array(
      fc.record({ $: state, cells: fc.array(inlines, { minLength: 2, maxLength: 2 }) }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map(({ $, rows }) => ({
    type: 'table' as const,
    $,
    children: rows.map((row, index) => ({
      type: 'tablerow' as const,
      $: row.$,
      children: row.cells.map((children) => ({
        type: 'tablecell' as const,
        ...(index === 0 && { headerState: 1 }),
        children: [{ type: 'paragraph' as const, children }],
      })),
    })),
  }));
const image = fc.record({ $: state, caption: words }).map(({ $, caption }) => ({
  type: 'image' as const,
  $,
  asset: 'b'.repeat(64),
  mime: 'image/png' as const,
  width: 10,
  height: 20,
  caption,
  credit: '',
  alt: '',
  focal: { x: 0.25, y: 0.5 },
}));
const plain = fc.oneof(
  withText.map((block) => ({ type: 'paragraph' as const, ...block })),
  withText.map((block) => ({ type: 'heading' as const, tag: 'h3' as const, ...block })),
  withText.map((block) => ({ type: 'quote' as const, ...block })),
  withText.map((block) => ({ type: 'pullquote' as const, ...block })),
  withText.map((block) => ({ type: 'note' as const, ...block })),
  state.map(($) => ({ type: 'horizontalrule' as const, $ })),
  state.map(($) => ({
    type: 'embed' as const,
    $,
    url: 'https://example.org/v',
    provider: 'Example',
    title: '',
  })),
  list,
  table,
  image,
);
const conflict = fc.record({ $: state, a: plain, b: plain }).map(({ $, a, b }) => ({
  type: 'conflict' as const,
  $,
  base: null,
  versions: [a, b] as [typeof a, typeof b],
}));
const anyBody: fc.Arbitrary<Block[]> = fc.array(
  fc.oneof({ weight: 8, arbitrary: plain }, { weight: 1, arbitrary: conflict }),
  { minLength: 1, maxLength: 5 },
);

/** Lexical joins neighbouring lists of one kind, so no body that it wrote holds such a pair. */
const body = anyBody.filter((blocks) =>
  blocks.every((block, index) => {
    const next = blocks[index + 1];
    return block.type !== 'list' || next?.type !== 'list' || block.listType !== next.listType;
  }),
);

function throughLexical(blocks: readonly Block[]): Block[] {
  const editor = createEditor({
    nodes: BODY_NODES,
    onError: (error) => {
      throw error;
    },
  });
  editor.update(() => $fillBody(blocks), { discrete: true });
  // Through Lexical's own JSON too: that is what undo, copy and paste work on.
  const again = editor.parseEditorState(JSON.stringify(editor.getEditorState().toJSON()));
  expect(again.read($toBody)).toEqual(editor.getEditorState().read($toBody));
  return editor.getEditorState().read($toBody);
}

describe('blocks and Lexical nodes', () => {
  it('come back from Lexical exactly as they went in', () => {
    fc.assert(
      fc.property(body, (blocks) => {
        expect(Body.parse(blocks)).toEqual(blocks);
        expect(throughLexical(blocks)).toEqual(blocks);
      }),
      tries(300),
    );
  });

  it('join neighbouring texts of one kind and leave empty ones out', () => {
    const blocks: Block[] = [
      {
        type: 'paragraph',
        $: { id: 'aaaa' },
        children: [
          { type: 'text', text: 'a' },
          { type: 'text', text: '' },
          { type: 'text', text: 'b', format: 0 },
        ],
      },
    ];
    expect(throughLexical(blocks)).toEqual([
      { type: 'paragraph', $: { id: 'aaaa' }, children: [{ type: 'text', text: 'ab' }] },
    ]);
  });
});

describe('orders of blocks', () => {
  it('are turned into each other by placements and removals', () => {
    const order = fc.shuffledSubarray(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']);
    fc.assert(
      fc.property(order, order, (from, to) => {
        const { placed, removed } = diffOrder(from, to);
        expect(applyOrder(from, placed, removed)).toEqual(to);
      }),
      tries(),
    );
  });

  it('name one block when one block moved', () => {
    expect(diffOrder(['a', 'b', 'c', 'd'], ['b', 'c', 'd', 'a'])).toEqual({
      placed: [{ id: 'a', after: 'd' }],
      removed: [],
    });
    expect(diffOrder(['a', 'b'], ['a', 'x', 'b'])).toEqual({
      placed: [{ id: 'x', after: 'a' }],
      removed: [],
    });
  });
});

describe('what a clipboard may bring in', () => {
  const read = (nodes: unknown[]) =>
    readClipboardBlocks(JSON.stringify({ nodes }), seededRandom(1));

  it('drops styles, tracked changes and unsafe links, and gives new ids', () => {
    const { blocks } = read([
      {
        type: 'paragraph',
        $: { id: 'stolen-id' },
        style: 'position:fixed',
        children: [
          {
            type: 'text',
            text: 'Click ',
            format: 16,
            style: 'color:red',
            $: { inserted: { id: 'x' } },
          },
          {
            type: 'link',
            url: 'javascript:alert(1)',
            children: [{ type: 'text', text: 'here', format: 1 }],
          },
        ],
      },
    ]);
    expect(blocks).toHaveLength(1);
    expect(blocks[0]!.$.id).not.toBe('stolen-id');
    expect(blocks[0]).toMatchObject({
      type: 'paragraph',
      children: [{ text: 'Click ' }, { text: 'here', format: 1 }],
    });
    expect(JSON.stringify(blocks)).not.toMatch(/javascript|style|inserted/);
  });

  it('takes nothing from what is no body', () => {
    expect(
      readClipboardBlocks(
        '{"nodes":[{"type":"iframe","src":"https://evil.example"}]}',
        seededRandom(1),
      ).blocks,
    ).toEqual([]);
    expect(readClipboardBlocks('not json', seededRandom(1)).blocks).toEqual([]);
    expect(
      read([
        { type: 'image', asset: '../../etc/passwd', mime: 'image/svg+xml', width: 1, height: 1 },
      ]).blocks,
    ).toEqual([]);
  });

  it('knows words out of one line from blocks', () => {
    expect(read([{ type: 'text', text: 'levee' }]).inline).toBe(true);
    expect(read([{ type: 'paragraph', children: [] }]).inline).toBe(false);
  });
});

describe('addresses', () => {
  it('become links as people type them', () => {
    expect(linkFromTyped('example.org/a')).toBe('https://example.org/a');
    expect(linkFromTyped('desk@example.org')).toBe('mailto:desk@example.org');
    expect(linkFromTyped('javascript:alert(1)')).toBeNull();
    expect(linkFromTyped('just words')).toBeNull();
  });

  it('name the provider of an embed', () => {
    expect(providerOf('https://www.youtube.com/watch?v=1')).toMatchObject({ provider: 'YouTube' });
    expect(providerOf('www.example.org/x')).toMatchObject({ provider: 'example.org' });
    expect(providerOf('file:///etc/passwd')).toBeNull();
  });
});
