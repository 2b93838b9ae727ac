import { useState } from 'react';
import type { Status } from '#shared/contract';
import { useAct } from '../queries.ts';
import { Button, counted, Dialog, tell, TextField } from '../ui/index.ts';
import { closeDialog } from '../workspace/index.ts';

const SHORTEST = 10;
const FORM = 'change-password';

/** A new password of one's own choice. */
export function PasswordDialog({ status }: { status: Status }) {
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const change = useAct('session.changePassword');
  const differs = again.length >= password.length && again !== password;
  const isReady = current !== '' && password.length >= SHORTEST && again === password;
  const send = async (): Promise<void> => {
    const { devices } = await change.mutateAsync({ current, password });
    closeDialog();
    tell({
      tone: 'info',
      text: `Your password is changed.${devices === 0 ? '' : ` ${counted(devices, 'other device')} of yours ${devices === 1 ? 'was' : 'were'} signed out; what was written there is kept.`}`,
    });
  };
  return (
    <Dialog
      title="Change password"
      onClose={closeDialog}
      foot={
        <>
          <Button onPress={closeDialog}>Cancel</Button>
          <Button
            type="submit"
            form={FORM}
            variant="primary"
            isDisabled={!isReady || change.isPending}
          >
            Change password
          </Button>
        </>
      }
    >
      <form
        id={FORM}
        className="password-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && !change.isPending) void send().catch(() => undefined);
        }}
      >
        {/* Password managers look for whose password it is. */}
        <input
          type="text"
          autoComplete="username"
          value={status.person?.login ?? ''}
          readOnly
          hidden
        />
        <TextField
          label="Present password"
          type="password"
          autoComplete="current-password"
          autoFocus
          maxLength={200}
          value={current}
          onChange={setCurrent}
        />
        <TextField
          label="New password"
          type="password"
          autoComplete="new-password"
          hint={`At least ${SHORTEST} characters.`}
          maxLength={200}
          value={password}
          onChange={setPassword}
        />
        <TextField
          label="New password, once more"
          type="password"
          autoComplete="new-password"
          maxLength={200}
          value={again}
          onChange={setAgain}
          error={differs ? 'The two are not the same.' : undefined}
        />
      </form>
      {change.error && (
        <p className="sentence" data-tone="red" role="alert">
          {change.error.message}
        </p>
      )}
      <p className="field-hint">
        It is changed on the publishing server at once, so the server has to be reached. Your other
        devices are signed out.
      </p>
    </Dialog>
  );
}
