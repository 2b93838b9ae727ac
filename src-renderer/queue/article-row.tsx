import type { Ref } from 'react';
import type { ArticleRow } from '#shared/contract';
import { Chip, counted, formatMoment, formatShort, StateChip } from '../ui/index.ts';
import { useWindow } from '../workspace/index.ts';
import { splitSnippet } from './snippet.ts';

interface Props {
  ref: Ref<HTMLDivElement>;
  id: string;
  /** Undefined while its page is on its way. */
  row: ArticleRow | undefined;
  index: number;
  total: number;
  top: number;
  isOpen: boolean;
  isActive: boolean;
  onOpen: (article: string) => void;
}

/** One article of a list, readable at a glance: working name and time, headline, state, who and how much. */
export function ArticleRowView({
  ref,
  id,
  row,
  index,
  total,
  top,
  isOpen,
  isActive,
  onOpen,
}: Props) {
  return (
    <div
      ref={ref}
      id={id}
      role="option"
      aria-selected={isOpen}
      aria-setsize={total}
      aria-posinset={index + 1}
      data-index={index}
      className="row"
      {...(isOpen ? { 'data-open': true } : {})}
      {...(isActive ? { 'data-active': true } : {})}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => {
        if (row) onOpen(row.id);
      }}
    >
      {row ? (
        isOpen ? (
          <OpenRowContent row={row} />
        ) : (
          <RowContent row={row} />
        )
      ) : (
        <div className="row-coming" aria-hidden />
      )}
    </div>
  );
}

/** The open article as it is being written. */
function OpenRowContent({ row }: { row: ArticleRow }) {
  const written = useWindow((state) => state.written);
  return <RowContent row={written?.id === row.id ? { ...row, ...written } : row} />;
}

function RowContent({ row }: { row: ArticleRow }) {
  return (
    <>
      <div className="row-slug">
        <span dir="auto">{row.slugline || row.section || 'No slugline'}</span>
        {row.refused && (
          <span className="row-sending" data-tone="red">
            refused
          </span>
        )}
        {row.waiting && <span className="row-sending">waiting to go</span>}
        <time dateTime={row.updatedAt} title={formatMoment(row.updatedAt)}>
          {formatShort(row.updatedAt)}
        </time>
      </div>
      <h3 dir="auto">{row.headline || <i>Untitled</i>}</h3>
      {row.snippet && (
        <p className="row-snippet" dir="auto">
          {splitSnippet(row.snippet).map(({ text, isMatch }, part) =>
            isMatch ? <mark key={part}>{text}</mark> : text,
          )}
        </p>
      )}
      <p className="row-facts">
        {row.conflicts > 0 ? (
          <Chip tone="red">{row.conflicts} to settle</Chip>
        ) : (
          <StateChip state={row.state} />
        )}
        <span className="row-credit" dir="auto">
          {row.credit}
        </span>
        <span className="row-measure">
          {` · ${counted(row.words, 'word')}`}
          {row.marks > 0 && ` · ${counted(row.marks, 'mark')}`}
        </span>
      </p>
    </>
  );
}
