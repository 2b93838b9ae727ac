import './editor.css';
import { useLexicalComposerContext } from '@lexical/react/LexicalComposerContext';
import type { LexicalEditor } from 'lexical';
import { $getRoot } from 'lexical';
import { useImperativeHandle, useRef, useState, type ReactNode } from 'react';
import { isEmptyField } from '#shared/article';
import type { ImportProposal } from '#shared/contract';
import { Dialog, focusField, tell, tellError } from '../ui/index.ts';
import { addImage, chooseImages } from './body/add-image.ts';
import type { BodyHandle } from './body/body-behaviour.tsx';
import { BodyComposer, BodyText } from './body/body-editor.tsx';
import { $createImageNode } from './body/card-nodes.tsx';
import { $insertBlockNodes, withNewIds } from './body/insert-blocks.ts';
import { randomBytes } from './body/random.ts';
import { runTextCommand } from './body/run-command.ts';
import { goToConflict } from './conflicts/go-to-conflict.ts';
import { EDITOR_COMMANDS, type EditorCommandId } from './editor-commands.ts';
import { BylineField } from './fields/byline-field.tsx';
import { ContributorsField } from './fields/contributors-field.tsx';
import { CreditLineField } from './fields/credit-line-field.tsx';
import { FieldConflicts, UnplacedBlocks } from './fields/field-conflicts.tsx';
import { PLACED } from './fields/page-order.ts';
import { LeadImageField } from './fields/lead-image-field.tsx';
import { RelatedField } from './fields/related-field.tsx';
import { HeadlineField, SectionField, StandfirstField } from './fields/text-fields.tsx';
import { Colleagues } from './presence/colleagues.tsx';
import { EmbedDialog } from './toolbar/embed-dialog.tsx';
import { LinkDialog } from './toolbar/link-dialog.tsx';
import { insertTable } from './toolbar/table-commands.ts';
import { Toolbar } from './toolbar/toolbar.tsx';
import type { ArticleEditorProps } from './types.ts';
import { useUndoBesideText } from './undo-keys.ts';
import { useBodyPort, useBridge, useWorkingCopy } from './working-copy/provider.tsx';

/** The editing column: toolbar and page. Fields stand where they print. */
export function ArticleEditor(props: ArticleEditorProps): ReactNode {
  const port = useBodyPort();
  const { article } = useWorkingCopy();
  return (
    <BodyComposer key={article.id} port={port} readOnly={article.readOnly !== null}>
      <Column {...props} />
    </BodyComposer>
  );
}

const NO_HIGHLIGHTS: NonNullable<ArticleEditorProps['highlights']> = [];
const NO_SECTIONS: readonly string[] = [];

