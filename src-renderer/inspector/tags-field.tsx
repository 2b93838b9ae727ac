import { useState } from 'react';
import { Button as AriaButton, Label, Tag, TagGroup, TagList } from 'react-aria-components';
import { FIELD_LABELS } from '#shared/article';
import { useWorkingCopy } from '../editor/index.ts';
import { TextField } from '../ui/index.ts';

/** An ordered set of words: keywords, subjects. */
export function TagsField({ field }: { field: 'keywords' | 'subjects' }) {
  const { article, fields, setField } = useWorkingCopy();
  const [text, setText] = useState('');
  const isLocked = article.readOnly !== null;
  const tags = fields[field];
  const label = FIELD_LABELS[field];
  const add = (typed: string): void => {
    const added = typed.split(/[,،]/).map((word) => word.trim().slice(0, 100));
    const all = [...tags, ...added].filter((word) => word !== '');
    setField(field, [...new Set(all)].slice(0, 100));
    setText('');
  };
  return (
    <div className="story-row" data-field={field}>
      {tags.length > 0 && (
        <TagGroup
          className="tags"
          {...(isLocked
            ? {}
            : {
                onRemove: (keys: Set<string | number>) =>
                  setField(
                    field,
                    tags.filter((tag) => !keys.has(tag)),
                  ),
              })}
        >
          <Label className="field-label">{label}</Label>
          <TagList className="tag-list">
            {tags.map((tag) => (
              <Tag key={tag} id={tag} textValue={tag} className="tag">
                <span dir="auto">{tag}</span>
                {!isLocked && (
                  <AriaButton slot="remove" className="tag-remove">
                    ✕
                  </AriaButton>
                )}
              </Tag>
            ))}
          </TagList>
        </TagGroup>
      )}
      {!isLocked && (
        <TextField
          label={tags.length > 0 ? `Add to ${label.toLowerCase()}` : label}
          hint="Enter or a comma adds it."
          maxLength={1000}
          value={text}
          onChange={(value) => (/[,،]/.test(value) ? add(value) : setText(value))}
          onBlur={() => {
            if (text.trim()) add(text);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add(text);
          }}
        />
      )}
    </div>
  );
}
