import type { Clock } from '#shared/article';
import { StetError } from '#shared/contract';
import { createServerClient, serverAddresses, ServerError } from '../server-client/index.ts';

/** The address at which a publishing server answers, from what a person typed. Throws when none does. */
export async function findServer(typed: string, clock: Clock): Promise<string> {
  const addresses = serverAddresses(typed);
  let failure: unknown = new StetError(
    'bad-input',
    'This is not the address of a server. It looks like courier.example or https://courier.example.',
  );
  for (const url of addresses) {
    try {
      await createServerClient({ url, token: null, clock, limits: { answerMs: 15_000 } }).call(
        'health',
        {},
      );
      return url;
    } catch (error) {
      failure = error;
      // Whether the host is there does not depend on the path.
      if (error instanceof ServerError && error.kind === 'network') break;
    }
  }
  throw failure;
}
