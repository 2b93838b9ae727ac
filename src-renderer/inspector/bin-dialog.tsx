import { asKnown, useAct } from '../queries.ts';
import { Button, Dialog, tell, tellError } from '../ui/index.ts';
import { closeDialog, desk, openArticle, useWindow } from '../workspace/index.ts';
import { call } from '../bridge.ts';

/** Asks before the open article goes into the bin. */
export function BinDialog() {
  const open = useWindow((state) => state.open);
  const bin = useAct('article.bin');
  if (!open) return null;
  const name = open.fields.headline || open.fields.slugline || 'Untitled';
  const move = async (): Promise<void> => {
    await desk.copy?.flush();
    await bin.mutateAsync({ article: open.id, binned: true });
    closeDialog();
    openArticle(null);
    tell({
      tone: 'info',
      text: asKnown(`“${name}” is in the bin.`),
      action: {
        label: 'Undo',
        run: () =>
          void call('article.bin', { article: open.id, binned: false })
            .then(() => openArticle(open.id))
            .catch(tellError),
      },
    });
  };
  return (
    <Dialog
      title="Move to the bin?"
      alert
      onClose={closeDialog}
      foot={
        <>
          {bin.error && (
            <p className="sentence" data-tone="red" role="alert">
              {bin.error.message}
            </p>
          )}
          <Button onPress={closeDialog}>Cancel</Button>
          <Button
            variant="danger"
            isDisabled={bin.isPending}
            onPress={() => void move().catch(() => undefined)}
          >
            Move to the bin
          </Button>
        </>
      }
    >
      <p className="dialog-article" dir="auto">
        {name}
      </p>
      <p>It leaves every queue for everybody. Nothing is lost: it can be restored from the bin.</p>
    </Dialog>
  );
}
