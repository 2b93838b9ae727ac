import { useEffect, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import {
  blockText,
  canonicalJson,
  FIELD_LABELS,
  Fields,
  type Conflict,
  type FieldName,
  type ParagraphBlock,
} from '#shared/article';
import { suggestMerge } from '#shared/merge';
import type { z } from 'zod';
import { Button, focusField, tell, untell } from '../../ui/index.ts';
import { BlockView } from '../cards/plain-block-view.tsx';
import { ConflictPanel } from '../conflicts/conflict-panel.tsx';
import { fieldFolds, FieldVersion } from '../conflicts/field-version.tsx';
import { countedVersions, inSentence, saysWhat } from '../conflicts/words.ts';
import { useBridge, useWorkingCopy } from '../working-copy/provider.tsx';
import { inPageOrder } from './page-order.ts';
import { undoNext, type Step } from './undo-next.ts';

type FieldConflictOf = Extract<Conflict, { kind: 'field' }>;
type Unplaced = Extract<Conflict, { kind: 'unplaced' }>;

/** Fields whose versions can stand one behind the other. */
const PROSE: readonly FieldName[] = [
  'headline',
  'standfirst',
  'creditLine',
  'usageTerms',
  'editorsNote',
  'teaser',
];

/** A value for its field, if the field can hold it. */
function fieldValue(name: FieldName, value: unknown): { value: Fields[FieldName] } | null {
  const parsed = Fields.shape[name].safeParse(value);
  return parsed.success ? { value: parsed.data } : null;
}

/**
 * All versions as one value: lists joined by entry, prose one behind the other; null where that makes no sense, or is what
 * one of them says already.
 */
function allOf(conflict: FieldConflictOf): { value: Fields[FieldName] } | null {
  const all = joinedOf(conflict);
  const isVersion = conflict.versions.some(
    (version) => canonicalJson(version) === canonicalJson(all?.value ?? null),
  );
  return isVersion ? null : all;
}

function joinedOf({ field, versions }: FieldConflictOf): { value: Fields[FieldName] } | null {
  if (versions.every((version) => Array.isArray(version))) {
    const keyOf = (entry: unknown): unknown =>
      typeof entry === 'object' && entry !== null && 'id' in entry ? entry.id : entry;
    const joined = new Map<unknown, unknown>();
    for (const entry of versions.flat()) {
      const key = keyOf(entry);
      const standing = joined.get(key);
      if (standing === undefined || canonicalJson(standing) === canonicalJson(entry))
        joined.set(key, entry);
      else joined.set(canonicalJson(entry), withOwnId(entry, joined.size));
    }
    return fieldValue(field, [...joined.values()]);
  }
  const texts = versions.filter((version) => typeof version === 'string' && version !== '');
  return PROSE.includes(field) && texts.length > 1 ? fieldValue(field, texts.join(' ')) : null;
}

/** Two versions of one entry cannot share an id. */
function withOwnId(entry: unknown, count: number): unknown {
  return typeof entry === 'object' && entry !== null && 'id' in entry
    ? { ...entry, id: `${String(entry.id).slice(0, 34)}-${String(count)}` }
    : entry;
}

function suggestionFor({ field, base, versions }: FieldConflictOf): string | null {
  if (!PROSE.includes(field)) return null;
  const block = (value: unknown): z.infer<typeof ParagraphBlock> | null =>
    typeof value === 'string'
      ? {
          type: 'paragraph',
          $: { id: 'field' },
          children: value === '' ? [] : [{ type: 'text', text: value }],
        }
      : null;
  const [first, ...others] = versions.map(block);
  const joined = others.reduce<ReturnType<typeof suggestMerge>>(
    (sum, version) => suggestMerge(block(base), sum, version),
    first ?? null,
  );
  const words = joined && blockText(joined);
  return words === null || versions.includes(words) ? null : words;
}

/** Names of desks, which stand in an article by id. */
function useDeskNames(isWanted: boolean): (id: string) => string {
  const bridge = useBridge();
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    if (!isWanted) return;
    bridge.call('people.list', {}).then(
      ({ desks }) => setNames(new Map(desks.map(({ id, name }) => [id, name]))),
      () => undefined,
    );
  }, [bridge, isWanted]);
  return (id) => names.get(id) ?? 'Another desk';
}

/** Cards for fields that were changed in two places: they stand at the field, with every value to choose from. */
export function FieldConflicts({
  of,
  readOnly,
}: {
  of: readonly FieldName[];
  readOnly: boolean;
}): ReactNode {
  const { conflicts } = useWorkingCopy();
  return inPageOrder(conflicts).map((conflict) =>
    conflict.kind === 'field' && of.includes(conflict.field) ? (
      <FieldConflict key={conflict.id} conflict={conflict} readOnly={readOnly} />
    ) : null,
  );
}

