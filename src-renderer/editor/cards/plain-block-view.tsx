import { Fragment, type ReactNode } from 'react';
import {
  BLOCK_LABELS,
  TextFormat,
  type Block,
  type Inline,
  type ListBlock,
  type ListItem,
  type PlainBlock,
} from '#shared/article';

/** A block as it reads, without editing: for versions side by side and what is about to be taken in. */
export function PlainBlockView({ block }: { block: PlainBlock }): ReactNode {
  switch (block.type) {
    case 'horizontalrule':
      return <hr />;
    case 'image':
      return (
        <figure>
          <img src={`/assets/${block.asset}`} alt={block.alt} />
          <figcaption>
            {block.caption} {block.credit}
          </figcaption>
        </figure>
      );
    case 'embed':
      return (
        <p>
          {block.title || block.provider} <span dir="ltr">{block.url}</span>
        </p>
      );
    case 'list':
      return <ListView list={block} />;
    case 'table':
      return (
        <table>
          <tbody>
            {block.children.map((row) => (
              <tr key={row.$.id}>
                {row.children.map((cell, index) => (
                  <td key={index} colSpan={cell.colSpan ?? 1} rowSpan={cell.rowSpan ?? 1}>
                    {cell.children.map((paragraph, at) => (
                      <p key={at} dir={paragraph.direction ?? 'auto'}>
                        <Inlines nodes={paragraph.children} />
                      </p>
                    ))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
    case 'heading':
      return (
        <p className="stet-version-heading" dir={block.direction ?? 'auto'}>
          <Inlines nodes={block.children} />
        </p>
      );
    case 'paragraph':
    case 'quote':
    case 'pullquote':
    case 'note':
      return (
        <p dir={block.direction ?? 'auto'}>
          <Inlines nodes={block.children} />
        </p>
      );
  }
}

/** Blocks of any kind, conflicts by the name of what they are. */
export function BlockView({ block }: { block: Block }): ReactNode {
  if (block.type !== 'conflict') return <PlainBlockView block={block} />;
  return (
    <>
      <p>{BLOCK_LABELS.conflict}</p>
      {block.versions.map(
        (version, index) => version && <PlainBlockView key={index} block={version} />,
      )}
    </>
  );
}

function ListView({ list }: { list: ListBlock }): ReactNode {
  const items = list.children.map((item) => <ItemView key={item.$.id} item={item} />);
  return list.listType === 'number' ? <ol start={list.start ?? 1}>{items}</ol> : <ul>{items}</ul>;
}

function ItemView({ item }: { item: ListItem }): ReactNode {
  return (
    <li dir={item.direction ?? 'auto'}>
      {item.children.map((child, index) =>
        child.type === 'list' ? (
          <ListView key={index} list={child} />
        ) : (
          <Inlines key={index} nodes={[child]} />
        ),
      )}
    </li>
  );
}

/** Words with their bold, italics and links, which cannot be followed. */
export function Inlines({ nodes }: { nodes: readonly Inline[] }): ReactNode {
  return nodes.map((node, index) => {
    if (node.type === 'linebreak') return <br key={index} />;
    if (node.type === 'link')
      return (
        <span key={index} className="stet-link" title={node.url}>
          <Inlines nodes={node.children} />
        </span>
      );
    const format = node.format ?? 0;
    let text: ReactNode = node.text;
    if (format & TextFormat.bold) text = <strong>{text}</strong>;
    if (format & TextFormat.italic) text = <em>{text}</em>;
    if (format & TextFormat.strikethrough) text = <s>{text}</s>;
    if (format & TextFormat.superscript) text = <sup>{text}</sup>;
    if (format & TextFormat.subscript) text = <sub>{text}</sub>;
    return <Fragment key={index}>{text}</Fragment>;
  });
}
