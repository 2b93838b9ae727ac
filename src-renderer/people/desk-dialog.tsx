import { useState } from 'react';
import type { Desk, Section } from '#shared/api';
import { DeskProfile, FIELD_LABELS, FIELD_NAMES, type FieldName } from '#shared/article';
import { reread, useAct } from '../queries.ts';
import { Button, Checkbox, Dialog, Select, tell, TextField } from '../ui/index.ts';

interface Props {
  desk: Desk;
  sections: readonly Section[];
  onClose: () => void;
}

type Limit = 'headlineLimit' | 'shortHeadlineLimit' | 'standfirstLimit' | 'teaserLimit';

const LIMITS: Record<Limit, string> = {
  headlineLimit: 'Headline, at most',
  shortHeadlineLimit: 'Short headline, at most',
  standfirstLimit: 'Standfirst, at most',
  teaserLimit: 'Teaser, at most',
};

/** Fields a desk may ask for; a correction is never asked for beforehand. */
const ASKABLE = FIELD_NAMES.filter((name) => name !== 'corrections');

/** What a desk asks of its articles. */
export function DeskDialog({ desk, sections, onClose }: Props) {
  const [name, setName] = useState(desk.name);
  const [profile, setProfile] = useState(desk.profile);
  const [limits, setLimits] = useState<Record<Limit, string>>(() => ({
    headlineLimit: String(desk.profile.headlineLimit),
    shortHeadlineLimit: String(desk.profile.shortHeadlineLimit),
    standfirstLimit: String(desk.profile.standfirstLimit),
    teaserLimit: String(desk.profile.teaserLimit),
  }));
  const save = useAct('desks.save');
  const limitOf = (limit: Limit): ReturnType<typeof DeskProfile.shape.headlineLimit.safeParse> =>
    DeskProfile.shape[limit].safeParse(limits[limit] === '' ? NaN : Number(limits[limit]));
  const names = Object.keys(LIMITS) as Limit[];
  const isSound = name.trim() !== '' && names.every((limit) => limitOf(limit).success);
  const require = (field: FieldName, isRequired: boolean): void =>
    setProfile((former) => ({
      ...former,
      required: FIELD_NAMES.filter((each) =>
        each === field ? isRequired : former.required.includes(each),
      ),
    }));
  const store = (): void => {
    const chosen = Object.fromEntries(names.map((limit) => [limit, Number(limits[limit])]));
    save.mutate(
      { desk: desk.id, name: name.trim(), profile: DeskProfile.parse({ ...profile, ...chosen }) },
      {
        onSuccess: () => {
          reread('people.list');
          tell({ tone: 'info', text: `The profile of ${name.trim()} is changed.` });
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      title={`Profile of ${desk.name}`}
      size="wide"
      onClose={onClose}
      foot={
        <>
          {save.error && (
            <p className="sentence" data-tone="red" role="alert">
              {save.error.message}
            </p>
          )}
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" isDisabled={!isSound || save.isPending} onPress={store}>
            Save
          </Button>
        </>
      }
    >
      <div className="desk-form">
        <div className="desk-column">
          <TextField label="Name" maxLength={200} value={name} onChange={setName} />
          <Select
            label="Section of new articles"
            value={profile.defaultSection}
            onChange={(defaultSection) => setProfile({ ...profile, defaultSection })}
            choices={[
              { id: '', label: 'None' },
              ...sections.map((section) => ({ id: section.name, label: section.name })),
            ]}
          />
          {names.map((limit) => {
            const { success } = limitOf(limit);
            return (
              <TextField
                key={limit}
                label={LIMITS[limit]}
                inputMode="numeric"
                hint="characters"
                error={success ? undefined : 'A whole number, 10 or more.'}
                value={limits[limit]}
                onChange={(text) => setLimits({ ...limits, [limit]: text })}
              />
            );
          })}
          <Checkbox
            isSelected={profile.ownApproval}
            onChange={(ownApproval) => setProfile({ ...profile, ownApproval })}
          >
            A desk chief may approve their own article
          </Checkbox>
        </div>
        <fieldset className="required">
          <legend className="label">Required before approval</legend>
          {ASKABLE.map((field) => (
            <Checkbox
              key={field}
              isSelected={profile.required.includes(field)}
              onChange={(isRequired) => require(field, isRequired)}
            >
              {FIELD_LABELS[field]}
            </Checkbox>
          ))}
        </fieldset>
      </div>
    </Dialog>
  );
}
