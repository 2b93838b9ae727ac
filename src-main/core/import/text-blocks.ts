import type { Draft } from './html-draft.ts';
import {
  headingBlock,
  listItem,
  paragraphOf,
  plainInlines,
  textBlock,
  type Hint,
  type NewId,
} from './piece.ts';

const NONE: ReadonlySet<Hint> = new Set();
const HEADLINE: ReadonlySet<Hint> = new Set<Hint>(['headline', 'markup']);
const MARKUP: ReadonlySet<Hint> = new Set<Hint>(['markup']);

const BULLET = /^\s*[•◦▪‣●·]\s+|^\s*[-*+]\s+/;
const CERTAIN_BULLET = /^\s*[•◦▪‣●]\s+/;
const NUMBER = /^\s*(\d{1,3})[.)]\s+/;
const DIVIDER = /^\s*(\*\s*\*\s*\*[\s*]*|[-–—_=]{3,}|#\s*#\s*#|⁂)\s*$/;
const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/;
const QUOTED = /^\s*>\s?/;

/** Whether line ends only wrap the text: all lines are of about one width, so a paragraph is many of them. */
function isHardWrapped(lines: readonly string[]): boolean {
  let long = 0;
  let followed = 0;
  for (const [index, line] of lines.entries()) {
    if (line.length > 100) return false;
    if (line.length < 45) continue;
    long += 1;
    if ((lines[index + 1] ?? '').trim() !== '') followed += 1;
  }
  return long >= 4 && followed >= long * 0.5;
}

/** So many lines are looked at before others have their turn. */
const AT_ONCE = 4000;

type Kind = 'blank' | 'divider' | 'heading' | 'quote' | 'bullet' | 'number' | 'text';

function kindOf(line: string): Kind {
  if (line.trim() === '') return 'blank';
  // A line this long is text, and some of these patterns would take their time over it.
  if (line.length > 2000) return 'text';
  if (DIVIDER.test(line)) return 'divider';
  if (HEADING.test(line)) return 'heading';
  if (QUOTED.test(line)) return 'quote';
  if (BULLET.test(line)) return 'bullet';
  return NUMBER.test(line) ? 'number' : 'text';
}

/** Plain text as pieces: paragraphs, list lines, quoted lines, dividers and headings marked with #. */
export async function readText(
  text: string,
  newId: NewId,
  pause: () => Promise<void>,
): Promise<Draft[]> {
  // Vertical tabs and the Unicode separators end lines too; soft page breaks and byte order marks are no text.
  const lines = text
    .replace(/\r\n?|[\v\u0085\u2028\u2029]/g, '\n')
    .replace(/[\f\ufeff]/g, '')
    .replaceAll('\0', '')
    .split('\n');
  const wrapped = isHardWrapped(lines);
  const drafts: Draft[] = [];

  const paragraph = (words: string): void => {
    const line = words.replace(/[ \t]+/g, ' ').trim();
    if (line !== '') drafts.push({ block: paragraphOf(line, newId()), text: line, hints: NONE });
  };
  const list = (items: readonly string[], numbered: boolean): void => {
    const start = Number(NUMBER.exec(items[0] ?? '')?.[1] ?? 1);
    const words = items.map((item) =>
      item
        .replace(numbered ? NUMBER : BULLET, '')
        .replace(/\s+/g, ' ')
        .trim(),
    );
    const children = words.map((item) => listItem(plainInlines(item), newId()));
    drafts.push({
      block: {
        type: 'list',
        listType: numbered ? 'number' : 'bullet',
        $: { id: newId() },
        ...(numbered && start > 1 && { start }),
        children,
      },
      text: words.join('\n'),
      hints: NONE,
      changed: { label: 'List' },
    });
  };

  const take = (from: number, same: (line: string, kind: Kind) => boolean): string[] => {
    const taken: string[] = [];
    for (let at = from; at < lines.length; at += 1) {
      const line = lines[at] ?? '';
      if (!same(line, kindOf(line))) break;
      taken.push(line);
    }
    return taken;
  };

  let rested = 0;
  for (let at = 0; at < lines.length;) {
    if (at - rested >= AT_ONCE) {
      rested = at;
      await pause();
    }
    const line = lines[at] ?? '';
    const kind = kindOf(line);
    const run = kind === 'text' ? [] : take(at, (_, next) => next === kind);
    if (kind === 'divider') {
      drafts.push({
        block: { type: 'horizontalrule', $: { id: newId() } },
        text: '',
        hints: MARKUP,
      });
      at += 1;
    } else if (kind === 'heading') {
      const [, marks = '', words = ''] = HEADING.exec(line) ?? [];
      const block = headingBlock(marks.length > 2 ? 'h3' : 'h2', plainInlines(words), newId());
      if (words !== '')
        drafts.push({ block, text: words, hints: marks === '#' ? HEADLINE : MARKUP });
      at += 1;
    } else if (kind === 'quote') {
      const words = run.map((quoted) => quoted.replace(QUOTED, ''));
      for (const part of words.join('\n').split(/\n\s*\n/)) {
        const joined = part.replace(/\s+/g, ' ').trim();
        if (joined !== '')
          drafts.push({
            block: textBlock('quote', plainInlines(joined), newId()),
            text: joined,
            hints: MARKUP,
          });
      }
      at += run.length;
    } else if (
      (kind === 'bullet' || kind === 'number') &&
      (run.length > 1 || CERTAIN_BULLET.test(line))
    ) {
      list(run, kind === 'number');
      at += run.length;
    } else if (kind === 'blank') {
      at += run.length;
    } else if (wrapped) {
      const lineRun = take(at + 1, (_, next) => next === 'text');
      paragraph([line, ...lineRun].join(' '));
      at += 1 + lineRun.length;
    } else {
      paragraph(line);
      at += 1;
    }
  }
  return drafts;
}
