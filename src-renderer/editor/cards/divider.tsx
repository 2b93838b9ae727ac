import type { ReactNode } from 'react';
import { CardFrame } from './card-frame.tsx';

export function Divider({ nodeKey }: { nodeKey: string }): ReactNode {
  return (
    <CardFrame nodeKey={nodeKey} label="Divider">
      <hr />
    </CardFrame>
  );
}
