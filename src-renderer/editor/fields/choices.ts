import type { Choice } from '../../ui/index.ts';

const names = new Intl.DisplayNames('en', { type: 'language' });

const LANGUAGES = [
  'en',
  'ku',
  'ckb',
  'ar',
  'fa',
  'tr',
  'fr',
  'de',
  'es',
  'pt',
  'it',
  'nl',
  'ru',
  'uk',
  'pl',
  'sw',
  'so',
  'am',
  'ha',
  'ps',
  'ur',
  'hi',
  'bn',
  'id',
  'zh',
  'ja',
  'ko',
  'vi',
];

export const languageChoices: Choice[] = LANGUAGES.map((id) => ({
  id,
  label: names.of(id) ?? id,
  detail: id,
}));

export const directionChoices: Choice[] = [
  { id: 'ltr', label: 'Left to right' },
  { id: 'rtl', label: 'Right to left' },
];

/** The IPTC scale of urgency. */
export const urgencyChoices: Choice[] = [
  { id: '', label: 'Not set' },
  { id: '1', label: '1 · Flash' },
  { id: '2', label: '2 · Bulletin' },
  { id: '3', label: '3 · Urgent' },
  { id: '4', label: '4 · High' },
  { id: '5', label: '5 · Normal' },
  { id: '6', label: '6 · Low' },
  { id: '7', label: '7 · Lowest' },
  { id: '8', label: '8 · Background' },
];

/** What one of the choices is called; the value itself where it is none of them. */
export function nameOfChoice(choices: readonly Choice[], value: string): string {
  return choices.find(({ id }) => id === value)?.label ?? value;
}

/** The choices, and the present value where it is none of them: nothing that is set may look unset. */
export function withOwn(choices: readonly Choice[], value: string): Choice[] {
  return choices.some(({ id }) => id === value)
    ? [...choices]
    : [...choices, { id: value, label: value }];
}
