import { describe, expect, it } from 'vitest';
import { parsingOnce } from '#shared/article';

describe('stored texts that are parsed once', () => {
  const counting = (
    keptLength?: number,
  ): { parse: (text: string) => { of: string[] }; read: string[] } => {
    const read: string[] = [];
    const parse = parsingOnce((text) => {
      read.push(text);
      return JSON.parse(text) as { of: string[] };
    }, keptLength);
    return { parse, read };
  };

  it('parses a text that it knows no second time', () => {
    const { parse, read } = counting();
    expect(parse('{"of":["a"]}')).toEqual({ of: ['a'] });
    expect(parse('{"of":["a"]}')).toBe(parse('{"of":["a"]}'));
    expect(parse('{"of":["b"]}')).toEqual({ of: ['b'] });
    expect(read).toEqual(['{"of":["a"]}', '{"of":["b"]}']);
  });

  it('lets nobody change what others are given, too', () => {
    const { parse } = counting();
    expect(() => parse('{"of":["a"]}').of.push('b')).toThrow(TypeError);
    expect(parse('{"of":["a"]}')).toEqual({ of: ['a'] });
  });

  it('lets go of the oldest when there is too much of them', () => {
    const { parse, read } = counting(30);
    for (const name of ['a', 'b', 'c']) parse(`{"of":["${name}"]}`);
    parse('{"of":["c"]}');
    parse('{"of":["a"]}');
    expect(read.map((text) => text[8])).toEqual(['a', 'b', 'c', 'a']);
  });

  it('says each time what is wrong with a text', () => {
    const { parse } = counting();
    for (let time = 0; time < 2; time += 1) expect(() => parse('{')).toThrow(SyntaxError);
  });
});
