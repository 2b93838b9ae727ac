const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH = String.raw`(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`;
const WEEKDAY = String.raw`(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?`;
const DAY = String.raw`(\d{1,2})(?:st|nd|rd|th)?`;

type Order = 'mdy' | 'dmy' | 'ymd';
const FORMS: readonly (readonly [RegExp, Order])[] = [
  [new RegExp(`${WEEKDAY}${MONTH}\\s+${DAY},?\\s+(\\d{4})`, 'i'), 'mdy'],
  [new RegExp(`${WEEKDAY}${DAY}\\s+(?:of\\s+)?${MONTH},?\\s+(\\d{4})`, 'i'), 'dmy'],
  [/(\d{4})-(\d{2})-(\d{2})(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?/, 'ymd'],
  [/(\d{4})\/(\d{1,2})\/(\d{1,2})/, 'ymd'],
  // With points the day comes first everywhere; with slashes nobody can tell 4/9 from 9/4, so those stay as they are.
  [/(\d{1,2})\.(\d{1,2})\.(\d{4})/, 'dmy'],
];

function monthNumber(text: string): number {
  const index = MONTHS.indexOf(text.slice(0, 3).toLowerCase());
  return index === -1 ? Number(text) : index + 1;
}

function isoDay(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const right = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return right && year > 1400 ? date.toISOString().slice(0, 10) : null;
}

export interface FoundDate {
  /** The calendar day as `2019-09-04`. */
  day: string;
  /** The words that said it, and where they stand. */
  text: string;
  index: number;
}

/** The first calendar day named in a text, in English words, ISO 8601 or with points. */
export function findDate(text: string): FoundDate | null {
  for (const [form, order] of FORMS) {
    const match = form.exec(text);
    if (!match) continue;
    const [words, a = '', b = '', c = ''] = match;
    const [year, month, day] =
      order === 'ymd' ? [a, b, c] : order === 'mdy' ? [c, a, b] : [c, b, a];
    const iso = isoDay(Number(year), monthNumber(month), Number(day));
    if (iso !== null) return { day: iso, text: words, index: match.index };
  }
  return null;
}

const TIME = /\b\d{1,2}[:.]\d{2}(:\d{2})?\s*([ap]\.?m\.?)?\b|\b\d{1,2}\s*[ap]\.?m\.?\b/gi;
const AROUND =
  /\b(posted|published|updated|last|modified|first|on|at|date|utc|gmt|[ecmp][sd]?t|bst|cet|cest|min(ute)?s?|read|ago)\b/gi;

/** Whether a line says when something was posted, and nothing else. */
export function isDateLine(text: string): boolean {
  if (text.length > 160 || !findDate(text)) return false;
  let rest = text;
  for (let found = findDate(rest); found; found = findDate(rest))
    rest = rest.slice(0, found.index) + rest.slice(found.index + found.text.length);
  return !/\p{L}{2,}/u.test(rest.replace(TIME, ' ').replace(AROUND, ' '));
}
