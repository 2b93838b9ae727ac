import { newLocalId } from '#shared/article';
import { describe, expect, it } from 'vitest';
import { readCreditLine } from '../../../src-main/core/import/contributors.ts';
import { findDate, isDateLine } from '../../../src-main/core/import/dates.ts';
import { bylineNames, isByline, isNameLike } from '../../../src-main/core/import/names.ts';
import { readEntryMeta } from '../../../src-main/core/import/related.ts';
import { seededRandom } from '../../helpers/clock-and-random.ts';

const random = seededRandom();
const read = (line: string) => readCreditLine(line, () => newLocalId(random));
const told = (line: string): string[] | undefined =>
  read(line)?.contributors.map(({ name, affiliation, role, kind }) =>
    [name, affiliation, role, kind].filter(Boolean).join(' / '),
  );

describe('a credit line', () => {
  it.each([
    ['Rana Saleh contributed to this report.', ['Rana Saleh / person']],
    [
      'Rana Saleh and Tomas Brandt contributed reporting.',
      ['Rana Saleh / person', 'Tomas Brandt / person'],
    ],
    [
      'Radio Norr’s Ida Berg and VOA’s Fern Lake contributed to this story.',
      ['Ida Berg / Radio Norr / person', 'Fern Lake / VOA / person'],
    ],
    [
      'Additional reporting by Ida Berg and Tomas Brandt',
      ['Ida Berg / Additional reporting / person', 'Tomas Brandt / Additional reporting / person'],
    ],
    [
      'Reporting by Ida Berg in Norrhamn; editing by Pilar Anand',
      ['Ida Berg / Reporting in Norrhamn / person', 'Pilar Anand / Editing / person'],
    ],
    [
      '(Reporting and writing by Ida Berg; Editing by Pilar Anand)',
      ['Ida Berg / Reporting and writing / person', 'Pilar Anand / Editing / person'],
    ],
    [
      'Valley Radio reporters Ida Berg in Norrhamn and Tomas Brandt contributed to this report.',
      ['Ida Berg / Valley Radio / in Norrhamn / person', 'Tomas Brandt / Valley Radio / person'],
    ],
    ['Some information in this report came from Reuters.', ['Reuters / information / service']],
    ['VOA Kurdish Service contributed to this report', ['VOA Kurdish Service / service']],
  ])('is read from “%s”', (line, names) => {
    expect(told(line)).toEqual(names);
  });

  it.each([
    'Heavy rain contributed to the flooding.',
    'Critics say that a lack of money contributed.',
    'The report was written by hand.',
    'He contributed a chapter to the book last year, and his sister read it aloud in the square.',
  ])('is not seen in “%s”', (line) => {
    expect(read(line)).toBeNull();
  });

  it('overrides the generated line only where that would say something else', () => {
    expect(read("VOA's Fern Lake and Ida Berg contributed to this report.")?.creditLine).toBeNull();
    expect(read('Additional reporting by Ida Berg')?.creditLine).toBe(
      'Additional reporting by Ida Berg',
    );
  });
});

describe('a byline', () => {
  it.each([
    ['By Jane Doe', ['Jane Doe']],
    ['by: Jane Doe and News Desk', ['Jane Doe', 'News Desk']],
    ['By Jane Doe, Staff Writer', ['Jane Doe, Staff Writer']],
    [
      'By Jane Doe, Ali al-Hadi & Maria de la Cruz',
      ['Jane Doe', 'Ali al-Hadi', 'Maria de la Cruz'],
    ],
    ['By Jane Doe | Copy Editing Desk', ['Jane Doe', 'Copy Editing Desk']],
  ])('“%s” names %j', (line, names) => {
    expect(isByline(line)).toBe(true);
    expect(bylineNames(line)).toEqual(names);
  });

  it('is not a sentence that begins with "By"', () => {
    expect(isByline('By Monday the water had gone.')).toBe(false);
    expect(isByline('By the river they waited')).toBe(false);
  });

  it('may be a bare name', () => {
    expect(isNameLike('Jeff Brandt')).toBe(true);
    expect(isNameLike('Two towns evacuated')).toBe(false);
  });
});

describe('a date', () => {
  it.each([
    ['Posted on: Wednesday, September 4, 2019', '2019-09-04'],
    ['4 Sept. 2019, 14:05', '2019-09-04'],
    ['2019-09-04T10:00:00Z', '2019-09-04'],
    ['4.9.2019', '2019-09-04'],
    ['Published May 1st, 2026 at 9 a.m. UTC', '2026-05-01'],
  ])('“%s” is %s', (text, day) => {
    expect(findDate(text)?.day).toBe(day);
    expect(isDateLine(text)).toBe(true);
  });

  it.each(['4/9/2019', 'February 31, 2020', 'May 2019', 'the 4th of the month'])(
    '“%s” names no certain day',
    (text) => {
      expect(findDate(text)).toBeNull();
    },
  );

  it('in a sentence does not make the sentence a date line', () => {
    expect(isDateLine('The bridge opened on May 1, 2026.')).toBe(false);
  });
});

describe('the line over a related article', () => {
  it.each([
    [
      'Posted on: Wednesday, September 4, 2019 | By: northcoast - News Desk',
      'northcoast',
      'News Desk',
    ],
    [
      'Posted on 4 September 2019 · By The North Coast – Copy Editing Desk',
      'The North Coast',
      'Copy Editing Desk',
    ],
    ['Published: 2019-09-04', '', ''],
    ['September 4, 2019 | By: North-East News', 'North-East News', ''],
  ])('is read from “%s”', (line, publication, desk) => {
    expect(readEntryMeta(line)).toEqual({ postedOn: '2019-09-04', publication, desk });
  });

  it('is not a sentence with a date', () => {
    expect(readEntryMeta('On September 4, 2019 the union met.')).toBeNull();
    expect(readEntryMeta('Posted on September 4, 2019 the notice said nothing.')).toBeNull();
  });
});
