import type { RefusalCode } from '#shared/api';

/** A refusal: a stable code, a sentence for the person, and what a program needs to go on. */
export class ServerError extends Error {
  readonly code: RefusalCode;
  readonly facts: Readonly<Record<string, string | number>>;

  constructor(code: RefusalCode, message: string, facts: Record<string, string | number> = {}) {
    super(message);
    this.name = 'ServerError';
    this.code = code;
    this.facts = facts;
  }
}
