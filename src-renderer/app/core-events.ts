import { useEffect } from 'react';
import type { Status } from '#shared/contract';
import { bridge, call } from '../bridge.ts';
import { tell } from '../ui/index.ts';
import { desk, openArticle, windowNow } from '../workspace/index.ts';
import { isCommand, runCommand } from './commands.ts';
import { onReturn } from './return.ts';

/** Follows what the core says without being asked: sentences to show, commands of the host, news of the open article. */
export function useCoreEvents(status: Status): void {
  useEffect(() => {
    const stops = [
      bridge.on('notice', ({ tone, text, article }) => {
        tell({
          tone,
          text,
          action: article ? { label: 'Open', run: () => openArticle(article) } : undefined,
        });
      }),
      bridge.on('command', ({ command, article }) => {
        if (article) openArticle(article);
        if (isCommand(command)) runCommand(command, status);
      }),
      bridge.on('article', ({ article }) => {
        if (windowNow().open?.id === article) void desk.copy?.refresh();
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }, [status]);
  useEffect(
    () =>
      onReturn(
        window,
        () => performance.now(),
        // Nobody asked for it: when it fails, the status bar says how things stand.
        () => void call('sync.now', {}).catch(() => undefined),
      ),
    [],
  );
  const { notices } = status.store;
  const said = notices.join('\n');
  useEffect(() => {
    for (const text of said.split('\n').filter(Boolean)) tell({ tone: 'warning', text });
  }, [said]);
}
