import type { VaultItem } from '#shared/contract';
import { useCall } from '../queries.ts';
import { Button, Dialog, formatMoment, saveText, tell } from '../ui/index.ts';
import { closeDialog } from '../workspace/index.ts';
import { titleOf } from './title.ts';
import { WayBack } from './way-back.tsx';

interface Props {
  item: VaultItem;
  onBack: () => void;
  onDiscard: () => void;
}

/** What is kept of one article, all of it, as it reads. */
export function VaultReader({ item, onBack, onDiscard }: Props) {
  const { data, error } = useCall('vault.read', { id: item.id });
  const copy = (text: string): void =>
    void navigator.clipboard.writeText(text).then(
      () => tell({ tone: 'info', text: 'Copied.' }),
      () =>
        tell({ tone: 'warning', text: 'The text could not be copied. Save it as a file instead.' }),
    );
  return (
    <Dialog
      title={titleOf(item)}
      size="wide"
      reading
      onClose={closeDialog}
      foot={
        <>
          <span className="vault-back">
            <Button onPress={onBack}>Back to the vault</Button>
          </span>
          {data && (
            <>
              <Button onPress={() => copy(data.text)}>Copy text</Button>
              <Button onPress={() => saveText(data.name, data.text)}>Save as a file</Button>
            </>
          )}
          <Button onPress={onDiscard}>Discard…</Button>
          <WayBack item={item} />
        </>
      }
    >
      <div>
        <p className="field-hint">
          {[`Kept ${formatMoment(item.at)}`, ...item.changes].join(' · ')}
        </p>
        <p>
          {item.why}{' '}
          {item.broughtBack
            ? `It was brought back ${formatMoment(item.broughtBack.at)}; this copy stays until you discard it.`
            : item.way.why}
        </p>
      </div>
      {error && (
        <p className="sentence" data-tone="red" role="alert">
          {error.message}
        </p>
      )}
      {data && (
        <div className="vault-text">
          {data.parts.map(({ label, text }, index) => (
            <div key={index} className="vault-part">
              {label !== '' && <p className="label">{label}</p>}
              {text.split('\n').map((line, at) => (
                <p key={at} dir="auto">
                  {line}
                </p>
              ))}
            </div>
          ))}
        </div>
      )}
    </Dialog>
  );
}
