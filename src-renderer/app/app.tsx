import './app.css';
import { I18nProvider } from 'react-aria-components';
import { useCall } from '../queries.ts';
import { FirstRun } from '../setup/index.ts';
import { Button, Toasts } from '../ui/index.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { useAppearance } from './appearance.ts';
import { Workstation } from './workstation.tsx';

/** The whole window: first run until a newsroom is chosen, then the workstation. */
export function App() {
  useAppearance();
  return (
    <I18nProvider locale="en-GB">
      <ErrorBoundary>
        <Stage />
      </ErrorBoundary>
      <Toasts />
    </I18nProvider>
  );
}

function Stage() {
  const { data: status, error } = useCall('app.status', {});
  if (status)
    return status.stage === 'setup' ? (
      <FirstRun status={status} />
    ) : (
      <Workstation status={status} />
    );
  return (
    <main className="waiting-room">
      <p className="wordmark">Stet</p>
      {error ? (
        <>
          <p role="alert">{error.message}</p>
          <Button onPress={() => window.location.reload()}>Try again</Button>
        </>
      ) : (
        <p role="status">Opening…</p>
      )}
    </main>
  );
}
