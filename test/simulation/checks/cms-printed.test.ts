import { describe, expect, it } from 'vitest';
import { emptyFields, type Fields } from '#shared/article';
import { misprinted } from './cms-printed.ts';

const ASSET = 'ab'.repeat(32);
const FIELDS: Fields = {
  ...emptyFields(),
  headline: 'Name zz1zz',
  standfirst: 'Name zz2zz',
  section: 'Name zz3zz',
  keywords: ['Name zz4zz', 'Name zz5zz'],
  byline: [{ id: 'a', name: 'Name zz6zz' }],
  leadImage: {
    ...{ asset: ASSET, mime: 'image/png', width: 2, height: 2 },
    ...{ caption: '', credit: '', alt: '' },
  },
};
const POST = {
  title: 'Name zz1zz',
  excerpt: 'Name zz2zz',
  body: '<p>By Name zz6zz</p>',
  tags: ['Name zz3zz', 'Name zz4zz', 'Name zz5zz'],
  image: `http://stet.test/-/images/${ASSET}`,
};
const judged = (change: Partial<typeof POST> | { image: null }, mayHaveMore = false) =>
  misprinted('ghost', { ...POST, ...change }, { fields: FIELDS }, { mayHaveMore });

describe('what a post prints of an article', () => {
  it('is its fields, each in its place', () => {
    expect(judged({})).toBeNull();
    const image = `stet-${ASSET.slice(0, 40)}`;
    const inWordPress = { ...POST, tags: ['Name zz5zz', 'Name zz4zz'], image };
    expect(misprinted('wordpress', inWordPress, { fields: FIELDS })).toBeNull();
  });

  it('lacks none of them', () => {
    expect(judged({ excerpt: '' })).toMatch('for its excerpt');
    expect(judged({ body: '' })).toMatch('“zz6zz” of byline');
    expect(judged({ tags: POST.tags.slice(0, 2) })).toMatch('lacks the tag “Name zz5zz”');
    expect(judged({ image: null })).toMatch('the picture of none');
  });

  it('has the credit line that somebody wrote in place of the contributors', () => {
    const contributor = { id: 'b', name: 'Name zz7zz', affiliation: '', role: '', kind: 'person' };
    const contributors = [contributor] as Fields['contributors'];
    const shown = (creditLine: string | null, body: string) =>
      misprinted(
        'ghost',
        { ...POST, body: POST.body + body },
        { fields: { ...FIELDS, contributors, creditLine } },
      );
    expect(shown(null, '')).toMatch('“zz7zz” of contributors');
    expect(shown('Name zz8zz', '<p>Name zz7zz</p>')).toMatch('“zz8zz” of creditLine');
    expect(shown('Name zz8zz', '<p>Name zz8zz</p>')).toBeNull();
  });

  it('has the section first, where tags alone tell it', () => {
    expect(judged({ tags: POST.tags.toReversed() })).toMatch('belongs to “Name zz5zz”');
  });

  it('has no tag and no picture of another revision, unless nobody can tell whose they are', () => {
    const more = { tags: [...POST.tags, 'Name zz9zz'] };
    expect(judged(more)).toMatch('“Name zz9zz”, which is none of the article');
    expect(judged(more, true)).toBeNull();
    expect(judged({ image: 'http://stet.test/-/images/another' })).toMatch('has the picture');
  });

  it('keeps the tags that people added there', () => {
    const theirs = ['Theirs'];
    const shown = (tags: string[]) =>
      misprinted('ghost', { ...POST, tags }, { fields: FIELDS }, { theirs });
    expect(shown(POST.tags)).toMatch('lacks the tag “Theirs”');
    expect(shown([...POST.tags, ...theirs])).toBeNull();
  });
});
