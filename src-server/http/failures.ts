import type { FastifyError } from 'fastify';
import { REFUSAL_STATUS, type ApiError, type RefusalCode } from '#shared/api';
import { ServerError } from '../errors.ts';
import { isOutOfReach } from '../store/index.ts';

const BY_STATUS: Record<number, [RefusalCode, string]> = {
  400: ['malformed', 'The request cannot be read.'],
  404: ['not-found', 'There is nothing at this address.'],
  413: ['too-large', 'The request is larger than this server takes.'],
  414: ['malformed', 'The address is too long.'],
  415: ['wrong-type', 'This route does not take this type of content.'],
  429: ['too-many', 'Too many tries. Wait a minute, then try again.'],
  431: ['malformed', 'The request’s headers are too long.'],
};

/** Any failure as what the person is told. What is no refusal of ours stays inside: only a plain sentence goes out. */
export function refusalOf(error: unknown): ServerError {
  if (error instanceof ServerError) return error;
  const status = (error as Partial<FastifyError> | null)?.statusCode ?? 500;
  const known = BY_STATUS[status];
  if (known) return new ServerError(...known);
  if (status >= 400 && status < 500)
    return new ServerError('malformed', 'The request cannot be read.');
  if (isOutOfReach(error))
    return new ServerError(
      'unavailable',
      'The server cannot reach its database just now. Nothing that it confirmed is lost; try again in a moment.',
    );
  return new ServerError(
    'internal',
    'The server could not do this. Nothing was changed; try again later.',
  );
}

export function statusOf(error: ServerError): number {
  return REFUSAL_STATUS[error.code];
}

/** The body of a refusal, with what a program needs to go on (`expected` of a gap) beside code and sentence. */
export function errorBody({ code, message, facts }: ServerError): ApiError {
  return { error: { code, message, ...facts } };
}
