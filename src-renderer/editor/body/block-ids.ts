import { ListItemNode, ListNode, $isListItemNode } from '@lexical/list';
import { HeadingNode, QuoteNode } from '@lexical/rich-text';
import { $isTableRowNode, TableNode, TableRowNode } from '@lexical/table';
import {
  $getEditor,
  $getNodeByKey,
  $isElementNode,
  $isRootNode,
  HISTORIC_TAG,
  mergeRegister,
  ParagraphNode,
  RootNode,
  type EditorState,
  type Klass,
  type LexicalEditor,
  type LexicalNode,
  type NodeKey,
} from 'lexical';
import { newLocalId, type LocalId, type RandomBytes } from '#shared/article';
import { ConflictNode, DividerNode, EmbedNode, ImageNode } from './card-nodes.tsx';
import { $blockId, $setBlockId } from './node-state.ts';
import { NoteNode, PullQuoteNode } from './text-block-nodes.ts';

const CARRIERS: Klass<LexicalNode>[] = [
  ParagraphNode,
  HeadingNode,
  QuoteNode,
  PullQuoteNode,
  NoteNode,
  ListNode,
  ListItemNode,
  TableNode,
  TableRowNode,
  DividerNode,
  ImageNode,
  EmbedNode,
  ConflictNode,
];

type Level = 'block' | 'item' | 'list' | 'row';

/** What kind of id a node carries where it stands: blocks, list items, nested lists and table rows have one each. */
function $levelOf(node: LexicalNode): Level | null {
  const parent = node.getParent();
  if ($isRootNode(parent)) return 'block';
  if ($isListItemNode(node)) return 'item';
  if ($isTableRowNode(node)) return 'row';
  return node instanceof ListNode && $isListItemNode(parent) ? 'list' : null;
}

/** The node at or above `node` that carries an id of this kind. */
function $carrier(node: LexicalNode | null, level: Level): LexicalNode | null {
  for (let at = node; at; at = at.getParent()) if ($levelOf(at) === level) return at;
  return null;
}

function $firstLeaf(node: LexicalNode): LexicalNode | null {
  return $isElementNode(node) ? node.getFirstDescendant() : null;
}

interface Before {
  key: NodeKey;
  id: LocalId;
  empty: boolean;
}

const $before = (node: LexicalNode): Before => ({
  key: node.getKey(),
  id: $blockId(node),
  empty: $isElementNode(node) && node.isEmpty(),
});

/** Which carrier held a node's first words before this update, and who stood in its place. */
function readBefore(
  state: EditorState,
  node: LexicalNode,
  level: Level,
): { words: Before | null; place: Before | null } {
  const leaf = $firstLeaf(node)?.getKey();
  const previous = node.getPreviousSibling()?.getKey();
  const parent = node.getParent()?.getKey();
  const at = (key: NodeKey | undefined) =>
    key === undefined ? null : (state._nodeMap.get(key) ?? null);
  return state.read(() => {
    const holder = $carrier(at(leaf), level);
    const neighbour = at(previous);
    const above = at(parent);
    const place = neighbour
      ? neighbour.getNextSibling()
      : previous === undefined && $isElementNode(above)
        ? above.getFirstChild()
        : null;
    return {
      words: holder && $before(holder),
      place: place && $levelOf(place) === level ? $before(place) : null,
    };
  });
}

function $isGone(key: NodeKey): boolean {
  return !$getNodeByKey(key)?.isAttached();
}

/**
 * Keeps block ids stable: gives missing ones, leaves the id with the half that kept the words, carries it across a
 * change of type and re-mints duplicates. One transform on the root, which Lexical runs last; the others only note
 * what was touched, because the dirty sets are not visible to a transform.
 */
export function registerBlockIds(editor: LexicalEditor, random: RandomBytes): () => void {
  const touched = new Set<NodeKey>();
  let owners = new Map<LocalId, NodeKey>();
  let indexed: EditorState | null = null;

  const give = (node: LexicalNode, id: LocalId): void => {
    $setBlockId(node, id);
    owners.set(id, node.getKey());
  };

  const $settle = (node: LexicalNode, level: Level, before: EditorState): void => {
    const key = node.getKey();
    const id = $blockId(node);
    const owner = id === '' ? undefined : owners.get(id);
    const ownerNode = owner === undefined || owner === key ? null : $getNodeByKey(owner);
    const duplicate = ownerNode !== null && ownerNode.isAttached() && $blockId(ownerNode) === id;
    if (id !== '' && !duplicate) {
      owners.set(id, key);
      $followWords(node, level, before);
      return;
    }
    if (duplicate && (before._nodeMap.has(key) || !before._nodeMap.has(ownerNode.getKey()))) {
      // Of two new or two old ones the one met later is the copy; else the one that was not there before.
      const copy = before._nodeMap.has(ownerNode.getKey()) ? node : ownerNode;
      if (copy !== node) owners.set(id, key);
      give(copy, newLocalId(random));
      return;
    }
    // A block without an id, or half of a split that Lexical copied the id to.
    const { words, place } = readBefore(before, node, level);
    const heir = words ?? place;
    if (!heir?.id || heir.key === key) give(node, newLocalId(random));
    else if ($isGone(heir.key)) give(node, $isTaken(heir.id, key) ? newLocalId(random) : heir.id);
    else {
      const first = $getNodeByKey(heir.key);
      const emptied = words !== null && !heir.empty && $isElementNode(first) && first.isEmpty();
      if (emptied && $blockId(first) === heir.id) {
        give(node, heir.id);
        give(first, newLocalId(random));
      } else give(node, newLocalId(random));
    }
  };

  const $isTaken = (id: LocalId, by: NodeKey): boolean => {
    const key = owners.get(id);
    const node = key === undefined || key === by ? null : $getNodeByKey(key);
    return node !== null && node.isAttached() && $blockId(node) === id;
  };

  /** An empty block that another block's words moved into takes that block's id with them. */
  const $followWords = (node: LexicalNode, level: Level, before: EditorState): void => {
    const old = before._nodeMap.get(node.getKey());
    if (!$isElementNode(old) || !$isElementNode(node) || node.isEmpty()) return;
    if (!before.read(() => old.isEmpty())) return;
    const { words } = readBefore(before, node, level);
    if (
      words &&
      words.id !== '' &&
      words.key !== node.getKey() &&
      $isGone(words.key) &&
      !$isTaken(words.id, node.getKey())
    )
      give(node, words.id);
  };

  const $transform = (): void => {
    const before = $getEditor().getEditorState();
    if (indexed === null) {
      indexed = before;
      owners = new Map();
      before.read(() => {
        for (const [key, node] of before._nodeMap) {
          const id = $blockId(node);
          if (id !== '' && node.isAttached()) owners.set(id, key);
        }
      });
    }
    const keys = [...touched];
    touched.clear();
    for (const key of keys) {
      const node = $getNodeByKey(key);
      if (!node?.isAttached()) continue;
      const level = $levelOf(node);
      if (level) $settle(node, level, before);
      else if ($blockId(node) !== '') $setBlockId(node, '');
    }
  };

  return mergeRegister(
    ...CARRIERS.map((klass) =>
      editor.registerNodeTransform(klass, (node) => void touched.add(node.getKey())),
    ),
    editor.registerNodeTransform(RootNode, $transform),
    // Undo and redo put whole states back without running transforms.
    editor.registerUpdateListener(({ tags }) => {
      if (tags.has(HISTORIC_TAG)) indexed = null;
    }),
  );
}
