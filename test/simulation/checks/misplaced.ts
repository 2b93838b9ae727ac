import type { Block, Id } from '#shared/article';
import { pastedNames, type Merging } from './breaks.ts';
import { namesGoneOn, namesOfMore } from './gone-on.ts';
import { orderRule } from './merge-rules.ts';
import { namesTakenBack } from './taken-back.ts';

/** What is wrong with the order of a merge, or null: by the names of the blocks, or by what stands under these names. */
export function misplacedIn({ base, left, right, merged }: Merging): string | null {
  // What was cut and pasted was moved, though each place where it stood has another name for it.
  const names = pastedNames({ base, left, right, merged });
  const wrongWith = (namesOf: (body: readonly Block[]) => ReadonlyMap<Id, Id>): string | null => {
    const [ofBase, ofLeft, ofRight, ofMerged] = [base, left, right, merged].map((body) => {
      const nameOf = namesOf(body);
      return body.map(({ $ }) => nameOf.get($.id) ?? $.id);
    });
    return orderRule(ofBase!, ofLeft!, ofRight!, ofMerged!);
  };
  return (
    wrongWith(() => new Map()) &&
    wrongWith(() => names) &&
    wrongWith((body) =>
      body === left || body === right ? namesTakenBack(body, base, merged) : new Map(),
    ) &&
    wrongWith((body) => namesGoneOn(body, { base, left, right, merged })) &&
    wrongWith((body) => namesOfMore(body, { base, left, right, merged }))
  );
}
