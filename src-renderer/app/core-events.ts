import { useEffect } from 'react';
import { COMMANDS, type Status } from '#shared/contract';
import { bridge, call } from '../bridge.ts';
import { tell } from '../ui/index.ts';
import { desk, openArticle, windowNow } from '../workspace/index.ts';
import { isCommand, runCommand } from './commands.ts';
import { onReturn } from './return.ts';

/** Follows what the core says without being asked: sentences to show, commands of the host, news of the open article. */
export function useCoreEvents(status: Status): void {
  useEffect(() => {
    const stops = [
      bridge.on('notice', ({ tone, text, article, command }) => {
        tell({ tone, text, action: actionOf(article, command, status) });
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

/** What a notice offers to do. */
function actionOf(
  article: string | null,
  command: string | undefined,
  status: Status,
): Parameters<typeof tell>[0]['action'] {
  if (article) return { label: 'Open', run: () => openArticle(article) };
  if (command === undefined || !isCommand(command)) return undefined;
  return { label: COMMANDS[command].label, run: () => runCommand(command, status) };
}
