import { useEffect } from 'react';
import type { Id } from '#shared/article';
import { COMMANDS, type Status } from '#shared/contract';
import { bridge, call } from '../bridge.ts';
import { statusNow } from '../queries.ts';
import { tell, untell, type Notice } from '../ui/index.ts';
import { desk, openArticle, windowNow } from '../workspace/index.ts';
import { isCommand, runCommand } from './commands.ts';
import { onReturn } from './return.ts';

/** Leads to the article a sentence is about; in the open one, to what may have to be settled. */
function actionFor(article: Id, tone: 'info' | 'warning'): Notice['action'] {
  if (windowNow().open?.id !== article) return { label: 'Open', run: () => openArticle(article) };
  if (tone === 'info') return undefined;
  return { label: 'Show', run: () => void desk.editor?.showConflict('next') };
}

/** Follows what the core says without being asked: sentences to show, commands of the host, news of the open article. */
export function useCoreEvents(status: Status): void {
  useEffect(() => {
    const stops = [
      bridge.on('notice', ({ tone, text, article, command, passing }) => {
        // Where the outbox, or the vault, is open already, the notice leads nowhere and need not stay.
        const shown = windowNow().dialog?.kind;
        const isShown =
          (command === 'server.open' && shown === 'server') ||
          (command === 'vault.open' && shown === 'vault');
        const action = isShown
          ? undefined
          : command && isCommand(command)
            ? { label: COMMANDS[command].label, run: () => runCommand(command, status) }
            : article
              ? actionFor(article, tone)
              : undefined;
        const about = command && isCommand(command) ? command : undefined;
        tell({ tone, text, passing: passing === true || isShown, about, action });
      }),
      bridge.on('command', ({ command, article }) => {
        if (article) openArticle(article);
        if (isCommand(command)) runCommand(command, status);
      }),
      bridge.on('article', ({ article }) => {
        // What stands in the way, the status bar says.
        if (windowNow().open?.id === article) desk.copy?.refresh().catch(() => undefined);
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }, [status]);
  useEffect(
    () =>
      onReturn(window, {
        now: () => performance.now(),
        isCutOff: () => statusNow()?.sync.state === 'offline',
        // Nobody asked for it: when it fails, the status bar says how things stand.
        tell: () => void call('sync.now', {}).catch(() => undefined),
      }),
    [],
  );
  const isSampleUp = status.sample?.running === true;
  useEffect(() => {
    // Started by whomever: that it did not start is no longer so.
    if (isSampleUp) untell('sample.server');
  }, [isSampleUp]);
  const { notices } = status.store;
  const said = notices.join('\n');
  useEffect(() => {
    for (const text of said.split('\n').filter(Boolean)) tell({ tone: 'warning', text });
  }, [said]);
}
