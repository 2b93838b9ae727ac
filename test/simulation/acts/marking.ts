import { newLocalId, type Inline } from '#shared/article';
import { change, pickText, type Act, type Desk, type Writing } from './editing.ts';
import { isTextBlock, words as inline, type TextBlock } from './text.ts';

type Word = Extract<Inline, { type: 'text' }>;

const suggestionOf = ({ dice, who, now }: Desk): { id: string; by: string; at: string } => ({
  id: newLocalId(dice.bytes),
  by: who,
  at: now,
});

/** Makes something else of one stretch of a text. */
function markOne(desk: Desk, block: TextBlock | null, mark: (word: Word) => Word): Writing | null {
  const at = block ? desk.dice.below(block.children.length) : 0;
  const node = block?.children[at];
  if (!block || node?.type !== 'text') return null;
  return change(desk, { ...block, children: block.children.with(at, mark(node)) });
}

const BOLD = 1;
const ITALIC = 2;

/** Sets a stretch in bold or italics, or sets it back. */
export const emphasise: Act = (desk) =>
  markOne(desk, pickText(desk), ({ format = 0, ...word }) => {
    const now = format ^ desk.dice.pick([BOLD, ITALIC]);
    return now === 0 ? word : { ...word, format: now };
  });

export const suggest: Act = (desk) => {
  const block = pickText(desk);
  if (!block) return null;
  const [words] = inline(` ${desk.words.sentence()}`);
  const suggestion = { ...(words as Word), $: { inserted: suggestionOf(desk) } };
  return change(desk, { ...block, children: [...block.children, suggestion] });
};

/** Suggests to take a stretch out that nobody has a suggestion for. */
export const suggestRemoval: Act = (desk) =>
  markOne(desk, pickText(desk), (word) =>
    word.$ ? word : { ...word, $: { deleted: suggestionOf(desk) } },
  );

/** Suggests to make a quotation of a paragraph. */
export const suggestKind: Act = (desk) => {
  const block = pickText(desk);
  if (block?.type !== 'paragraph') return null;
  const typeChanged = { ...suggestionOf(desk), was: 'paragraph' };
  return change(desk, { ...block, type: 'quote', $: { ...block.$, typeChanged } });
};

const isOpen = (node: Inline): node is Word =>
  node.type === 'text' && (node.$?.inserted ?? node.$?.deleted) !== undefined;

function answerKind(desk: Desk): Writing | null {
  const block = desk.content.body.filter(isTextBlock).find(({ $ }) => $.typeChanged);
  if (!block) return null;
  const { typeChanged: _, ...$ } = block.$;
  const { children } = block;
  return change(desk, desk.dice.chance(0.7) ? { ...block, $ } : { type: 'paragraph', $, children });
}

/** Whether a suggestion is open in this text. */
export const isSuggestedIn = ({ $, children }: TextBlock): boolean =>
  $.typeChanged !== undefined || children.some(isOpen);

/** Accepts or rejects the first suggestions that are open. */
export const answerSuggestion: Act = (desk) => {
  const block = desk.content.body.filter(isTextBlock).find(({ children }) => children.some(isOpen));
  if (!block) return answerKind(desk);
  const accept = desk.dice.chance(0.7);
  const children = block.children.flatMap((node): Inline[] => {
    if (!isOpen(node)) return [node];
    const { $, ...word } = node;
    return ($?.inserted !== undefined) === accept ? [word] : [];
  });
  return change(desk, { ...block, children });
};
