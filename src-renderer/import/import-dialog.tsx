import { useState } from 'react';
import type { ImportProposal } from '#shared/contract';
import { call } from '../bridge.ts';
import { Button, counted, Dialog, tell, tellError } from '../ui/index.ts';
import { desk, DRAFTS, go, routeNow, setWindow, useWindow } from '../workspace/index.ts';
import { Preview } from './preview.tsx';
import { Report } from './report.tsx';

/** Shows what taking in a text would give, before anything is stored. */
export function ImportDialog() {
  const proposal = useWindow((state) => state.proposal);
  return proposal ? <Proposal key={proposal.id} proposal={proposal} /> : null;
}

function Proposal({ proposal }: { proposal: ImportProposal }) {
  const fills = useWindow((state) => state.fills);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setProblem('');
    try {
      await work();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
    setBusy(false);
  };
  const adjust = (change: { declined?: string[]; kept?: string[] }): void =>
    void attempt(async () => {
      const { id, declined, kept } = { ...proposal, ...change };
      setWindow({ proposal: await call('import.adjust', { id, declined, kept }) });
    });
  const accept = (): void =>
    void attempt(async () => {
      // What was typed behind the dialog counts: an article with words in it is not filled.
      if (fills !== null) await desk.copy?.flush();
      const { article } = await call('import.accept', {
        id: proposal.id,
        desk: deskInSight(),
        into: fills,
      });
      setWindow({ proposal: null });
      if (article === fills) return;
      go(DRAFTS, article);
      tell({ tone: 'info', text: 'Taken in as a new draft.' });
    });
  const discard = (): void => {
    setWindow({ proposal: null });
    void call('import.discard', { id: proposal.id }).catch(tellError);
  };
  return (
    <Dialog
      title={proposal.source ? `Take in “${proposal.source}”` : 'Take in the text'}
      size="full"
      onClose={discard}
      foot={
        <>
          {problem && (
            <p className="sentence" data-tone="red" role="alert">
              {problem}
            </p>
          )}
          <Button onPress={discard}>Discard</Button>
          <Button variant="primary" isDisabled={isBusy} onPress={accept}>
            {fills === null ? 'Make the article' : 'Fill the article'}
          </Button>
        </>
      }
    >
      <p className="import-sum">
        {proposal.page
          ? 'Recognised as a news page.'
          : 'No headline or byline was recognised; all of it goes into the body.'}{' '}
        {counted(proposal.words, 'word')} in the body. Nothing is stored before you accept.
      </p>
      <div className="import-columns">
        <Report proposal={proposal} isBusy={isBusy} onAdjust={adjust} />
        <Preview proposal={proposal} />
      </div>
    </Dialog>
  );
}

/** The desk whose queue is on the screen; the core chooses the person's own where there is none. */
function deskInSight(): string | null {
  const { place } = routeNow();
  return place.kind === 'queue' && place.queue.kind === 'desk' ? place.queue.desk : null;
}
