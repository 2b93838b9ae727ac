import { countWords } from '#shared/article';

const CLOSED = /[.!?…:;,؟。؛۔][”"’')\]»]*$/u;
const ENDED = /[.!?…؟。۔][”"’')\]»]*$/u;

/** A sentence or more: something that is read, not a label. */
export function isProse(text: string): boolean {
  if (text.length > 160) return true;
  return countWords(text) >= 5 && ENDED.test(text.trim());
}

/** A short line without closing punctuation, as subheads, headlines and labels are. */
export function isShortLine(text: string): boolean {
  const line = text.trim();
  if (line === '' || line.includes('\n') || line.length > 110 || countWords(line) > 14)
    return false;
  if (/^[\p{Ll}]/u.test(line)) return false;
  return line.endsWith('?') ? countWords(line) <= 9 : !CLOSED.test(line);
}

/** A paragraph that is one quotation from end to end, with no word of attribution. */
export function isWhollyQuoted(text: string): boolean {
  const line = text.trim();
  if (countWords(line) < 4) return false;
  return (
    /^“[^“”]+”$/.test(line) ||
    /^"[^"]+"$/.test(line) ||
    /^„[^„“”]+[“”]$/.test(line) ||
    /^«[^«»]+»$/.test(line)
  );
}

/** A heading over related articles. */
export function isRelatedHeading(text: string): boolean {
  return /^(related|(more )?related (articles?|stories|story|news|posts?|content|coverage|links?|reading)(\(s\))?|see also|read (more|also|next)|you (may|might) also (like|be interested in)|more on this( story| topic)?|further reading|recommended( for you)?)\s*:?$/i.test(
    text.trim(),
  );
}

const SECTIONS = new Set(
  'news newsroom,news room,world,politics,business,economy,sport,sports,culture,arts,opinion,comment,local,national,international,regional,europe,africa,asia,americas,middle east,us,u.s.,uk,usa,science,health,technology,tech,environment,climate,education,courts,crime,law,society,lifestyle,life,travel,food,media,money,markets,weather,features,analysis,investigations,home,top stories,breaking news,breaking,latest,latest news,news'.split(
    ',',
  ),
);

/** Whether a line may name the section an article runs in. */
export function isSectionLike(text: string): boolean {
  const line = text.trim();
  if (line.length > 40 || CLOSED.test(line) || /\d/.test(line)) return false;
  return SECTIONS.has(line.toLowerCase()) || countWords(line) <= 2;
}

export function isKnownSection(text: string): boolean {
  return SECTIONS.has(text.trim().toLowerCase());
}

/** Words shortened for a report. */
export function excerptOf(text: string, most = 140): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= most ? line : `${line.slice(0, most - 1).trimEnd()}…`;
}
