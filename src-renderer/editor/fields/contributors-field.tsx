import type { ReactNode } from 'react';
import { newLocalId, type Contributor } from '#shared/article';
import { Select, TextField } from '../../ui/index.ts';
import { randomBytes } from '../body/random.ts';
import { useWorkingCopy } from '../working-copy/provider.tsx';
import { TokenField } from './token-field.tsx';

const KINDS = [
  { id: 'person', label: 'Person' },
  { id: 'service', label: 'Service' },
] as const;

/** Who is credited at the end. */
export function ContributorsField({ readOnly }: { readOnly: boolean }): ReactNode {
  const { fields, setField, changeField } = useWorkingCopy();
  const change = (contributors: Contributor[]): void => setField('contributors', contributors);
  const edit = (id: string, part: Partial<Contributor>): void =>
    change(fields.contributors.map((one) => (one.id === id ? { ...one, ...part } : one)));
  const tokens = fields.contributors.map((one) => ({
    ...one,
    detail: one.kind === 'person' ? one.affiliation : '',
  }));
  return (
    <div className="stet-byline" data-field="contributors">
      <TokenField
        label="Contributors"
        lead="Contributors"
        addLabel="+ add"
        tokens={tokens}
        readOnly={readOnly}
        onChange={(next) => change(next.map(({ detail: _shown, ...one }) => one))}
        onAdd={({ name, person, desk, affiliation }) =>
          changeField('contributors', (contributors) => [
            ...contributors,
            {
              id: newLocalId(randomBytes),
              name,
              affiliation,
              role: '',
              kind: desk || /\b(service|desk|agency)$/i.test(name) ? 'service' : 'person',
              ...(person && { person }),
            },
          ])
        }
        form={(one) => (
          <>
            <TextField
              label="Name"
              value={one.name}
              maxLength={200}
              autoFocus
              onChange={(name) => {
                if (name !== '') edit(one.id, { name });
              }}
            />
            <Select
              label="Credited as"
              choices={KINDS}
              value={one.kind}
              onChange={(kind) => edit(one.id, { kind: kind === 'service' ? 'service' : 'person' })}
            />
            <TextField
              label="Affiliation"
              value={one.affiliation}
              maxLength={200}
              onChange={(affiliation) => edit(one.id, { affiliation })}
            />
            <TextField
              label="Role"
              value={one.role}
              maxLength={200}
              onChange={(role) => edit(one.id, { role })}
            />
          </>
        )}
      />
    </div>
  );
}
