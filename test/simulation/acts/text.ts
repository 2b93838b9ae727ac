import {
  canonicalJson,
  isTextBlock,
  type Block,
  type Content,
  type ImageInfo,
  type Inline,
  type TextBlock,
} from '#shared/article';

export { isTextBlock, type TextBlock };

export const words = (text: string): Inline[] => [{ type: 'text', text }];

export function paragraph(id: string, text: string): TextBlock {
  return { type: 'paragraph', $: { id }, children: words(text) };
}

function inlineText(nodes: readonly unknown[]): string {
  return nodes
    .map((node) => {
      const { text, children } = node as { text?: string; children?: unknown[] };
      return text ?? inlineText(children ?? []);
    })
    .join('');
}

/** The passages of a block that people type: a paragraph's text, each item of a list, each cell of a table. */
export function passagesOf(block: Block | null): string[] {
  if (block === null) return [];
  switch (block.type) {
    case 'conflict':
      return [block.base, ...block.versions].flatMap(passagesOf);
    case 'list':
      return block.children.flatMap(({ children }) =>
        children.some(({ type }) => type === 'list')
          ? children.flatMap((child) => (child.type === 'list' ? passagesOf(child) : []))
          : [inlineText(children)],
      );
    case 'table':
      return block.children.flatMap((row) => row.children.map((cell) => inlineText(cell.children)));
    case 'image':
      return sayingsOf(block);
    case 'embed':
      return [`${block.url} ${block.title}`];
    case 'horizontalrule':
      return [];
    default:
      return [inlineText(block.children)];
  }
}

/** What is said of a picture: a caption speaks of this one and of no other. */
function sayingsOf({ asset, caption, credit }: ImageInfo): string[] {
  return [`${asset} ${caption}`, `${asset} by ${credit}`];
}

/** The values that people give to fields, each as one text. */
export function valuesOf(fields: Content['fields']): string[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    // The core gives a correction its id and its time.
    if (name === 'corrections')
      return (value as Content['fields']['corrections']).map(({ note }) => `${name}: ${note}`);
    if (name === 'leadImage' && value !== null)
      return sayingsOf(value as ImageInfo).map((saying) => `${name}: ${saying}`);
    if (typeof value === 'string') return [`${name}: ${value}`];
    if (Array.isArray(value))
      return value.map((entry) => `${name}: ${canonicalJson(withoutId(entry))}`);
    return [`${name}: ${canonicalJson(value)}`];
  });
}

/** What an entry says: what two people each added stands once, under the id that one of them gave it. */
function withoutId(entry: unknown): unknown {
  return typeof entry === 'object' && entry !== null ? { ...entry, id: undefined } : entry;
}

/** Every passage and value of a text, those that wait to be settled included. */
export function everythingIn(content: Content): string[] {
  const inConflicts = content.conflicts.flatMap((conflict) => {
    if (conflict.kind === 'unplaced') return conflict.blocks.flatMap(passagesOf);
    const { field, versions } = conflict;
    return versions.flatMap((version) =>
      valuesOf({ [field]: version } as unknown as Content['fields']),
    );
  });
  return [...content.body.flatMap(passagesOf), ...valuesOf(content.fields), ...inConflicts];
}
