import { diffArrays } from 'diff';
import {
  BLOCK_LABELS,
  blockText,
  FIELD_LABELS,
  FIELD_NAMES,
  type Block,
  type Content,
} from '#shared/article';
import { compareTexts, type Stretch } from '../editor/index.ts';
import { displayField } from './field-text.ts';
import { linePairs } from './line-pairs.ts';

/** A field or block of two contents laid over each other. */
export interface ComparedPart {
  id: string;
  kind: 'field' | 'body';
  label: string;
  /** How it is set: the block's type. */
  style: string;
  isChanged: boolean;
  pieces: Stretch[];
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

/** A post as people read it: its headline, its teaser, and a line per paragraph. */
interface Post {
  title: string;
  excerpt: string;
  text: string;
}

/** What somebody made of a post in a CMS: the fields and lines that differ, with those beside them. */
export function comparePosts(before: Post, after: Post): ComparedPart[] {
  return [
    partOf('title', 'field', FIELD_LABELS.headline, 'headline', before.title, after.title),
    partOf('excerpt', 'field', FIELD_LABELS.teaser, 'teaser', before.excerpt, after.excerpt),
    ...compareLines(before.text.split('\n'), after.text.split('\n')),
  ];
}

function compareLines(before: readonly string[], after: readonly string[]): ComparedPart[] {
  const parts: ComparedPart[] = [];
  const add = (from: string, to: string, style = 'paragraph'): void => {
    parts.push(partOf(`line-${parts.length}`, 'body', '', style, from, to));
  };
  let gone: string[] = [];
  for (const { value, added, removed } of diffArrays([...before], [...after])) {
    if (removed) {
      gone = value;
      continue;
    }
    for (const [from, to] of linePairs(gone, added ? value : [])) add(from, to);
    gone = [];
    if (added) continue;
    // Of those that stand as before, one at each end says where; the others are counted.
    const folds = value.length > 3;
    (folds ? value.slice(0, 1) : value).forEach((line) => add(line, line));
    if (!folds) continue;
    const left = `… ${value.length - 2} paragraphs as before …`;
    add(left, left, 'gap');
    value.slice(-1).forEach((line) => add(line, line));
  }
  gone.forEach((line) => add(line, ''));
  return parts;
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
  const pieces = compareTexts(from, to);
  return { id, kind, label, style, isChanged: isMoved || from !== to, pieces };
}
