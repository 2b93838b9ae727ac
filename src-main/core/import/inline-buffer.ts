import type { Inline } from '#shared/article';

type Leaf = Extract<Inline, { type: 'text' | 'linebreak' }>;

/** Gathers the inline nodes of one block with the white space a browser would show. */
export interface InlineBuffer {
  text(words: string, format: number, link: string | null, keepSpace: boolean): void;
  lineBreak(link: string | null): void;
  /** Whether two line breaks in a row have ended the paragraph. */
  endsParagraph(): boolean;
  /** The nodes gathered since the last time; empty when there are no words. */
  take(): Inline[];
}

function trimEnd(leaves: Leaf[]): void {
  for (let last = leaves.at(-1); last; last = leaves.at(-1)) {
    if (last.type === 'text') {
      last.text = last.text.replace(/[ \t\n]+$/, '');
      if (last.text !== '') return;
    }
    leaves.pop();
  }
}

export function createInlineBuffer(): InlineBuffer {
  let leaves: { leaf: Leaf; link: string | null }[] = [];
  let atSpace = true;
  let breaks = 0;

  return {
    text(words, format, link, keepSpace) {
      let text = keepSpace ? words : words.replace(/[ \t\n\r\f]+/g, ' ');
      if (atSpace && !keepSpace) text = text.replace(/^ /, '');
      if (text === '') return;
      const last = leaves.at(-1);
      if (last?.leaf.type === 'text' && last.link === link && (last.leaf.format ?? 0) === format)
        last.leaf.text += text;
      else leaves.push({ leaf: { type: 'text', text, ...(format > 0 && { format }) }, link });
      atSpace = text.endsWith(' ');
      if (text.trim() !== '') breaks = 0;
    },
    lineBreak(link) {
      breaks += 1;
      if (leaves.length > 0) leaves.push({ leaf: { type: 'linebreak' }, link });
      atSpace = true;
    },
    endsParagraph: () => breaks > 1,
    take() {
      const kept = leaves.map(({ leaf }) => leaf);
      trimEnd(kept);
      const inlines: Inline[] = [];
      leaves.slice(0, kept.length).forEach(({ leaf, link }) => {
        const last = inlines.at(-1);
        if (link === null) inlines.push(leaf);
        else if (last?.type === 'link' && last.url === link) last.children.push(leaf);
        else inlines.push({ type: 'link', url: link, children: [leaf] });
      });
      const empty = kept.every((leaf) => leaf.type === 'linebreak' || leaf.text.trim() === '');
      leaves = [];
      atSpace = true;
      breaks = 0;
      return empty ? [] : inlines;
    },
  };
}
