import { Component, type ReactNode } from 'react';
import { Button } from '../ui/index.ts';

interface Props {
  children: ReactNode;
}

/** What stands in place of a part of the window that broke. Only a class can catch what React throws. */
export class ErrorBoundary extends Component<Props, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <div className="waiting-room" role="alert">
        <h2>This part of the window stopped working.</h2>
        <p>What you wrote is saved on this computer. Open it again to go on.</p>
        <div className="actions">
          <Button variant="primary" onPress={() => this.setState({ broken: false })}>
            Open it again
          </Button>
          <Button onPress={() => window.location.reload()}>Reload the window</Button>
        </div>
      </div>
    );
  }
}
