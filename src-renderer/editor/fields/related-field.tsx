import { useEffect, useRef, useState, type ReactNode } from 'react';
import { newLocalId, safeWebUrl, type RelatedArticle } from '#shared/article';
import { Button, Dialog, tellError, TextField } from '../../ui/index.ts';
import { randomBytes } from '../body/random.ts';
import { useBridge, useWorkingCopy } from '../working-copy/provider.tsx';
import { moveItem } from './reorder.ts';
import { useDragOrder } from './use-drag-order.ts';

const day = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

const STEPS: Readonly<Record<string, -1 | 1>> = { ArrowUp: -1, ArrowDown: 1 };

/** "Fri 13 Nov 2026 · News Desk": where and when a related article ran. */
export function sourceLine({ postedOn, publication, desk }: RelatedArticle): string {
  const date = postedOn ? day.format(new Date(`${postedOn}T00:00:00Z`)).replace(',', '') : '';
  return [date, publication, desk].filter(Boolean).join(' · ');
}

/** Links to other articles, in the order readers get them. */
export function RelatedField({
  readOnly,
  onSearch,
}: {
  readOnly: boolean;
  onSearch: (() => void) | undefined;
}): ReactNode {
  const { fields, setField, changeField } = useWorkingCopy();
  const bridge = useBridge();
  const [said, setSaid] = useState('');
  const [editing, setEditing] = useState<string | null>(null);
  const [url, setUrl] = useState('');
  const [reading, setReading] = useState(false);
  const list = useRef<HTMLOListElement>(null);
  const focusNext = useRef<number | null>(null);
  const related = fields.related;

  const focusRow = (index: number): void => {
    const rows = list.current?.querySelectorAll<HTMLElement>('.stet-related');
    if (rows && index >= 0 && index < rows.length) rows.item(index).focus();
  };
  useEffect(() => {
    if (focusNext.current === null) return;
    focusRow(focusNext.current);
    focusNext.current = null;
  });

  const change = (next: RelatedArticle[]): void => setField('related', next);
  const move = (from: number, to: number): void => {
    const item = related[from];
    if (!item || to < 0 || to >= related.length) return;
    change(moveItem(related, from, to));
    setSaid(`${item.title} moved to place ${to + 1} of ${related.length}.`);
    focusNext.current = to;
  };
  const drag = useDragOrder(related, move);
  const remove = (index: number): void => {
    change(related.filter((_, at) => at !== index));
    setSaid(`${related[index]?.title ?? 'Article'} removed.`);
    focusNext.current = Math.max(0, index - 1);
  };
  const addUrl = async (): Promise<void> => {
    const safe = safeWebUrl(/^[a-z]+:/i.test(url.trim()) ? url.trim() : `https://${url.trim()}`);
    if (!safe) {
      tellError(new Error('That is not a web address. Paste one that begins with https://.'));
      return;
    }
    setReading(true);
    try {
      const { related: found, message } = await bridge.call('related.fromUrl', { url: safe });
      changeField('related', (now) => [...now, { ...found, id: newLocalId(randomBytes) }]);
      setSaid(`${found.title} added. ${message}`);
      setUrl('');
    } catch (error) {
      tellError(error instanceof Error ? error : new Error('The address could not be read.'));
    } finally {
      setReading(false);
    }
  };
  const current = related.find(({ id }) => id === editing);

  return (
    <section className="stet-relateds" aria-label="Related articles" data-field="related">
      <h2 className="stet-relateds-head">
        Related articles{related.length > 0 && ` · ${related.length}`}
        {!readOnly && onSearch && (
          <button type="button" className="stet-quiet" onClick={onSearch}>
            <bdi>+ add</bdi>
          </button>
        )}
      </h2>
      <ol ref={list}>
        {related.map((item, index) => (
          <li
            key={item.id}
            className="stet-related"
            tabIndex={0}
            aria-label={`${item.title}. ${index + 1} of ${related.length}`}
            aria-keyshortcuts={readOnly ? undefined : 'Alt+ArrowUp Alt+ArrowDown Delete Enter'}
            {...(readOnly ? {} : drag(item, item.title))}
            onKeyDown={(event) => {
              if (event.target !== event.currentTarget) return;
              const step = STEPS[event.key];
              if (step !== undefined) {
                event.preventDefault();
                if ((event.altKey || event.ctrlKey) && !readOnly) move(index, index + step);
                else focusRow(index + step);
              } else if (readOnly) return;
              else if (event.key === 'Delete' || event.key === 'Backspace') {
                event.preventDefault();
                remove(index);
              } else if (event.key === 'Enter') setEditing(item.id);
            }}
          >
            <p className="stet-related-source">{sourceLine(item)}</p>
            <p className="stet-related-title" dir="auto">
              {item.title}
            </p>
            {item.teaser && (
              <p className="stet-related-teaser" dir="auto">
                {item.teaser}
              </p>
            )}
            {!readOnly && (
              <span className="stet-related-tools">
                <button
                  type="button"
                  aria-label={`Edit ${item.title}`}
                  onClick={() => setEditing(item.id)}
                >
                  Edit
                </button>
                <button
                  type="button"
                  aria-label={`Remove ${item.title}`}
                  onClick={() => remove(index)}
                >
                  Remove
                </button>
              </span>
            )}
          </li>
        ))}
      </ol>
      {!readOnly && (
        <form
          className="stet-related-add"
          onSubmit={(event) => {
            event.preventDefault();
            if (url.trim() !== '' && !reading) void addUrl();
          }}
        >
          <input
            type="text"
            inputMode="url"
            dir="ltr"
            aria-label="Add a related article by its web address"
            placeholder="+ paste a web address"
            value={url}
            aria-busy={reading}
            onChange={(event) => setUrl(event.currentTarget.value)}
          />
        </form>
      )}
      <span role="status" className="visually-hidden">
        {said}
      </span>
      {current && (
        <RelatedDialog
          item={current}
          onChange={(next) => change(related.map((one) => (one.id === next.id ? next : one)))}
          onClose={() => setEditing(null)}
        />
      )}
    </section>
  );
}

