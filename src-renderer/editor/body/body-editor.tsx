import { ContentEditable } from '@lexical/react/LexicalContentEditable';
import { LexicalErrorBoundary } from '@lexical/react/LexicalErrorBoundary';
import { LexicalExtensionComposer } from '@lexical/react/LexicalExtensionComposer';
import { LinkPlugin } from '@lexical/react/LexicalLinkPlugin';
import { ListPlugin } from '@lexical/react/LexicalListPlugin';
import { RichTextPlugin } from '@lexical/react/LexicalRichTextPlugin';
import { TablePlugin } from '@lexical/react/LexicalTablePlugin';
import { defineExtension } from 'lexical';
import { useState, type ReactNode } from 'react';
import { safeLink } from '#shared/article';
import type { BodyPort } from '../working-copy/working-copy.ts';
import { BODY_NODES } from './body-nodes.ts';
import { BodyHistoryContext, createBodyHistory } from './body-history.ts';
import { BodyBehaviour, type BodyWiring } from './body-behaviour.tsx';
import { $fillBody } from './from-block.ts';
import { BODY_THEME } from './theme.ts';

interface ComposerProps {
  port: BodyPort;
  readOnly: boolean;
  children: ReactNode;
}

/** The Lexical editor of one article; toolbar and text both stand inside. */
export function BodyComposer({ port, readOnly, children }: ComposerProps): ReactNode {
  const [history] = useState(createBodyHistory);
  const [extension] = useState(() =>
    defineExtension({
      name: 'stet-body',
      namespace: 'stet-body',
      nodes: BODY_NODES,
      theme: BODY_THEME,
      editable: !readOnly,
      $initialEditorState: () => $fillBody(port.read()),
      onError: (error) => {
        // Lexical has put the last good state back; the window's error handler hears of it.
        queueMicrotask(() => {
          throw error;
        });
      },
    }),
  );
  return (
    <BodyHistoryContext value={history}>
      <LexicalExtensionComposer extension={extension} contentEditable={null}>
        {children}
      </LexicalExtensionComposer>
    </BodyHistoryContext>
  );
}

interface BodyTextProps extends BodyWiring {
  spellCheck: boolean;
  language: string;
  direction: 'ltr' | 'rtl';
}

/** The text itself. */
export function BodyText({ spellCheck, language, direction, ...wiring }: BodyTextProps): ReactNode {
  return (
    <div className="stet-body" lang={language}>
      <RichTextPlugin
        contentEditable={
          <ContentEditable
            className="stet-body-text"
            aria-label="Body"
            spellCheck={spellCheck}
            data-entry=""
            dir={direction}
          />
        }
        placeholder={<p className="stet-body-placeholder">Body</p>}
        ErrorBoundary={LexicalErrorBoundary}
      />
      <ListPlugin />
      <LinkPlugin validateUrl={(url) => safeLink(url) !== null} />
      <TablePlugin hasCellBackgroundColor={false} hasHorizontalScroll />
      <BodyBehaviour {...wiring} />
    </div>
  );
}
