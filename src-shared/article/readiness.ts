import type { Block } from './body.ts';
import type { DeskProfile } from './desk-profile.ts';
import { FIELD_LABELS, isEmptyField, type FieldName } from './fields.ts';
import type { Content } from './revision.ts';
import { bodyWords, counted } from './text.ts';

/** One line of "Before it can run". A `block` keeps an article from being approved; a `warn` only tells. */
export interface ReadinessItem {
  code: string;
  label: string;
  detail: string;
  state: 'ok' | 'warn' | 'block';
  field?: FieldName | 'body';
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Length of a text in characters as a reader counts them (Unicode grapheme clusters). */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of segmenter.segment(text)) length += 1;
  return length;
}

type StateCarrier = { $?: object | undefined; children?: readonly unknown[] };

function collectSuggestions(node: StateCarrier, found: Set<string>): void {
  for (const value of Object.values(node.$ ?? {}) as unknown[]) {
    if (
      typeof value === 'object' &&
      value !== null &&
      'id' in value &&
      typeof value.id === 'string'
    )
      found.add(value.id);
  }
  for (const child of node.children ?? []) collectSuggestions(child as StateCarrier, found);
}

/**
 * Ids of the suggestions that have not been settled, in no particular order. Those inside a block with two versions do
 * not count: nobody can settle them before the versions, which bar an approval themselves.
 */
export function openSuggestions(body: readonly Block[]): string[] {
  const found = new Set<string>();
  for (const block of body) if (block.type !== 'conflict') collectSuggestions(block, found);
  return [...found];
}

/** How many conflicts stand in the content: blocks with two versions, field cards and unplaced text. */
export function openConflicts(content: Pick<Content, 'body' | 'conflicts'>): number {
  return (
    content.conflicts.length + content.body.filter((block) => block.type === 'conflict').length
  );
}

function limitItem(field: FieldName, text: string, limit: number): ReadinessItem {
  const length = lengthOf(text);
  const state = length > limit ? 'warn' : 'ok';
  return {
    code: `length-${field}`,
    label: FIELD_LABELS[field],
    detail: `${length} of ${limit}`,
    state,
    field,
  };
}

/**
 * What stands between the content and print, in the order a desk chief reads it: the headline and its length, the
 * desk's required fields, text lengths, pictures without alternative text, open suggestions, conflicts.
 */
export function readinessOf(content: Content, profile: DeskProfile): ReadinessItem[] {
  const { fields, body } = content;
  const items: ReadinessItem[] = [];
  const missing = new Set(profile.required.filter((name) => isEmptyField(fields[name])));
  const limits: [FieldName, string, number][] = [
    ['headline', fields.headline, profile.headlineLimit],
    ['shortHeadline', fields.shortHeadline, profile.shortHeadlineLimit],
    ['standfirst', fields.standfirst, profile.standfirstLimit],
    ['teaser', fields.teaser, profile.teaserLimit],
  ];
  for (const [name, text, limit] of limits)
    if (text !== '') items.push(limitItem(name, text, limit));
  for (const name of profile.required) {
    if (missing.has(name))
      items.push({
        code: `missing-${name}`,
        label: FIELD_LABELS[name],
        detail: 'missing',
        state: 'block',
        field: name,
      });
    else if (!limits.some(([limited]) => limited === name))
      items.push({
        code: `present-${name}`,
        label: FIELD_LABELS[name],
        detail: presentDetail(content, name),
        state: 'ok',
        field: name,
      });
  }
  if (!fields.headline.trim() && !missing.has('headline'))
    items.push({
      code: 'missing-headline',
      label: 'Headline',
      detail: 'missing',
      state: 'block',
      field: 'headline',
    });
  if (bodyWords(body) === 0)
    items.push({
      code: 'missing-body',
      label: 'Body',
      detail: 'no text yet',
      state: 'block',
      field: 'body',
    });
  if (fields.related.length > 0 && !profile.required.includes('related'))
    items.push({
      code: 'present-related',
      label: 'Related',
      detail: counted(fields.related.length, 'article'),
      state: 'ok',
      field: 'related',
    });
  const unseen =
    body.filter((block) => block.type === 'image' && !block.alt).length +
    (fields.leadImage && !fields.leadImage.alt ? 1 : 0);
  if (unseen > 0)
    items.push({
      code: 'alt-text',
      label: 'Alternative text',
      detail: `missing on ${counted(unseen, 'image')}`,
      state: 'warn',
    });
  const suggestions = openSuggestions(body).length;
  if (suggestions > 0)
    items.push({
      code: 'suggestions',
      label: 'Open marks',
      detail: `${suggestions} to settle`,
      state: 'block',
    });
  const conflicts = openConflicts(content);
  if (conflicts > 0)
    items.push({
      code: 'conflicts',
      label: 'Versions',
      detail: `${conflicts} to settle`,
      state: 'block',
    });
  return items;
}

function presentDetail({ fields }: Content, name: FieldName): string {
  const value = fields[name];
  if (Array.isArray(value)) return String(value.length);
  return typeof value === 'string' && value.length <= 40 ? value : 'set';
}
