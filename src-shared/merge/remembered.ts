interface Entry<R> {
  found?: { value: R };
  more?: Known<R>;
}

type Known<R> = WeakMap<object, Entry<R>>;

/**
 * A function that is asked once for the same objects. Carrying a break leaves most blocks as they are, and looks at all of
 * them again: only what it touched is compared anew. A block is never changed, only put in the place of another.
 */
export function remembered<A extends object[], R>(of: (...blocks: A) => R): (...blocks: A) => R {
  const known: Known<R> = new WeakMap();
  return (...blocks) => {
    let [at, entry]: [Known<R>, Entry<R>] = [known, {}];
    for (const block of blocks) {
      entry = at.get(block) ?? {};
      at.set(block, entry);
      entry.more ??= new WeakMap();
      at = entry.more;
    }
    entry.found ??= { value: of(...blocks) };
    return entry.found.value;
  };
}