/** Fields with a place of their own in the column; conflicts of all others stand at its head. */
function Column({
  highlights = NO_HIGHLIGHTS,
  sections = NO_SECTIONS,
  spellCheck = true,
  onThread,
  onSuggestion,
  onSelectionAnchor,
  onOrphans,
  onImportProposal,
  onAddRelated,
  onComment,
  ref,
}: ArticleEditorProps): ReactNode {
  const [editor] = useLexicalComposerContext();
  const { article, fields, readBody, conflicts } = useWorkingCopy();
  const bridge = useBridge();
  const port = useBodyPort();
  const [dialog, setDialog] = useState<'link' | 'embed' | null>(null);
  const [leftOut, setLeftOut] = useState<ImportProposal | null>(null);
  const page = useRef<HTMLDivElement>(null);
  const body = useRef<BodyHandle>(null);
  const standfirst = useRef<HTMLTextAreaElement>(null);
  const readOnly = article.readOnly !== null;
  const elsewhere = conflicts.flatMap((one) =>
    one.kind === 'field' && !PLACED.includes(one.field) ? [one.field] : [],
  );

  const insertImages = async (files: File[]): Promise<void> => {
    for (const file of files)
      try {
        const info = await addImage(bridge, file);
        editor.update(() => $insertBlockNodes([$createImageNode(info)]));
      } catch (error) {
        tellError(
          error instanceof Error
            ? error
            : new Error('The picture could not be added. The article is unchanged.'),
        );
      }
  };

  const run = (command: EditorCommandId): void => {
    if (readOnly && command !== 'text.comment') return;
    if (runTextCommand(editor, command)) return;
    switch (command) {
      case 'text.link':
        setDialog('link');
        return;
      case 'insert.embed':
        setDialog('embed');
        return;
      case 'insert.image':
        void chooseImages(true).then(insertImages);
        return;
      case 'insert.table':
        insertTable(editor);
        return;
      case 'text.comment': {
        const anchor = body.current?.selectionAnchor();
        if (anchor) onComment?.(anchor);
        else tell({ tone: 'info', text: 'Select the words you want to comment on first.' });
        return;
      }
      case 'edit.paste-plain':
        void pastePlain(editor);
        return;
      default:
        return;
    }
  };

  useUndoBesideText((turn) => run(turn === 'undo' ? 'edit.undo' : 'edit.redo'));

  useImperativeHandle(ref, () => ({
    focusField: (name) => {
      if (name === 'body') body.current?.focus();
      else if (page.current) focusField(page.current, name)?.scrollIntoView({ block: 'nearest' });
    },
    enter: () => {
      if (readOnly) page.current?.focus();
      else editor.focus(undefined, { defaultSelection: 'rootStart' });
    },
    showBlock: (block) => void body.current?.showBlock(block),
    showSuggestion: (id) => void body.current?.showSuggestion(id),
    settleSuggestion: (id, decision) => {
      if (!readOnly) body.current?.settleSuggestion(id, decision);
    },
    showConflict: (which) => goToConflict(page.current, which),
    showAnchor: (anchor) => body.current?.showAnchor(anchor) ?? false,
    run: (id) => {
      const command = EDITOR_COMMANDS.find((one) => one.id === id);
      if (command) run(command.id);
    },
  }));

  return (
    <div className="stet-column">
      <Toolbar readOnly={readOnly} onCommand={run} comment={onComment !== undefined} />
      <div className="stet-page" ref={page} tabIndex={-1} dir={fields.direction}>
        <article
          className="stet-sheet"
          lang={fields.language}
          aria-label={fields.headline || 'Untitled article'}
        >
          {article.readOnly !== null && (
            <p className="stet-read-only" role="status" dir="ltr">
              {article.readOnly}
            </p>
          )}
          <Colleagues />
          <FieldConflicts of={elsewhere} readOnly={readOnly} />
          <SectionField readOnly={readOnly} sections={sections} />
          <FieldConflicts of={['section']} readOnly={readOnly} />
          <HeadlineField readOnly={readOnly} spellCheck={spellCheck} standfirst={standfirst} />
          <FieldConflicts of={['headline']} readOnly={readOnly} />
          <StandfirstField
            readOnly={readOnly}
            spellCheck={spellCheck}
            own={standfirst}
            onEnter={() => body.current?.focus()}
          />
          <FieldConflicts of={['standfirst']} readOnly={readOnly} />
          <BylineField readOnly={readOnly} />
          <FieldConflicts of={['byline']} readOnly={readOnly} />
          <LeadImageField readOnly={readOnly} />
          <FieldConflicts of={['leadImage']} readOnly={readOnly} />
          <BodyText
            port={port}
            readOnly={readOnly}
            spellCheck={spellCheck}
            language={fields.language}
            direction={fields.direction}
            highlights={highlights}
            onThread={(thread) => onThread?.(thread)}
            onSuggestion={(suggestion) => onSuggestion?.(suggestion)}
            onOrphans={(threads) => onOrphans?.(threads)}
            onSelectionAnchor={(anchor) => onSelectionAnchor?.(anchor)}
            onCommand={run}
            handleRef={body}
            paste={{
              bridge,
              isEmpty: () =>
                isEmptyField(fields.headline) &&
                editor.getEditorState().read(() => $getRoot().getTextContent().trim() === ''),
              onPage: onImportProposal,
              onImages: (files) => void insertImages(files),
              onLeftOut: (proposal) =>
                tell({
                  tone: 'info',
                  text: leftOutSentence(proposal),
                  action: { label: 'Show', run: () => setLeftOut(proposal) },
                }),
              onProblem: (text) => tell({ tone: 'warning', text }),
            }}
          />
          <UnplacedBlocks
            readOnly={readOnly}
            onPlace={({ blocks }) => {
              const known = new Set(readBody().map((block) => block.$.id));
              const placed = blocks.flatMap((block) =>
                known.has(block.$.id) ? withNewIds([block], randomBytes) : [block],
              );
              return {
                redo: () => body.current?.append(placed),
                undo: () => body.current?.takeOut(placed),
              };
            }}
          />
          <ContributorsField readOnly={readOnly} />
          <FieldConflicts of={['contributors']} readOnly={readOnly} />
          <CreditLineField readOnly={readOnly} />
          <FieldConflicts of={['creditLine']} readOnly={readOnly} />
          <RelatedField readOnly={readOnly} onSearch={onAddRelated} />
          <FieldConflicts of={['related']} readOnly={readOnly} />
        </article>
      </div>
      {dialog === 'link' && <LinkDialog editor={editor} onClose={() => setDialog(null)} />}
      {dialog === 'embed' && <EmbedDialog editor={editor} onClose={() => setDialog(null)} />}
      {leftOut && (
        <Dialog title="Left out of the paste" onClose={() => setLeftOut(null)}>
          <dl className="stet-left-out">
            {leftOut.leftOut.map((item) => (
              <div key={item.id}>
                <dt>{item.label}</dt>
                <dd dir="auto">{item.text}</dd>
                <dd className="stet-left-out-why">{item.reason}</dd>
              </div>
            ))}
          </dl>
        </Dialog>
      )}
    </div>
  );
}

function leftOutSentence({ leftOut }: ImportProposal): string {
  const labels = [...new Set(leftOut.map(({ label }) => label.toLowerCase()))];
  const named = labels.slice(0, 3).join(', ') + (labels.length > 3 ? ' and more' : '');
  return `Pasted. Left out: ${named}.`;
}

async function pastePlain(editor: LexicalEditor): Promise<void> {
  try {
    const text = await navigator.clipboard.readText();
    editor.update(() => {
      const data = new DataTransfer();
      data.setData('text/plain', text);
      editor
        .getRootElement()
        ?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
    });
  } catch {
    tell({
      tone: 'info',
      text: `Reading the clipboard is not allowed from here. Press Ctrl+Shift+V in the text.`,
    });
  }
}
