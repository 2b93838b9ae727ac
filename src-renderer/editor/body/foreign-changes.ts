import type { HistoryState } from '@lexical/history';
import {
  $getRoot,
  COMMAND_PRIORITY_HIGH,
  HISTORIC_TAG,
  HISTORY_MERGE_TAG,
  mergeRegister,
  REDO_COMMAND,
  SKIP_DOM_SELECTION_TAG,
  SKIP_SCROLL_INTO_VIEW_TAG,
  SKIP_SELECTION_FOCUS_TAG,
  UNDO_COMMAND,
  type EditorState,
  type LexicalEditor,
  type LexicalNode,
} from 'lexical';
import {
  blockText,
  emptyFields,
  isTextBlock,
  newLocalId,
  type Block,
  type Content,
  type LocalId,
} from '#shared/article';
import { mergeContents, SENTENCE_END, suggestMerge, wordsOf } from '#shared/merge';
import type { ForeignChange } from '../types.ts';
import { $fromBlock } from './from-block.ts';
import { $keepingCursor } from './keep-cursor.ts';
import { $blockId } from './node-state.ts';
import { diffOrder } from './order.ts';
import { randomBytes } from './random.ts';
import { $toBlock } from './to-block.ts';

interface Logged {
  at: number;
  id: LocalId;
  before: string | null;
  /** Null where the other hand removed the block. */
  block: Block | null;
  after: LocalId | null;
}

/** A block that the other hand put elsewhere, and the order it has stood in since. */
interface Moved {
  at: number;
  id: LocalId;
  order: readonly LocalId[];
}

/**
 * Brings changes of another hand into the editor: differing blocks are replaced by id and the cursor stays where it was,
 * counted in characters of its block. Undo puts back whole states that know nothing of such changes; they are made again
 * on a state from before them. What is undone in a block that another hand changed is joined with that where the two lie
 * well apart; elsewhere the block stays as it is, for nobody but a person who sees it may take a colleague's words out. Then
 * what was split off it stays as well, and what was cut out of it stands behind it: undone, those words would stand nowhere.
 * What another hand moved stays where it was put.
 */
export function registerForeignChanges(editor: LexicalEditor, history: HistoryState) {
  const log: Logged[] = [];
  const moves: Moved[] = [];
  const seen = new WeakMap<EditorState, number>();
  let epoch = 0;
  const tags = (): string[] => [
    HISTORY_MERGE_TAG,
    SKIP_SCROLL_INTO_VIEW_TAG,
    SKIP_SELECTION_FOCUS_TAG,
    // To put the browser’s cursor into the text is to take the focus from wherever it is: keys that settle versions would be typed.
    ...(document.activeElement === editor.getRootElement() ? [] : [SKIP_DOM_SELECTION_TAG]),
  ];

  /** How much the state knows that undo or redo is about to put back: Lexical puts back a copy, which nobody has seen. */
  let coming: number | null = null;
  const foresee = (stack: HistoryState['undoStack']): boolean => {
    const entry = stack.at(-1);
    coming = entry ? (seen.get(entry.editorState) ?? 0) : null;
    return false;
  };
  const stop = mergeRegister(
    editor.registerCommand(UNDO_COMMAND, () => foresee(history.undoStack), COMMAND_PRIORITY_HIGH),
    editor.registerCommand(REDO_COMMAND, () => foresee(history.redoStack), COMMAND_PRIORITY_HIGH),
    editor.registerUpdateListener((update) => {
      const { editorState, prevEditorState, dirtyElements, dirtyLeaves, tags: had } = update;
      seen.set(editorState, epoch);
      // What was pending when a key is pressed, as a rule nothing, comes before the state that undo puts back, tagged alike.
      if (dirtyElements.size === 0 && dirtyLeaves.size === 0) return;
      if (!had.has(HISTORIC_TAG)) coming = null;
      const then = coming ?? epoch;
      const missed = log.filter((entry) => entry.at > then);
      const moved = moves.filter((entry) => entry.at > then);
      if (missed.length === 0 && moved.length === 0) return;
      const $again = (): void => {
        const restored = new Map([...$byId()].map(([id, node]) => [id, node.getTextContent()]));
        $makeAgain(missed);
        $moveAgain(moved);
        if (!had.has(HISTORIC_TAG)) return;
        $keepSplitOff(prevEditorState, restored);
        $keepCutOut(missed, restored);
      };
      editor.update(() => $keepingCursor($again), { tag: tags() });
    }),
  );

  const apply = ({ changed, order }: ForeignChange): void => {
    editor.update(
      () => {
        const standing = $byId();
        epoch += 1;
        const place = new Map(order.map((id, index) => [id, order[index - 1] ?? null]));
        for (const { id } of diffOrder([...standing.keys()], order).placed)
          if (standing.has(id)) moves.push({ at: epoch, id, order });
        for (const block of changed) {
          const old = standing.get(block.$.id);
          log.push({
            at: epoch,
            id: block.$.id,
            before: old ? JSON.stringify($toBlock(old)) : null,
            block,
            after: place.get(block.$.id) ?? null,
          });
        }
        for (const [id, node] of standing)
          if (!place.has(id))
            log.push({
              at: epoch,
              id,
              before: JSON.stringify($toBlock(node)),
              block: null,
              after: null,
            });
        $keepingCursor(() => $replaceBlocks(changed, order));
      },
      { tag: tags(), discrete: true },
    );
    seen.set(editor.getEditorState(), epoch);
    if (history.current) history.current.editorState = editor.getEditorState();
  };

  return { apply, stop };
}

function $byId(): Map<LocalId, LexicalNode> {
  return new Map(
    $getRoot()
      .getChildren()
      .map((node) => [$blockId(node), node]),
  );
}

