import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockText, type ConflictBlock } from '#shared/article';
import { suggestMerge } from '#shared/merge';
import { merge } from './both-ways.ts';
import { list, meet, text } from './newsroom.ts';
import { tries } from '../../helpers/tries.ts';

const RAIN = 'The breach came after three days of rain.';
const CREWS = 'Crews had worked on the levee since Sunday.';
const DAWN = 'By dawn the water stood two metres deep.';
const page = (...sentences: string[]) => [text('rain', sentences.join(' '))];
const base = page(RAIN, CREWS, DAWN);
const swapped = page(CREWS, RAIN, DAWN);

describe('a paragraph of which one editor put the sentences into another order', () => {
  it('has the words that the other gave them meanwhile', () => {
    const heavy = RAIN.replace('three days of rain', 'four days of heavy rain');
    expect(meet(base, swapped, page(heavy, CREWS, DAWN))).toEqual([`${CREWS} ${heavy} ${DAWN}`]);
  });

  it('has a sentence that the other wrote anew where the old one went', () => {
    const anew = 'Rain had fallen on the valley without a break.';
    expect(meet(base, swapped, page(anew, CREWS, DAWN))).toEqual([`${CREWS} ${anew} ${DAWN}`]);
  });

  it('has those words also where one was put behind another without a space', () => {
    const heavy = RAIN.replace('three days of rain', 'four days of heavy rain');
    expect(meet(base, page(CREWS, DAWN + RAIN), page(heavy, CREWS, DAWN))).toEqual([
      `${CREWS} ${DAWN}${heavy}`,
    ]);
    const grown = page(`${CREWS} ${DAWN}“${RAIN}”`);
    const quoted = page(`“${RAIN}”`, CREWS, DAWN);
    expect(meet(quoted, grown, page(`“${heavy}”`, CREWS, DAWN))).toEqual([
      `${CREWS} ${DAWN}“${heavy}”`,
    ]);
  });

  it('keeps the points of an abbreviation with what they shorten', () => {
    const army = 'The U.S.Army sent two crews.';
    const more = army.replace('two', 'three');
    const swappedToo = page(CREWS, army, DAWN);
    expect(meet(page(army, CREWS, DAWN), swappedToo, page(more, CREWS, DAWN))).toEqual([
      `${CREWS} ${more} ${DAWN}`,
    ]);
  });

  it('has what the other added behind what that stood behind, and not what the other took out', () => {
    const hurt = 'Nobody was hurt.';
    expect(meet(base, swapped, page(RAIN, hurt, CREWS, DAWN))).toEqual([
      `${CREWS} ${RAIN} ${hurt} ${DAWN}`,
    ]);
    expect(meet(base, swapped, page(RAIN, DAWN))).toEqual([`${RAIN} ${DAWN}`]);
  });

  it('is contested in one order where both changed words of it', () => {
    const [mine, theirs] = [RAIN.replace('three', 'four'), DAWN.replace('two', 'three')];
    expect(meet(base, page(CREWS, mine, DAWN), page(RAIN, CREWS, theirs))).toEqual([
      [`${CREWS} ${mine} ${DAWN}`, `${CREWS} ${RAIN} ${theirs}`].sort(),
    ]);
  });

  it('is contested as it stands where the other left only the end of its first sentence there', () => {
    const [begun, rest] = [text('head', 'The breach came'), 'after three days of rain.'];
    const cutOff = [begun, ...page(rest, CREWS.replace('Sunday', 'Monday'), DAWN)];
    const versions = meet(base, page(CREWS, RAIN, DAWN, 'Nobody was hurt.'), cutOff).at(-1);
    expect(versions).toContain(`${rest} ${CREWS.replace('Sunday', 'Monday')} ${DAWN}`);
  });

  it('shows what stood before as it stood, and suggests the words of both in the order that one gave them', () => {
    const [mine, theirs] = [RAIN.replace('three', 'four'), DAWN.replace('two', 'three')];
    const [standing] = merge(base, page(CREWS, mine, DAWN), page(RAIN, CREWS, theirs));
    const { base: before, versions } = standing as ConflictBlock;
    expect(before).toEqual(base[0]);
    const [one = null, other = null] = versions;
    expect(blockText(suggestMerge(before, one, other)!)).toBe(`${CREWS} ${mine} ${theirs}`);
  });

  it('shows an item of a list as it stood, too', () => {
    const items = (...sentences: string[]) => [list('list', `item ${sentences.join(' ')}`)];
    const before = items(RAIN, CREWS, DAWN);
    const [mine, theirs] = [RAIN.replace('three', 'four'), DAWN.replace('two', 'three')];
    const [standing] = merge(before, items(CREWS, mine, DAWN), items(RAIN, CREWS, theirs));
    expect((standing as ConflictBlock).base).toEqual(before[0]);
  });

  it('is contested with what the other wrote in its place, in the order in which that was written', () => {
    const anew = ['Rain had fallen without a break.', 'Two crews were out.', 'A gauge failed.'];
    expect(meet(base, swapped, page(...anew))).toEqual([
      [swapped, page(...anew)].flatMap((body) => body.map(blockText)).sort(),
    ]);
  });

  it('is contested where each gave it another order', () => {
    expect(meet(base, swapped, page(DAWN, RAIN, CREWS))).toEqual([
      [`${CREWS} ${RAIN} ${DAWN}`, `${DAWN} ${RAIN} ${CREWS}`].sort(),
    ]);
  });

  it('has that order where both gave it the same, and the words of who changed some', () => {
    const heavy = RAIN.replace('three', 'four');
    expect(meet(base, swapped, page(CREWS, heavy, DAWN))).toEqual([`${CREWS} ${heavy} ${DAWN}`]);
  });

  it('is contested as it stands where two of its sentences say the same, or the last has no full stop', () => {
    const twice = page(RAIN, CREWS, RAIN);
    const [mine, theirs] = [page(CREWS, RAIN, RAIN), page(RAIN, `${CREWS} It rained.`, RAIN)];
    expect(meet(twice, mine, theirs)[0]).toHaveLength(2);
    const bare = DAWN.replace('.', '');
    const [moved, edited] = [page(`${bare}, and`, RAIN), page(RAIN.replace('three', 'four'), bare)];
    expect(meet(page(RAIN, bare), moved, edited)[0]).toHaveLength(2);
  });
});

