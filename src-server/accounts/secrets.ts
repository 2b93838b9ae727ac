import { createHash } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { RandomBytes } from '#shared/article';

/** A secret of 32 unpredictable bytes and what the server keeps of it. The secret itself is shown once. */
export function newSecret(random: RandomBytes): { secret: string; hash: string } {
  const secret = Buffer.from(random(32)).toString('base64url');
  return { secret, hash: hashSecret(secret) };
}

/** Plain SHA-256 is enough here: 32 random bytes cannot be guessed, unlike a password. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** argon2id with the library's defaults, which follow OWASP's recommendation. */
export function hashPassword(password: string): Promise<string> {
  return hash(password);
}

let decoy: Promise<string> | undefined;

/** Checks a password. Without a hash it takes as long as with one, so that time does not tell which logins exist. */
export async function checkPassword(
  passwordHash: string | null,
  password: string,
): Promise<boolean> {
  decoy ??= hash('no one has this password');
  const right = await verify(passwordHash ?? (await decoy), password);
  return right && passwordHash !== null;
}
