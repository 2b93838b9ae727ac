import type { ReactNode, RefObject } from 'react';
import { lengthOf } from '#shared/article';
import { GrowingText } from '../cards/growing-text.tsx';
import { useWorkingCopy } from '../working-copy/provider.tsx';

/** From this share of the limit on, the count is worth the eye's time. */
const NEAR = 0.85;

function Count({ text, limit, what }: { text: string; limit: number; what: string }): ReactNode {
  const length = lengthOf(text);
  if (length < limit * NEAR) return null;
  const over = length > limit;
  return (
    <span className="stet-count" {...(over && { 'data-over': true })}>
      {length} of {limit}
      {over && (
        <span className="visually-hidden">. The {what} is longer than the desk allows.</span>
      )}
    </span>
  );
}

interface HeadlineProps {
  readOnly: boolean;
  spellCheck: boolean;
  standfirst: RefObject<HTMLTextAreaElement | null>;
}

export function HeadlineField({ readOnly, spellCheck, standfirst }: HeadlineProps): ReactNode {
  const { fields, setField, article } = useWorkingCopy();
  return (
    <div className="stet-headline" data-field="headline">
      <GrowingText
        label="Headline"
        placeholder="Headline"
        value={fields.headline}
        maxLength={500}
        readOnly={readOnly}
        spellCheck={spellCheck}
        lang={fields.language}
        onChange={(headline) => setField('headline', headline)}
        onEnter={() => standfirst.current?.focus()}
      />
      <Count text={fields.headline} limit={article.profile.headlineLimit} what="headline" />
    </div>
  );
}

interface StandfirstProps {
  readOnly: boolean;
  spellCheck: boolean;
  own: RefObject<HTMLTextAreaElement | null>;
  onEnter: () => void;
}

export function StandfirstField({
  readOnly,
  spellCheck,
  own,
  onEnter,
}: StandfirstProps): ReactNode {
  const { fields, setField, article } = useWorkingCopy();
  return (
    <div className="stet-standfirst" data-field="standfirst">
      <GrowingText
        ref={own}
        label="Standfirst"
        placeholder="Standfirst"
        value={fields.standfirst}
        maxLength={2000}
        readOnly={readOnly}
        spellCheck={spellCheck}
        lang={fields.language}
        onChange={(standfirst) => setField('standfirst', standfirst)}
        onEnter={onEnter}
      />
      <Count text={fields.standfirst} limit={article.profile.standfirstLimit} what="standfirst" />
    </div>
  );
}

interface SectionProps {
  readOnly: boolean;
  sections: readonly string[];
}

/** One of the newsroom's sections, or any other name. */
export function SectionField({ readOnly, sections }: SectionProps): ReactNode {
  const { fields, setField } = useWorkingCopy();
  return (
    <div className="stet-kicker" data-field="section">
      <input
        aria-label="Section"
        placeholder="Section"
        list="stet-sections"
        maxLength={100}
        readOnly={readOnly}
        dir="auto"
        spellCheck={false}
        autoComplete="off"
        size={Math.max(8, fields.section.length + 3)}
        value={fields.section}
        onChange={(event) => setField('section', event.currentTarget.value)}
      />
      <datalist id="stet-sections">
        {sections.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </div>
  );
}