describe('whatever order one editor gives the sentences of a paragraph', () => {
  const NAMES = ['Okafor', 'Berg', 'Novak', 'Reed', 'Klein', 'Ward'];
  const sentence = (name: string, word: string) =>
    `Councillor ${name} spoke for ${word} on Monday.`;
  const act = fc.record({
    at: fc.nat({ max: 5 }),
    do: fc.constantFrom('reword', 'add', 'remove', 'leave'),
  });

  it('contests nothing that the other alone did, and no sentence is missing or stands twice', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(NAMES, { minLength: 6 }),
        fc.array(act, { maxLength: 4 }),
        (order, acts) => {
          const own = new Map(NAMES.map((name) => [name, [sentence(name, `${name}’s plan`)]]));
          acts.forEach((step, index) => {
            const name = NAMES[step.at] ?? '';
            const [first = '', ...more] = own.get(name) ?? [];
            if (step.do === 'remove') own.set(name, []);
            if (step.do === 'reword' && first)
              own.set(name, [first.replace('spoke', 'voted'), ...more]);
            if (step.do === 'add' && first)
              own.set(name, [first, ...more, `Item ${String(index)} fell.`]);
          });
          const now = NAMES.flatMap((name) => own.get(name) ?? []);
          if (now.length === 0) return;
          const before = NAMES.map((name) => sentence(name, `${name}’s plan`));
          const [standing] = meet(
            page(...before),
            page(...order.map((name) => sentence(name, `${name}’s plan`))),
            page(...now),
          );
          const read = String(standing).split(/(?<=\.) /);
          expect(standing).toBeTypeOf('string');
          expect(read.toSorted()).toEqual(now.toSorted());
        },
      ),
      tries(300),
    );
  });
});
