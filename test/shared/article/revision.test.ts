import {
  canonicalJson,
  openRevision,
  sealRevision,
  sha256Hex,
  verifyRevision,
  type Content,
} from '#shared/article';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { content, paragraph, picture } from '../../helpers/articles.ts';
import { tries } from '../../helpers/tries.ts';

const article = '0190a5d0-0000-7000-8000-000000000001';
const fixed = (): Content => content({ body: [paragraph('The river rose.', 'block-000001')] });

/** The same value with the members of every object in another order. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, shuffled(inner)]),
  );
}

describe('a revision', () => {
  it('has the same bytes however its content was put together', () => {
    const parents = [sha256Hex('b'), sha256Hex('a')];
    const one = sealRevision(article, parents, fixed());
    const other = sealRevision(article, [...parents].reverse(), shuffled(fixed()) as Content);
    expect(other).toEqual(one);
  });

  it('keeps its hash from one version of Stet to the next', () => {
    // Written out, so that a new field with its default does not move the hash of this content.
    const written = { fields: { headline: 'Rivers crest' }, body: fixed().body, conflicts: [] };
    expect(sealRevision(article, [], written as unknown as Content).hash).toBe(
      '3cb95e332e25acab0c0d8c3484b1fba90337161e03aba6a8ec86f66f002824f0',
    );
  });

  it('changes its hash with every change of words, parents or article', () => {
    const hashes = [
      sealRevision(article, [], fixed()),
      sealRevision(article, [sha256Hex('a')], fixed()),
      sealRevision('0190a5d0-0000-7000-8000-000000000002', [], fixed()),
      sealRevision(article, [], content({ body: [paragraph('The river rises.', 'block-000001')] })),
    ].map(({ hash }) => hash);
    expect(new Set(hashes).size).toBe(4);
  });

  it('opens to what was sealed, with its pictures listed once and in order', () => {
    const [a, b] = [sha256Hex('one'), sha256Hex('two')];
    const sealed = sealRevision(
      article,
      [],
      content({ body: [picture(b), picture(a), picture(b)] }),
    );
    expect(verifyRevision(sealed).assets).toEqual([a, b].sort());
  });

  it('says what is wrong with bytes that are none', () => {
    const sealed = sealRevision(article, [], fixed());
    expect(() => openRevision('{')).toThrow(expect.objectContaining({ code: 'not-json' }) as Error);
    expect(() => openRevision('{"schema":99,"new":true}')).toThrow(
      expect.objectContaining({ code: 'newer-schema' }) as Error,
    );
    expect(() => openRevision('{"schema":1}')).toThrow(
      expect.objectContaining({ code: 'malformed' }) as Error,
    );
    expect(() =>
      verifyRevision({ ...sealed, bytes: sealed.bytes.replace('rose', 'fell') }),
    ).toThrow(expect.objectContaining({ code: 'wrong-hash' }) as Error);
  });

  it('is written as RFC 8785 says: sorted names, shortest numbers, no spaces', () => {
    expect(canonicalJson({ b: [1.0, 1e21, 0.1], a: 'é\n', c: undefined })).toBe(
      '{"a":"é\\n","b":[1,1e+21,0.1]}',
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
      }),
      tries(),
    );
  });
});
