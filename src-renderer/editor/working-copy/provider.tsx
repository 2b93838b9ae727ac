import {
  createContext,
  use,
  useEffect,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import type { Block, Id } from '#shared/article';
import type { Bridge } from '#shared/contract';
import type { SavingState, Stats, WorkingCopy } from '../types.ts';
import { acquireWorkingCopy } from './registry.ts';
import type { BodyPort, WorkingCopyStore } from './working-copy.ts';

export interface WorkingCopyProviderProps {
  articleId: Id;
  /** `call` and `on` of bridge.ts. */
  bridge: Bridge;
  children: ReactNode;
  /** Shown until the article is read. */
  fallback?: ReactNode;
  /** Shown where it cannot be read, or is no longer on this computer. */
  problem?: (says: string, tryAgain: () => void) => ReactNode;
}

interface Held {
  store: WorkingCopyStore;
  bridge: Bridge;
}

const Context = createContext<Held | null>(null);

/** Opens an article and owns its unsaved edits for everything inside. Leaving or switching saves first. */
export function WorkingCopyProvider(props: WorkingCopyProviderProps): ReactNode {
  return <Opening key={props.articleId} {...props} />;
}

function Opening(props: WorkingCopyProviderProps): ReactNode {
  const { articleId, bridge, children, fallback, problem } = props;
  const [attempt, setAttempt] = useState(0);
  const [found, setFound] = useState<{ store: WorkingCopyStore } | { problem: string } | null>(
    null,
  );

  useEffect(() => {
    let here = true;
    const { store, release } = acquireWorkingCopy(bridge, articleId);
    store.then(
      (opened) => here && setFound({ store: opened }),
      (error: unknown) =>
        here &&
        setFound({
          problem: error instanceof Error ? error.message : 'The article could not be opened.',
        }),
    );
    return () => {
      here = false;
      release();
    };
  }, [articleId, bridge, attempt]);

  const missing = found !== null && 'problem' in found;
  const tryAgain = (): void => {
    setFound(null);
    setAttempt((before) => before + 1);
  };
  // It may arrive, or come back from the vault, while somebody looks.
  useEffect(() => {
    if (!missing) return;
    return bridge.on('article', ({ article }) => {
      if (article !== articleId) return;
      setFound(null);
      setAttempt((before) => before + 1);
    });
  }, [missing, bridge, articleId]);

  if (!found) return fallback ?? null;
  if ('problem' in found) return problem?.(found.problem, tryAgain) ?? null;
  const { store } = found;
  return (
    <Context value={{ store, bridge }}>
      <UnlessGone store={store} {...(problem && { problem })}>
        {children}
      </UnlessGone>
    </Context>
  );
}

function UnlessGone({
  store,
  problem,
  children,
}: Pick<WorkingCopyProviderProps, 'problem' | 'children'> & {
  store: WorkingCopyStore;
}): ReactNode {
  const gone = useSyncExternalStore(store.gone.subscribe, store.gone.get);
  if (gone === null) return children;
  return problem?.(gone, store.foreignEdit) ?? null;
}

function useHeld(): Held {
  const held = use(Context);
  if (!held) throw new Error('This stands outside a WorkingCopyProvider.');
  return held;
}

/** The open article, its fields and what may be done with them. Not renewed for a key in the body. */
export function useWorkingCopy(): WorkingCopy {
  const { copy } = useHeld().store;
  return useSyncExternalStore(copy.subscribe, copy.get);
}

/** Whether what was typed is on the disk. */
export function useSavingState(): SavingState {
  const { saving } = useHeld().store;
  return useSyncExternalStore(saving.subscribe, saving.get);
}

/** Words and reading time, renewed as they change. */
export function useStats(): Stats {
  const { stats } = useHeld().store;
  return useSyncExternalStore(stats.subscribe, stats.get);
}

/** The blocks, renewed when typing pauses for so many milliseconds: for checks, readiness and suggestions. */
export function useBody(pause = 300): readonly Block[] {
  const { body, saving, copy } = useHeld().store;
  const [blocks, setBlocks] = useState(body.read);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => setBlocks(body.read()), pause);
    };
    const stops = [saving.subscribe(later), copy.subscribe(later)];
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [body, saving, copy, pause]);
  return blocks;
}

/** For the body editor alone. */
export function useBodyPort(): BodyPort {
  return useHeld().store.body;
}

/** The door to the core that the provider was given. */
export function useBridge(): Bridge {
  return useHeld().bridge;
}
