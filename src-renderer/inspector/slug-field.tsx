import { useState } from 'react';
import { Fields } from '#shared/article';
import { useWorkingCopy } from '../editor/index.ts';
import { TextField } from '../ui/index.ts';

interface Props {
  /** What the headline would give; used while the field is empty. */
  proposed: string;
  isLocked: boolean;
}

/** The address of the public page. What cannot stand in an address stays in the field, unsaved, and says so. */
export function SlugField({ proposed, isLocked }: Props) {
  const { fields, setField } = useWorkingCopy();
  const [refused, setRefused] = useState<string | null>(null);
  return (
    <div className="story-row" data-field="urlSlug">
      <TextField
        label="URL slug"
        maxLength={200}
        isReadOnly={isLocked}
        placeholder={proposed}
        hint={fields.urlSlug ? undefined : 'Empty: made from the headline.'}
        error={refused === null ? undefined : 'Letters, digits and hyphens only. Not saved.'}
        value={refused ?? fields.urlSlug}
        onChange={(value) => {
          const slug = Fields.shape.urlSlug.safeParse(value);
          setRefused(slug.success ? null : value);
          if (slug.success) setField('urlSlug', slug.data);
        }}
      />
    </div>
  );
}
