import type { CommentThread, UnfinishedComment } from '#shared/contract';
import { useWorkingCopy } from '../editor/index.ts';
import { useCall } from '../queries.ts';
import { Button } from '../ui/index.ts';
import { setWindow, useWindow, windowNow, type Anchor } from '../workspace/index.ts';
import { CommentForm } from './comment-form.tsx';
import { ConflictCards } from './conflict-cards.tsx';
import { Decide } from './decide.tsx';
import { Standing } from './standing.tsx';
import { SuggestionCards } from './suggestion-cards.tsx';
import { ThreadCard } from './thread-card.tsx';

/** Comments and conflicts, which scroll, and the decision, which stays in sight below them. */
export function ReviewTab() {
  const { article } = useWorkingCopy();
  const { data, error } = useCall('comments.list', { article: article.id });
  const { commenting, selection, activeThread, orphans } = useWindow((state) => state);
  const { threads = [], unfinished = [] } = data ?? {};
  const replyTo = ({ id }: CommentThread): UnfinishedComment | undefined =>
    unfinished.find(({ thread }) => thread === id);
  const open = threads.filter(({ resolved }) => !resolved);
  const settled = threads.filter(({ resolved }) => resolved);
  return (
    <div className="review">
      <div className="review-marks">
        <Standing />
        <ConflictCards />
        <SuggestionCards />
        <section aria-labelledby="comments">
          <h3 className="label" id="comments">
            Comments
            {threads.length > 0 && (
              <span className="aside">
                {open.length} open of {threads.length}
              </span>
            )}
          </h3>
          {error && (
            <p className="sentence" data-tone="red" role="alert">
              {error.message}
            </p>
          )}
          {open.map((thread) => (
            <ThreadCard
              key={thread.id}
              article={article.id}
              thread={thread}
              unfinished={replyTo(thread)}
              isActive={thread.id === activeThread}
              isOrphan={orphans.includes(thread.id)}
            />
          ))}
          {beginnings(unfinished, commenting).map((begun) => (
            <div key={placeOf(begun.anchor)} className="card thread" data-active>
              <CommentForm
                article={article.id}
                unfinished={begun}
                label={begun.anchor ? 'Comment on these words' : 'Comment on the article'}
                verb="Comment"
                isAsked={commenting !== null && isSamePlace(begun.anchor, commenting.anchor)}
                onClose={() => stopCommenting(begun.anchor)}
              />
            </div>
          ))}
          {commenting === null && (
            <div className="actions add-comment">
              <Button small onPress={() => setWindow({ commenting: { anchor: selection } })}>
                {selection ? 'Comment on the selection' : 'Comment on the article'}
              </Button>
            </div>
          )}
          {settled.length > 0 && (
            <details className="settled">
              <summary>Resolved · {settled.length}</summary>
              {settled.map((thread) => (
                <ThreadCard
                  key={thread.id}
                  article={article.id}
                  thread={thread}
                  unfinished={replyTo(thread)}
                  isActive={false}
                  isOrphan={orphans.includes(thread.id)}
                />
              ))}
            </details>
          )}
        </section>
      </div>
      <Decide />
    </div>
  );
}

/** The comments that are being written: those that were kept, and behind them the one just asked for. */
function beginnings(
  unfinished: readonly UnfinishedComment[],
  commenting: { anchor: Anchor } | null,
): UnfinishedComment[] {
  const kept = unfinished.filter(({ thread }) => thread === null);
  const isKept = !commenting || kept.some(({ anchor }) => isSamePlace(anchor, commenting.anchor));
  return isKept ? kept : [...kept, { thread: null, anchor: commenting.anchor, text: '' }];
}

/** By which a comment that is being written stays the same one. */
function placeOf(anchor: Anchor): string {
  return anchor ? `${anchor.block}/${anchor.offset}/${anchor.quote}` : 'article';
}

/** The next comment may have been begun while this one was stored. */
function stopCommenting(anchor: Anchor): void {
  const { commenting } = windowNow();
  if (commenting && isSamePlace(commenting.anchor, anchor)) setWindow({ commenting: null });
}

function isSamePlace(one: Anchor, other: Anchor): boolean {
  return placeOf(one) === placeOf(other);
}
