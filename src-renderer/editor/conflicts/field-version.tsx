import type { ReactNode } from 'react';
import { Fields, type FieldName } from '#shared/article';
import { formatMoment, formatZone, type Choice } from '../../ui/index.ts';
import { AssetImage } from '../cards/asset-image.tsx';
import {
  directionChoices,
  languageChoices,
  nameOfChoice,
  urgencyChoices,
} from '../fields/choices.ts';
import { compareEntries, compareTexts, contestedInText } from './changes.ts';
import { isFoldable } from './fold.ts';
import { Marked } from './marked.tsx';

/** Fields of which one of a few values is chosen: they are called as where they are chosen. */
const CHOICES: Partial<Record<FieldName, readonly Choice[]>> = {
  direction: directionChoices,
  language: languageChoices,
  urgency: urgencyChoices,
};

/** Fields that change as a whole: the words of one section say nothing of another's. */
const WHOLE: readonly FieldName[] = [
  'section',
  'language',
  'direction',
  'urgency',
  'embargo',
  'urlSlug',
];

interface Entry {
  id: string;
  says: string;
}

/** The entries of a list field in words; null for a field that is no list. */
function entriesOf(value: unknown): Entry[] | null {
  if (!Array.isArray(value)) return null;
  return value.map((entry: unknown): Entry => {
    if (typeof entry !== 'object' || entry === null)
      return { id: String(entry), says: String(entry) };
    const { id, name, affiliation, role, note, ...rest } = entry as Record<string, unknown>;
    const { title, postedOn, publication, desk, url, teaser } = rest;
    // The desk of a byline is an id, beside the name it stands for.
    const related = title === undefined ? [] : [title, postedOn, publication, desk, url, teaser];
    const words = [name, affiliation, role, note, ...related];
    return {
      id: String(id),
      says: words.filter((word) => typeof word === 'string' && word !== '').join(', '),
    };
  });
}

/** A field's value in words; empty for nothing. */
export function sayField(field: FieldName, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (field === 'embargo' && typeof value === 'string')
    return `${formatMoment(value)} (${formatZone(new Date(value))})`;
  const choices = CHOICES[field];
  if (choices && (typeof value === 'string' || typeof value === 'number'))
    return nameOfChoice(choices, String(value));
  const entries = entriesOf(value);
  if (entries) return entries.map(({ says }) => says).join(' · ');
  if (typeof value === 'object') {
    const { caption, credit, alt } = value as Record<string, unknown>;
    const words = [caption, credit, alt].filter((text) => typeof text === 'string' && text !== '');
    return words.join(' · ') || 'A picture';
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

interface Props {
  field: FieldName;
  value: unknown;
  /** Undefined: nothing is marked. */
  base?: unknown;
  /** The versions of what stood before, if it is that which is shown. */
  versions?: readonly unknown[];
  nameOf: (id: string) => string;
}

/** A version of a field, with what differs from the base marked. */
export function FieldVersion({ field, value, base, versions, nameOf }: Props): ReactNode {
  const compares = base !== undefined && !WHOLE.includes(field);
  const entries = entriesOf(value);
  if (field === 'desk') return <p>{typeof value === 'string' ? nameOf(value) : <Nothing />}</p>;
  if (entries && entries.length + (entriesOf(base)?.length ?? 0) > 0) {
    const before = compares ? (entriesOf(base) ?? []) : entries;
    return (
      <ol className="stet-version-entries">
        {compareEntries(before, entries, ({ id }) => id).map(({ change, before: was, entry }) => (
          <li key={entry.id} dir="auto">
            {change === 'added' ? (
              <ins>{entry.says}</ins>
            ) : change === 'removed' ? (
              <del>{entry.says}</del>
            ) : (
              <Marked stretches={compareTexts(compares && was ? was.says : null, entry.says)} />
            )}
          </li>
        ))}
      </ol>
    );
  }
  const picture = field === 'leadImage' ? pictureOf(value) : null;
  const isSame = (versions ?? [base]).every((other) => pictureOf(other)?.asset === picture?.asset);
  const says = sayField(field, value);
  return (
    <>
      {picture && (
        <AssetImage
          asset={picture.asset}
          alt={picture.alt}
          {...(isSame && { className: 'stet-version-same' })}
        />
      )}
      <p dir="auto">
        {says === '' && !(compares && sayField(field, base)) ? (
          <Nothing />
        ) : (
          <Marked
            stretches={
              versions
                ? contestedInText(
                    says,
                    versions.map((version) => sayField(field, version)),
                  )
                : compareTexts(compares ? sayField(field, base) : null, says)
            }
          />
        )}
      </p>
    </>
  );
}

function pictureOf(value: unknown): Fields['leadImage'] | undefined {
  return Fields.shape.leadImage.safeParse(value).data;
}

/** Whether a version is a long text that stands as before in most. */
export function fieldFolds(value: unknown, base: unknown): boolean {
  return (
    typeof value === 'string' && typeof base === 'string' && isFoldable(compareTexts(base, value))
  );
}

function Nothing(): ReactNode {
  return <span className="stet-conflict-gone">Nothing</span>;
}
