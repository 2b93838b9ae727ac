import {
  sha256Hex,
  type Block,
  type Inline,
  type ListItem,
  type Suggestion,
} from '#shared/article';
import { printable, renderBodyHtml, UnsettledError } from '#shared/render';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anId, paragraph, picture, quote, subhead, text } from '../../helpers/articles.ts';
import { body as anyBody } from './arbitrary-body.ts';
import { attribute, parsed } from './parsed.ts';
import { tries } from '../../helpers/tries.ts';

const options = { assetUrl: (hash: string) => `/media/${hash}` };
const html = (...blocks: Block[]): string => renderBodyHtml(blocks, options);
const mark = (): Suggestion => ({ id: 'mark-0001', by: anId(), at: '2026-11-14T12:00:00.000Z' });
const withInlines = (...children: Inline[]): Block => ({ ...paragraph(''), children });

const ALLOWED = new Map<string, readonly string[]>([
  ...['p', 'h2', 'h3', 'blockquote', 'ul', 'li'].map((name) => [name, ['dir']] as const),
  ...[
    'strong',
    'em',
    'u',
    's',
    'sub',
    'sup',
    'br',
    'hr',
    'table',
    'thead',
    'tbody',
    'tr',
    'figcaption',
  ].map((name) => [name, []] as const),
  ['ol', ['start']],
  ['aside', ['class', 'dir']],
  ['div', ['class']],
  ['span', ['class']],
  ['figure', ['class']],
  ['td', ['colspan', 'rowspan', 'dir']],
  ['th', ['colspan', 'rowspan', 'dir', 'scope']],
  ['a', ['href']],
  ['img', ['src', 'alt', 'width', 'height', 'loading']],
]);

/** Every piece of text of a block that is to print, in order. */
function wordsOf(node: unknown): string {
  if (Array.isArray(node)) return node.map(wordsOf).join('');
  const {
    type,
    text: words,
    children,
    caption,
    credit,
    title,
    provider,
    url,
  } = node as Record<string, string>;
  if (type === 'text') return words ?? '';
  if (type === 'image') return `${caption ?? ''}${credit ?? ''}`;
  if (type === 'embed')
    return url?.startsWith('javascript:')
      ? ''
      : `${title === '' ? new URL(url ?? '').href : (title ?? '')}${provider ?? ''}`;
  return children ? wordsOf(children) : '';
}

const letters = (words: string): string => printable(words).replace(/\s+/gu, '');

