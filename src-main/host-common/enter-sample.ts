import type { Workstation } from '../core/ports.ts';
import type { HostOptions } from './options.ts';

/**
 * Takes a new profile straight into the sample newsroom, past the first-run screen. A profile that has its newsroom
 * already stays as it is. Returns a sentence when it did not work; the first-run screen is then what the person sees.
 */
export async function enterSample(
  workstation: Pick<Workstation, 'dispatch'>,
  sample: HostOptions['sample'],
): Promise<string | null> {
  if (sample === null) return null;
  const status = await workstation.dispatch('app.status', {});
  if (!status.ok) return status.error.message;
  if ((status.value as { stage: string }).stage === 'ready') return null;
  const login = sample === 'first' ? await firstLogin(workstation) : sample;
  if (typeof login === 'string') return login;
  const entered = await workstation.dispatch('setup.sample', login);
  return entered.ok ? null : entered.error.message;
}

async function firstLogin(
  workstation: Pick<Workstation, 'dispatch'>,
): Promise<{ login: string } | string> {
  const reply = await workstation.dispatch('setup.samplePeople', {});
  if (!reply.ok) return reply.error.message;
  const { people, why } = reply.value as { people: { login: string }[]; why: string };
  const [first] = people;
  return first ? { login: first.login } : why || 'The sample newsroom has no people.';
}
