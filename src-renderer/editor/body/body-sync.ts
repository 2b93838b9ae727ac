import {
  $getNodeByKey,
  $getRoot,
  type EditorState,
  type LexicalEditor,
  type LexicalNode,
  type NodeKey,
} from 'lexical';
import { canonicalJson, type Block, type LocalId } from '#shared/article';
import { $blockId, $blockOf } from './node-state.ts';
import { $toBlock } from './to-block.ts';

/** Where a body's changes go: `order` is given only when blocks came, went or moved. */
export type BodyEdit = (changed: Block[], order: LocalId[] | null) => void;

export interface BodySync {
  /** Compares the whole document with what was told and tells the difference; true when there was one. */
  repair: () => boolean;
  /** Takes blocks as told, because they came from where edits go. */
  adopt: (blocks: Iterable<Block>, order: readonly LocalId[]) => void;
  /** The node of a block, by id. */
  keyOf: (id: LocalId) => NodeKey | undefined;
  /** How many blocks have been serialised so far, which is what a key costs. */
  serialised: () => number;
  stop: () => void;
}

/**
 * Tells `edit` what changed in the body, block by block: only blocks that Lexical marked dirty are serialised, so a key
 * costs the same in a long article as in a short one. Root is dirty on every key, so order is not taken from that but
 * from a look at the neighbours of what is dirty.
 */
export function syncBody(editor: LexicalEditor, known: readonly Block[], edit: BodyEdit): BodySync {
  const told = new Map<LocalId, string>(known.map((block) => [block.$.id, canonicalJson(block)]));
  let order: LocalId[] = known.map((block) => block.$.id);
  let previous = neighbours(order);
  const keys = new Map<LocalId, NodeKey>();
  let count = 0;

  const $read = (node: LexicalNode): Block | null => {
    count += 1;
    const block = $toBlock(node);
    keys.set(block.$.id, node.getKey());
    // The core names the keys of a block in an order of its own, which is no change.
    const text = canonicalJson(block);
    if (block.$.id === '' || told.get(block.$.id) === text) return null;
    told.set(block.$.id, text);
    return block;
  };

  const $readOrder = (): LocalId[] | null => {
    const now = $getRoot().getChildren().map($blockId);
    if (now.length === order.length && now.every((id, index) => id === order[index])) return null;
    const standing = new Set(now);
    for (const id of order) if (!standing.has(id)) told.delete(id);
    order = now;
    previous = neighbours(now);
    return now;
  };

  const $moved = (node: LexicalNode): boolean => {
    const before = node.getPreviousSibling();
    return previous.get($blockId(node)) !== (before ? $blockId(before) : null);
  };

  const tell = (nodes: Iterable<LexicalNode>, all: boolean): boolean => {
    let moved = all || $getRoot().getChildrenSize() !== order.length;
    const dirty = [...nodes];
    if (!moved) moved = dirty.some($moved);
    // Order first: a block that left forgets what was told of it, so that its return counts as new.
    const newOrder = moved ? $readOrder() : null;
    // Undo and redo bring blocks back that Lexical does not always name: what has a place is never told without its words.
    const back = newOrder
      ? $getRoot()
          .getChildren()
          .filter((node) => !told.has($blockId(node)))
      : [];
    const changed = [...new Set([...dirty, ...back])].map($read).filter((block) => block !== null);
    if (changed.length === 0 && !newOrder) return false;
    edit(changed, newOrder);
    return true;
  };

  const stop = editor.registerUpdateListener(
    ({ editorState, prevEditorState, dirtyElements, dirtyLeaves }) => {
      if (editorState._nodeMap === prevEditorState._nodeMap) return;
      editorState.read(() => {
        // A state put back whole (undo, redo) names only the root.
        const whole =
          dirtyLeaves.size === 0 && [...dirtyElements.keys()].every((key) => key === 'root');
        const dirty = whole
          ? changedKeys(editorState, prevEditorState)
          : [...dirtyElements.keys(), ...dirtyLeaves];
        tell($topLevel(dirty), whole);
      });
    },
  );

  return {
    repair: () => editor.getEditorState().read(() => tell($getRoot().getChildren(), true)),
    adopt: (blocks, newOrder) => {
      for (const block of blocks) told.set(block.$.id, canonicalJson(block));
      order = [...newOrder];
      previous = neighbours(order);
      const standing = new Set(order);
      for (const id of told.keys()) if (!standing.has(id)) told.delete(id);
    },
    keyOf: (id) => {
      const key = keys.get(id);
      const holds = (at: NodeKey) => {
        const node = $getNodeByKey(at);
        return node !== null && node.isAttached() && $blockId(node) === id;
      };
      return editor.getEditorState().read(() => {
        if (key !== undefined && holds(key)) return key;
        // Loaded and never touched since: look once and remember.
        for (const node of $getRoot().getChildren()) keys.set($blockId(node), node.getKey());
        const found = keys.get(id);
        return found !== undefined && holds(found) ? found : undefined;
      });
    },
    serialised: () => count,
    stop,
  };
}

function neighbours(order: readonly LocalId[]): Map<LocalId, LocalId | null> {
  return new Map(order.map((id, index) => [id, order[index - 1] ?? null]));
}

/** The blocks that hold these nodes; nodes that have left the document hold none. */
function $topLevel(keys: Iterable<NodeKey>): Set<LexicalNode> {
  const found = new Set<LexicalNode>();
  for (const key of keys) {
    const node = key === 'root' ? null : $getNodeByKey(key);
    const top = node?.isAttached() ? $blockOf(node) : null;
    if (top) found.add(top);
  }
  return found;
}

function changedKeys(now: EditorState, before: EditorState): NodeKey[] {
  const found: NodeKey[] = [];
  for (const [key, node] of now._nodeMap) if (before._nodeMap.get(key) !== node) found.push(key);
  return found;
}
