/**
 * Everything people write in a run is made of sentences that occur nowhere else: each carries a word of its own
 * (`zz17zz`), by which it is found again wherever it went.
 */
export const MARKED = /zz\d+zz/g;

const SUBJECTS = [
  'The council',
  'A spokesman',
  'The river',
  'The minister',
  'Her lawyer',
  'The crew',
];
const VERBS = ['confirmed', 'denied', 'repeated', 'put off', 'signed', 'left out'];

export interface Words {
  /** A new sentence. */
  sentence(): string;
  /** A new name, title or keyword. */
  name(): string;
}

export function createWords(): Words {
  let count = 0;
  const mark = (): string => `zz${(count += 1)}zz`;
  return {
    sentence() {
      const subject = SUBJECTS[count % SUBJECTS.length]!;
      const verb = VERBS[Math.floor(count / SUBJECTS.length) % VERBS.length]!;
      return `${subject} ${verb} ${mark()}.`;
    },
    name: () => `Name ${mark()}`,
  };
}

/** The marked words in a JSON value, but for those that only a conflict’s base holds: nobody reads them there. */
export function marksIn(value: unknown): Set<string> {
  const read = JSON.stringify(value, (key, member: unknown) =>
    key === 'base' ? undefined : member,
  );
  return new Set(read.match(MARKED) ?? []);
}
