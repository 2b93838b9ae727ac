import type { Newsroom } from '#shared/api';

type Place = Pick<Newsroom, 'language' | 'timeZone'>;

function formatter(
  { language, timeZone }: Place,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  // Intl knows language tags by form only: one that no formatter takes must not take the page down.
  const locale = Intl.DateTimeFormat.supportedLocalesOf(safeLocale(language))[0] ?? 'en-US';
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-US' : locale, { timeZone, ...options });
}

function safeLocale(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en-US';
  } catch {
    return 'en-US';
  }
}

const DAY = { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' } as const;

/** "Saturday, November 14, 2026", in the newsroom's language and time zone. */
export function longDay(place: Place, instant: string): string {
  return formatter(place, DAY).format(new Date(instant));
}

/** A calendar day (`2026-11-13`), which is the same day everywhere. */
export function longDate(place: Place, date: string): string {
  return formatter({ ...place, timeZone: 'UTC' }, DAY).format(new Date(`${date}T00:00:00Z`));
}

function clock(place: Place, instant: string): string {
  return formatter(place, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    new Date(instant),
  );
}

/** "Saturday, November 14, 2026, 12:31 · Updated 14:05"; another day's update names the day. */
export function dateLine(place: Place, publishedAt: string, updatedAt: string): string {
  const day = longDay(place, publishedAt);
  const line = `${day}, ${clock(place, publishedAt)}`;
  if (Date.parse(updatedAt) - Date.parse(publishedAt) < 60_000) return line;
  const updatedDay = longDay(place, updatedAt);
  const updated = clock(place, updatedAt);
  return `${line} · Updated ${updatedDay === day ? updated : `${updatedDay}, ${updated}`}`;
}
