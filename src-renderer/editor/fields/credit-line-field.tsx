import { useState, type ReactNode } from 'react';
import { generateCreditLine } from '#shared/article';
import { GrowingText } from '../cards/growing-text.tsx';
import { useWorkingCopy } from '../working-copy/provider.tsx';

/** The credit line: generated from the contributors until someone writes their own. */
export function CreditLineField({ readOnly }: { readOnly: boolean }): ReactNode {
  const { fields, setField } = useWorkingCopy();
  const [editing, setEditing] = useState(false);
  const generated = generateCreditLine(fields.contributors);
  const own = fields.creditLine;
  if (own === null && generated === '') return null;
  if (own === null && !editing)
    return (
      <p className="stet-credit-line" data-field="creditLine">
        <span dir="auto">Reads: {generated}</span>
        {!readOnly && (
          <button
            type="button"
            className="stet-quiet"
            aria-label="Edit the credit line"
            onClick={() => setEditing(true)}
          >
            Edit
          </button>
        )}
      </p>
    );
  return (
    <div className="stet-credit-line" data-field="creditLine">
      <GrowingText
        label="Credit line"
        value={own ?? generated}
        maxLength={2000}
        readOnly={readOnly}
        autoFocus={editing && own === null}
        onChange={(text) => setField('creditLine', text)}
      />
      {!readOnly && (
        <button
          type="button"
          className="stet-quiet"
          onClick={() => {
            setField('creditLine', null);
            setEditing(false);
          }}
        >
          Use the generated line
        </button>
      )}
    </div>
  );
}
