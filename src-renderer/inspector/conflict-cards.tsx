import { Button as AriaButton } from 'react-aria-components';
import {
  BLOCK_LABELS,
  blockText,
  FIELD_LABELS,
  openConflicts,
  type Block,
  type Conflict,
} from '#shared/article';
import { inPageOrder, isBelow, useBody, useWorkingCopy } from '../editor/index.ts';
import { desk } from '../workspace/index.ts';

interface Line {
  id: string;
  label: string;
  /** The words it is about, as far as they tell it from others. */
  quoted?: string;
  says: string;
}

/** What merges could not choose, as a list that leads to each: it is settled where it stands. */
export function ConflictCards() {
  const { conflicts, article } = useWorkingCopy();
  const body = useBody();
  const count = openConflicts({ body: [...body], conflicts });
  if (count === 0) return null;
  const names = new Map(
    article.origins.map(({ conflict, versions }) => [
      conflict,
      [...new Set(versions.flatMap((origin) => (origin ? [origin.by] : [])))].join(' · '),
    ]),
  );
  const lineOf = (conflict: Conflict): Line =>
    conflict.kind === 'field'
      ? {
          id: conflict.id,
          label: FIELD_LABELS[conflict.field],
          says: names.get(conflict.id) ?? '',
        }
      : {
          id: conflict.id,
          label: 'Text without a place',
          says: conflict.blocks.map(blockText).join(' '),
        };
  // As they stand on the page, in the order in which F8 leads through them.
  const around = inPageOrder(conflicts);
  const lines: Line[] = [
    ...around.filter((conflict) => !isBelow(conflict)).map(lineOf),
    ...body.flatMap((block): Line[] =>
      block.type === 'conflict'
        ? [{ id: block.$.id, ...labelOf(block), says: names.get(block.$.id) ?? '' }]
        : [],
    ),
    ...around.filter(isBelow).map(lineOf),
  ];
  return (
    <section aria-labelledby="to-settle">
      <h3 className="label" id="to-settle">
        Versions <span className="aside">{count} to settle</span>
      </h3>
      <ul className="conflicts">
        {lines.map(({ id, label, quoted, says }) => (
          <li key={id}>
            <AriaButton className="conflict-line" onPress={() => desk.editor?.showConflict({ id })}>
              <b>
                {label}
                {quoted && (
                  <>
                    : “<bdi>{quoted}</bdi>”
                  </>
                )}
              </b>
              <span className="detail" dir="auto">
                {says}
              </span>
            </AriaButton>
          </li>
        ))}
      </ul>
      <p className="field-hint">F8 leads from one to the next.</p>
    </section>
  );
}

function labelOf(block: Extract<Block, { type: 'conflict' }>): Pick<Line, 'label' | 'quoted'> {
  const known = block.base ?? block.versions.find((version) => version !== null);
  const text = known ? blockText(known) : '';
  return {
    label: known ? BLOCK_LABELS[known.type] : BLOCK_LABELS.conflict,
    ...(text && { quoted: shortened(withInnerMarks(text)) }),
  };
}

/** Quotation marks as they stand within others. */
function withInnerMarks(text: string): string {
  return text.replaceAll('“', '‘').replaceAll('”', '’');
}

const LABEL_LENGTH = 48;

/** The beginning of a text, in whole words where it has any. */
function shortened(text: string): string {
  if (text.length <= LABEL_LENGTH) return text;
  const start = text.slice(0, LABEL_LENGTH - 1);
  const end = start.search(/\s+\S*$/u);
  // A full stop before the dots would be a fourth one.
  return `${start.slice(0, end > 0 ? end : undefined).replace(/[\p{P}\s]+$/u, '')}…`;
}
