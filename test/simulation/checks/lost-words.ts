import type { Content } from '#shared/article';
import { marksIn } from '../world/words.ts';
import type { Joining } from './sound.ts';

const standingIn = ({ fields, body, conflicts }: Content): Set<string> =>
  marksIn({ fields, body, conflicts });

/** Whether a word stands in several places: then each side may have taken it out of another, for a word alone is asked about by nobody. */
const standsTwice = ({ fields, body, conflicts }: Content, mark: string): boolean =>
  [fields, conflicts, ...body].filter((place) => marksIn(place).has(mark)).length > 1;

/** A marked word that one side wrote, or that both still have, and that a merge has nowhere; null where there is none. */
export function lostWord({ base, left, right, merged }: Joining): string | null {
  const [before, ofLeft, ofRight, now] = [base, left, right, merged].map(standingIn);
  const isKept = (mark: string): boolean =>
    !before!.has(mark) || (ofLeft!.has(mark) && ofRight!.has(mark) && !standsTwice(base, mark));
  return [...ofLeft!, ...ofRight!].find((mark) => isKept(mark) && !now!.has(mark)) ?? null;
}
