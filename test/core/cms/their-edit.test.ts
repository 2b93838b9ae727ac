import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockText, newLocalId, type Block, type Content } from '#shared/article';
import { withTheirEdit } from '../../../src-main/core/cms/their-edit.ts';
import { readPassages } from '../../../src-main/core/import/index.ts';
import { documentOf } from '../../../src-server/connectors/ghost/lexical.ts';
import { contentOf } from '../../../src-server/connectors/wordpress/blocks.ts';
import { readableWords, type Post, type Words } from '../../../src-server/connectors/index.ts';
import { anId, content, paragraph, picture, quote, subhead } from '../../helpers/articles.ts';
import { seededRandom } from '../../helpers/clock-and-random.ts';
import { tries } from '../../helpers/tries.ts';

const random = seededRandom(5);
const newId = () => newLocalId(random);

function postOf({ fields, body }: Content): Post {
  return {
    article: anId(),
    slug: 'floods',
    headline: fields.headline,
    standfirst: fields.standfirst,
    section: fields.section,
    tags: [],
    language: 'en',
    direction: 'ltr',
    byline: 'By Mira Hassan',
    dateline: 'VALLEY',
    body,
    creditLine: 'Fern Robinson contributed to this report.',
    ending:
      '<section><h2>Related</h2><p><a href="https://example.invalid/flood">Last year</a></p></section>',
    leadImage: null,
    assetUrl: (hash) => `https://example.invalid/images/${hash}`,
    assetBytes: () => Promise.resolve(new Uint8Array()),
  };
}

const KINDS = {
  wordpress: {
    write: (post: Post): Words => ({
      title: post.headline,
      excerpt: post.standfirst,
      body: contentOf(post, false),
    }),
    inText: (words: string) => words,
  },
  ghost: {
    write: (post: Post): Words => ({
      title: post.headline,
      excerpt: post.standfirst,
      body: documentOf(post, ''),
    }),
    inText: (words: string) => JSON.stringify(words).slice(1, -1),
  },
} as const;

type Kind = keyof typeof KINDS;

/** What Stet makes of the content once somebody changed the post as `edit` says. */
async function after(kind: Kind, own: Content, edit: (post: Words) => Words): Promise<Content> {
  const before = KINDS[kind].write(postOf(own));
  const read = async (words: Words) => {
    const { html, title, excerpt } = readableWords(kind, words);
    return { title, excerpt, passages: await readPassages(html, newId) };
  };
  return withTheirEdit(own, {
    before: await read(before),
    after: await read(edit(before)),
    channel: 'The blog',
    newId,
  });
}

const own = content({
  fields: { standfirst: 'A second day.' },
  body: [
    paragraph('The river rose by two metres overnight, the council said.', 'first'),
    subhead('What is next', 'next'),
    {
      type: 'paragraph',
      $: { id: 'linked' },
      children: [
        { type: 'text', text: 'Read ' },
        {
          type: 'link',
          url: 'https://example.invalid/a',
          children: [{ type: 'text', text: 'the report' }],
        },
        { type: 'text', text: ' of the council.', format: 2 },
      ],
    },
    { type: 'note', $: { id: 'aside' }, children: [{ type: 'text', text: 'Check the figure.' }] },
    quote('We leave tonight.', 'said'),
    picture('ab'.repeat(32), 'shown'),
    {
      type: 'list',
      listType: 'bullet',
      $: { id: 'list' },
      children: ['Two pumps', 'Three boats', 'A tent'].map((words, index) => ({
        type: 'listitem' as const,
        $: { id: `item-${index}` },
        children: [{ type: 'text' as const, text: words }],
      })),
    },
    { type: 'horizontalrule', $: { id: 'line' } },
    paragraph('The end of it.', 'last'),
  ],
});

const texts = ({ body }: Content): string[] => body.map(blockText);
const byId = ({ body }: Content, id: string): Block | undefined =>
  body.find(({ $ }) => $.id === id);

