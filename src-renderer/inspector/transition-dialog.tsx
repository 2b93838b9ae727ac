import { useState } from 'react';
import type { OpenArticle } from '#shared/contract';
import type { Transition } from '#shared/workflow';
import {
  Button,
  Dialog,
  formatMoment,
  formatZone,
  fromLocalInput,
  TextField,
  toLocalInput,
} from '../ui/index.ts';
import { closeDialog, useWindow } from '../workspace/index.ts';
import { carryOut, changedSinceApproved } from './transitions.ts';

interface Question {
  title: string;
  text: string;
  /** The words asked for, and what they become. */
  words?: { label: string; hint: string; as: 'reason' | 'note' };
  time?: boolean;
  button: string;
  danger?: boolean;
}

const QUESTIONS: Partial<Record<Transition, Question>> = {
  'send-back': {
    title: 'Send back',
    text: 'The article returns to its author with your reason.',
    words: { label: 'Reason', hint: 'Say what is missing or has to change.', as: 'reason' },
    button: 'Send back',
  },
  schedule: {
    title: 'Schedule',
    text: 'Exactly the approved revision goes out at this time.',
    time: true,
    button: 'Schedule',
  },
  publish: {
    title: 'Publish now?',
    text: 'Exactly the approved revision goes before readers, word for word.',
    button: 'Publish',
  },
  correct: {
    title: 'Publish correction',
    text: 'What readers see is replaced, and the note stands under the article.',
    words: {
      label: 'Note for readers',
      hint: 'Say what was wrong and what is right: “An earlier version gave the wrong year.”',
      as: 'note',
    },
    button: 'Publish correction',
  },
  withdraw: {
    title: 'Withdraw',
    text: 'The public page is taken down. In its place readers find a sentence that says so, and your reason. The article stays here.',
    words: {
      label: 'Reason',
      hint: 'Readers see it where the article stood. It is kept in History too.',
      as: 'reason',
    },
    button: 'Withdraw',
    danger: true,
  },
};

export function TransitionDialog({ transition }: { transition: Transition }) {
  const open = useWindow((state) => state.open);
  const question = QUESTIONS[transition];
  if (!open || !question) return null;
  return <Ask open={open} transition={transition} question={question} />;
}

interface AskProps {
  open: OpenArticle;
  transition: Transition;
  question: Question;
}

function Ask({ open, transition, question }: AskProps) {
  const [words, setWords] = useState('');
  const [time, setTime] = useState(() => proposedTime(open));
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const at = fromLocalInput(time);
  const isReady = (!question.words || words.trim() !== '') && (!question.time || at !== null);
  const act = async (): Promise<void> => {
    setBusy(true);
    try {
      await carryOut(transition, {
        ...(question.words ? { [question.words.as]: words.trim() } : {}),
        ...(question.time && at ? { at } : {}),
      });
      closeDialog();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={question.title}
      alert
      onClose={closeDialog}
      foot={
        <>
          <Button onPress={closeDialog}>Cancel</Button>
          <Button
            variant={question.danger ? 'danger' : 'primary'}
            isDisabled={!isReady || isBusy}
            onPress={() => void act()}
          >
            {question.button}
          </Button>
        </>
      }
    >
      <p className="dialog-article" dir="auto">
        {open.fields.headline || 'Untitled'}
      </p>
      <p>{question.text}</p>
      {changedSinceApproved(open) && (transition === 'publish' || transition === 'schedule') && (
        <p className="sentence" data-tone="amber">
          The text has changed since it was approved. Those changes do not go out; approve again to
          include them.
        </p>
      )}
      {question.words && (
        <TextField
          label={question.words.label}
          hint={question.words.hint}
          multiline
          rows={4}
          autoFocus
          maxLength={2000}
          value={words}
          onChange={setWords}
        />
      )}
      {question.time && (
        <TextField
          label="Time"
          type="datetime-local"
          autoFocus
          hint={`On this computer’s clock: ${formatZone(at ? new Date(at) : undefined)}.${embargoHint(open)}`}
          value={time}
          onChange={setTime}
        />
      )}
      {problem && (
        <p className="sentence" data-tone="red" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}

function embargoHint({ fields }: OpenArticle): string {
  return fields.embargo ? ` The embargo ends ${formatMoment(fields.embargo)}.` : '';
}

/** The time it is scheduled for now, else the next full hour, and never before the embargo ends. */
function proposedTime({ record, fields }: OpenArticle): string {
  if (record.scheduledAt) return toLocalInput(record.scheduledAt);
  const hour = 3_600_000;
  const next = Math.ceil((Date.now() + 5 * 60_000) / hour) * hour;
  const embargo = fields.embargo ? Date.parse(fields.embargo) : 0;
  return toLocalInput(new Date(Math.max(next, embargo)).toISOString());
}
