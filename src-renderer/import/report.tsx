import type { ImportGuess, ImportProposal } from '#shared/contract';
import { Checkbox } from '../ui/index.ts';

interface Props {
  proposal: ImportProposal;
  isBusy: boolean;
  onAdjust: (change: { declined?: string[]; kept?: string[] }) => void;
}

const TITLES: Record<ImportGuess['kind'], string> = {
  recognised: 'Recognised',
  changed: 'Changed',
};

function toggled(ids: readonly string[], id: string, isIn: boolean): string[] {
  const others = ids.filter((each) => each !== id);
  return isIn ? [...others, id] : others;
}

/** What was recognised, changed and left out. Every guess can be undone, everything left out put back. */
export function Report({ proposal, isBusy, onAdjust }: Props) {
  const { guesses, declined, leftOut, kept } = proposal;
  return (
    <div className="import-report">
      {(Object.keys(TITLES) as ImportGuess['kind'][]).map((kind) => {
        const found = guesses.filter((guess) => guess.kind === kind);
        return (
          found.length > 0 && (
            <section key={kind} aria-labelledby={`import-${kind}`}>
              <h3 className="label" id={`import-${kind}`}>
                {TITLES[kind]}
                <span className="aside">{found.length}</span>
              </h3>
              {found.map(({ id, label, excerpt, otherwise }) => (
                <Checkbox
                  key={id}
                  isDisabled={isBusy}
                  isSelected={!declined.includes(id)}
                  onChange={(isOn) => onAdjust({ declined: toggled(declined, id, !isOn) })}
                >
                  <b>{label}</b>
                  <span className="import-words" dir="auto">
                    {excerpt}
                  </span>
                  {declined.includes(id) && <span className="field-hint">Now {otherwise}.</span>}
                </Checkbox>
              ))}
            </section>
          )
        );
      })}
      <section aria-labelledby="import-left-out">
        <h3 className="label" id="import-left-out">
          Left out <span className="aside">{leftOut.length}</span>
        </h3>
        {leftOut.length === 0 && <p className="field-hint">Nothing was left out.</p>}
        {leftOut.map(({ id, label, text, reason }) => (
          <div key={id} className="left-out">
            <Checkbox
              isDisabled={isBusy}
              isSelected={kept.includes(id)}
              onChange={(isOn) => onAdjust({ kept: toggled(kept, id, isOn) })}
            >
              <b>{label}</b> <span className="field-hint">{reason}</span>
              <span className="visually-hidden">. Put it back into the body</span>
            </Checkbox>
            {text && (
              <details>
                <summary dir="auto">{text.slice(0, 90)}</summary>
                <p dir="auto">{text}</p>
              </details>
            )}
          </div>
        ))}
        {leftOut.length > 0 && (
          <p className="field-hint">Tick what should go back into the body.</p>
        )}
      </section>
    </div>
  );
}