function FieldConflict({
  conflict,
  readOnly,
}: {
  conflict: FieldConflictOf;
  readOnly: boolean;
}): ReactNode {
  const { article, fields, setField, settle, reopen } = useWorkingCopy();
  const { id, field, versions, base } = conflict;
  const label = FIELD_LABELS[field];
  const nameOf = useDeskNames(field === 'desk');
  const origins = article.origins.find((one) => one.conflict === id)?.versions ?? [];
  const take = (value: Fields[FieldName]): void => {
    const before = fields[field];
    const redo = (): void => {
      // The chosen value can be edited in the same turn: whoever goes on at once is not called back to the field.
      flushSync(() => {
        setField(field, value as never);
        settle(id);
      });
      focusField(document, field);
    };
    const undo = (): void => {
      setField(field, before as never);
      reopen(conflict);
    };
    settleWith(`${label} settled.`, { undo, redo });
  };
  const view = (value: unknown): ReactNode => (
    <FieldVersion field={field} value={value} nameOf={nameOf} base={base} />
  );
  const both = allOf(conflict);
  const suggested = suggestionFor(conflict);
  const own = fields[field];
  const hasOwn = !versions.some((version) => canonicalJson(version) === canonicalJson(own));
  return (
    <ConflictPanel
      id={id}
      title={`${label}: ${countedVersions(versions.length).toLowerCase()}`}
      says={saysWhat(
        inSentence(label),
        origins,
        versions.map((version) =>
          canonicalJson(version ?? null) === canonicalJson(base ?? null) ? 'kept' : 'changed',
        ),
      ).replace('this ', 'the ')}
      folds={versions.some((version) => fieldFolds(version, base))}
      editable={!readOnly}
      choices={[
        ...versions.map((version, index) => {
          const found = fieldValue(field, version);
          return {
            origin: origins[index] ?? null,
            label: 'Take this',
            content: view(version),
            take: found ? () => take(found.value) : undefined,
          };
        }),
        ...(hasOwn
          ? [
              {
                origin: null,
                kind: 'As it stands now',
                label: 'Keep this',
                content: view(own),
                take: () => take(own),
              },
            ]
          : []),
      ]}
      base={
        <FieldVersion
          field={field}
          value={base ?? null}
          versions={hasOwn ? [...versions, own] : versions}
          nameOf={nameOf}
        />
      }
      both={
        both && {
          label: versions.length > 2 ? 'Take all' : 'Take both',
          take: () => take(both.value),
        }
      }
      suggestion={
        suggested === null
          ? null
          : {
              label: 'Take the suggestion',
              content: view(suggested),
              take: () => take(suggested),
            }
      }
    />
  );
}

/** Does it and says so, until one goes on to the next; the notice takes it back, and so does Ctrl Z. */
function settleWith(text: string, step: Step): void {
  step.redo();
  undoNext(step);
  untell('conflict.next');
  tell({ tone: 'info', text, about: 'conflict.next', action: { label: 'Undo', run: step.undo } });
}

interface UnplacedProps {
  readOnly: boolean;
  /** Puts the blocks at the end of the body. */
  onPlace: (conflict: Unplaced) => Step;
}

const nothing = (): void => undefined;

/** Text that a merge found no place for. */
export function UnplacedBlocks({ readOnly, onPlace }: UnplacedProps): ReactNode {
  const { conflicts } = useWorkingCopy();
  return conflicts.map((conflict) =>
    conflict.kind === 'unplaced' ? (
      <UnplacedText
        key={conflict.id}
        conflict={conflict}
        readOnly={readOnly}
        onPlace={() => onPlace(conflict)}
      />
    ) : null,
  );
}

function UnplacedText({
  conflict,
  readOnly,
  onPlace,
}: {
  conflict: Unplaced;
  readOnly: boolean;
  onPlace: () => Step;
}): ReactNode {
  const { settle, reopen } = useWorkingCopy();
  const done = (text: string, step: Step): void => {
    const redo = (): void => {
      step.redo();
      settle(conflict.id);
    };
    const undo = (): void => {
      step.undo();
      reopen(conflict);
    };
    settleWith(text, { undo, redo });
  };
  const copy = (): void => {
    const text = conflict.blocks.map(blockText).join('\n\n');
    navigator.clipboard.writeText(text).then(
      () => tell({ tone: 'info', text: 'Copied.' }),
      () => tell({ tone: 'warning', text: 'The text could not be copied. Select it and copy it.' }),
    );
  };
  return (
    <section
      className="stet-conflict"
      role="group"
      aria-label="Text without a place"
      tabIndex={-1}
      data-conflict={conflict.id}
    >
      <p className="stet-conflict-head">
        <strong>Text without a place.</strong> A merge found nowhere to put it. It is kept here
        until you choose.
      </p>
      <div className="stet-version stet-version-unplaced">
        {conflict.blocks.map((block) => (
          <BlockView key={block.$.id} block={block} />
        ))}
      </div>
      <div className="stet-conflict-foot">
        {!readOnly && (
          <Button small onPress={() => done('Put at the end of the body.', onPlace())}>
            Add at the end
          </Button>
        )}
        <Button small onPress={copy}>
          Copy
        </Button>
        {!readOnly && (
          <Button small onPress={() => done('Left out.', { undo: nothing, redo: nothing })}>
            Leave it out
          </Button>
        )}
      </div>
    </section>
  );
}
