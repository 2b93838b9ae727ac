import {
  isTextBlock,
  type Block,
  type Inline,
  type ListBlock,
  type ListItem,
  type Suggestion,
  type TableBlock,
  type TextBlock,
} from './body.ts';
import type { LocalId } from './ids.ts';

/** One open tracked change as a person reads it. Several nodes may belong to it; `block` is where the first stands. */
export interface OpenSuggestion {
  id: LocalId;
  by: string;
  at: string;
  block: LocalId;
  /** The words it would add and take away, in the order they stand. */
  inserted: string;
  deleted: string;
  /** What else it would change. */
  formats: boolean;
  splits: boolean;
  joins: boolean;
  /** The type the block had before. */
  typeWas: string | null;
}

export type Decision = 'accept' | 'reject';

type TextLike = Extract<Inline, { type: 'text' | 'linebreak' }>;

/**
 * The open suggestions of a body in the order they stand. Those inside a block with two versions are left out: the
 * versions are settled first.
 */
export function suggestionsIn(body: readonly Block[]): OpenSuggestion[] {
  const found = new Map<LocalId, OpenSuggestion>();
  const of = ({ id, by, at }: Suggestion, block: LocalId): OpenSuggestion => {
    const known = found.get(id) ?? {
      id,
      by,
      at,
      block,
      inserted: '',
      deleted: '',
      formats: false,
      splits: false,
      joins: false,
      typeWas: null,
    };
    found.set(id, known);
    return known;
  };
  const visitInline = (node: Inline, block: LocalId): void => {
    if (node.type === 'link') {
      node.children.forEach((child) => visitInline(child, block));
      return;
    }
    const text = node.type === 'text' ? node.text : '\n';
    if (node.$?.inserted) of(node.$.inserted, block).inserted += text;
    if (node.$?.deleted) of(node.$.deleted, block).deleted += text;
    if (node.$?.formatChanged) of(node.$.formatChanged, block).formats = true;
  };
  const visitState = ($: Block['$'], block: LocalId): void => {
    if ($.breakInserted) of($.breakInserted, block).splits = true;
    if ($.breakRemoved) of($.breakRemoved, block).joins = true;
    if ($.typeChanged) of($.typeChanged, block).typeWas = $.typeChanged.was;
  };
  const visitList = (list: ListBlock, block: LocalId): void => {
    for (const item of list.children) {
      visitState(item.$, block);
      for (const child of item.children)
        if (child.type === 'list') visitList(child, block);
        else visitInline(child, block);
    }
  };
  for (const block of body) {
    const { id } = block.$;
    visitState(block.$, id);
    if (block.type === 'list') visitList(block, id);
    else if (block.type === 'table')
      for (const row of block.children) {
        visitState(row.$, id);
        for (const cell of row.children)
          for (const paragraph of cell.children)
            paragraph.children.forEach((node) => visitInline(node, id));
      }
    else if (isTextBlock(block)) block.children.forEach((node) => visitInline(node, id));
  }
  return [...found.values()];
}

/**
 * The body with one suggestion accepted or rejected. Blocks that it does not touch are the same objects; a block whose
 * break goes flows into the text block before it.
 */
export function settleSuggestion(
  body: readonly Block[],
  suggestion: LocalId,
  decision: Decision,
): Block[] {
  const settled: Block[] = [];
  for (const block of body) {
    const next = settleBlock(block, suggestion, decision);
    const before = settled.at(-1);
    if (losesBreak(block.$, suggestion, decision) && isTextBlock(next) && isTextBlock(before))
      settled[settled.length - 1] = {
        ...before,
        children: joined([...before.children, ...next.children]),
      };
    else settled.push(next);
  }
  return settled;
}

function losesBreak($: Block['$'], suggestion: LocalId, decision: Decision): boolean {
  return (decision === 'accept' ? $.breakRemoved : $.breakInserted)?.id === suggestion;
}

function settleBlock(block: Block, suggestion: LocalId, decision: Decision): Block {
  if (!touches(block, suggestion)) return block;
  const $ = settleState(block.$, suggestion);
  if (block.type === 'list') return { ...settleList(block, suggestion, decision), $ };
  if (block.type === 'table') return { ...settleTable(block, suggestion, decision), $ };
  if (!isTextBlock(block)) return { ...block, $ };
  const children = settleInlines(block.children, suggestion, decision);
  const was = block.$.typeChanged?.id === suggestion ? block.$.typeChanged.was : null;
  const next: TextBlock = { ...block, $, children };
  return was !== null && decision === 'reject' ? ofType(next, was) : next;
}

