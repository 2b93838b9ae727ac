import type { ReactNode } from 'react';
import type { TableBlock } from '#shared/article';
import { compareEntries, compareInlines, type Change } from './changes.ts';
import { Differences, Marked } from './marked.tsx';
import { compareColumns, inlinesOf, type TableCell } from './table-columns.ts';

interface Props {
  table: TableBlock;
  base: TableBlock | null;
}

/** A table with the rows, columns and words marked that came and went. */
export function TableVersion({ table, base }: Props): ReactNode {
  const former = base ?? table;
  const columns = compareColumns(former, table);
  const rows = compareEntries(former.children, table.children, ({ $ }) => $.id);
  return (
    <div>
      <table>
        <tbody>
          {rows.map(({ change, before, entry }) => (
            <tr key={entry.$.id}>
              {columns.map(({ was, now }, index) => {
                const old = was === null ? undefined : before?.children[was];
                const next = change === 'removed' || now === null ? undefined : entry.children[now];
                if (old || next) return <Cell key={index} was={old} now={next} />;
                // A row that came crosses a column that went, or the other way about.
                return (was === null || now === null) && <td key={index} />;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ was, now }: { was: TableCell | undefined; now: TableCell | undefined }): ReactNode {
  const change: Change = was && now ? 'same' : now ? 'added' : 'removed';
  const cell = now ?? was;
  if (!cell) return null;
  const stretches = compareInlines(was && now ? inlinesOf(was) : null, inlinesOf(cell)).map(
    (stretch) => (change === 'same' ? stretch : { ...stretch, change }),
  );
  return (
    <td dir="auto" data-change={change} colSpan={cell.colSpan ?? 1} rowSpan={cell.rowSpan ?? 1}>
      <Marked stretches={stretches} />
      <Differences stretches={stretches} />
    </td>
  );
}
