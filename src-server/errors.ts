/** Every way the server refuses a request, with the HTTP status it goes out with. */
export const ERROR_STATUS = {
  malformed: 400,
  'wrong-hash': 400,
  'not-an-image': 400,
  'signed-out': 401,
  'wrong-password': 401,
  forbidden: 403,
  'wrong-device': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  gap: 409,
  'wrong-offset': 409,
  'numbers-reused': 409,
  'device-taken': 409,
  'login-taken': 409,
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
export type ErrorCode = keyof typeof ERROR_STATUS;

/** A refusal: a stable code, a sentence for the person, and what a program needs to go on. */
export class ServerError extends Error {
  readonly code: ErrorCode;
  readonly facts: Readonly<Record<string, string | number>>;

  constructor(code: ErrorCode, message: string, facts: Record<string, string | number> = {}) {
    super(message);
    this.name = 'ServerError';
    this.code = code;
    this.facts = facts;
  }
}