function touches(block: Block, suggestion: LocalId): boolean {
  return suggestionsIn([block]).some(({ id }) => id === suggestion);
}

function ofType({ $, direction, children }: TextBlock, was: string): TextBlock {
  const base = { $, ...(direction && { direction }), children };
  switch (was) {
    case 'heading:h2':
      return { type: 'heading', tag: 'h2', ...base };
    case 'heading:h3':
      return { type: 'heading', tag: 'h3', ...base };
    case 'quote':
    case 'pullquote':
    case 'note':
      return { type: was, ...base };
    default:
      return { type: 'paragraph', ...base };
  }
}

function settleState($: Block['$'], suggestion: LocalId): Block['$'] {
  const { breakInserted, breakRemoved, typeChanged, bornOfSplit, ...rest } = $;
  const splitStands = breakInserted !== undefined && breakInserted.id !== suggestion;
  return {
    ...rest,
    ...(splitStands && { breakInserted }),
    ...(breakRemoved && breakRemoved.id !== suggestion && { breakRemoved }),
    ...(typeChanged && typeChanged.id !== suggestion && { typeChanged }),
    // Only an open split has to remember that it made the block.
    ...(bornOfSplit !== undefined && (splitStands || !breakInserted) && { bornOfSplit }),
  };
}

function settleList(list: ListBlock, suggestion: LocalId, decision: Decision): ListBlock {
  const items: ListItem[] = [];
  for (const item of list.children) {
    const children = item.children.flatMap((child): ListItem['children'] =>
      child.type === 'list'
        ? [settleList(child, suggestion, decision)]
        : settleInlines([child], suggestion, decision),
    );
    const before = items.at(-1);
    if (before && losesBreak(item.$, suggestion, decision))
      items[items.length - 1] = { ...before, children: joined([...before.children, ...children]) };
    else items.push({ ...item, $: settleState(item.$, suggestion), children: joined(children) });
  }
  return { ...list, children: items };
}

function settleTable(table: TableBlock, suggestion: LocalId, decision: Decision): TableBlock {
  return {
    ...table,
    children: table.children.map((row) => ({
      ...row,
      $: settleState(row.$, suggestion),
      children: row.children.map((cell) => ({
        ...cell,
        children: cell.children.map((paragraph) => ({
          ...paragraph,
          children: settleInlines(paragraph.children, suggestion, decision),
        })),
      })),
    })),
  };
}

function settleInlines(
  nodes: readonly Inline[],
  suggestion: LocalId,
  decision: Decision,
): Inline[] {
  const settled = nodes.flatMap((node): Inline[] => {
    if (node.type !== 'link') return settleLeaf(node, suggestion, decision);
    const children = node.children.flatMap((leaf) => settleLeaf(leaf, suggestion, decision));
    return children.length > 0 ? [{ ...node, children }] : [];
  });
  return joined(settled);
}

/** None where the words go, else the words without the mark of this suggestion. */
function settleLeaf(node: TextLike, suggestion: LocalId, decision: Decision): TextLike[] {
  if (!node.$) return [node];
  const { inserted, deleted, formatChanged } = node.$;
  const goes = decision === 'accept' ? deleted : inserted;
  if (goes?.id === suggestion) return [];
  const $ = {
    ...(inserted && inserted.id !== suggestion && { inserted }),
    ...(deleted && deleted.id !== suggestion && { deleted }),
    ...(formatChanged && formatChanged.id !== suggestion && { formatChanged }),
  };
  const marks = Object.keys($).length > 0 ? { $ } : {};
  if (node.type === 'linebreak') return [{ type: 'linebreak', ...marks }];
  const format =
    formatChanged?.id === suggestion && decision === 'reject'
      ? formatChanged.was
      : (node.format ?? 0);
  return [{ type: 'text', text: node.text, ...(format !== 0 && { format }), ...marks }];
}

/** Neighbouring texts of one kind as one, as the editor writes them. */
function joined<T extends ListItem['children'][number]>(nodes: readonly T[]): T[] {
  const found: T[] = [];
  for (const node of nodes) {
    const last = found.at(-1);
    if (
      last?.type === 'text' &&
      node.type === 'text' &&
      (last.format ?? 0) === (node.format ?? 0) &&
      JSON.stringify(last.$) === JSON.stringify(node.$)
    )
      found[found.length - 1] = { ...last, text: last.text + node.text };
    else found.push(node);
  }
  return found;
}
