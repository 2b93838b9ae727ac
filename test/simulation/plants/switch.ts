import { PLANTED_BUGS, type PlantName } from './planted-bugs.ts';

type AnyFunction = (...args: never[]) => unknown;

let active: PlantName | null = null;
/** What stands in the place of the functions of the planted bug: made anew for every run. */
let made = new Map<string, AnyFunction>();

/** Plants one bug, or none, from now on. */
export function activate(name: PlantName | null): void {
  active = name;
  made = new Map();
}

/** The function that counts now. */
export function planted(file: string, name: string, original: AnyFunction): AnyFunction {
  if (active === null) return original;
  const { seam } = PLANTED_BUGS[active];
  if (seam.file !== file || seam.name !== name) return original;
  const known = made.get(name) ?? seam.replace(original);
  made.set(name, known);
  return known;
}
