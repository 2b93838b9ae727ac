import type { Instant } from '#shared/article';

const LOCALE = 'en-GB';
const time = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit' });
const seconds = new Intl.DateTimeFormat(LOCALE, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const dayMonth = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short' });
const fullDay = new Intl.DateTimeFormat(LOCALE, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const calendarDay = new Intl.DateTimeFormat(LOCALE, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const number = new Intl.NumberFormat('en');

function isSameDay(one: Date, other: Date): boolean {
  return one.toDateString() === other.toDateString();
}

export function formatSeconds(at: Instant): string {
  return seconds.format(new Date(at));
}

/** As short as it can be and still be clear: the hour today, else the day, with its year when it is another. */
export function formatShort(at: Instant, now = new Date()): string {
  const date = new Date(at);
  if (isSameDay(date, now)) return time.format(date);
  return (date.getFullYear() === now.getFullYear() ? dayMonth : fullDay).format(date);
}

/** Day and hour: "12 Nov 2026, 14:05", without the day when it is today. */
export function formatMoment(at: Instant, now = new Date()): string {
  const date = new Date(at);
  return isSameDay(date, now) ? time.format(date) : `${fullDay.format(date)}, ${time.format(date)}`;
}

/** A calendar day such as `2026-11-13`, the same in every time zone. */
export function formatDay(day: string): string {
  return calendarDay.format(new Date(`${day}T00:00:00Z`));
}

export function formatNumber(value: number): string {
  return number.format(value);
}

/** "1 word", "2 words". */
export function counted(count: number, noun: string): string {
  return `${number.format(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** The name of this computer's time zone at a moment: "Europe/Berlin, GMT+1". */
export function formatZone(at: Date = new Date()): string {
  const part = new Intl.DateTimeFormat(LOCALE, { timeZoneName: 'short' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName');
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return part && part.value !== timeZone ? `${timeZone}, ${part.value}` : timeZone;
}

/** An instant as the value of a date-and-time field, on this computer's clock; empty for none. */
export function toLocalInput(at: Instant | null): string {
  if (at === null) return '';
  const date = new Date(at);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** What a date-and-time field says, as an instant; null when it is empty or half written. */
export function fromLocalInput(value: string): Instant | null {
  const date = new Date(value);
  return value === '' || Number.isNaN(date.getTime()) ? null : date.toISOString();
}
