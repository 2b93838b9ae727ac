import '@fontsource-variable/newsreader/opsz.css';
import '@fontsource-variable/newsreader/opsz-italic.css';
import '@fontsource-variable/inter/opsz.css';
import '../../../../src-renderer/ui/tokens.css';
import '../../../../src-renderer/ui/base.css';
import { StrictMode, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import {
  ArticleEditor,
  useSavingState,
  useStats,
  useWorkingCopy,
  WorkingCopyProvider,
  type Anchor,
  type ArticleEditorHandle,
  type Highlight,
  type WorkingCopy,
} from '../../../../src-renderer/editor/index.ts';
import { Toasts } from '../../../../src-renderer/ui/index.ts';
import type { ImportProposal } from '#shared/contract';
import { createFakeCore, type FakeCore, type FakeStart } from './fake-core.ts';

export interface Desk {
  core: FakeCore;
  copy: () => WorkingCopy | null;
  editor: () => ArticleEditorHandle | null;
  renders: () => number;
  anchor: () => Anchor | null;
  thread: () => string | null;
  orphans: () => readonly string[];
  pages: () => ImportProposal[];
  highlight: (highlights: Highlight[]) => void;
  show: (shown: boolean) => void;
}

declare global {
  interface Window {
    start?: FakeStart;
    desk: Desk;
  }
}

const core = createFakeCore(window.start ?? {});
let copy: WorkingCopy | null = null;
let renders = 0;
let anchor: Anchor | null = null;
let thread: string | null = null;
let orphans: readonly string[] = [];
const pages: ImportProposal[] = [];
let setHighlights: (highlights: Highlight[]) => void = () => undefined;
let setShown: (shown: boolean) => void = () => undefined;
let handle: () => ArticleEditorHandle | null = () => null;

window.desk = {
  core,
  copy: () => copy,
  editor: () => handle(),
  renders: () => renders,
  anchor: () => anchor,
  thread: () => thread,
  orphans: () => orphans,
  pages: () => pages,
  highlight: (highlights) => setHighlights(highlights),
  show: (shown) => setShown(shown),
};

function Foot() {
  const saving = useSavingState();
  const { words } = useStats();
  return (
    <footer style={{ position: 'fixed', insetBlockEnd: 0, insetInlineEnd: 8 }}>
      <span id="saving">{saving.state}</span>{' '}
      {saving.state === 'failing' && <span id="problem">{saving.message}</span>}{' '}
      <span id="words">{words}</span>
    </footer>
  );
}

function Column() {
  const current = useWorkingCopy();
  const [highlights, set] = useState<Highlight[]>([]);
  const ref = useRef<ArticleEditorHandle>(null);
  renders += 1;
  copy = current;
  setHighlights = set;
  handle = () => ref.current;
  return (
    <ArticleEditor
      ref={ref}
      highlights={highlights}
      sections={['News Room', 'World']}
      onSelectionAnchor={(next) => (anchor = next)}
      onThread={(next) => (thread = next)}
      onOrphans={(next) => (orphans = next)}
      onImportProposal={(next) => void pages.push(next)}
      onAddRelated={() => undefined}
    />
  );
}

function App() {
  const [shown, set] = useState(true);
  setShown = set;
  return (
    <div style={{ height: '100vh' }}>
      {shown && (
        <WorkingCopyProvider articleId={core.article} bridge={core.bridge}>
          <Column />
          <Foot />
        </WorkingCopyProvider>
      )}
      <Toasts />
    </div>
  );
}

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
