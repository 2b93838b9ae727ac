import { BLOCK_LABELS, blockText, creditLineOf, type Block, type Fields } from '#shared/article';
import type { ImportProposal } from '#shared/contract';
import { Inlines, PlainBlockView } from '../editor/index.ts';
import { counted, formatDay } from '../ui/index.ts';

/** Enough to judge by; a book of paragraphs would hold the window for many seconds. */
const SHOWN = 400;

/** The article as it would be made: fields where they print, then the body. */
export function Preview({ proposal: { fields, body } }: { proposal: ImportProposal }) {
  const credit = creditLineOf(fields);
  return (
    <article className="import-preview" dir={fields.direction} aria-label="Preview">
      {fields.section && <p className="kicker">{fields.section}</p>}
      <h3 dir="auto">{fields.headline || <i>No headline</i>}</h3>
      {fields.standfirst && (
        <p className="standfirst" dir="auto">
          {fields.standfirst}
        </p>
      )}
      {fields.byline.length > 0 && (
        <p className="by" dir="auto">
          By {fields.byline.map(({ name }) => name).join(', ')}
        </p>
      )}
      {body.slice(0, SHOWN).map((block) => (
        <PreviewBlock key={block.$.id} block={block} />
      ))}
      {body.length > SHOWN && (
        <p className="other-block">
          {counted(body.length - SHOWN, 'more paragraph')} in the article itself.
        </p>
      )}
      {credit && (
        <p className="credit" dir="auto">
          {credit}
        </p>
      )}
      <Related related={fields.related} />
    </article>
  );
}

function PreviewBlock({ block }: { block: Block }) {
  switch (block.type) {
    case 'heading':
      return (
        <h4 dir={block.direction ?? 'auto'}>
          <Inlines nodes={block.children} />
        </h4>
      );
    case 'quote':
    case 'pullquote':
      return (
        <blockquote dir={block.direction ?? 'auto'}>
          <Inlines nodes={block.children} />
        </blockquote>
      );
    case 'horizontalrule':
    case 'list':
    case 'table':
    case 'paragraph':
      return <PlainBlockView block={block} />;
    default:
      return (
        <p className="other-block" dir="auto">
          {[BLOCK_LABELS[block.type], blockText(block)].filter(Boolean).join(': ')}
        </p>
      );
  }
}

function Related({ related }: Pick<Fields, 'related'>) {
  if (related.length === 0) return null;
  return (
    <section className="preview-related">
      <p className="label">Related articles</p>
      {related.map(({ id, title, postedOn, publication, desk, teaser }) => (
        <div key={id}>
          <p className="field-hint">
            {[postedOn && formatDay(postedOn), publication, desk].filter(Boolean).join(' · ')}
          </p>
          <p className="related-title" dir="auto">
            {title}
          </p>
          {teaser && <p dir="auto">{teaser}</p>}
        </div>
      ))}
    </section>
  );
}
