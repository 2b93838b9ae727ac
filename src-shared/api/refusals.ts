import { z } from 'zod';

/**
 * What every refusal looks like: a stable code, a sentence, and beside them what a program needs to go on (`expected` of
 * a gap, `offset` of an upload). Served as application/json with the fitting status.
 */
export const ApiError = z.object({
  error: z.looseObject({ code: z.string(), message: z.string() }),
});
export type ApiError = z.infer<typeof ApiError>;

/** Every way the publishing server refuses a request, with the HTTP status it goes out with. */
export const REFUSAL_STATUS = {
  malformed: 400,
  'wrong-hash': 400,
  'not-an-image': 400,
  'signed-out': 401,
  'wrong-password': 401,
  forbidden: 403,
  'wrong-device': 403,
  'not-the-password': 403,
  'not-found': 404,
  'wrong-method': 405,
  gap: 409,
  'wrong-offset': 409,
  'already-there': 409,
  'numbers-reused': 409,
  'device-taken': 409,
  'login-taken': 409,
  'changed-again': 409,
  'invitation-used': 410,
  'invitation-expired': 410,
  'upload-expired': 410,
  'wrong-tus-version': 412,
  'too-large': 413,
  'wrong-type': 415,
  'last-admin': 422,
  'unknown-desk': 422,
  'reserved-address': 422,
  'upgrade-required': 426,
  'too-many': 429,
  internal: 500,
  unavailable: 503,
} as const;
export type RefusalCode = keyof typeof REFUSAL_STATUS;