/** Puts changed blocks in the place of those with their ids, takes away what `order` does not name, and sorts the rest. */
export function $replaceBlocks(changed: readonly Block[], order: readonly LocalId[]): void {
  const root = $getRoot();
  const standing = $byId();
  for (const block of changed) {
    const node = $fromBlock(block);
    const old = standing.get(block.$.id);
    if (old) old.replace(node);
    else root.append(node);
    standing.set(block.$.id, node);
  }
  const wanted = new Set(order);
  for (const [id, node] of standing) if (!wanted.has(id)) node.remove();
  let previous: LexicalNode | null = null;
  for (const id of order) {
    const node = standing.get(id);
    if (!node) continue;
    const before: LexicalNode | null = node.getPreviousSibling();
    if (before?.getKey() !== previous?.getKey()) {
      if (previous) previous.insertAfter(node, false);
      else root.getFirstChild()?.insertBefore(node, false);
    }
    previous = node;
  }
}

function $makeAgain(missed: readonly Logged[]): void {
  for (const entry of missed) {
    const node = $byId().get(entry.id);
    // What the other hand removed is brought back by undo where it reads otherwise than when it went.
    if (!entry.block) {
      if (node && JSON.stringify($toBlock(node)) === entry.before) node.remove();
    } else if (node) node.replace($fromBlock(again(entry.block, entry.before, $toBlock(node))));
    else $putBehind(entry.after, entry.block);
  }
}

/** Puts each block behind the nearest of those it was put behind that stands, or first. */
function $moveAgain(moved: readonly Moved[]): void {
  const standing = $byId();
  for (const { id, order } of moved) {
    const node = standing.get(id);
    if (!node) continue;
    const above = order
      .slice(0, order.indexOf(id))
      .map((other) => standing.get(other))
      .findLast((other) => other !== undefined);
    if (above) above.insertAfter(node, false);
    else if (!node.is($getRoot().getFirstChild()))
      $getRoot().getFirstChild()?.insertBefore(node, false);
  }
}

/** What the other hand made of a block, with what is undone or done again in it where that lies well apart. */
function again(theirs: Block, before: string | null, restored: Block): Block {
  if (before === null || before === JSON.stringify(restored)) return theirs;
  const was = JSON.parse(before) as Block;
  const [merged, ...others] = mergeContents(alone(was), alone(restored), alone(theirs)).content
    .body;
  if (merged && merged.type !== 'conflict' && others.length === 0) return merged;
  if (!isTextBlock(was) || !isTextBlock(restored) || !isTextBlock(theirs)) return theirs;
  return suggestMerge(was, restored, theirs) ?? theirs;
}

const alone = (block: Block): Content => ({ fields: emptyFields(), body: [block], conflicts: [] });

function $putBehind(id: LocalId | null, block: Block): void {
  const after = id === null ? null : $byId().get(id);
  const made = $fromBlock(block);
  const first = $getRoot().getFirstChild();
  if (after) after.insertAfter(made, false);
  else if (id === null && first) first.insertBefore(made, false);
  else $getRoot().append(made);
}

/** Puts blocks back whose words undo gave to a block that then became again what another hand had made of it. */
function $keepSplitOff(before: EditorState, restored: ReadonlyMap<LocalId, string>): void {
  const standing = $byId();
  const gone = before.read(() =>
    $getRoot()
      .getChildren()
      .filter((node) => !standing.has($blockId(node)))
      .map((node) => {
        const above = node.getPreviousSibling();
        const after = above ? $blockId(above) : null;
        return { after, words: node.getTextContent().trim(), block: $toBlock(node) };
      }),
  );
  for (const { after, words, block } of gone) {
    const isLost = [...restored].some(
      ([id, text]) =>
        text.includes(words) && standing.get(id)?.getTextContent().includes(words) === false,
    );
    if (words !== '' && isLost) $putBehind(after, block);
  }
}

/**
 * Puts sentences behind a block of another hand that undo gave back to it and that stand nowhere now: cut out, pasted
 * elsewhere, and that undone as well. Not those that the other hand took out, or that stand there in other words.
 */
function $keepCutOut(missed: readonly Logged[], restored: ReadonlyMap<LocalId, string>): void {
  for (const [id, entries] of Map.groupBy(missed, (entry) => entry.id)) {
    const standing = $byId().get(id);
    if (!standing) continue;
    const text = blockText($toBlock(standing));
    const everything = [...$byId().values()].map((node) => blockText($toBlock(node))).join('\n');
    const isOfTheirs = (sentence: string): boolean =>
      entries.some(
        ({ before, block }) =>
          before !== null &&
          blockText(JSON.parse(before) as Block).includes(sentence) &&
          !(block && blockText(block).includes(sentence)),
      );
    const lost = sentencesIn(restored.get(id) ?? '').filter(
      (sentence) =>
        !everything.includes(sentence) && !isOfTheirs(sentence) && !isReworded(sentence, text),
    );
    if (lost.length === 0) continue;
    $putBehind(id, {
      type: 'paragraph',
      $: { id: newLocalId(randomBytes) },
      children: [{ type: 'text', text: lost.join(' ') }],
    });
  }
}

function sentencesIn(text: string): string[] {
  return text.split(SENTENCE_END).filter((sentence) => wordsOf(sentence).length > 0);
}

/** Whether a sentence of the text has half of its words. */
function isReworded(sentence: string, text: string): boolean {
  const words = wordsOf(sentence);
  return sentencesIn(text).some((other) => {
    const known = new Set(wordsOf(other));
    return words.filter((word) => known.has(word)).length * 2 >= words.length;
  });
}
