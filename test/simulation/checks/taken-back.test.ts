import { expect, it } from 'vitest';
import type { Block } from '#shared/article';
import { paragraph } from '../../helpers/articles.ts';
import { table } from '../../shared/merge/newsroom.ts';
import {
  isAskedSinceGone,
  isContestedElsewhere,
  isContestedInPlace,
  isTakenBack,
} from './taken-back.ts';

const base = [paragraph('The gauge was read.', 'old')];
const left = [paragraph('The gauge was read twice.', 'old')];
const right = [paragraph('The gauge was read at noon.', 'new')];
const conflict = (...versions: Block[]): Block =>
  ({ type: 'conflict', $: { id: 'new' }, base: base[0], versions }) as Block;

it('knows a rewritten block among the versions of what the other side pasted', () => {
  const merged = [
    conflict(
      paragraph('The gauge was read twice.', 'new'),
      paragraph('The gauge was read at noon.', 'new'),
    ),
  ];
  expect(isContestedElsewhere('old', { base, left, right, merged })).toBe(true);
});

it('does not, where a word of it is missing, or where it is nowhere', () => {
  const short = [
    conflict(
      paragraph('The gauge was read.', 'new'),
      paragraph('The gauge was read at noon.', 'new'),
    ),
  ];
  expect(isContestedElsewhere('old', { base, left, right, merged: short })).toBe(false);
  expect(isContestedElsewhere('old', { base, left, right, merged: right })).toBe(false);
});

const list = (id: string, ...words: string[]): Block => {
  const item = (text: string): object => ({
    type: 'listitem',
    $: { id: `${id} ${text}` },
    children: [{ type: 'text', text }],
  });
  return { type: 'list', $: { id }, listType: 'bullet', children: words.map(item) } as Block;
};

it('knows a list from which one side took something, where the other put another in its place', () => {
  const [first, rest] = ['The gauge was read.', 'The dam held.'];
  const was = list('old', first, rest);
  const theirs = list('new', 'The gauge was read at noon.');
  const contested = { ...conflict(), base: list('new', first), versions: [null, theirs] } as Block;
  const merging = { base: [was], right: [theirs], merged: [contested] };
  const took = [{ ...was, children: 'children' in was ? was.children.slice(1) : [] } as Block];
  expect(isContestedElsewhere('old', { ...merging, left: took })).toBe(true);
  expect(isContestedInPlace('new', { ...merging, left: took })).toBe(true);
  const wrote = [list('old', rest, 'The ferry was late.')];
  expect(isContestedElsewhere('old', { ...merging, left: wrote })).toBe(false);
  expect(isContestedInPlace('new', { ...merging, left: wrote })).toBe(false);
});

it('knows a half of a sentence that was joined to a text with the same words in it, and that one alone', () => {
  const text = (id: string, ...words: string[]): Block => paragraph(words.join(' '), id);
  const [held, half, rest] = ['The mayor held on.', 'The mayor', 'gave in.'];
  const before = [text('one', held), text('two', half), text('three', rest)];
  const joined = [text('one', held, half, rest, 'The dam broke.')];
  const asked = {
    ...conflict(text('two', half, rest, 'The dam broke.')),
    $: { id: 'two' },
    versions: [null, text('two', half, rest, 'The dam broke.')],
  } as Block;
  const merging = { base: before, left: [], right: joined };
  expect(isTakenBack('two', { ...merging, merged: [asked] })).toBe(true);
  expect(isTakenBack('two', { ...merging, merged: [...joined, asked] })).toBe(false);
  const cut = [text('one', held, 'The dam broke.')];
  expect(isTakenBack('two', { ...merging, right: cut, merged: [asked] })).toBe(false);

  // The other says these words in a sentence of its own, and left the half as it was.
  const theirs = [text('one', half, 'stepped down.'), text('two', half), text('three', rest)];
  const alone = text('two', half, rest, 'The dam broke.');
  expect(isTakenBack('two', { ...merging, left: theirs, merged: [theirs[0]!, alone] })).toBe(true);
});

it('knows a sentence that one took out, and the other where it stood in a table as well', () => {
  const text = paragraph('Her lawyer put off', 'old');
  const asked: Block = { type: 'conflict', $: text.$, base: text, versions: [null, text] };
  const rows = (cell: string) => table(['row1', cell, 'The crew']);
  const isAsked = (cell: string): boolean => {
    const both = [text, rows(cell)];
    return isAskedSinceGone('old', {
      base: both,
      left: both.slice(1),
      right: both.slice(0, 1),
      merged: [asked],
    });
  };
  expect(isAsked('Her lawyer put off zz59zz.')).toBe(true);
  expect(isAsked('Her lawyer left out zz59zz.')).toBe(false);
});
