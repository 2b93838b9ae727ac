import type { Block, Inline, ListBlock, ListItem } from '#shared/article';
import fc from 'fast-check';

const SCRIPTS = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'-alert(1)-'",
  '</p></figure><iframe src=//evil.example>',
  '<!-- ',
  ']]>',
  '&lt;b&gt; &amp;copy',
];

const LINKS = [
  'https://news.example/a?b=1&c="2"',
  'mailto:desk@news.example',
  'javascript:alert(1)',
];

export const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.constantFrom(...SCRIPTS),
);

const textNode = fc
  .record({ text: anyText, format: fc.integer({ min: 0, max: 127 }) })
  .map(({ text, format }): Extract<Inline, { type: 'text' }> => ({ type: 'text', text, format }));
const lineBreak = fc.constant<Extract<Inline, { type: 'linebreak' }>>({ type: 'linebreak' });
const link = fc
  .record({ url: fc.constantFrom(...LINKS), children: fc.array(textNode, { maxLength: 2 }) })
  .map((parts): Inline => ({ type: 'link', ...parts }));
const inlines = fc.array(fc.oneof(textNode, lineBreak, link), { maxLength: 4 });

const $ = fc
  .integer({ min: 0, max: 1e9 })
  .map((number) => ({ id: `b${String(number).padStart(11, '0')}` }));
const direction = fc.constantFrom({}, { direction: 'rtl' as const }, { direction: 'ltr' as const });

const words = fc
  .tuple($, direction, inlines)
  .map(([state, dir, children]) => ({ $: state, ...dir, children }));

function list(depth: number): fc.Arbitrary<ListBlock> {
  const item: fc.Arbitrary<ListItem> = (
    depth === 0
      ? words
      : fc.oneof(
          words,
          fc.tuple($, list(depth - 1)).map(([state, nested]) => ({ $: state, children: [nested] })),
        )
  ).map((parts) => ({ type: 'listitem', ...parts }));
  return fc
    .tuple(
      $,
      fc.constantFrom('bullet' as const, 'number' as const),
      fc.integer({ min: 1, max: 9 }),
      fc.array(item, { maxLength: 3 }),
    )
    .map(([state, listType, start, children]) => ({
      type: 'list',
      $: state,
      listType,
      start,
      children,
    }));
}

const cell = fc
  .tuple(
    fc.integer({ min: 0, max: 3 }),
    fc.integer({ min: 1, max: 3 }),
    fc.array(inlines, { maxLength: 2 }),
  )
  .map(([headerState, colSpan, paragraphs]) => ({
    type: 'tablecell' as const,
    headerState,
    colSpan,
    children: paragraphs.map((children) => ({ type: 'paragraph' as const, children })),
  }));
const row = fc
  .tuple($, fc.array(cell, { maxLength: 3 }))
  .map(([state, children]) => ({ type: 'tablerow' as const, $: state, children }));

export const block: fc.Arbitrary<Block> = fc.oneof(
  words.map((parts): Block => ({ type: 'paragraph', ...parts })),
  words.map((parts): Block => ({ type: 'heading', tag: 'h3', ...parts })),
  words.map((parts): Block => ({ type: 'quote', ...parts })),
  words.map((parts): Block => ({ type: 'pullquote', ...parts })),
  list(2),
  fc
    .tuple($, fc.array(row, { maxLength: 3 }))
    .map(([state, children]): Block => ({ type: 'table', $: state, children })),
  $.map((state): Block => ({ type: 'horizontalrule', $: state })),
  fc.tuple($, anyText, anyText, anyText).map(([state, caption, credit, alt]): Block => ({
    type: 'image',
    $: state,
    asset: 'a'.repeat(64),
    mime: 'image/png',
    width: 640,
    height: 480,
    caption,
    credit,
    alt,
  })),
  fc
    .tuple($, anyText, anyText, fc.constantFrom(...LINKS))
    .map(([state, title, provider, url]): Block => ({
      type: 'embed',
      $: state,
      url,
      title,
      provider,
    })),
);

export const body = fc.array(block, { maxLength: 6 });
