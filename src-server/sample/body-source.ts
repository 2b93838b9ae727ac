import {
  newLocalId,
  TextFormat,
  type Block,
  type Inline,
  type ListItem,
  type RandomBytes,
  type Suggestion,
} from '#shared/article';

/** Who makes the suggestions (`{+inserted+}`, `{-deleted-}`) that stand in a text, and when. */
export interface Suggesting {
  by: string;
  at: string;
}

const INLINE = /\*\*(.+?)\*\*|\{\+(.+?)\+\}|\{-(.+?)-\}|\[(.+?)\]\((.+?)\)|\*(.+?)\*/gu;

/** Turns the plain text of a source file into blocks: `## ` subhead, `> ` quote, `- ` and `1. ` lists, `| ` table. */
export function parseBody(text: string, random: RandomBytes, suggesting: Suggesting): Block[] {
  const state = (): { id: string } => ({ id: newLocalId(random) });
  const suggestion = (): Suggestion => ({ id: newLocalId(random), ...suggesting });
  const plain = (content: string): Inline[] =>
    content === '' ? [] : [{ type: 'text', text: content }];

  const inline = (content: string): Inline[] => {
    const nodes: Inline[] = [];
    let end = 0;
    for (const match of content.matchAll(INLINE)) {
      nodes.push(...plain(content.slice(end, match.index)));
      end = match.index + match[0].length;
      const [, bold, inserted, deleted, label, url, italic] = match;
      if (bold) nodes.push({ type: 'text', text: bold, format: TextFormat.bold });
      if (italic) nodes.push({ type: 'text', text: italic, format: TextFormat.italic });
      if (inserted) nodes.push({ type: 'text', text: inserted, $: { inserted: suggestion() } });
      if (deleted) nodes.push({ type: 'text', text: deleted, $: { deleted: suggestion() } });
      if (label && url)
        nodes.push({ type: 'link', url, children: [{ type: 'text', text: label }] });
    }
    return [...nodes, ...plain(content.slice(end))];
  };

  const items = (lines: readonly string[]): ListItem[] =>
    lines.map((line) => ({
      type: 'listitem',
      $: state(),
      children: inline(line.replace(/^(?:-|\d+\.) /, '')),
    }));

  const table = (lines: readonly string[]): Block => ({
    type: 'table',
    $: state(),
    children: lines.map((line, row) => ({
      type: 'tablerow',
      $: state(),
      children: line
        .split('|')
        .slice(1, -1)
        .map((cell) => ({
          type: 'tablecell',
          ...(row === 0 && { headerState: 1 }),
          children: [{ type: 'paragraph', children: inline(cell.trim()) }],
        })),
    })),
  });

  return text
    .split(/\n{2,}/)
    .filter(Boolean)
    .map((chunk): Block => {
      const lines = chunk.split('\n');
      const joined = lines.join(' ');
      if (chunk === '---') return { type: 'horizontalrule', $: state() };
      if (chunk.startsWith('### '))
        return { type: 'heading', tag: 'h3', $: state(), children: inline(joined.slice(4)) };
      if (chunk.startsWith('## '))
        return { type: 'heading', tag: 'h2', $: state(), children: inline(joined.slice(3)) };
      if (chunk.startsWith('>> '))
        return { type: 'pullquote', $: state(), children: inline(joined.slice(3)) };
      if (chunk.startsWith('> '))
        return { type: 'quote', $: state(), children: inline(joined.slice(2)) };
      if (chunk.startsWith('!note '))
        return { type: 'note', $: state(), children: inline(joined.slice(6)) };
      if (chunk.startsWith('- '))
        return { type: 'list', listType: 'bullet', $: state(), children: items(lines) };
      if (chunk.startsWith('1. '))
        return { type: 'list', listType: 'number', $: state(), children: items(lines) };
      if (chunk.startsWith('|')) return table(lines);
      return { type: 'paragraph', $: state(), children: inline(joined) };
    });
}