describe('the HTML of a body', () => {
  it('has only the expected elements and loses no text, whatever is written', () => {
    fc.assert(
      fc.property(anyBody, (blocks) => {
        const { elements, text: printed, comments } = parsed(renderBodyHtml(blocks, options));
        for (const element of elements) {
          const allowed = ALLOWED.get(element.tagName);
          expect(allowed, element.tagName).toBeDefined();
          for (const { name } of element.attrs) expect(allowed).toContain(name);
          const href = attribute(element, 'href');
          if (href) expect(href).toMatch(/^(https?|mailto):/);
        }
        expect(comments).toBe(0);
        expect(letters(printed)).toBe(letters(wordsOf(blocks)));
      }),
      tries(400),
    );
  });

  it('keeps alternative text and addresses whole inside their attributes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (alt) => {
        const image = { ...picture(sha256Hex('bridge')), alt } as Block;
        const [img] = parsed(html(image)).elements.filter(({ tagName }) => tagName === 'img');
        expect(attribute(img!, 'alt')).toBe(printable(alt));
      }),
      tries(),
    );
  });

  it('prints subheads, quotes, pull quotes and dividers with the elements that mean them', () => {
    const pull: Block = { ...quote('Walk it metre by metre.'), type: 'pullquote' };
    const divider: Block = { type: 'horizontalrule', $: { id: 'divider-01' } };
    expect(html(subhead('Waiting'), quote('“No.”'), pull, divider).split('\n')).toEqual([
      '<h2>Waiting</h2>',
      '<blockquote><p>“No.”</p></blockquote>',
      '<aside class="pull-quote"><p>Walk it metre by metre.</p></aside>',
      '<hr>',
    ]);
  });

  it('nests formats in one order, whichever way they were applied, and joins equal neighbours', () => {
    const bits = [1, 2, 4, 8, 32].reduce((all, bit) => all | bit, 0);
    const run = (words: string): Inline => ({ type: 'text', text: words, format: bits });
    expect(html(withInlines(run('CO'), run('2')))).toBe(
      '<p><strong><em><u><s><sub>CO2</sub></s></u></em></strong></p>',
    );
  });

  it('prints a link that the URL policy refuses as plain text', () => {
    const url = 'java\nscript:alert(1)';
    expect(
      html(withInlines({ type: 'link', url, children: [{ type: 'text', text: 'read on' }] })),
    ).toBe('<p>read on</p>');
  });

  it('puts a nested list into the item before it', () => {
    const item = (words: string): ListItem => ({
      type: 'listitem',
      $: { id: `item-${words}` },
      children: [text(words)],
    });
    const list = (children: ListItem[]): Extract<Block, { type: 'list' }> => ({
      type: 'list',
      listType: 'number',
      start: 3,
      $: { id: 'list-0001' },
      children,
    });
    const nested: ListItem = {
      type: 'listitem',
      $: { id: 'item-nest' },
      children: [{ ...list([item('inner')]), listType: 'bullet' }],
    };
    expect(html(list([item('outer'), nested, item('last')]))).toBe(
      '<ol start="3"><li>outer<ul><li>inner</li></ul></li><li>last</li></ol>',
    );
  });

  it('gives table headers their scope', () => {
    const cell = (words: string, headerState: number) => ({
      type: 'tablecell' as const,
      headerState,
      children: [{ type: 'paragraph' as const, children: [text(words)] }],
    });
    const table: Block = {
      type: 'table',
      $: { id: 'table-0001' },
      children: [
        { type: 'tablerow', $: { id: 'row-00001' }, children: [cell('Town', 2), cell('Level', 2)] },
        {
          type: 'tablerow',
          $: { id: 'row-00002' },
          children: [cell('Westbrook', 1), cell('4.2 m', 0)],
        },
      ],
    };
    expect(html(table)).toBe(
      '<div class="table"><table><thead><tr><th scope="col">Town</th><th scope="col">Level</th></tr></thead>' +
        '<tbody><tr><th scope="row">Westbrook</th><td>4.2 m</td></tr></tbody></table></div>',
    );
  });

  it('prints a picture with its caption, credit and alternative text', () => {
    const hash = sha256Hex('bridge');
    const image: Block = { ...picture(hash), caption: 'The bridge.', credit: 'M. Hassan' };
    expect(html(image)).toBe(
      `<figure><img src="/media/${hash}" alt="A bridge" width="640" height="480" loading="lazy">` +
        '<figcaption>The bridge. <span class="credit">M. Hassan</span></figcaption></figure>',
    );
  });

  it('marks the blocks whose direction differs from the page', () => {
    const kurdish: Block = { ...paragraph('ڕووبارەکە'), direction: 'rtl' };
    const english: Block = { ...paragraph('The river'), direction: 'ltr' };
    expect(html(kurdish, english)).toBe('<p dir="rtl">ڕووبارەکە</p>\n<p>The river</p>');
    expect(renderBodyHtml([kurdish, english], { ...options, direction: 'rtl' })).toBe(
      '<p>ڕووبارەکە</p>\n<p dir="ltr">The river</p>',
    );
  });

  it('never prints notes or empty paragraphs', () => {
    const note: Block = { ...paragraph('Call her back before six.'), type: 'note' };
    expect(html(note, paragraph('  '), paragraph('Seen.'))).toBe('<p>Seen.</p>');
  });

  it('prints open suggestions as if none had been accepted', () => {
    const changed = withInlines(
      { type: 'text', text: 'crested ' },
      { type: 'text', text: 'on', $: { deleted: mark() } },
      { type: 'text', text: 'early', $: { inserted: mark() } },
      { type: 'text', text: ' Saturday', format: 1, $: { formatChanged: { ...mark(), was: 0 } } },
    );
    const retyped: Block = {
      ...subhead('Not a subhead'),
      $: { id: 'block-type', typeChanged: { ...mark(), was: 'paragraph' } },
    };
    const split: Block = {
      ...paragraph(' at dawn'),
      $: { id: 'block-split', breakInserted: mark() },
    };
    expect(html(changed, split, retyped)).toBe(
      '<p>crested on Saturday at dawn</p>\n<p>Not a subhead</p>',
    );
  });

  it('refuses a body in which two versions still stand', () => {
    const versions: [null, Extract<Block, { type: 'paragraph' }>] = [null, paragraph('Theirs')];
    const conflict: Block = { type: 'conflict', $: { id: 'conflict-1' }, base: null, versions };
    expect(() => html(conflict)).toThrow(UnsettledError);
  });
});
