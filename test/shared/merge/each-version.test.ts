import { describe, expect, it } from 'vitest';
import type { Block, ConflictBlock } from '#shared/article';
import { merge } from './both-ways.ts';
import { edited, list, meet, text } from './newsroom.ts';

const RAIN = 'The breach came after three days of rain.';
const CREWS = 'Crews had worked on the levee since Sunday.';
const DAWN = 'By dawn the water stood two metres deep.';
const ARMY = 'The army sent soldiers and nine boats.';
const [FOUR, FIVE] = [RAIN.replace('three', 'four'), RAIN.replace('three', 'five')];
const DEEP = DAWN.replace('two', 'three');
const rain = text('rain', `${RAIN} ${CREWS} ${DAWN}`);
const army = text('army', ARMY);
const base = [rain, army];
const say = (id: string, ...sentences: string[]) => text(id, sentences.join(' '));
const contested = merge(
  base,
  [say('rain', FOUR, CREWS, DAWN), army],
  [say('rain', FIVE, CREWS, DAWN), army],
);
const third = (...blocks: Block[]) => meet(base, contested, blocks);

describe('a paragraph that stands in two versions, of which a third editor', () => {
  it('split off what nobody changed has both versions of the rest, and that once', () => {
    expect(third(say('rain', RAIN), say('new1', CREWS, DAWN), army)).toEqual([
      [FIVE, FOUR],
      `${CREWS} ${DAWN}`,
      ARMY,
    ]);
    const [standing] = merge(base, contested, [say('rain', RAIN), say('new1', CREWS, DAWN), army]);
    expect((standing as ConflictBlock).base).toEqual(say('rain', RAIN));
  });

  it('split between what each of the two changed is contested in each part by itself', () => {
    const other = merge(
      base,
      [say('rain', FOUR, CREWS, DAWN), army],
      [say('rain', RAIN, CREWS, DEEP), army],
    );
    expect(other[0]?.type).toBe('conflict');
    const halves = [say('rain', RAIN), say('new1', CREWS, DAWN), army];
    expect(meet(base, other, halves)).toEqual([
      [FOUR, RAIN],
      [`${CREWS} ${DEEP}`, `${CREWS} ${DAWN}`],
      ARMY,
    ]);
    const thirds = [say('rain', RAIN), say('new1', CREWS), say('new2', DAWN), army];
    expect(meet(base, other, thirds)).toEqual([[FOUR, RAIN], CREWS, [DEEP, DAWN], ARMY]);
  });

  it('split it against removal is contested in both halves', () => {
    const removed = merge(base, [say('rain', FOUR, CREWS, DAWN), army], [army]);
    expect(meet(base, removed, [say('rain', RAIN), say('new1', CREWS, DAWN), army])).toEqual([
      ['', FOUR],
      ['', `${CREWS} ${DAWN}`],
      ARMY,
    ]);
  });

  it('moved a sentence away has it there, in both versions where those are of it', () => {
    expect(third(say('rain', RAIN, DAWN), say('army', ARMY, CREWS))).toEqual([
      [`${FIVE} ${DAWN}`, `${FOUR} ${DAWN}`],
      `${ARMY} ${CREWS}`,
    ]);
    expect(third(say('rain', CREWS, DAWN), say('army', ARMY, RAIN))).toEqual([
      `${CREWS} ${DAWN}`,
      [`${ARMY} ${FIVE}`, `${ARMY} ${FOUR}`],
    ]);
  });

  it('gave its sentences another order is contested in that', () => {
    expect(third(say('rain', CREWS, RAIN, DAWN), army)).toEqual([
      [`${CREWS} ${FIVE} ${DAWN}`, `${CREWS} ${FOUR} ${DAWN}`],
      ARMY,
    ]);
  });

  it('joined it to the next, or made a list of both, is contested there', () => {
    const whole = (sentence: string) => [sentence, CREWS, DAWN, ARMY].join(' ');
    expect(third(say('rain', RAIN, CREWS, DAWN, ARMY))).toEqual([[whole(FIVE), whole(FOUR)]]);
    const items = list('list', `one1 ${RAIN} ${CREWS} ${DAWN}`, `two2 ${ARMY}`);
    const lines = (sentence: string) => `${sentence} ${CREWS} ${DAWN}\n${ARMY}`;
    expect(third(items)).toEqual([[lines(FIVE), lines(FOUR)]]);
  });

  it('changed words stands in all three versions', () => {
    const six = say('rain', RAIN.replace('three', 'six'), CREWS, DAWN);
    expect(third(...edited(base, six))[0]).toHaveLength(3);
  });
});
