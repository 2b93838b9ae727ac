import {
  BLOCK_LABELS,
  FIELD_LABELS,
  FIELD_NAMES,
  Fields,
  isEmptyField,
  type Block,
  type Conflict,
  type Content,
  type FieldName,
  type Id,
  type ImageInfo,
  type Inline,
  type PlainBlock,
} from '#shared/article';
import { plainBlockText } from './plain-text.ts';

/** A piece of an article as text; `label` says what it is, and is empty where the text speaks for itself. */
export interface TextPart {
  label: string;
  text: string;
}

/** Fields that stand above the body; all others stand under it. */
const HEAD: readonly FieldName[] = ['headline', 'standfirst', 'byline', 'dateline'];

/**
 * Everything that somebody wrote in an article as plain text, also what never prints: notes, every field, both versions
 * of what is not settled, and suggestions, which stand as {+added+} and [-taken out-]. Empty fields are left out.
 */
export function wholeText(
  { fields, body, conflicts }: Content,
  deskName: (desk: Id) => string,
): TextPart[] {
  const partOf = (field: FieldName): TextPart[] =>
    isEmptyField(fields[field])
      ? []
      : [{ label: FIELD_LABELS[field], text: fieldText(field, fields[field], deskName) }];
  return [
    ...HEAD.flatMap(partOf),
    ...body.map(blockPart).filter(({ text }) => text.trim() !== ''),
    ...FIELD_NAMES.filter((field) => !HEAD.includes(field)).flatMap(partOf),
    ...conflicts.flatMap((conflict) => conflictParts(conflict, deskName)),
  ];
}

/** The parts one under the other, as a person keeps them in a file. */
export function joinParts(parts: readonly TextPart[]): string {
  return parts
    .map(({ label, text }) => {
      if (label === '') return text;
      return text.includes('\n') ? `${label}:\n${text}` : `${label}: ${text}`;
    })
    .join('\n\n');
}

/** Takes any value: a conflict may hold a strange one. */
function fieldText(field: FieldName, value: unknown, deskName: (desk: Id) => string): string {
  const parsed = Fields.shape[field].safeParse(value);
  if (!parsed.success) return JSON.stringify(value);
  const known: Fields[FieldName] = parsed.data;
  if (known === null) return 'None';
  if (typeof known === 'number') return String(known);
  if (typeof known === 'string') return field === 'desk' ? deskName(known) : known;
  return Array.isArray(known) ? known.map(entryText).join('\n') : imageText(known);
}

function entryText(entry: Extract<Fields[FieldName], readonly unknown[]>[number]): string {
  if (typeof entry === 'string') return entry;
  if ('title' in entry) {
    const { title, publication, desk, postedOn, url, teaser } = entry;
    const source = [publication, desk, postedOn].filter(Boolean).join(', ');
    return [[title, source].filter(Boolean).join(' · '), url, teaser].filter(Boolean).join('\n');
  }
  if ('note' in entry) return `${entry.at}: ${entry.note}`;
  if (!('role' in entry)) return entry.name;
  return [entry.name, entry.role, entry.affiliation].filter(Boolean).join(', ');
}

function imageText({ caption, credit, alt }: ImageInfo): string {
  return [caption, credit, alt].filter(Boolean).join('\n') || 'Without words';
}

const UNNAMED: readonly Block['type'][] = ['paragraph', 'horizontalrule', 'list', 'table'];

function blockPart(block: Block): TextPart {
  const label = UNNAMED.includes(block.type) ? '' : BLOCK_LABELS[block.type];
  if (block.type !== 'conflict') return { label, text: writtenText(block) };
  return {
    label,
    text: numbered(block.versions.map((version) => version && writtenText(version))),
  };
}

function writtenText(block: PlainBlock): string {
  if (block.type === 'image') return imageText(block);
  if (block.type === 'embed') return [block.title, block.url].filter(Boolean).join('\n');
  return plainBlockText(block, writtenWords);
}

function writtenWords(node: Inline): string {
  if (node.type === 'link') {
    const words = node.children.map(writtenWords).join('');
    return words === node.url ? words : `${words} (${node.url})`;
  }
  const words = node.type === 'text' ? node.text : '\n';
  if (node.$?.deleted) return `[-${words}-]`;
  return node.$?.inserted ? `{+${words}+}` : words;
}

function conflictParts(conflict: Conflict, deskName: (desk: Id) => string): TextPart[] {
  if (conflict.kind === 'unplaced') return conflict.blocks.map(blockPart);
  const { field, versions } = conflict;
  const texts = versions.map((version) =>
    version === undefined ? null : fieldText(field, version, deskName),
  );
  const count = versions.length;
  return [{ label: `${FIELD_LABELS[field]}, ${count} versions`, text: numbered(texts) }];
}

function numbered(versions: readonly (string | null)[]): string {
  return versions.map((text, index) => `${index + 1}. ${text ?? 'Removed'}`).join('\n');
}
