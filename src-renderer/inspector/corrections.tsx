import { useWorkingCopy } from '../editor/index.ts';
import { Button, formatMoment, TextField } from '../ui/index.ts';

/** The correction notes readers see. New ones are written by "Publish correction…". */
export function Corrections({ isLocked }: { isLocked: boolean }) {
  const { fields, setField } = useWorkingCopy();
  const { corrections } = fields;
  return (
    <section className="story-row" data-field="corrections" aria-labelledby="corrections">
      <h3 className="label" id="corrections">
        Corrections
      </h3>
      {corrections.length === 0 && (
        <p className="field-hint">
          None. When a published article is wrong, “Publish correction…” writes the note readers
          see.
        </p>
      )}
      {corrections.map((correction) => (
        <div key={correction.id} className="correction">
          <TextField
            label={formatMoment(correction.at)}
            multiline
            maxLength={2000}
            isReadOnly={isLocked}
            value={correction.note}
            onChange={(note) => {
              // A correction without words would be no correction; it is taken away by its button.
              if (note === '') return;
              setField(
                'corrections',
                corrections.map((each) => (each.id === correction.id ? { ...each, note } : each)),
              );
            }}
          />
          {!isLocked && (
            <Button
              small
              onPress={() =>
                setField(
                  'corrections',
                  corrections.filter(({ id }) => id !== correction.id),
                )
              }
            >
              Remove
            </Button>
          )}
        </div>
      ))}
    </section>
  );
}
