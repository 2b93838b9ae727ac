import type { MessageBoxOptions } from 'electron';

/** A question and what each of its buttons means, in the order of the buttons; the last is what Escape gives. */
export interface Question<Answer extends string> {
  box: MessageBoxOptions;
  answers: readonly Answer[];
}

function question<Answer extends string>(
  message: string,
  detail: string,
  buttons: Readonly<Record<Answer, string>>,
  /** Which button Return presses: the first, unless that one loses something. */
  usual = 0,
): Question<Answer> {
  const answers = Object.keys(buttons) as Answer[];
  return {
    answers,
    box: {
      type: 'warning',
      message,
      detail,
      buttons: answers.map((answer) => buttons[answer]),
      defaultId: usual,
      cancelId: answers.length - 1,
      noLink: true,
    },
  };
}

export const CORE_STOPPED = question(
  'Stet’s core has stopped.',
  'What you wrote is saved on this computer. Start it again to go on.',
  { restart: 'Start again', quit: 'Close Stet' },
);

export const PAGE_GONE = question(
  'This window has stopped.',
  'What you wrote is saved on this computer. Load it again to go on.',
  { reload: 'Load again', quit: 'Close Stet' },
);

export const PAGE_STUCK = question(
  'This window does not answer.',
  'What you wrote is saved on this computer. You can wait, or load the window again.',
  { wait: 'Wait', reload: 'Load again' },
);

export const NOT_SAVED = question(
  'Some of what you wrote is not saved.',
  'It stands only in this window, because it cannot be written to the disk now. Stay, make room or copy the text, and Stet tries again by itself.',
  { leave: 'Close and lose it', stay: 'Stay' },
  1,
);

export function cannotOpen(why: string): MessageBoxOptions {
  return { type: 'error', message: 'Stet could not open.', detail: why, buttons: ['Close'] };
}

/** Asks while everything waits for the answer: Electron wants to know at once whether a window may close. */
export function askNow<Answer extends string>(
  { box, answers }: Question<Answer>,
  show: (box: MessageBoxOptions) => number,
): Answer | undefined {
  return answers[show(box)];
}

/** Asks, and gives the answer that the chosen button means. */
export async function ask<Answer extends string>(
  { box, answers }: Question<Answer>,
  show: (box: MessageBoxOptions) => Promise<{ response: number }>,
): Promise<Answer | undefined> {
  const { response } = await show(box);
  return answers[response];
}
