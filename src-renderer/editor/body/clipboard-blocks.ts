import { Block, newLocalId, safeLink, type RandomBytes } from '#shared/article';

/** What a node in the clipboard may hold; each value is a stranger's. */
interface Loose {
  type?: unknown;
  $?: unknown;
  style?: unknown;
  format?: unknown;
  direction?: unknown;
  tag?: unknown;
  listType?: unknown;
  start?: unknown;
  colSpan?: unknown;
  rowSpan?: unknown;
  headerState?: unknown;
  url?: unknown;
  children?: unknown;
}

const INLINE = new Set(['text', 'linebreak', 'link', 'tab', 'autolink']);
const WITH_ID = new Set(['listitem', 'list', 'tablerow']);
const CARDS = new Set(['image', 'embed', 'horizontalrule']);
const LEAVES = new Set(['text', 'linebreak']);
const ALIASES: Readonly<Record<string, string>> = { tab: 'text', autolink: 'link' };
// Code (16) and whatever lies beyond superscript is no part of a body.
const FORMATS = 0b1101111;

const isNode = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const nodesIn = (value: unknown): Loose[] => (Array.isArray(value) ? value.filter(isNode) : []);

/**
 * Blocks from Lexical's own clipboard format. Any program can write that format, so it is read like a stranger's file:
 * only what the schema of a body allows gets through, under new ids, without tracked changes, styles or unsafe links.
 * Empty when there is nothing of use in it; `inline` when it is words out of one line.
 */
export function readClipboardBlocks(
  text: string,
  random: RandomBytes,
): { blocks: Block[]; inline: boolean } {
  const blocks: Block[] = [];
  let loose: Loose[] = [];
  const accept = (node: Loose): void => {
    const result = Block.safeParse(clean(node, random, true));
    if (result.success && result.data.type !== 'conflict') blocks.push(result.data);
  };
  const flush = (): void => {
    if (loose.length > 0) accept({ type: 'paragraph', children: loose });
    loose = [];
  };
  for (const node of topNodes(text)) {
    if (INLINE.has(String(node.type))) loose.push(node);
    else {
      flush();
      accept(node);
    }
  }
  const inline = blocks.length === 0 && loose.length > 0;
  flush();
  return { blocks, inline };
}

function topNodes(text: string): Loose[] {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && 'nodes' in parsed
      ? nodesIn(parsed.nodes)
      : [];
  } catch {
    return [];
  }
}

function clean(node: Loose, random: RandomBytes, top: boolean): Loose {
  const type = ALIASES[String(node.type)] ?? String(node.type);
  const {
    $: _marks,
    style: _style,
    format,
    direction,
    colSpan,
    rowSpan,
    headerState,
    start,
    ...rest
  } = node;
  const copy: Loose = { ...rest, type };
  if (top || WITH_ID.has(type)) copy.$ = { id: newLocalId(random) };
  if (type === 'text' && typeof format === 'number' && (format & FORMATS) !== 0)
    copy.format = format & FORMATS;
  if (direction === 'ltr' || direction === 'rtl') copy.direction = direction;
  if (type === 'heading') copy.tag = node.tag === 'h1' || node.tag === 'h2' ? 'h2' : 'h3';
  if (type === 'list') {
    copy.listType = node.listType === 'number' ? 'number' : 'bullet';
    if (start !== 1) copy.start = start;
  }
  if (type === 'tablecell') {
    if (colSpan !== 1) copy.colSpan = colSpan;
    if (rowSpan !== 1) copy.rowSpan = rowSpan;
    if (headerState !== 0) copy.headerState = headerState;
  }
  if (CARDS.has(type) || LEAVES.has(type)) return copy;
  copy.children = nodesIn(node.children).flatMap((child) => {
    const cleaned = clean(child, random, false);
    const unsafe = cleaned.type === 'link' && safeLink(String(child.url)) === null;
    return unsafe ? nodesIn(cleaned.children) : [cleaned];
  });
  return copy;
}
