import { Button as AriaButton } from 'react-aria-components';
import type { Output } from '#shared/contract';
import { useAct } from '../queries.ts';
import { Avatar, Button } from '../ui/index.ts';

interface Props {
  people: Output<'setup.samplePeople'>['people'];
  onBack: () => void;
}

/** Whom to be in the sample newsroom. */
export function SamplePeople({ people, onBack }: Props) {
  const begin = useAct('setup.sample');
  return (
    <section aria-labelledby="be-whom" className="first-run-step">
      <h2 id="be-whom">Whom would you like to be?</h2>
      <p>Two people can be played side by side: start Stet again with another profile.</p>
      <ul className="sample-people">
        {people.map(({ login, name, title, desk }) => (
          <li key={login}>
            <AriaButton
              className="sample-person"
              isDisabled={begin.isPending}
              onPress={() => begin.mutate({ login })}
            >
              <Avatar name={name} />
              <span>
                <b>{name}</b>
                <span>{[title, desk].filter(Boolean).join(' · ')}</span>
              </span>
            </AriaButton>
          </li>
        ))}
      </ul>
      {begin.isPending && <p role="status">Setting up the sample newsroom…</p>}
      {begin.error && (
        <p className="sentence" data-tone="red" role="alert">
          {begin.error.message}
        </p>
      )}
      <Button onPress={onBack} isDisabled={begin.isPending}>
        Back
      </Button>
    </section>
  );
}
