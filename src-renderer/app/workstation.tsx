import { lazy, Suspense } from 'react';
import type { Status } from '#shared/contract';
import { WorkingCopyProvider } from '../editor/index.ts';
import { bridge } from '../bridge.ts';
import { DropFile, ImportDialog } from '../import/index.ts';
import { ArticleList, Navigation, SearchList, useStartPlace } from '../queue/index.ts';
import { Button, Empty } from '../ui/index.ts';
import { showDialog, useRoute, useWindow, type Route } from '../workspace/index.ts';
import { ArticleColumns } from './article-columns.tsx';
import { Dialogs } from './dialogs.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Header } from './header.tsx';
import { useCoreEvents } from './core-events.ts';
import { useShortcuts } from './shortcuts.ts';
import { StatusBar } from './status-bar.tsx';
import { useWide } from './use-wide.ts';

// Places that few days lead to are not read when the window opens.
const InboxView = lazy(async () => ({ default: (await import('../inbox/index.ts')).InboxView }));
const PeopleView = lazy(async () => ({ default: (await import('../people/index.ts')).PeopleView }));

/** The three-column window. */
export function Workstation({ status }: { status: Status }) {
  const route = useRoute();
  const wide = useWide();
  useShortcuts(status);
  useCoreEvents(status);
  useStartPlace(status);
  const list = useWindow(({ list, side }) => list && (wide || side === 'list'));
  const inspector = useWindow(({ inspector, side }) => inspector && (wide || side === 'inspector'));
  return (
    <DropFile>
      <div
        className="workstation"
        {...(list ? { 'data-list': true } : {})}
        {...(inspector && hasEditor(route) && route.article ? { 'data-inspector': true } : {})}
      >
        <Header status={status} />
        <Navigation status={status} />
        <ErrorBoundary key={route.place.kind}>
          <Columns route={route} status={status} list={list} inspector={inspector} />
        </ErrorBoundary>
      </div>
      <Dialogs status={status} />
      <ImportDialog />
    </DropFile>
  );
}

function hasEditor({ place }: Route): boolean {
  return place.kind === 'queue' || place.kind === 'search';
}

interface ColumnsProps {
  route: Route;
  status: Status;
  list: boolean;
  inspector: boolean;
}

function Columns({ route, status, list, inspector }: ColumnsProps) {
  const { place, article } = route;
  if (place.kind === 'people' || place.kind === 'inbox')
    return (
      <>
        <main className="page-column" data-column="editor">
          <Suspense>
            {place.kind === 'people' ? (
              <PeopleView status={status} />
            ) : (
              <InboxView key={place.desk} desk={place.desk} />
            )}
          </Suspense>
        </main>
        <StatusBar status={status} />
      </>
    );
  return (
    <>
      {list && (
        <section className="list-column" data-column="list" aria-label="List">
          {place.kind === 'search' ? (
            <SearchList text={place.text} open={article} />
          ) : (
            <ArticleList queue={place.queue} open={article} />
          )}
        </section>
      )}
      {article ? (
        <WorkingCopyProvider
          key={article}
          articleId={article}
          bridge={bridge}
          fallback={<Opening status={status} />}
          problem={(says, tryAgain) => <NotHere status={status} says={says} tryAgain={tryAgain} />}
        >
          <ArticleColumns status={status} inspector={inspector} />
        </WorkingCopyProvider>
      ) : (
        <>
          <main className="editor-column" data-column="editor">
            <div className="nothing-open">
              <Empty title="No article is open">
                <p>Choose one from the list, or start a new article.</p>
              </Empty>
            </div>
          </main>
          <StatusBar status={status} />
        </>
      )}
    </>
  );
}

function Opening({ status }: { status: Status }) {
  return (
    <>
      <main className="editor-column" data-column="editor">
        <div className="nothing-open">
          <p role="status" className="opening">
            Opening the article…
          </p>
        </div>
      </main>
      <StatusBar status={status} />
    </>
  );
}

interface NotHereProps {
  status: Status;
  says: string;
  tryAgain: () => void;
}

function NotHere({ status, says, tryAgain }: NotHereProps) {
  return (
    <>
      <main className="editor-column" data-column="editor" data-alone>
        <div className="nothing-open" role="alert">
          <Empty title="The article cannot be shown">
            <p>{says}</p>
            <div className="actions">
              <Button small onPress={tryAgain}>
                Try again
              </Button>
              <Button small onPress={() => showDialog({ kind: 'vault' })}>
                Vault…
              </Button>
            </div>
          </Empty>
        </div>
      </main>
      <StatusBar status={status} />
    </>
  );
}
