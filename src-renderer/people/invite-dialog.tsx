import { useState } from 'react';
import type { Desk } from '#shared/api';
import { DeskRole, ROLE_LABELS } from '#shared/workflow';
import { useAct } from '../queries.ts';
import { Button, Dialog, formatMoment, Select, TextField } from '../ui/index.ts';

interface Props {
  desks: readonly Desk[];
  onClose: () => void;
}

/** Makes an invitation. Its code is shown once and stored nowhere in the clear. */
export function InviteDialog({ desks, onClose }: Props) {
  const [name, setName] = useState('');
  const [desk, setDesk] = useState(desks[0]?.id ?? '');
  const [role, setRole] = useState<DeskRole>('copy-editor');
  const invite = useAct('people.invite');
  const { data } = invite;
  if (data)
    return (
      <Dialog
        title={`Invitation for ${name}`}
        onClose={onClose}
        foot={
          <>
            <Button onPress={() => void navigator.clipboard.writeText(`${data.url}\n${data.code}`)}>
              Copy both
            </Button>
            <Button variant="primary" onPress={onClose}>
              Done
            </Button>
          </>
        }
      >
        <p>
          Hand these over in person or by a safe way. The code is shown only now, works once, and
          until {formatMoment(data.expiresAt)}.
        </p>
        <dl className="invitation">
          <dt>Invitation link</dt>
          <dd>{data.url}</dd>
          <dt>Code</dt>
          <dd>{data.code}</dd>
        </dl>
      </Dialog>
    );
  const send = (): void => invite.mutate({ name: name.trim(), desk, role });
  return (
    <Dialog
      title="Invite a person"
      onClose={onClose}
      foot={
        <>
          {invite.error && (
            <p className="sentence" data-tone="red" role="alert">
              {invite.error.message}
            </p>
          )}
          <Button onPress={onClose}>Cancel</Button>
          <Button
            variant="primary"
            isDisabled={!name.trim() || !desk || invite.isPending}
            onPress={send}
          >
            Make the invitation
          </Button>
        </>
      }
    >
      <TextField label="Name" autoFocus maxLength={200} value={name} onChange={setName} />
      <Select
        label="Desk"
        choices={desks.map(({ id, name: label }) => ({ id, label }))}
        value={desk}
        onChange={setDesk}
      />
      <Select
        label="Role"
        choices={DeskRole.options.map((id) => ({ id, label: ROLE_LABELS[id] }))}
        value={role}
        onChange={(id) => setRole(DeskRole.parse(id))}
      />
    </Dialog>
  );
}
