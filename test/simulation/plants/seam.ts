import type * as bodyModule from '../../../src-shared/merge/body.ts';
import type { Block } from '#shared/article';
import type { Invariant } from '../checks/invariants.ts';

type AnyFunction = (...args: never[]) => unknown;

/**
 * Where a bug is planted: an exported function of a module, and what stands in its place. The files of planted bugs take
 * types alone from what they spoil, and from what loads it: a module that is loaded before the hook is there stays sound.
 */
export interface Seam {
  file: string;
  name: string;
  replace: (original: AnyFunction) => AnyFunction;
}

/** A bug that somebody might write. `seed` is one that finds it, where one is known. */
export interface PlantedBug {
  what: string;
  seam: Seam;
  seed?: number;
  /** The promises as whose breach it may come to light. */
  breaks: readonly Invariant[];
}

export function at<F extends AnyFunction>(
  file: string,
  name: string,
  replace: (original: F) => F,
): Seam {
  return { file, name, replace: replace as unknown as Seam['replace'] };
}

type MergeBodies = typeof bodyModule.mergeBodies;

export const idOf = (block: Block): string => block.$.id;

export function overBodies(
  change: (merged: Block[], ...sides: Parameters<MergeBodies>) => Block[],
): Seam {
  return at<MergeBodies>(
    'src-shared/merge/body.ts',
    'mergeBodies',
    (original) => (base, a, b) => change(original(base, a, b), base, a, b),
  );
}
