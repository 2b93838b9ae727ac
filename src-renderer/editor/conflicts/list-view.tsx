import type { ReactNode } from 'react';
import type { Inline, ListBlock, ListItem } from '#shared/article';
import { compareEntries, compareInlines } from './changes.ts';
import { Differences, Marked, Remarks } from './marked.tsx';

interface Place {
  item: ListItem;
  depth: number;
}

/** Every item of the list before and now, however deep, by id. */
interface AllItems {
  before: ReadonlyMap<string, Place>;
  now: ReadonlyMap<string, Place>;
}

const idOf = (item: ListItem): string => item.$.id;

function inlinesOf(item: ListItem): Inline[] {
  return item.children.filter((child) => child.type !== 'list');
}

function listsOf(item: ListItem): ListBlock[] {
  return item.children.filter((child) => child.type === 'list');
}

function placesOf(list: ListBlock, depth = 0): [string, Place][] {
  return list.children.flatMap((item) => [
    [idOf(item), { item, depth }] satisfies [string, Place],
    ...listsOf(item).flatMap((inner) => placesOf(inner, depth + 1)),
  ]);
}

/** A list, with what came in, what went out and what went in or out a step marked against what stood before. */
export function ListVersion({
  list,
  base,
}: {
  list: ListBlock;
  base: ListBlock | null;
}): ReactNode {
  const items = base && { before: new Map(placesOf(base)), now: new Map(placesOf(list)) };
  return <Lines list={list} base={base} items={items} />;
}

interface Props {
  list: ListBlock;
  /** The same list before; null where there was none. */
  base: ListBlock | null;
  /** Null: nothing is marked. */
  items: AllItems | null;
}

function Lines({ list, base, items }: Props): ReactNode {
  const before = items ? (base?.children ?? []) : list.children;
  const shown = compareEntries(before, list.children, idOf).map(
    ({ change, before: was, entry }) => {
      const id = idOf(entry);
      // One that went in or out a step is shown once, where it stands now.
      if (change === 'removed' && items?.now.has(id)) return null;
      const moved = change === 'added' ? items?.before.get(id) : undefined;
      const isShell = inlinesOf(entry).length === 0 && listsOf(entry).length > 0;
      return (
        <li
          key={id}
          dir={entry.direction ?? 'auto'}
          // Neither has a line of the list, which a number would count.
          {...(isShell || change === 'removed' ? { 'data-uncounted': true } : {})}
        >
          {change === 'same' || moved || isShell ? (
            <Item item={entry} base={moved?.item ?? was} items={items} />
          ) : change === 'added' ? (
            <ins>
              <Item item={entry} base={null} items={null} />
            </ins>
          ) : (
            <del>
              <Item item={entry} base={null} items={null} />
            </del>
          )}
          {moved && <Remarks says={[stepOf(moved.depth, items?.now.get(id)?.depth ?? 0)]} />}
        </li>
      );
    },
  );
  return list.listType === 'number' ? <ol start={list.start ?? 1}>{shown}</ol> : <ul>{shown}</ul>;
}

function stepOf(before: number, now: number): string {
  if (now > before) return 'Indented.';
  return now < before ? 'Moved out a step.' : 'Moved under another item.';
}

function Item({
  item,
  base,
  items,
}: {
  item: ListItem;
  base: ListItem | null;
  items: AllItems | null;
}): ReactNode {
  const former = base ? listsOf(base) : [];
  const stretches = compareInlines(items && base ? inlinesOf(base) : null, inlinesOf(item));
  return (
    <>
      {stretches.length > 0 || item.children.length > 0 ? (
        <Marked stretches={stretches} />
      ) : (
        <i className="stet-conflict-gone">An empty item.</i>
      )}
      <Differences stretches={stretches} />
      {listsOf(item).map((list, index) => (
        <Lines key={index} list={list} base={former[index] ?? null} items={items} />
      ))}
    </>
  );
}
