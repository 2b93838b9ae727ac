import { expect, test } from 'vitest';
import {
  ask,
  askNow,
  CORE_STOPPED,
  NOT_SAVED,
  PAGE_GONE,
  PAGE_STUCK,
} from '../../src-main/host-electron/dialogs.ts';

test('every fault says that the work is saved', () => {
  for (const { box } of [CORE_STOPPED, PAGE_GONE, PAGE_STUCK])
    expect(box.detail).toContain('saved on this computer');
});

test('an answer is the one whose button was chosen', async () => {
  expect(await ask(CORE_STOPPED, async () => ({ response: 0 }))).toBe('restart');
  expect(await ask(CORE_STOPPED, async () => ({ response: 1 }))).toBe('quit');
});

test('nothing is thrown away by pressing Enter', () => {
  expect(PAGE_STUCK.answers[PAGE_STUCK.box.defaultId!]).toBe('wait');
});

test('a window with unsaved words stays open at Return and at Escape, and closes only when told to', () => {
  const { box, answers } = NOT_SAVED;
  expect(answers[box.defaultId!]).toBe('stay');
  expect(answers[box.cancelId!]).toBe('stay');
  expect(askNow(NOT_SAVED, ({ buttons }) => buttons!.indexOf('Close and lose it'))).toBe('leave');
});
