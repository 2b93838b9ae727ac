import { useEffect, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { EventData } from '#shared/contract';
import { bridge } from '../bridge.ts';
import { useAct } from '../queries.ts';
import { tellError } from '../ui/index.ts';

type Progress = EventData<'progress'>;

/** Long work that is under way: how far it is, and the button that stops it. */
export function Jobs() {
  const jobs = useJobs();
  return jobs.map((job) => <Job key={job.job} job={job} />);
}

function Job({ job: { job, label, done, total } }: { job: Progress }) {
  const cancel = useAct('jobs.cancel');
  const share = total === null || total === 0 ? null : Math.min(1, done / total);
  return (
    <span className="saying">
      {label}
      <progress aria-label={label} {...(share === null ? {} : { value: share })} max={1} />
      {cancel.isPending || cancel.isSuccess ? (
        'Stopping…'
      ) : (
        <AriaButton
          className="saying stop"
          aria-label={`Stop: ${label}`}
          onPress={() => cancel.mutate({ job }, { onError: tellError })}
        >
          Stop
        </AriaButton>
      )}
    </span>
  );
}

function useJobs(): readonly Progress[] {
  const [jobs, setJobs] = useState<readonly Progress[]>([]);
  useEffect(
    () =>
      bridge.on('progress', (told) =>
        setJobs((known) => {
          const at = known.findIndex(({ job }) => job === told.job);
          if (told.finished) return known.filter(({ job }) => job !== told.job);
          return at < 0 ? [...known, told] : known.with(at, told);
        }),
      ),
    [],
  );
  return jobs;
}
