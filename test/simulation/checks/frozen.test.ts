import { expect, it } from 'vitest';
import type { Content, PlainBlock } from '#shared/article';
import { content } from '../../shared/merge/arbitrary.ts';
import { wronglyFrozen } from './frozen.ts';

const about = {
  mime: 'image/png',
  width: 640,
  height: 480,
  caption: '',
  credit: '',
  alt: '',
} as const;
const image = (asset: string): PlainBlock => ({
  type: 'image',
  $: { id: 'picture' },
  asset,
  ...about,
});
const frozen = ({ fields, body }: Content, assets: string[], parents: string[] = []) =>
  wronglyFrozen({ fields, body, assets, parents });

it('a revision names each picture that it shows, at its head, in its text and to choose from', () => {
  const lead = content([image('b')], { leadImage: { asset: 'a', ...about } });
  expect(frozen(lead, ['a', 'b'])).toBeNull();
  expect(frozen(lead, ['b'])).not.toBeNull();
  const versions = [image('c'), null];
  const contested = content([
    { type: 'conflict', $: { id: 'picture' }, base: image('b'), versions },
  ]);
  expect(frozen(contested, ['b', 'c'])).toBeNull();
  expect(frozen(contested, ['c'])).not.toBeNull();
});

it('a revision names what it joins in one order, whoever joined it', () => {
  expect(frozen(content([]), [], ['1', '2'])).toBeNull();
  expect(frozen(content([]), [], ['2', '1'])).not.toBeNull();
});
