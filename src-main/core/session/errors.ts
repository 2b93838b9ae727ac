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

/** A failure to reach the server as the caller of the core hears of it; anything else passes through. */
export async function asStetError<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    const code = error.code === 'forbidden' ? 'forbidden' : CODES[error.kind];
    throw new StetError(code, error.message, { cause: error });
  }
}
