import { $getState, $isRootNode, $setState, createState, type LexicalNode } from 'lexical';
import type { Block, LocalId, TextNode as TextJson } from '#shared/article';

type BlockMarks = Omit<Block['$'], 'id'>;
type TextMarks = NonNullable<TextJson['$']>;

const equalJson = (a: unknown, b: unknown): boolean =>
  a === b || JSON.stringify(a) === JSON.stringify(b);

const idState = createState('id', { parse: (value) => (typeof value === 'string' ? value : '') });

// Tracked changes stand under the same keys as in the block JSON, so that Lexical's own copies carry them.
const markState = <T, K extends string>(key: K) =>
  createState(key, {
    parse: (value): T | undefined =>
      typeof value === 'object' && value !== null ? (value as T) : undefined,
    isEqual: equalJson,
  });

const blockMarks = {
  breakInserted: markState<NonNullable<BlockMarks['breakInserted']>, 'breakInserted'>(
    'breakInserted',
  ),
  breakRemoved: markState<NonNullable<BlockMarks['breakRemoved']>, 'breakRemoved'>('breakRemoved'),
  typeChanged: markState<NonNullable<BlockMarks['typeChanged']>, 'typeChanged'>('typeChanged'),
};
const bornOfSplit = createState('bornOfSplit', {
  parse: (value) => (typeof value === 'boolean' ? value : undefined),
});
const textMarks = {
  inserted: markState<NonNullable<TextMarks['inserted']>, 'inserted'>('inserted'),
  deleted: markState<NonNullable<TextMarks['deleted']>, 'deleted'>('deleted'),
  formatChanged: markState<NonNullable<TextMarks['formatChanged']>, 'formatChanged'>(
    'formatChanged',
  ),
};

/** The stable id of a block, list item or table row; empty until the id transform has run. */
export function $blockId(node: LexicalNode): LocalId {
  return $getState(node, idState);
}

export function $setBlockId(node: LexicalNode, id: LocalId): void {
  $setState(node, idState, id);
}

/** What stands under `$` of a block. */
export function $readBlockState(node: LexicalNode): Block['$'] {
  const state: Block['$'] = { id: $blockId(node) };
  const inserted = $getState(node, blockMarks.breakInserted);
  const removed = $getState(node, blockMarks.breakRemoved);
  const changed = $getState(node, blockMarks.typeChanged);
  const split = $getState(node, bornOfSplit);
  if (inserted) state.breakInserted = inserted;
  if (removed) state.breakRemoved = removed;
  if (changed) state.typeChanged = changed;
  if (split !== undefined) state.bornOfSplit = split;
  return state;
}

export function $writeBlockState(node: LexicalNode, state: Block['$']): void {
  $setBlockId(node, state.id);
  if (state.breakInserted) $setState(node, blockMarks.breakInserted, state.breakInserted);
  if (state.breakRemoved) $setState(node, blockMarks.breakRemoved, state.breakRemoved);
  if (state.typeChanged) $setState(node, blockMarks.typeChanged, state.typeChanged);
  if (state.bornOfSplit !== undefined) $setState(node, bornOfSplit, state.bornOfSplit);
}

/** What stands under `$` of a text or line break; nothing when it carries no tracked change. */
export function $readTextState(node: LexicalNode): TextMarks | undefined {
  const inserted = $getState(node, textMarks.inserted);
  const deleted = $getState(node, textMarks.deleted);
  const formatChanged = $getState(node, textMarks.formatChanged);
  if (!inserted && !deleted && !formatChanged) return undefined;
  return {
    ...(inserted && { inserted }),
    ...(deleted && { deleted }),
    ...(formatChanged && { formatChanged }),
  };
}

export function $writeTextState(node: LexicalNode, state: TextMarks | undefined): void {
  if (state?.inserted) $setState(node, textMarks.inserted, state.inserted);
  if (state?.deleted) $setState(node, textMarks.deleted, state.deleted);
  if (state?.formatChanged) $setState(node, textMarks.formatChanged, state.formatChanged);
}

/** The block a node stands in. Lexical's own getTopLevelElement stops at table cells. */
export function $blockOf(node: LexicalNode | null | undefined): LexicalNode | null {
  for (let at = node ?? null; at; at = at.getParent()) if ($isRootNode(at.getParent())) return at;
  return null;
}
