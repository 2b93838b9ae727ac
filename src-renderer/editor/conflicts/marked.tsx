import { createContext, Fragment, useContext, type ReactNode } from 'react';
import { TextFormat } from '#shared/article';
import type { Stretch } from './changes.ts';
import { differencesOf } from './differences.ts';
import { folded } from './fold.ts';

/** Whether long runs of unchanged words are left out. */
export const Folds = createContext(false);

/** Text with what came in and what went out marked, for the eye and for a screen reader. */
export function Marked({ stretches }: { stretches: readonly Stretch[] }): ReactNode {
  const folds = useContext(Folds);
  const isBefore = stretches.some(({ change }) => change === 'contested');
  return (folds ? folded(stretches) : stretches).map((shown, index) => {
    if (typeof shown === 'number')
      return (
        <bdi key={index} className="stet-version-gap">
          {' '}
          … {shown} {isBefore ? 'more words' : 'words as before'} …{' '}
        </bdi>
      );
    const text = <Formatted stretch={shown} />;
    if (shown.change === 'added') return <ins key={index}>{text}</ins>;
    if (shown.change === 'removed') return <del key={index}>{text}</del>;
    if (shown.change === 'restyled')
      return (
        <span key={index} className="stet-version-restyled">
          {text}
        </span>
      );
    return <Fragment key={index}>{text}</Fragment>;
  });
}

/** What differs beside the words, below the text that it is about. */
export function Differences({ stretches }: { stretches: readonly Stretch[] }): ReactNode {
  return <Remarks says={differencesOf(stretches)} />;
}

export function Remarks({ says }: { says: readonly string[] }): ReactNode {
  return [...new Set(says)].map((sentence) => (
    <span key={sentence} className="stet-version-remark" dir="auto">
      {sentence}
    </span>
  ));
}

/** As the page itself draws open suggestions. */
const SUGGESTED = {
  in: { as: 'inserted', says: 'Suggested' },
  out: { as: 'deleted', says: 'Suggested to be cut' },
  set: { as: 'formatChanged', says: 'Suggested to be set like this' },
} as const;

function Formatted({ stretch: { text, look } }: { stretch: Stretch }): ReactNode {
  let node: ReactNode = text.split('\n').map((line, index) => (
    <Fragment key={index}>
      {index > 0 && <br />}
      {line}
    </Fragment>
  ));
  if (look.format & TextFormat.bold) node = <strong>{node}</strong>;
  if (look.format & TextFormat.italic) node = <em>{node}</em>;
  if (look.format & TextFormat.underline) node = <u>{node}</u>;
  if (look.format & TextFormat.strikethrough) node = <s>{node}</s>;
  if (look.format & TextFormat.superscript) node = <sup>{node}</sup>;
  if (look.format & TextFormat.subscript) node = <sub>{node}</sub>;
  if (look.suggested)
    node = (
      <span data-suggested={SUGGESTED[look.suggested].as} title={SUGGESTED[look.suggested].says}>
        {node}
      </span>
    );
  return look.url === null ? (
    node
  ) : (
    <span className="stet-link" title={look.url}>
      {node}
    </span>
  );
}
