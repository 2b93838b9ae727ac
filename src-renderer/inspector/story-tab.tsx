import type { ReactNode } from 'react';
import { directionOf, lengthOf, slugOf, type FieldName } from '#shared/article';
import type { Status } from '#shared/contract';
import {
  directionChoices,
  languageChoices,
  urgencyChoices,
  useWorkingCopy,
  withOwn,
} from '../editor/index.ts';
import { useCall } from '../queries.ts';
import {
  Button,
  formatZone,
  fromLocalInput,
  Select,
  TextField,
  toLocalInput,
} from '../ui/index.ts';
import { Corrections } from './corrections.tsx';
import { SlugField } from './slug-field.tsx';
import { StoryText } from './story-text.tsx';
import { TagsField } from './tags-field.tsx';

/** All fields that do not stand in the editing column. */
export function StoryTab({ status }: { status: Status }) {
  const { article, fields, setField } = useWorkingCopy();
  const { data: people } = useCall('people.list', {});
  const { profile } = article;
  const isLocked = article.readOnly !== null;
  const sections = (status.newsroom?.sections ?? []).map(({ name }) => ({ id: name, label: name }));
  const limited = (text: string, limit: number): { aside: string; over: boolean } => ({
    aside: `${lengthOf(text)} of ${limit}`,
    over: lengthOf(text) > limit,
  });
  return (
    <div className="story">
      <StoryText field="slugline" hint="The newsroom’s short working name." />
      <Row field="desk">
        <Select
          label="Desk"
          isDisabled={isLocked}
          value={fields.desk ?? ''}
          onChange={(id) => setField('desk', id || null)}
          choices={[
            { id: '', label: 'No desk yet' },
            ...(people?.desks ?? []).map(({ id, name }) => ({ id, label: name })),
          ]}
        />
      </Row>
      <Row field="section">
        <Select
          label="Section"
          isDisabled={isLocked}
          value={fields.section}
          onChange={(section) => setField('section', section)}
          choices={withOwn([{ id: '', label: 'No section yet' }, ...sections], fields.section)}
        />
      </Row>
      <StoryText
        field="shortHeadline"
        {...limited(fields.shortHeadline, profile.shortHeadlineLimit)}
      />
      <StoryText field="teaser" multiline {...limited(fields.teaser, profile.teaserLimit)} />
      <StoryText field="dateline" hint="The place the article is filed from." />
      <SlugField proposed={slugOf(fields.headline)} isLocked={isLocked} />

      <h3 className="label">Subject</h3>
      <TagsField field="keywords" />
      <TagsField field="subjects" />
      <Row field="language">
        <Select
          label="Language"
          isDisabled={isLocked}
          value={fields.language}
          onChange={(language) => {
            setField('language', language);
            // Whoever chose another direction than that of the language meant it.
            if (fields.direction === directionOf(fields.language))
              setField('direction', directionOf(language));
          }}
          choices={withOwn(languageChoices, fields.language)}
        />
      </Row>
      <Row field="direction">
        <Select
          label="Text direction"
          isDisabled={isLocked}
          value={fields.direction}
          onChange={(direction) => setField('direction', direction === 'rtl' ? 'rtl' : 'ltr')}
          choices={directionChoices}
        />
      </Row>

      <h3 className="label">Handling</h3>
      <Row field="urgency">
        <Select
          label="Urgency"
          isDisabled={isLocked}
          value={fields.urgency === null ? '' : String(fields.urgency)}
          onChange={(urgency) => setField('urgency', urgency === '' ? null : Number(urgency))}
          choices={urgencyChoices}
        />
      </Row>
      <Row field="embargo">
        <TextField
          label="Embargo"
          type="datetime-local"
          isDisabled={isLocked}
          hint={
            fields.embargo
              ? `Nothing goes out before. On this computer’s clock: ${formatZone(new Date(fields.embargo))}.`
              : `None. Times are on this computer’s clock: ${formatZone()}.`
          }
          value={toLocalInput(fields.embargo)}
          onChange={(value) => setField('embargo', fromLocalInput(value))}
        />
        {fields.embargo && !isLocked && (
          <Button small onPress={() => setField('embargo', null)}>
            Lift the embargo
          </Button>
        )}
      </Row>
      <StoryText field="editorsNote" multiline hint="For the newsroom; never published." />
      <StoryText field="source" />
      <StoryText field="usageTerms" multiline />
      <Corrections isLocked={isLocked} />
    </div>
  );
}

function Row({ field, children }: { field: FieldName; children: ReactNode }) {
  return (
    <div className="story-row" data-field={field}>
      {children}
    </div>
  );
}
