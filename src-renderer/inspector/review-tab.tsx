import { useWorkingCopy } from '../editor/index.ts';
import { useCall } from '../queries.ts';
import { Button } from '../ui/index.ts';
import { setWindow, useWindow } from '../workspace/index.ts';
import { ConflictCards } from './conflict-cards.tsx';
import { Decide } from './decide.tsx';
import { NewThread } from './new-thread.tsx';
import { Standing } from './standing.tsx';
import { SuggestionCards } from './suggestion-cards.tsx';
import { ThreadCard } from './thread-card.tsx';

/** Comments and conflicts, which scroll, and the decision, which stays in sight below them. */
export function ReviewTab() {
  const { article } = useWorkingCopy();
  const { data, error } = useCall('comments.list', { article: article.id });
  const { commenting, selection, activeThread, orphans } = useWindow((state) => state);
  const threads = data?.threads ?? [];
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
              isActive={thread.id === activeThread}
              isOrphan={orphans.includes(thread.id)}
            />
          ))}
          {commenting ? (
            <NewThread
              key={commenting.anchor?.quote}
              article={article.id}
              anchor={commenting.anchor}
            />
          ) : (
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
