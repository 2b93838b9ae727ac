import { useState, type ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useAct } from '../queries.ts';
import { Button, TextField } from '../ui/index.ts';

/** The way into a newsroom that exists: sign in, or take up an invitation. */
export function ConnectForm({ onBack }: { onBack: () => void }) {
  const [url, setUrl] = useState('');
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const connect = useAct('setup.connect');
  const accept = useAct('setup.accept');
  const isBusy = connect.isPending || accept.isPending;
  const address = {
    label: 'Server address',
    placeholder: 'https://newsroom.example.org',
    // Not of the type `url`, with which a browser takes no address without `https://`, and may not say so.
    type: 'text',
    inputMode: 'url',
    autoCapitalize: 'none',
    spellCheck: 'false',
    maxLength: 300,
    isRequired: true,
    value: url,
    onChange: setUrl,
  } as const;
  const who = {
    label: 'Login',
    maxLength: 100,
    isRequired: true,
    value: login,
    onChange: setLogin,
  };
  return (
    <section className="first-run-step" aria-label="Connect to a publishing server">
      <h2>Connect to a publishing server</h2>
      <Tabs className="connect-tabs">
        <TabList className="connect-tab-list" aria-label="How to connect">
          <Tab id="sign-in" className="tab">
            Sign in
          </Tab>
          <Tab id="invitation" className="tab">
            I have an invitation
          </Tab>
        </TabList>
        <TabPanel id="sign-in">
          <Form
            error={connect.error}
            button={isBusy ? 'Signing in…' : 'Sign in'}
            isDisabled={isBusy || !url || !login || !password}
            onBack={onBack}
            onSubmit={() => connect.mutate({ url: url.trim(), login: login.trim(), password })}
          >
            <TextField {...address} autoFocus />
            <TextField {...who} autoComplete="username" />
            <TextField
              label="Password"
              type="password"
              autoComplete="current-password"
              maxLength={200}
              isRequired
              value={password}
              onChange={setPassword}
            />
          </Form>
        </TabPanel>
        <TabPanel id="invitation">
          <Form
            error={accept.error}
            button={isBusy ? 'Joining…' : 'Join the newsroom'}
            isDisabled={isBusy || !url || !code || !login || password.length < 10}
            onBack={onBack}
            onSubmit={() =>
              accept.mutate({ url: url.trim(), code: code.trim(), login: login.trim(), password })
            }
          >
            <TextField {...address} />
            <TextField
              label="Invitation code"
              maxLength={200}
              isRequired
              value={code}
              onChange={setCode}
            />
            <TextField {...who} hint="The name you will sign in with." autoComplete="username" />
            <TextField
              label="New password"
              type="password"
              autoComplete="new-password"
              hint="At least 10 characters."
              maxLength={200}
              isRequired
              value={password}
              onChange={setPassword}
            />
          </Form>
        </TabPanel>
      </Tabs>
    </section>
  );
}

interface FormProps {
  children: ReactNode;
  error: Error | null;
  button: string;
  isDisabled: boolean;
  onBack: () => void;
  onSubmit: () => void;
}

function Form({ children, error, button, isDisabled, onBack, onSubmit }: FormProps) {
  return (
    <form
      className="connect-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isDisabled) onSubmit();
      }}
    >
      {children}
      {error && (
        <p className="sentence" data-tone="red" role="alert">
          {error.message}
        </p>
      )}
      <div className="actions">
        <Button onPress={onBack}>Back</Button>
        <Button type="submit" variant="primary" isDisabled={isDisabled}>
          {button}
        </Button>
      </div>
    </form>
  );
}
