import { useLexicalEditable } from '@lexical/react/useLexicalEditable';
import type { ReactNode } from 'react';
import type { PlainBlock } from '#shared/article';
import { CardFrame } from './card-frame.tsx';
import { GrowingText } from './growing-text.tsx';

export type EmbedInfo = Pick<Extract<PlainBlock, { type: 'embed' }>, 'url' | 'provider' | 'title'>;

interface Props {
  nodeKey: string;
  info: EmbedInfo;
  onChange: (info: EmbedInfo) => void;
}

/** Something from elsewhere: only its address until the article is published. Nothing is loaded here. */
export function EmbedCard({ nodeKey, info, onChange }: Props): ReactNode {
  const editable = useLexicalEditable();
  return (
    <CardFrame nodeKey={nodeKey} label="Embed">
      <div className="stet-embed">
        <p className="stet-embed-provider">{info.provider || 'Embed'}</p>
        <GrowingText
          label="Title of the embed"
          className="stet-embed-title"
          placeholder="What it shows"
          value={info.title}
          maxLength={500}
          readOnly={!editable}
          onChange={(title) => onChange({ ...info, title })}
        />
        <p className="stet-embed-url" dir="ltr">
          {info.url}
        </p>
      </div>
    </CardFrame>
  );
}
