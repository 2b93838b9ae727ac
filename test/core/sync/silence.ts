import type { SyncEvents } from '../../../src-main/core/sync/index.ts';

export const ignore = (): void => undefined;

/** Hears of everything that syncing tells, and does nothing about it. */
export const SILENCE: SyncEvents = {
  standing: ignore,
  articles: ignore,
  working: ignore,
  people: ignore,
  inbox: ignore,
  present: ignore,
  notice: ignore,
  unauthorised: ignore,
};
