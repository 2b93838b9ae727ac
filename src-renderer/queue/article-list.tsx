import './list.css';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import type { Queue } from '#shared/contract';
import { counted, Empty } from '../ui/index.ts';
import { openArticle } from '../workspace/index.ts';
import { ArticleRowView } from './article-row.tsx';
import { usePagedRows, type RowSource } from './paged-rows.ts';
import { emptyQueue, queueName, queueOrder } from './queue-names.ts';
import { RestoreBar } from './restore-bar.tsx';

const ROW_HEIGHT = 99;

interface ListProps {
  /** The article in the editing column. */
  open: string | null;
}

/** A queue as a list. */
export function ArticleList({ queue, open }: ListProps & { queue: Queue }) {
  const { title, advice } = emptyQueue(queue);
  return (
    <Rows
      key={JSON.stringify(queue)}
      source={{ queue }}
      open={open}
      title={queueName(queue)}
      aside={() => queueOrder(queue)}
      empty={{ title, advice }}
      restore={queue.kind === 'bin'}
    />
  );
}

/** What a search found. */
export function SearchList({ text, open }: ListProps & { text: string }) {
  return (
    <Rows
      key={text}
      source={{ text }}
      open={open}
      title={`“${text}”`}
      aside={(total) => counted(total, 'article')}
      empty={{
        title: 'No article has these words',
        advice: 'Try fewer words, another spelling, or a person’s name.',
      }}
      restore={false}
    />
  );
}

interface RowsProps extends ListProps {
  source: RowSource;
  title: string;
  aside: (total: number) => string;
  empty: { title: string; advice: string };
  restore: boolean;
}

function Rows({ source, open, title, aside, empty, restore }: RowsProps) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const [sight, setSight] = useState<readonly [number, number]>([0, 0]);
  const { total, rowAt, error, isPending } = usePagedRows(source, ...sight);
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rowAt(index)?.id ?? index,
    overscan: 6,
    onChange: ({ range }) => {
      const next: [number, number] = [range?.startIndex ?? 0, range?.endIndex ?? 0];
      setSight((former) => (former[0] === next[0] && former[1] === next[1] ? former : next));
    },
  });

  const moveTo = (index: number): void => {
    const next = Math.max(0, Math.min(index, total - 1));
    setActive(next);
    virtual.scrollToIndex(next);
  };
  const press = (event: KeyboardEvent): void => {
    const page = Math.max(1, sight[1] - sight[0] - 1);
    const moves: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: total - 1,
    };
    const target = moves[event.key];
    const row = rowAt(active);
    if (target !== undefined) moveTo(target);
    else if ((event.key === 'Enter' || event.key === ' ') && row) openArticle(row.id);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <div className="list-head">
        <h2 dir="auto">{title}</h2>
        <span>{total > 0 && aside(total)}</span>
      </div>
      {error && (
        <div role="alert">
          <Empty title="The list cannot be read">
            <p>{error.message}</p>
          </Empty>
        </div>
      )}
      {/* There before its rows are, so that the keyboard finds it then, and an empty one is no end of the way through the columns. */}
      <div
        ref={scroller}
        className="list-scroller"
        aria-label={title}
        tabIndex={0}
        data-entry
        {...(total === 0
          ? { role: 'group' }
          : {
              role: 'listbox',
              'aria-activedescendant': rowAt(active) ? `${id}-${active}` : undefined,
              onKeyDown: press,
            })}
        onFocus={() => {
          const at = virtual.getVirtualItems().find(({ index }) => rowAt(index)?.id === open);
          if (at) setActive(at.index);
        }}
      >
        {total === 0 && !error && !isPending && (
          <Empty title={empty.title}>
            <p>{empty.advice}</p>
          </Empty>
        )}
        {total > 0 && (
          <div className="rows" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index, key, start }) => (
              <ArticleRowView
                key={key}
                ref={virtual.measureElement}
                id={`${id}-${index}`}
                row={rowAt(index)}
                index={index}
                total={total}
                top={start}
                isOpen={rowAt(index)?.id === open}
                isActive={index === active}
                onOpen={(article) => {
                  setActive(index);
                  openArticle(article);
                }}
              />
            ))}
          </div>
        )}
      </div>
      {restore && total > 0 && <RestoreBar row={rowAt(active)} />}
    </>
  );
}
