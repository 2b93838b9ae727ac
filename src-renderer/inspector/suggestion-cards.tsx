import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import {
  BLOCK_LABELS,
  suggestionsIn,
  type Block,
  type Decision,
  type OpenSuggestion,
} from '#shared/article';
import { useBody, useWorkingCopy } from '../editor/index.ts';
import { useCall } from '../queries.ts';
import { Avatar, Button, formatMoment } from '../ui/index.ts';
import { desk, useWindow } from '../workspace/index.ts';

/** A card has to be gone before its button can be pressed again. */
const PAUSE_MS = 40;

const marked = new WeakMap<Block, boolean>();

/** Whether a block holds suggestions; asked once of each, for blocks are replaced, never changed. */
function isMarked(block: Block): boolean {
  const known = marked.get(block);
  if (known !== undefined) return known;
  const found = suggestionsIn([block]).length > 0;
  marked.set(block, found);
  return found;
}

/** What was suggested in the text, card by card, to be accepted or rejected. */
export function SuggestionCards() {
  const { article } = useWorkingCopy();
  const body = useBody(PAUSE_MS);
  const found = useMemo(() => suggestionsIn(body.filter(isMarked)), [body]);
  const cards = useRef<HTMLElement>(null);
  /** The place of the card that was settled last: its follower takes the focus. */
  const settled = useRef<number | null>(null);
  useEffect(() => {
    const at = settled.current;
    settled.current = null;
    if (at === null) return;
    const buttons = cards.current?.querySelectorAll<HTMLElement>('[data-accept] button');
    const next = buttons?.[Math.min(at, buttons.length - 1)];
    (next ?? document.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]'))?.focus();
  }, [found]);
  if (found.length === 0) return null;
  return (
    <section ref={cards} aria-labelledby="suggestions">
      <h3 className="label" id="suggestions">
        Suggestions <span className="aside">{found.length} to settle</span>
      </h3>
      {found.map((suggestion, index) => (
        <SuggestionCard
          key={suggestion.id}
          suggestion={suggestion}
          body={body}
          isLocked={article.readOnly !== null}
          onSettle={(decision) => {
            settled.current = index;
            desk.editor?.settleSuggestion(suggestion.id, decision);
          }}
        />
      ))}
    </section>
  );
}

interface CardProps {
  suggestion: OpenSuggestion;
  body: readonly Block[];
  isLocked: boolean;
  onSettle: (decision: Decision) => void;
}

function SuggestionCard({ suggestion, body, isLocked, onSettle }: CardProps) {
  const { data } = useCall('people.list', {});
  const isActive = useWindow(({ activeSuggestion }) => activeSuggestion === suggestion.id);
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isActive) card.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  const author = data?.people.find(({ id }) => id === suggestion.by)?.name ?? 'Somebody';
  const words = suggestion.deleted || suggestion.inserted;
  return (
    <article
      ref={card}
      className="card tracked"
      aria-label={words ? `Suggestion on “${words}”` : 'Suggestion'}
      {...(isActive ? { 'data-active': true } : {})}
    >
      <p className="who">
        <Avatar name={author} />
        <span dir="auto">{author}</span>
        <time dateTime={suggestion.at}>{formatMoment(suggestion.at)}</time>
      </p>
      <p>
        <Sentence suggestion={suggestion} /> {placeOf(suggestion, body)}
      </p>
      <div className="actions">
        <span data-accept>
          <Button small isDisabled={isLocked} onPress={() => onSettle('accept')}>
            Accept
          </Button>
        </span>
        <Button small isDisabled={isLocked} onPress={() => onSettle('reject')}>
          Reject
        </Button>
        <Button small variant="plain" onPress={() => desk.editor?.showSuggestion(suggestion.id)}>
          Show
        </Button>
      </div>
    </article>
  );
}

/** What would change, in words: colour alone would tell some readers nothing. */
function Sentence({ suggestion }: { suggestion: OpenSuggestion }): ReactNode {
  const { inserted, deleted, splits, joins, formats, typeWas } = suggestion;
  const out = <del dir="auto">{deleted.trim()}</del>;
  const into = <ins dir="auto">{inserted.trim()}</ins>;
  if (deleted && inserted)
    return (
      <>
        Replace {out} with {into}
      </>
    );
  if (deleted) return <>Delete {out}</>;
  if (inserted) return <>Insert {into}</>;
  if (splits) return 'Begin a new paragraph';
  if (joins) return 'Join with the text before';
  if (typeWas !== null) return `Change from ${typeName(typeWas)}`;
  return formats ? 'Change how the words are set' : 'Change';
}

function typeName(was: string): string {
  const type = was.split(':')[0] ?? was;
  return (
    Object.hasOwn(BLOCK_LABELS, type) ? BLOCK_LABELS[type as Block['type']] : was
  ).toLowerCase();
}

/** "in paragraph 3", counted among its kind. */
function placeOf({ block: id }: OpenSuggestion, body: readonly Block[]): string {
  const at = body.findIndex(({ $ }) => $.id === id);
  const block = body[at];
  if (!block) return '';
  const number = body.slice(0, at + 1).filter(({ type }) => type === block.type).length;
  return `in ${BLOCK_LABELS[block.type].toLowerCase()} ${number}`;
}
