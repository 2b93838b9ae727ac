import { useMemo } from 'react';
import { flushSync } from 'react-dom';
import { Button as AriaButton } from 'react-aria-components';
import { readinessOf, type FieldName, type ReadinessItem } from '#shared/article';
import { useBody, useWorkingCopy } from '../editor/index.ts';
import { focusField } from '../ui/index.ts';
import { desk, setWindow } from '../workspace/index.ts';

/** The fields that stand in the editing column, where they print. */
const IN_COLUMN: readonly (FieldName | 'body')[] = [
  'section',
  'headline',
  'standfirst',
  'byline',
  'contributors',
  'creditLine',
  'related',
  'leadImage',
  'body',
];

const SIGNS = { ok: '✓', warn: '!', block: '✕' } as const;
const SPOKEN = { ok: 'in order', warn: 'to look at', block: 'to settle first' } as const;

/** What stands between the open article and print, unsaved edits included. */
export function useReadiness(): ReadinessItem[] {
  const { article, fields, conflicts } = useWorkingCopy();
  const body = useBody();
  return useMemo(
    () => readinessOf({ fields, body: [...body], conflicts }, article.profile),
    [fields, body, conflicts, article.profile],
  );
}

/** Puts the cursor where a finding is. */
export function jumpTo(field: FieldName | 'body'): void {
  if (IN_COLUMN.includes(field)) {
    desk.editor?.focusField(field);
    return;
  }
  flushSync(() => setWindow({ tab: 'story' }));
  focusField(document, field)?.scrollIntoView({ block: 'center' });
}

export function ReadinessLine({ item }: { item: ReadinessItem }) {
  const { field, label, detail, state } = item;
  const content = (
    <>
      <span className="sign" aria-hidden>
        {SIGNS[state]}
      </span>
      <b>{label}</b>
      <span className="detail" dir="auto">
        {detail}
      </span>
      <span className="visually-hidden">({SPOKEN[state]})</span>
    </>
  );
  return (
    <li className="readiness" data-state={state}>
      {field ? (
        <AriaButton className="readiness-line" onPress={() => jumpTo(field)}>
          {content}
        </AriaButton>
      ) : (
        <span className="readiness-line">{content}</span>
      )}
    </li>
  );
}
