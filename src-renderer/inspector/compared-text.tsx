import type { ComparedPart } from './compare.ts';

/** Two contents laid over each other: what changed, among the text that did not. */
export function ComparedText({ parts, showsAll }: { parts: ComparedPart[]; showsAll: boolean }) {
  const shown = parts.filter(({ kind, isChanged }) => showsAll || isChanged || kind === 'body');
  if (!showsAll && parts.every(({ isChanged }) => !isChanged))
    return <p>Nothing in the text or the fields differs.</p>;
  return (
    <div className="compared">
      {shown.map((part) => (
        <div key={part.id} className="compared-part" data-kind={part.kind} data-style={part.style}>
          {part.kind === 'field' && <span className="label">{part.label}</span>}
          <p dir="auto">
            {part.pieces.map(({ text, change }, index) =>
              change === 'added' ? (
                <ins key={index}>{text}</ins>
              ) : change === 'removed' ? (
                <del key={index}>{text}</del>
              ) : (
                text
              ),
            )}
          </p>
        </div>
      ))}
    </div>
  );
}
