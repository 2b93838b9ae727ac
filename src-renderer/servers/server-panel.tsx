import './servers.css';
import { useEffect, useState } from 'react';
import type { Status } from '#shared/contract';
import { call } from '../bridge.ts';
import { reread, useAct, useCall } from '../queries.ts';
import {
  Button,
  counted,
  Dialog,
  formatMoment,
  saveText,
  tell,
  tellError,
  TextField,
  untell,
} from '../ui/index.ts';
import { closeDialog, showDialog } from '../workspace/index.ts';
import { OutboxList } from './outbox-list.tsx';
import { underWay } from './under-way.ts';

/** The publishing server as this computer sees it, and everything that has yet to reach it. */
export function ServerPanel({ status }: { status: Status }) {
  const { data } = useCall('outbox.list', {});
  const { sync, sample } = status;
  const isPaused = sync.state === 'paused';
  useEffect(() => untell('server.open'), []);
  return (
    <Dialog title="Outbox and server" size="wide" onClose={closeDialog}>
      <section className="server-standing">
        <div>
          <p className="server-name">{status.newsroom?.name ?? 'No newsroom'}</p>
          <p className="field-hint">{status.serverUrl ?? 'No server yet'}</p>
          <p role="status">{sentenceOf(status)}</p>
          {sync.message && sync.state !== 'signed-out' && (
            <p className="sentence" data-tone="amber">
              {sync.message}
            </p>
          )}
        </div>
        <div className="actions">
          {sync.state !== 'signed-out' && (
            <>
              <Act name="sync.now" input={{}} label="Sync now" isDisabled={isPaused} />
              <Act
                name="sync.pause"
                input={{ paused: !isPaused }}
                label={isPaused ? 'Resume syncing' : 'Pause syncing'}
              />
            </>
          )}
          {sample && (
            <Act
              name="sample.server"
              input={{ running: !sample.running }}
              label={sample.running ? 'Stop the sample server' : 'Start the sample server'}
            />
          )}
        </div>
      </section>
      {sync.state === 'signed-out' &&
        (sample ? (
          <SignInToSample name={status.person?.name ?? 'yourself'} />
        ) : (
          <SignInAgain login={status.person?.login ?? ''} />
        ))}
      <section aria-labelledby="outbox">
        <h3 className="label" id="outbox">
          Outbox
          <span className="aside">
            {[
              sync.waiting > 0 && `${sync.waiting} waiting`,
              sync.editing > 0 && `${sync.editing} being edited`,
              sync.pictures.toSend > 0 && `${counted(sync.pictures.toSend, 'picture')} to send`,
              sync.parked > 0 && `${sync.parked} refused`,
            ]
              .filter(Boolean)
              .join(' · ') || 'empty'}
          </span>
        </h3>
        {data && <OutboxList items={data.outbox} sync={sync} />}
        {data && data.outbox.length > 0 && (
          <div className="actions">
            <Button small onPress={() => void exportOutbox().catch(tellError)}>
              Save a copy of the outbox
            </Button>
          </div>
        )}
      </section>
      <Vault />
    </Dialog>
  );
}

/** The way to what was left unsent when an article was closed to the person. */
function Vault() {
  const { data } = useCall('vault.list', {});
  if (!data) return null;
  const kept = data.items.length;
  return (
    <section aria-labelledby="vault">
      <h3 className="label" id="vault">
        Vault
        <span className="aside">{kept === 0 ? 'empty' : `${kept} kept`}</span>
      </h3>
      <p>
        {kept === 0
          ? 'Nothing is kept. When an article is closed to you, what you had not sent of it goes here.'
          : 'What you had not sent of articles that were closed to you is kept on this computer.'}
      </p>
      {kept > 0 && (
        <div className="actions">
          <Button small onPress={() => showDialog({ kind: 'vault' })}>
            Open the vault
          </Button>
        </div>
      )}
    </section>
  );
}

type ActName = 'sync.now' | 'sync.pause' | 'sample.server';

interface ActProps<K extends ActName> {
  name: K;
  input: Parameters<typeof call<K>>[1];
  label: string;
  isDisabled?: boolean;
}

function Act<K extends ActName>({ name, input, label, isDisabled = false }: ActProps<K>) {
  const act = useAct(name);
  return (
    <Button
      isDisabled={isDisabled}
      // Blocked, not disabled: a disabled button would lose the focus.
      blocked={act.isPending}
      onPress={() => {
        untell(name);
        act.mutate(input, {
          onSuccess: () => reread('outbox.list'),
          onError: ({ message: text }) => tell({ tone: 'warning', text, about: name }),
        });
      }}
    >
      {label}
    </Button>
  );
}

const SIGNED_OUT = 'This computer is signed out. What you wrote is kept here.';

function sentenceOf({ sync, sample }: Status): string {
  const since = formatMoment(sync.since);
  const waiting = underWay(sync)
    .map((words) => ` ${words}.`)
    .join('');
  const synced = sync.parked > 0 ? 'Synced' : 'Everything synced';
  switch (sync.state) {
    case 'online':
    case 'syncing':
      return `Online.${waiting || (sync.lastSyncedAt ? ` ${synced} ${formatMoment(sync.lastSyncedAt)}.` : '')}`;
    case 'offline':
      return sample?.running === false
        ? `The sample server is stopped, so this computer is offline since ${since}.${waiting}`
        : `The server cannot be reached since ${since}. Work goes on here; Stet tries again by itself.${waiting}`;
    case 'paused':
      return `You paused syncing ${since}.${waiting}`;
    case 'signed-out':
      return `${sync.message ?? SIGNED_OUT}${waiting}`;
  }
}

/** The sample newsroom asks for no password: its people were never told one. */
function SignInToSample({ name }: { name: string }) {
  const signIn = useAct('session.signIn');
  return (
    <div className="card sign-in">
      <Button
        variant="primary"
        blocked={signIn.isPending}
        onPress={() => signIn.mutate({ password: '' }, { onError: tellError })}
      >
        Sign in as {name}
      </Button>
    </div>
  );
}

function SignInAgain({ login }: { login: string }) {
  const [password, setPassword] = useState('');
  const signIn = useAct('session.signIn');
  return (
    <form
      className="card sign-in"
      onSubmit={(event) => {
        event.preventDefault();
        signIn.mutate({ password });
      }}
    >
      <TextField
        label={login ? `Password of ${login}` : 'Password'}
        type="password"
        autoComplete="current-password"
        autoFocus
        maxLength={200}
        value={password}
        onChange={setPassword}
        error={signIn.error?.message}
        hint="What was written here goes out in this name alone. Somebody else opens Stet with a profile of their own."
      />
      <Button type="submit" variant="primary" isDisabled={password === '' || signIn.isPending}>
        Sign in
      </Button>
    </form>
  );
}

/** Hands the outbox over as a file, so that work can be carried out of a computer that cannot sync. */
async function exportOutbox(): Promise<void> {
  const { name, text } = await call('outbox.export', {});
  saveText(name, text, 'application/json');
}
