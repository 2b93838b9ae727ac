import { generateCreditLine, type Contributor } from '#shared/article';
import { isCreditName, isService, splitNames } from './names.ts';
import type { NewId } from './piece.ts';

export interface CreditedLine {
  contributors: Contributor[];
  /** The line itself where the generated one would say something else; null where it says the same. */
  creditLine: string | null;
}

const CONTRIBUTED =
  /^(.{2,600}?),? (?:also )?contributed(?: (?:reporting|to (?:this|the) (?:report|story|article|piece)|from (?=\p{Lu})).*)?\.?$/u;
const WORK = String.raw`(?:additional |further |with )?(?:reporting|contributions?|writing|editing|research|photography|photos|translation|production|fact[- ]checking)`;
const ROLE_BY = new RegExp(`^(${WORK}(?:(?:,| and| or|, and) ${WORK})*) (?:by|from)\\s+(.+)$`, 'i');
const SUPPLIED =
  /^some (?:of the )?(?:information|material|quotes?)\b.*?\b(?:came|comes|was provided|was supplied|was taken|is) (?:from|by) (.+?)\.?$/i;
const WRITERS =
  /^(?:the )?(.+?) (?:staff )?(?:writers?|reporters?|correspondents?|journalists?|producers?) (.+)$/i;
const POSSESSIVE = /^(?:the )?([\p{Lu}\d][\p{L}\p{N}.&\- ]{0,60}?)(?:[’']s|(?<=s)[’']) (.+)$/u;
const PLACE = /^(.+?) (in|from|at) (\p{Lu}.*)$/u;

function contributor(words: string, role: string, newId: NewId): Contributor {
  const place = PLACE.exec(words);
  const name = (place?.[1] ?? words).trim();
  const where = place ? `${place[2] ?? ''} ${place[3] ?? ''}` : '';
  return {
    id: newId(),
    name: name.slice(0, 200),
    affiliation: '',
    role: [role, where].filter(Boolean).join(' ').slice(0, 200),
    kind: isService(name) ? 'service' : 'person',
  };
}

/** People named after an affiliation share it until another is named; a service has the one its own name begins with. */
function credited(
  names: readonly string[],
  first: string,
  role: string,
  newId: NewId,
): Contributor[] {
  let affiliation = first;
  return names.map((words) => {
    const own = POSSESSIVE.exec(words);
    if (own) affiliation = own[1] ?? affiliation;
    const entry = contributor(own?.[2] ?? words, role, newId);
    const belongs =
      entry.kind === 'person' || (affiliation !== '' && entry.name.startsWith(`${affiliation} `));
    return { ...entry, affiliation: belongs ? affiliation : '' };
  });
}

function sameWords(a: string, b: string): boolean {
  const plain = (text: string): string =>
    text.replace(/[’‘]/g, "'").replace(/\s+/g, ' ').replace(/\.$/, '').trim();
  return plain(a) === plain(b);
}

function plausible(names: readonly string[]): boolean {
  const said = names.map((name) => name.replace(POSSESSIVE, '$2'));
  return (
    said.length > 0 &&
    said.length <= 60 &&
    said.every((name) => name.length <= 120 && isCreditName(name))
  );
}

function parse(line: string, newId: NewId): Contributor[] | null {
  const supplied = SUPPLIED.exec(line);
  if (supplied) {
    const names = splitNames(supplied[1] ?? '');
    return plausible(names)
      ? credited(names, '', 'information', newId).map((entry) => ({ ...entry, kind: 'service' }))
      : null;
  }
  // Agencies end with several credits in one line: "Reporting by A in Rome; editing by B".
  const parts = line
    .replace(/^\(|\)$/g, '')
    .replace(/\.$/, '')
    .split(/\s*;\s*/)
    .map((part) => ROLE_BY.exec(part));
  if (parts.every((part) => part !== null)) {
    const all = parts.flatMap((part) => {
      const names = splitNames(part[2] ?? '');
      const role = (part[1] ?? '').trim();
      return plausible(names)
        ? credited(names, '', role.charAt(0).toUpperCase() + role.slice(1).toLowerCase(), newId)
        : [];
    });
    return all.length > 0 ? all : null;
  }
  const contributed = CONTRIBUTED.exec(line)?.[1];
  if (contributed === undefined) return null;
  const writers = WRITERS.exec(contributed);
  const names = splitNames(writers?.[2] ?? contributed);
  return plausible(names) ? credited(names, writers?.[1] ?? '', '', newId) : null;
}

/**
 * Reads a line that credits contributors, in the forms of English-language newsrooms: "X’s A, B and C contributed to
 * this report.", "Additional reporting by A", "A and B contributed reporting." Null for any other line.
 */
export function readCreditLine(text: string, newId: NewId): CreditedLine | null {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length > 900) return null;
  const contributors = parse(line, newId);
  if (!contributors) return null;
  return {
    contributors,
    creditLine: sameWords(generateCreditLine(contributors), line) ? null : line,
  };
}
