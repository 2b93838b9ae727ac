import { Fragment, type ReactNode } from 'react';
import {
  TextFormat,
  type Inline,
  type ListBlock,
  type ListItem,
  type PlainBlock,
  type TableBlock,
} from '#shared/article';
import { compareEntries, compareInlines, compareTexts, type Stretch } from './changes.ts';

interface Props {
  block: PlainBlock;
  /** What stood before; words that differ from it are marked. */
  base: PlainBlock | null;
}

const idOf = (node: { $: { id: string } }): string => node.$.id;

/** A version of a block as it reads, with the words that differ from the base marked. */
export function VersionView({ block, base }: Props): ReactNode {
  switch (block.type) {
    case 'horizontalrule':
      return <hr />;
    case 'image': {
      const before = base?.type === 'image' ? base : null;
      return (
        <figure>
          <img src={`/assets/${block.asset}`} alt={block.alt} />
          <figcaption>
            <Line name="Caption" now={block.caption} before={before?.caption} />
            <Line name="Credit" now={block.credit} before={before?.credit} />
            <Line name="Alt" now={block.alt} before={before?.alt} />
          </figcaption>
        </figure>
      );
    }
    case 'embed': {
      const before = base?.type === 'embed' ? base : null;
      return (
        <>
          <Line name="Title" now={block.title} before={before?.title} />
          <Line name="Address" now={block.url} before={before?.url} />
        </>
      );
    }
    case 'list':
      return <ListView list={block} base={base?.type === 'list' ? base : null} />;
    case 'table':
      return <TableView table={block} base={base?.type === 'table' ? base : null} />;
    case 'paragraph':
    case 'heading':
    case 'quote':
    case 'pullquote':
    case 'note':
      return (
        <p className="stet-version-text" data-kind={block.type} dir={block.direction ?? 'auto'}>
          <Marked
            stretches={compareInlines(
              base && 'children' in base ? textOf(base) : null,
              block.children,
            )}
          />
        </p>
      );
  }
}

/** The inline children of a text block; a list or table has none to compare with. */
function textOf(block: PlainBlock): readonly Inline[] | null {
  return block.type !== 'list' && block.type !== 'table' && 'children' in block
    ? block.children
    : null;
}

function Line({
  name,
  now,
  before,
}: {
  name: string;
  now: string;
  before: string | undefined;
}): ReactNode {
  if (now === '' && !before) return null;
  return (
    <p className="stet-version-line">
      <span>{name}</span>{' '}
      <span dir="auto">
        <Marked stretches={compareTexts(before ?? null, now)} />
      </span>
    </p>
  );
}

function ListView({ list, base }: { list: ListBlock; base: ListBlock | null }): ReactNode {
  const items = compareEntries(base?.children ?? list.children, list.children, idOf).map(
    ({ change, before, entry }) => (
      <li key={idOf(entry)} dir={entry.direction ?? 'auto'}>
        {change === 'same' ? (
          <ItemView item={entry} base={base && before} />
        ) : change === 'added' ? (
          <ins>
            <ItemView item={entry} base={null} />
          </ins>
        ) : (
          <del>
            <ItemView item={entry} base={null} />
          </del>
        )}
      </li>
    ),
  );
  return list.listType === 'number' ? <ol start={list.start ?? 1}>{items}</ol> : <ul>{items}</ul>;
}

function inlinesOf(item: ListItem): Inline[] {
  return item.children.filter((child) => child.type !== 'list');
}

function ItemView({ item, base }: { item: ListItem; base: ListItem | null }): ReactNode {
  const deeper = item.children.filter((child) => child.type === 'list');
  const before = base?.children.filter((child) => child.type === 'list') ?? [];
  return (
    <>
      <Marked stretches={compareInlines(base && inlinesOf(base), inlinesOf(item))} />
      {deeper.map((list, index) => (
        <ListView key={index} list={list} base={before[index] ?? null} />
      ))}
    </>
  );
}

function TableView({ table, base }: { table: TableBlock; base: TableBlock | null }): ReactNode {
  const rows = compareEntries(base?.children ?? table.children, table.children, idOf);
  return (
    <div className="stet-version-table">
      <table>
        <tbody>
          {rows.map(({ change, before, entry }) => (
            <tr key={idOf(entry)} data-change={change}>
              {entry.children.map((cell, index) => {
                const was = before?.children[index];
                const text = (of: typeof cell): Inline[] =>
                  of.children.flatMap(({ children }) => children);
                const stretches = compareInlines(
                  change === 'same' && base ? (was ? text(was) : []) : null,
                  text(cell),
                );
                const all = stretches.map((stretch) =>
                  change === 'same' ? stretch : { ...stretch, change },
                );
                return (
                  <td
                    key={index}
                    dir="auto"
                    colSpan={cell.colSpan ?? 1}
                    rowSpan={cell.rowSpan ?? 1}
                  >
                    <Marked stretches={all} />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Text with what came in and what went out marked, for the eye and for a screen reader. */
export function Marked({ stretches }: { stretches: readonly Stretch[] }): ReactNode {
  return stretches.map((stretch, index) => {
    const text = <Formatted stretch={stretch} />;
    if (stretch.change === 'added') return <ins key={index}>{text}</ins>;
    if (stretch.change === 'removed') return <del key={index}>{text}</del>;
    return <Fragment key={index}>{text}</Fragment>;
  });
}

function Formatted({ stretch: { text, format, url } }: { stretch: Stretch }): ReactNode {
  let node: ReactNode = text.split('\n').map((line, index) => (
    <Fragment key={index}>
      {index > 0 && <br />}
      {line}
    </Fragment>
  ));
  if (format & TextFormat.bold) node = <strong>{node}</strong>;
  if (format & TextFormat.italic) node = <em>{node}</em>;
  if (format & TextFormat.strikethrough) node = <s>{node}</s>;
  if (format & TextFormat.superscript) node = <sup>{node}</sup>;
  if (format & TextFormat.subscript) node = <sub>{node}</sub>;
  return url === null ? (
    node
  ) : (
    <span className="stet-link" title={url}>
      {node}
    </span>
  );
}
