import { z } from 'zod';
import { Id } from '#shared/article';
import type { Store } from '../store/index.ts';

/** Whom this profile belongs to, and where its newsroom's server stands. */
const ProfileOwner = z.object({
  url: z.string(),
  login: z.string(),
  person: Id,
  newsroom: Id,
  sample: z.boolean(),
});
export type ProfileOwner = z.infer<typeof ProfileOwner>;

const KEY = 'session.owner';

/** Null until a newsroom has been chosen. */
export function readOwner(store: Store): ProfileOwner | null {
  const parsed = ProfileOwner.safeParse(store.values.get(KEY));
  return parsed.success ? parsed.data : null;
}

export function writeOwner(store: Store, owner: ProfileOwner): void {
  store.values.set(KEY, owner);
}

const SAMPLE_STOPPED = 'session.sampleStopped';

/** Whether the person has switched the sample newsroom's server off, to see how Stet works without one. */
export function isSampleStopped(store: Store): boolean {
  return store.values.get(SAMPLE_STOPPED) === true;
}

export function setSampleStopped(store: Store, stopped: boolean): void {
  store.values.set(SAMPLE_STOPPED, stopped);
}
