import { useEffect, useMemo } from 'react';
import type { Status } from '#shared/contract';
import {
  ArticleEditor,
  useSavingState,
  useStats,
  useWorkingCopy,
  type Highlight,
} from '../editor/index.ts';
import { Inspector } from '../inspector/index.ts';
import { useCall } from '../queries.ts';
import { desk, setWindow, useWindow } from '../workspace/index.ts';
import { StatusBar } from './status-bar.tsx';

interface Props {
  status: Status;
  inspector: boolean;
}

/** The editing column and the inspector of the open article, and the status bar that speaks of both. */
export function ArticleColumns({ status, inspector }: Props) {
  const copy = useWorkingCopy();
  const { article } = copy;
  const { data: settings } = useCall('settings.get', {});
  const highlights = useHighlights(article.id);
  useEffect(() => {
    desk.copy = copy;
    setWindow({ open: article });
  }, [copy, article]);
  useEffect(
    () => () => {
      desk.copy = null;
      setWindow({
        open: null,
        written: null,
        selection: null,
        commenting: null,
        activeThread: null,
        activeSuggestion: null,
        orphans: [],
      });
    },
    [],
  );
  return (
    <>
      <main className="editor-column" data-column="editor">
        <ArticleEditor
          ref={(handle) => {
            desk.editor = handle;
            if (handle && desk.begun === article.id) {
              desk.begun = null;
              handle.focusField('headline');
            }
            if (handle && desk.entered === article.id) {
              desk.entered = null;
              handle.enter();
            }
          }}
          highlights={highlights}
          sections={(status.newsroom?.sections ?? []).map(({ name }) => name)}
          spellCheck={settings?.spellcheck ?? true}
          onThread={(thread) => {
            setWindow({ activeThread: thread, tab: 'review', inspector: true, side: 'inspector' });
          }}
          onSuggestion={(activeSuggestion) =>
            setWindow({ activeSuggestion, tab: 'review', inspector: true, side: 'inspector' })
          }
          onSelectionAnchor={(selection) => setWindow({ selection })}
          onOrphans={(orphans) => setWindow({ orphans })}
          onComment={(anchor) => {
            setWindow({
              commenting: { anchor },
              tab: 'review',
              inspector: true,
              side: 'inspector',
            });
          }}
          onAddRelated={() => setWindow({ tab: 'related', inspector: true, side: 'inspector' })}
          onImportProposal={(proposal) => setWindow({ proposal, fills: article.id })}
        />
      </main>
      {inspector && <Inspector status={status} />}
      <ArticleStatusBar status={status} />
    </>
  );
}

/** The threads that are open, as the text shows them. */
function useHighlights(article: string): Highlight[] {
  const { data } = useCall('comments.list', { article });
  const active = useWindow(({ activeThread }) => activeThread);
  return useMemo(
    () =>
      (data?.threads ?? []).flatMap(({ id, anchor, resolved }) =>
        anchor && !resolved ? [{ thread: id, anchor, active: id === active }] : [],
      ),
    [data, active],
  );
}

function ArticleStatusBar({ status }: { status: Status }) {
  const { article, fields } = useWorkingCopy();
  const stats = useStats();
  const { id } = article;
  const { headline } = fields;
  useEffect(
    () => setWindow({ written: { id, headline, words: stats.words } }),
    [id, headline, stats.words],
  );
  return (
    <StatusBar
      status={status}
      saving={useSavingState()}
      stats={stats}
      revision={article.revision}
    />
  );
}
