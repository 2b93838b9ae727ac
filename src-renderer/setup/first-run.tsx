import './setup.css';
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { Status } from '#shared/contract';
import { useCall } from '../queries.ts';
import { Button, Empty } from '../ui/index.ts';
import { ConnectForm } from './connect-form.tsx';
import { SamplePeople } from './sample-people.tsx';

type Step = 'choose' | 'sample' | 'connect';

interface Choice {
  id: string;
  title: string;
  text: string;
  /** Why it cannot be chosen; it can when there is no reason. */
  why?: string;
  step?: Step;
}

const ON_THE_SERVER =
  'Your newsroom’s publishing server brings articles there. Its admin connects it, with “channel add”; you connect to the server.';

/** The first thing a person sees: where their newsroom is. */
export function FirstRun({ status }: { status: Status }) {
  const [step, setStep] = useState<Step>('choose');
  const { data: sample } = useCall('setup.samplePeople', {});
  const choices: Choice[] = [
    {
      id: 'sample',
      title: 'Sample newsroom',
      text: 'Look around with a small newsroom on this computer: people in each role, a server of its own and an archive.',
      step: 'sample',
      ...(sample && !sample.available ? { why: sample.why } : {}),
    },
    {
      id: 'connect',
      title: 'Connect to a publishing server',
      text: 'Sign in to your newsroom, or take up an invitation.',
      step: 'connect',
    },
    {
      id: 'wordpress',
      title: 'WordPress',
      text: 'Publish to a WordPress site.',
      why: ON_THE_SERVER,
    },
    { id: 'ghost', title: 'Ghost', text: 'Publish to a Ghost site.', why: ON_THE_SERVER },
  ];
  return (
    <main className="first-run">
      <div className="first-run-page">
        <h1 className="wordmark">
          <span>Stet</span>
        </h1>
        <p className="first-run-motto">
          Write with no network. Review word for word. Publish what was approved.
        </p>
        {status.store.notices.map((notice) => (
          <p key={notice} className="sentence" data-tone="amber" role="alert">
            {notice}
          </p>
        ))}
        {step === 'choose' && (
          <ul className="choices">
            {choices.map((choice) => (
              <ChoiceCard key={choice.id} choice={choice} onChoose={setStep} />
            ))}
          </ul>
        )}
        {step === 'sample' &&
          (sample ? (
            <SamplePeople people={sample.people} onBack={() => setStep('choose')} />
          ) : (
            <Empty title="One moment">
              <Button onPress={() => setStep('choose')}>Back</Button>
            </Empty>
          ))}
        {step === 'connect' && <ConnectForm onBack={() => setStep('choose')} />}
      </div>
    </main>
  );
}

function ChoiceCard({ choice, onChoose }: { choice: Choice; onChoose: (step: Step) => void }) {
  const { id, title, text, why, step } = choice;
  return (
    <li>
      <AriaButton
        className="choice"
        aria-describedby={`choice-${id}`}
        {...(why ? { 'aria-disabled': true } : {})}
        onPress={() => {
          if (step && !why) onChoose(step);
        }}
      >
        <span className="choice-title">{title}</span>
      </AriaButton>
      <p id={`choice-${id}`}>{why ?? text}</p>
    </li>
  );
}
