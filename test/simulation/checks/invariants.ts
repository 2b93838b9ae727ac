/** The promises of a run, by their number. A violation names one of them. */
export const INVARIANTS = {
  1: 'All clients and the server converge on heads, hashes and conflicts.',
  2: 'Every acknowledged block version is reachable: head, ancestor or conflict.',
  3: 'No sentence stands in a head that no one typed or accepted.',
  4: 'An approval’s hash equals the re-hashed bytes, and published bytes derive from it.',
  5: 'At most one live publication per article and channel; none without approval; none before its embargo.',
  6: 'A cursor never skips; replay changes nothing.',
  7: 'Merge is symmetric.',
  8: 'Edit beats delete.',
  9: 'An empty, older or damaged copy never destroys unsynced work.',
  10: 'No operation succeeds without permission.',
  11: 'Any order of pushes gives a legal state.',
  12: 'Queues drain.',
  13: 'The search index equals the texts, and the database is sound.',
  14: 'An old client returns unknown data unchanged.',
  15: 'Nothing fails that nobody broke.',
  16: 'A server that asks for patience is left in peace.',
} as const;
export type Invariant = keyof typeof INVARIANTS;

export interface Violation {
  invariant: Invariant;
  what: string;
  /** The step after which it was seen; the number of steps when it was seen at the end. */
  step: number;
}

/** Ends a run: what comes after a broken promise proves nothing. */
export class Broken extends Error {
  readonly invariant: Invariant;
  constructor(invariant: Invariant, what: string) {
    super(what);
    this.name = 'Broken';
    this.invariant = invariant;
  }
}
