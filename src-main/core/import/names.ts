const PARTICLE =
  /^(al|el|de|del|della|da|di|do|dos|du|der|den|van|von|bin|ibn|bint|la|le|ten|ter|zu|y|e)$/i;
const CAPITAL = /^\p{Lu}[\p{L}\p{M}.'’-]*$/u;
const GLUED = /^(al|el|d|l|o)[-'’]\p{Lu}[\p{L}\p{M}'’-]*$/iu;

/** Whether a text could be a person's or a desk's name by its form alone. */
export function isNameLike(text: string): boolean {
  const words = text.trim().split(/\s+/);
  if (words.length < 2 || words.length > 5) return false;
  if (!CAPITAL.test(words[0] ?? '') || PARTICLE.test(words.at(-1) ?? '')) return false;
  return words.every((word) => CAPITAL.test(word) || GLUED.test(word) || PARTICLE.test(word));
}

/** Splits "A, B and C" into names; a serial comma and an ampersand are taken as "and" is. */
export function splitNames(text: string): string[] {
  return text
    .split(/\s*,\s*(?:and|&)\s+|\s*[,;،؛]\s*|\s+(?:and|&|و)\s+/i)
    .map((name) => name.trim())
    .filter(Boolean);
}

const BY = /^(?:written\s+|story\s+|reported\s+)?by:?\s+/i;

/** How a byline begins in Arabic, Persian, Urdu, Kurdish and Hebrew; what may also begin a sentence needs its colon. */
const BY_OTHERWISE =
  /^(?:(?:بقلم|نووسینی|ئامادەکردنی|מאת)\s*:?\s+|(?:كتب|كتبت|إعداد|تقرير|تحرير|نویسنده|نوشته|گزارش|تحریر|نووسەر|ڕاپۆرت|ئامادەکار)\s*:\s*)/u;
const WORDS_OF_NAME = 5;

/** The names behind a "By" of another script; null when the line is none. */
function namedOtherwise(line: string): string | null {
  const names = line.replace(BY_OTHERWISE, '');
  if (names === line || line.length > 160 || /[.!?؟۔:]/u.test(names)) return null;
  const plausible = splitNames(names).every(
    (name) => name.split(/\s+/).length <= WORDS_OF_NAME && /^[\p{Lo}\p{Lu}]/u.test(name),
  );
  return plausible ? names : null;
}

const TITLE =
  /\b(writers?|reporters?|correspondents?|editors?|journalists?|staff|contributors?|columnist|analyst|bureau chief|producers?)\b/i;

/** The names of a byline without its "By": a title after a comma stays with its name. */
export function bylineNames(text: string): string[] {
  const whole = text.trim();
  const line = namedOtherwise(whole) ?? whole.replace(BY, '').replace(/[.|]+$/, '');
  const names: string[] = [];
  for (const part of line.split(/\s*[|/•·]\s*/))
    for (const name of splitNames(part)) {
      const last = names.length - 1;
      if (last >= 0 && TITLE.test(name) && !/\p{Lu}\p{Ll}+\s+\p{Lu}\p{Ll}+.*\bdesk$/iu.test(name))
        names[last] = `${names[last] ?? ''}, ${name}`;
      else names.push(name);
    }
  return names;
}

/** Whether a line is a byline that says so: "By Jane Doe". */
export function isByline(text: string): boolean {
  const line = text.trim();
  if (namedOtherwise(line) !== null) return true;
  const names = line.replace(BY, '');
  if (names === line || line.length > 160 || !/^[\p{Lu}\p{Lo}]/u.test(names)) return false;
  // A sentence ends with a point; a name does so only after an initial.
  return !/[.!?]$/.test(names.replace(/\b\p{Lu}\.$/u, ''));
}

const LINKING = /^(of|in|from|at|for|the|and|&|on)$/i;

/** Whether a credited name could be one: capitals throughout, small words only where names have them. */
export function isCreditName(name: string): boolean {
  const words = name.replace(/^the\s+/i, '').split(/\s+/);
  if (words.length < 2 && !isService(name) && !/^\p{Lo}/u.test(name)) return false;
  return (
    words.length <= 12 &&
    words.every(
      (word, index) =>
        CAPITAL.test(word) ||
        GLUED.test(word) ||
        PARTICLE.test(word) ||
        /^\p{Lo}/u.test(word) ||
        (index > 0 && LINKING.test(word)),
    )
  );
}

const SERVICE =
  /\b(service|news|agency|desk|bureau|team|press|radio|staff|network|television|tv|times|post|monitor|observatory|unit|newsroom)$/i;
const AGENCIES =
  /^(the )?(reuters|afp|ap|voa|bbc|dpa|upi|efe|ansa|bloomberg|agence france-presse|associated press|anadolu|xinhua)$/i;

/** Whether a credited name is a desk, service or agency rather than a person. */
export function isService(name: string): boolean {
  return SERVICE.test(name) || AGENCIES.test(name);
}
