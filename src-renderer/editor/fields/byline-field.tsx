import type { ReactNode } from 'react';
import { newLocalId, type BylineEntry } from '#shared/article';
import { TextField } from '../../ui/index.ts';
import { randomBytes } from '../body/random.ts';
import { useWorkingCopy } from '../working-copy/provider.tsx';
import { TokenField } from './token-field.tsx';

/** Who is credited at the top. */
export function BylineField({ readOnly }: { readOnly: boolean }): ReactNode {
  const { fields, setField, changeField } = useWorkingCopy();
  const change = (byline: BylineEntry[]): void => setField('byline', byline);
  return (
    <div className="stet-byline" data-field="byline">
      <TokenField
        label="Byline"
        lead="By"
        addLabel="+ byline"
        tokens={fields.byline}
        readOnly={readOnly}
        once
        onChange={change}
        onAdd={({ name, person, desk }) =>
          changeField('byline', (byline) => [
            ...byline,
            { id: newLocalId(randomBytes), name, ...(person && { person }), ...(desk && { desk }) },
          ])
        }
        form={(entry) => (
          <TextField
            label="Name as it prints"
            value={entry.name}
            maxLength={200}
            autoFocus
            onChange={(name) => {
              if (name !== '')
                change(fields.byline.map((one) => (one.id === entry.id ? { ...one, name } : one)));
            }}
          />
        )}
      />
    </div>
  );
}