interface DialogProps {
  item: RelatedArticle;
  onChange: (item: RelatedArticle) => void;
  onClose: () => void;
}

function RelatedDialog({ item, onChange, onClose }: DialogProps): ReactNode {
  const [draft, setDraft] = useState(item);
  const badUrl = draft.url !== '' && safeWebUrl(draft.url) === null;
  return (
    <Dialog
      title="Related article"
      onClose={onClose}
      foot={
        <Button
          variant="primary"
          isDisabled={draft.title.trim() === '' || badUrl}
          onPress={() => {
            onChange(draft);
            onClose();
          }}
        >
          Save
        </Button>
      }
    >
      <div className="stet-form">
        <TextField
          label="Title"
          value={draft.title}
          maxLength={500}
          autoFocus
          onChange={(title) => setDraft({ ...draft, title })}
        />
        <TextField
          label="Web address"
          value={draft.url}
          maxLength={2048}
          error={badUrl ? 'This is not a web address.' : undefined}
          onChange={(url) => setDraft({ ...draft, url })}
        />
        <TextField
          label="Posted on"
          type="date"
          value={draft.postedOn}
          onChange={(postedOn) => setDraft({ ...draft, postedOn })}
        />
        <TextField
          label="Publication"
          value={draft.publication}
          maxLength={200}
          onChange={(publication) => setDraft({ ...draft, publication })}
        />
        <TextField
          label="Desk"
          value={draft.desk}
          maxLength={200}
          onChange={(desk) => setDraft({ ...draft, desk })}
        />
        <TextField
          label="Teaser"
          multiline
          value={draft.teaser}
          maxLength={2000}
          onChange={(teaser) => setDraft({ ...draft, teaser })}
        />
      </div>
    </Dialog>
  );
}
