import { useLexicalEditable } from '@lexical/react/useLexicalEditable';
import type { ReactNode } from 'react';
import type { ImageInfo } from '#shared/article';
import { CardFrame } from './card-frame.tsx';
import { ImageFigure } from './image-figure.tsx';

interface Props {
  nodeKey: string;
  info: ImageInfo;
  onChange: (info: ImageInfo) => void;
}

/** A picture in the body. */
export function ImageCard({ nodeKey, info, onChange }: Props): ReactNode {
  const editable = useLexicalEditable();
  return (
    <CardFrame nodeKey={nodeKey} label="Image">
      <ImageFigure info={info} readOnly={!editable} onChange={onChange} />
    </CardFrame>
  );
}
