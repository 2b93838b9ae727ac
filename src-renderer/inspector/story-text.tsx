import { FIELD_LABELS, type Fields } from '#shared/article';
import { useWorkingCopy } from '../editor/index.ts';
import { TextField } from '../ui/index.ts';

/** The most characters each text field can hold, as in the article's schema. */
const LONGEST = {
  slugline: 100,
  shortHeadline: 300,
  dateline: 200,
  source: 300,
  usageTerms: 2000,
  editorsNote: 10_000,
  teaser: 2000,
} as const satisfies Partial<Record<keyof Fields, number>>;

interface Props {
  field: keyof typeof LONGEST;
  multiline?: boolean;
  aside?: string;
  over?: boolean;
  hint?: string;
}

/** A text field of the article, saved as it is typed. */
export function StoryText({ field, ...rest }: Props) {
  const { article, fields, setField } = useWorkingCopy();
  return (
    <div className="story-row" data-field={field}>
      <TextField
        {...rest}
        label={FIELD_LABELS[field]}
        maxLength={LONGEST[field]}
        isReadOnly={article.readOnly !== null}
        value={fields[field]}
        onChange={(value) => setField(field, value)}
      />
    </div>
  );
}
