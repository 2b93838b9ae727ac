import { diffArrays, diffWordsWithSpace } from 'diff';
import {
  BLOCK_LABELS,
  blockText,
  FIELD_LABELS,
  FIELD_NAMES,
  type Block,
  type Content,
} from '#shared/article';
import { displayField } from './field-text.ts';

interface Piece {
  text: string;
  change: 'same' | 'added' | 'removed';
}

/** A field or block of two contents laid over each other. */
export interface ComparedPart {
  id: string;
  kind: 'field' | 'body';
  label: string;
  /** How it is set: the block's type. */
  style: string;
  isChanged: boolean;
  pieces: Piece[];
}

type Side = Pick<Content, 'fields' | 'body'>;

/** What changed from one content to another, word by word: fields first, then the body in the order of the later one. */
export function compareContent(before: Side, after: Side): ComparedPart[] {
  const fields = FIELD_NAMES.flatMap((name) => {
    // A desk's id means nothing to a reader.
    if (name === 'desk') return [];
    const texts = [displayField(name, before.fields[name]), displayField(name, after.fields[name])];
    const [from = '', to = ''] = texts;
    return from === '' && to === ''
      ? []
      : [partOf(`field-${name}`, 'field', FIELD_LABELS[name], name, from, to)];
  });
  return [...fields, ...compareBodies(before.body, after.body)];
}

function compareBodies(before: readonly Block[], after: readonly Block[]): ComparedPart[] {
  const former = new Map(before.map((block) => [block.$.id, block]));
  const order = diffArrays(
    before.map(({ $ }) => $.id),
    after.map(({ $ }) => $.id),
  );
  const latter = new Map(after.map((block) => [block.$.id, block]));
  return order.flatMap(({ value, added, removed }) =>
    value.flatMap((id) => {
      const from = former.get(id);
      const to = latter.get(id);
      // A block that moved is shown once, where it stands now.
      if (removed && to) return [];
      const block = to ?? from;
      if (!block) return [];
      const isGone = removed || !to;
      return [
        partOf(
          id,
          'body',
          BLOCK_LABELS[block.type],
          block.type,
          from ? wordsOf(from) : '',
          isGone ? '' : wordsOf(block),
          Boolean(added && from),
        ),
      ];
    }),
  );
}

/** A block's words, or its name where it has none. */
function wordsOf(block: Block): string {
  return blockText(block) || `[${BLOCK_LABELS[block.type]}]`;
}

function partOf(
  id: string,
  kind: ComparedPart['kind'],
  label: string,
  style: string,
  from: string,
  to: string,
  isMoved = false,
): ComparedPart {
  const pieces: Piece[] = diffWordsWithSpace(from, to).map(({ value, added, removed }) => ({
    text: value,
    change: added ? 'added' : removed ? 'removed' : 'same',
  }));
  return { id, kind, label, style, isChanged: isMoved || from !== to, pieces };
}
