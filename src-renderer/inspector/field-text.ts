import { Fields, type FieldName } from '#shared/article';
import { formatMoment } from '../ui/index.ts';

/** A field's value as a line of text, for comparing and choosing. Takes any value: a conflict may hold a strange one. */
export function displayField(field: FieldName, value: unknown): string {
  const parsed = Fields.shape[field].safeParse(value);
  if (!parsed.success) return value === undefined ? '' : JSON.stringify(value);
  const known: Fields[FieldName] = parsed.data;
  if (known === null) return '';
  if (typeof known === 'string') return field === 'embargo' ? formatMoment(known) : known;
  if (typeof known === 'number') return String(known);
  if (Array.isArray(known)) return known.map(displayEntry).join(' · ');
  return [known.caption, known.credit, known.alt].filter(Boolean).join(' · ') || 'Image';
}

function displayEntry(entry: Extract<Fields[FieldName], readonly unknown[]>[number]): string {
  if (typeof entry === 'string') return entry;
  if ('title' in entry) return entry.title;
  if ('note' in entry) return entry.note;
  return 'affiliation' in entry && entry.affiliation
    ? `${entry.name} (${entry.affiliation})`
    : entry.name;
}
