import { useSyncExternalStore } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { OpenArticle, Status } from '#shared/contract';
import { bridge } from '../bridge.ts';
import type { SavingState, Stats } from '../editor/index.ts';
import { underWay } from '../servers/index.ts';
import { counted, Dot, formatMoment, formatSeconds, type Tone } from '../ui/index.ts';
import { showDialog } from '../workspace/index.ts';
import { Jobs } from './jobs.tsx';

interface Props {
  status: Status;
  saving?: SavingState;
  stats?: Stats;
  revision?: OpenArticle['revision'];
}

/** What a part of the bar says, and how loudly. */
interface Saying {
  text: string;
  tone: Tone;
}

/** The bar that tells the truth: what is saved, what has reached the server, what the article measures. */
export function StatusBar({ status, saving, stats, revision }: Props) {
  const connection = useSyncExternalStore(bridge.onConnection, bridge.connection);
  const saved = sayingOfSaving(status, saving, connection === 'lost');
  const sync = sayingOfSync(status);
  const { parked, progress } = status.sync;
  return (
    <footer className="status-bar">
      <span className="saying" data-tone={saved.tone} role="status">
        <Dot tone={saved.tone} />
        {saved.text}
      </span>
      {connection === 'lost' ? (
        <span className="saying" data-tone="red">
          Stet’s core is not answering · connecting again
        </span>
      ) : (
        <AriaButton
          className="saying"
          data-tone={sync.tone}
          onPress={() => showDialog({ kind: 'server' })}
        >
          {sync.text}
        </AriaButton>
      )}
      {parked > 0 && (
        <AriaButton
          className="saying"
          data-tone="red"
          onPress={() => showDialog({ kind: 'server' })}
        >
          {parked} refused
        </AriaButton>
      )}
      {progress && (
        <span className="saying">
          {progress.total === null
            ? `${progress.done} done`
            : `${progress.done} of ${progress.total}`}
          <progress
            aria-label="Syncing"
            value={progress.total === null ? undefined : progress.done}
            max={progress.total ?? 1}
          />
        </span>
      )}
      <Jobs />
      <span className="measures">
        {stats && <span>{counted(stats.words, 'word')}</span>}
        {stats && stats.words > 0 && <span>{stats.minutes} min read</span>}
        {revision && (
          <span>
            Revision {revision.number} · {revision.hash.slice(0, 6)}
          </span>
        )}
      </span>
    </footer>
  );
}

function sayingOfSaving(status: Status, saving: SavingState | undefined, lost: boolean): Saying {
  const at = saving?.at ?? status.saved.at;
  const last = at ? `last saved ${formatSeconds(at)}` : 'nothing saved yet';
  if (status.store.readOnly) return { text: 'Read-only: nothing can be saved', tone: 'red' };
  if (saving?.state === 'failing') return { text: `Not saved: ${saving.message}`, tone: 'red' };
  if (status.saved.failing !== null)
    return { text: `Not saved: ${status.saved.failing}`, tone: 'red' };
  if (lost && saving?.state === 'saving') return { text: `Not saved yet · ${last}`, tone: 'red' };
  if (lost) return { text: `Saving is not possible now · ${last}`, tone: 'red' };
  if (saving?.state === 'saving') return { text: 'Saving on this computer…', tone: 'neutral' };
  return at
    ? { text: `Saved on this computer ${formatSeconds(at)}`, tone: 'neutral' }
    : { text: 'Nothing to save', tone: 'neutral' };
}

/** The state of syncing in words; the same words stand in the navigation and in the server panel. */
function sayingOfSync({ sync }: Status): Saying {
  const since = formatMoment(sync.since);
  const waiting = underWay(sync)
    .map((words) => ` · ${words}`)
    .join('');
  switch (sync.state) {
    case 'offline':
      return { text: `Offline since ${since}${waiting}`, tone: 'amber' };
    case 'paused':
      return { text: `Syncing paused since ${since}${waiting}`, tone: 'amber' };
    case 'signed-out':
      return { text: `Signed out · sign in to sync${waiting}`, tone: 'red' };
    case 'syncing':
      return { text: `Syncing${waiting}`, tone: 'neutral' };
    case 'online': {
      if (waiting) return { text: `Online${waiting}`, tone: 'neutral' };
      const { lastSyncedAt } = sync;
      return {
        text: lastSyncedAt
          ? `Online · ${sync.parked > 0 ? '' : 'everything '}synced ${formatMoment(lastSyncedAt)}`
          : 'Online · not synced yet',
        tone: 'neutral',
      };
    }
  }
}
