import { StetError, type ErrorCode } from '#shared/contract';
import { ServerError, type ServerErrorKind } from '../server-client/index.ts';

const CODES: Record<ServerErrorKind, ErrorCode> = {
  network: 'offline',
  server: 'server',
  nonsense: 'server',
  refused: 'refused',
  unauthorised: 'forbidden',
  'too-old': 'unsupported',
};

/** Syncing tries again by itself; what a person asked for, only the person does. */
const NEXT_STEP: Partial<Record<ServerErrorKind, string>> = {
  network: 'Nothing has changed. Check the address and the network, then try again.',
  server: 'Nothing has changed. Try again in a while, or tell your newsroom admin.',
};

/** A failure to reach the server as the caller of the core hears of it; anything else passes through. */
export async function asStetError<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    const code = error.code === 'forbidden' ? 'forbidden' : CODES[error.kind];
    const sentences = [error.message, NEXT_STEP[error.kind]].filter(Boolean).join(' ');
    throw new StetError(code, sentences, { cause: error });
  }
}
