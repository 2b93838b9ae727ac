import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const COOKIE = 'stet';

/** Who may see the page: whoever opened the one-time address, by the cookie they got for it. */
export interface Session {
  /** A new one-time token, 32 bytes. One issued before and not used is void. */
  issueToken(): string;
  /** The Set-Cookie value for a token, which is then used up; null for a wrong or used one. */
  redeem(token: string): string | null;
  /** Whether a Cookie header carries the session. */
  isHeldBy(cookieHeader: string | undefined): boolean;
}

export function createSession(): Session {
  const secret = randomBytes(32).toString('base64url');
  let outstanding: string | null = null;
  return {
    issueToken() {
      outstanding = randomBytes(32).toString('base64url');
      return outstanding;
    },
    redeem(token) {
      if (outstanding === null || !isSame(token, outstanding)) return null;
      outstanding = null;
      return `${COOKIE}=${secret}; Path=/; HttpOnly; SameSite=Strict`;
    },
    isHeldBy: (header) => cookiesNamed(header, COOKIE).some((value) => isSame(value, secret)),
  };
}

/** Compared as hashes: in constant time whatever the lengths. */
function isSame(given: string, expected: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(expected));
}

function cookiesNamed(header: string | undefined, name: string): string[] {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  return pairs
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
}