describe.each(['wordpress', 'ghost'] as const)('an edit that somebody made in %s', (kind) => {
  const replacing = (from: string, to: string) => (words: Words) => {
    const { inText } = KINDS[kind];
    expect(words.body).toContain(inText(from));
    return { ...words, body: words.body.replace(inText(from), inText(to)) };
  };

  it('changes nothing when nothing was changed', async () => {
    expect(await after(kind, own, (words) => words)).toEqual(own);
  });

  it('changes the paragraph that they changed, under its id, and nothing else', async () => {
    const edited = await after(kind, own, replacing('two metres', 'three metres'));
    expect(blockText(byId(edited, 'first')!)).toBe(
      'The river rose by three metres overnight, the council said.',
    );
    expect(edited.body.filter(({ $ }) => $.id !== 'first')).toEqual(own.body.slice(1));
    expect(edited.fields).toEqual(own.fields);
  });

  it('keeps links and marks of what they changed', async () => {
    const edited = await after(kind, own, replacing(' of the council.', ' of the whole council.'));
    expect(byId(edited, 'linked')).toEqual({
      ...byId(own, 'linked'),
      children: [
        { type: 'text', text: 'Read ' },
        {
          type: 'link',
          url: 'https://example.invalid/a',
          children: [{ type: 'text', text: 'the report' }],
        },
        { type: 'text', text: ' of the whole council.', format: 2 },
      ],
    });
  });

  it('changes one item of a list under its id', async () => {
    const edited = await after(kind, own, replacing('Three boats', 'Three small boats'));
    const list = byId(edited, 'list');
    expect(list).toMatchObject({
      type: 'list',
      children: [{ $: { id: 'item-0' } }, { $: { id: 'item-1' } }, { $: { id: 'item-2' } }],
    });
    expect(blockText(list!)).toBe('Two pumps\nThree small boats\nA tent');
  });

  it('takes headline and standfirst into their fields', async () => {
    const edited = await after(kind, own, (words) => ({
      ...words,
      title: 'Floods close the road',
      excerpt: 'A third day.',
    }));
    expect(edited).toEqual({
      ...own,
      fields: { ...own.fields, headline: 'Floods close the road', standfirst: 'A third day.' },
    });
  });

  it('tells in a note what is no part of the text', async () => {
    const edited = await after(
      kind,
      own,
      replacing('By Mira Hassan', 'By Mira Hassan and Tom Lind'),
    );
    expect(edited.body[0]).toMatchObject({ type: 'note' });
    expect(texts(edited)[0]).toBe('On The blog this now reads: By Mira Hassan and Tom Lind');
    expect(edited.body.slice(1)).toEqual(own.body);
  });

  it('leaves what the page never showed where it stands', async () => {
    const edited = await after(kind, own, replacing('We leave tonight.', 'We left last night.'));
    expect(edited.body.map(({ $ }) => $.id)).toEqual(own.body.map(({ $ }) => $.id));
  });
});

describe('an edit that somebody made in WordPress', () => {
  const block = (html: string): string => `<!-- wp:paragraph -->\n${html}\n<!-- /wp:paragraph -->`;

  it('adds their paragraph where they put it, and removes what they removed', async () => {
    const edited = await after('wordpress', own, (words) => ({
      ...words,
      body: words.body
        .replace(block('<p>The end of it.</p>'), '')
        .replace('<!-- wp:heading -->', `${block('<p>A new thought.</p>')}\n\n<!-- wp:heading -->`),
    }));
    expect(texts(edited).slice(0, 3)).toEqual([
      'The river rose by two metres overnight, the council said.',
      'A new thought.',
      'What is next',
    ]);
    expect(byId(edited, 'last')).toBeUndefined();
  });

  it('removes what they removed of what a page shows in its own way', async () => {
    const edited = await after('wordpress', own, (words) => ({
      ...words,
      body: words.body.replace(/<blockquote>.*<\/blockquote>/s, ''),
    }));
    expect(byId(edited, 'said')).toBeUndefined();
    expect(edited.body).toHaveLength(own.body.length - 1);
  });

  it('keeps a paragraph that they moved as the paragraph it is', async () => {
    const edited = await after('wordpress', own, (words) => {
      const last = block('<p>The end of it.</p>');
      return { ...words, body: `${last}\n\n${words.body.replace(last, '')}` };
    });
    expect(edited.body[0]).toEqual(byId(own, 'last'));
    expect(edited.body).toHaveLength(own.body.length);
  });

  it('tells in a note of a picture that they put there', async () => {
    const figure =
      '<figure><img src="https://example.invalid/x.jpg" alt="A dam"><figcaption>The dam</figcaption></figure>';
    const edited = await after('wordpress', own, (words) => ({
      ...words,
      body: words.body.replace('<!-- wp:heading -->', `${figure}\n\n<!-- wp:heading -->`),
    }));
    expect(edited.body[1]).toMatchObject({ type: 'note' });
    expect(texts(edited)[1]).toContain('The dam');
  });
});

/** Texts that a page can hold as they are. */
const words = fc
  .array(
    fc.constantFrom('the', 'river', 'rose', '“quoted”', 'Äpfel', '4.2', 'metres,', 'again.', 'نهر'),
    {
      minLength: 3,
      maxLength: 12,
    },
  )
  .map((parts) => parts.join(' '));

describe('any edit of any text', () => {
  it('comes back word for word, and leaves the rest alone', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<Kind>('wordpress', 'ghost'),
        fc.uniqueArray(words, { minLength: 1, maxLength: 8 }),
        fc.nat(),
        words,
        async (kind, all, at, added) => {
          const mine = content({
            body: all.map((text, index) => paragraph(text, `block-${index}`)),
          });
          const target = all[at % all.length]!;
          const edited = await after(kind, mine, (post) => ({
            ...post,
            body: post.body.replace(
              KINDS[kind].inText(target),
              KINDS[kind].inText(`${target} ${added}`),
            ),
          }));
          expect(texts(edited)).toEqual(
            all.map((text) => (text === target ? `${target} ${added}` : text)),
          );
          const rest = ({ body }: Content) =>
            body.filter((one) => blockText(one) !== `${target} ${added}`);
          for (const block of rest(edited)) expect(mine.body).toContainEqual(block);
        },
      ),
      tries(60),
    );
  });
});
