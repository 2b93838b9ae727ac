import type { VaultItem } from '#shared/contract';
import { reread, useAct } from '../queries.ts';
import { Button, Dialog, formatMoment } from '../ui/index.ts';
import { titleOf } from './title.ts';

interface Props {
  item: VaultItem;
  onKeep: () => void;
  onGone: () => void;
}

/** Asks before the only copy goes. */
export function DiscardDialog({ item, onKeep, onGone }: Props) {
  const discard = useAct('vault.discard');
  const letGo = async (): Promise<void> => {
    await discard.mutateAsync({ id: item.id });
    reread('vault.list');
    onGone();
  };
  return (
    <Dialog
      title="Discard what is kept?"
      alert
      onClose={onKeep}
      foot={
        <>
          {discard.error && (
            <p className="sentence" data-tone="red" role="alert">
              {discard.error.message}
            </p>
          )}
          <Button autoFocus onPress={onKeep}>
            Keep it
          </Button>
          <Button
            variant="danger"
            isDisabled={discard.isPending}
            onPress={() => void letGo().catch(() => undefined)}
          >
            Discard
          </Button>
        </>
      }
    >
      <p className="dialog-article" dir="auto">
        {titleOf(item)}
      </p>
      <p className="field-hint">{[`Kept ${formatMoment(item.at)}`, ...item.changes].join(' · ')}</p>
      <p>
        {item.broughtBack
          ? 'It was brought back: the article stays as it is. Only this copy goes.'
          : 'It is nowhere else, and cannot be had again.'}
      </p>
    </Dialog>
  );
}
