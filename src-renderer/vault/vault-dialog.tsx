import './vault.css';
import { useEffect, useState } from 'react';
import type { VaultItem } from '#shared/contract';
import { useCall } from '../queries.ts';
import { Button, Chip, Dialog, Empty, formatMoment, untell } from '../ui/index.ts';
import { closeDialog, showDialog } from '../workspace/index.ts';
import { DiscardDialog } from './discard-dialog.tsx';
import { titleOf } from './title.ts';
import { VaultReader } from './vault-reader.tsx';
import { WayBack } from './way-back.tsx';

/** `asks` while the person is asked whether it may go. */
type View = { id: string; asks: boolean; reads: boolean } | null;

/** Unsent work of articles that were closed to the person: to be read, brought back, carried away or let go. */
export function VaultDialog() {
  const [view, setView] = useState<View>(null);
  const { data, error } = useCall('vault.list', {});
  useEffect(() => untell('vault.open'), []);
  const toList = (): void => setView(null);
  const read = (id: string): void => setView({ id, reads: true, asks: false });
  const item = view && data?.items.find(({ id }) => id === view.id);
  if (item && view.asks)
    return (
      <DiscardDialog
        item={item}
        onKeep={() => (view.reads ? read(item.id) : toList())}
        onGone={toList}
      />
    );
  if (item)
    return (
      <VaultReader item={item} onBack={toList} onDiscard={() => setView({ ...view, asks: true })} />
    );
  return (
    <Dialog
      title="Vault"
      size="wide"
      onClose={closeDialog}
      foot={
        <>
          <Button onPress={() => showDialog({ kind: 'server' })}>Outbox and server</Button>
          <Button variant="primary" onPress={closeDialog}>
            Close
          </Button>
        </>
      }
    >
      <p>
        When an article is closed to you, what you had not sent of it is kept here, on this computer
        only, until you discard it.
      </p>
      {error && (
        <p className="sentence" data-tone="red" role="alert">
          {error.message}
        </p>
      )}
      {data?.items.length === 0 && (
        <Empty title="The vault is empty">
          <p>Everything you wrote is in its article.</p>
        </Empty>
      )}
      {data && data.items.length > 0 && (
        <ol className="vault" aria-label="What is kept">
          {data.items.map((each) => (
            <Entry
              key={each.id}
              item={each}
              onRead={() => read(each.id)}
              onDiscard={() => setView({ id: each.id, reads: false, asks: true })}
            />
          ))}
        </ol>
      )}
    </Dialog>
  );
}

interface EntryProps {
  item: VaultItem;
  onRead: () => void;
  onDiscard: () => void;
}

function Entry({ item, onRead, onDiscard }: EntryProps) {
  const { at, why, changes, broughtBack } = item;
  const name = titleOf(item);
  return (
    <li className="vault-entry">
      <div className="vault-words">
        <p className="vault-headline">
          <bdi>{name}</bdi>
          {broughtBack && <Chip tone="green">Brought back</Chip>}
        </p>
        <p className="field-hint">{[`Kept ${formatMoment(at)}`, ...changes].join(' · ')}</p>
        <p>{why}</p>
      </div>
      <div className="actions">
        <Button small aria-label={`Read ${name}`} onPress={onRead}>
          Read
        </Button>
        <WayBack item={item} small />
        <Button small aria-label={`Discard ${name}…`} onPress={onDiscard}>
          Discard…
        </Button>
      </div>
    </li>
  );
}
