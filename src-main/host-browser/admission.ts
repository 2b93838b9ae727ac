import type { IncomingHttpHeaders } from 'node:http';

/** Why a request is turned away: the status it gets and a sentence for whoever looks. */
export interface Refusal {
  status: number;
  message: string;
}

export interface Site {
  /** `<random>.localhost:<port>`, exactly as the Host header must have it. */
  host: string;
  origin: string;
}

/**
 * What every request must show before anything else is looked at. Any page in any browser on this computer can send
 * requests to a port on loopback: the Host check stops DNS rebinding, the others stop pages of other sites.
 */
export function admit(
  { host, origin }: Site,
  method: string | undefined,
  headers: IncomingHttpHeaders,
): Refusal | null {
  if (headers.host !== host) return { status: 421, message: 'Stet is not served under this name.' };
  if (headers.origin !== undefined && headers.origin !== origin)
    return { status: 403, message: 'Only Stet’s own window may ask this.' };
  const from = headers['sec-fetch-site'];
  if (from !== undefined && from !== 'same-origin' && from !== 'none')
    return { status: 403, message: 'Another site may not ask this.' };
  if (method !== 'GET' && method !== 'HEAD')
    return { status: 405, message: 'Stet’s window is only read here.' };
  return null;
}

/** The same for the socket, where a browser always names the page's origin. */
export function admitSocket(
  site: Site,
  method: string | undefined,
  headers: IncomingHttpHeaders,
): Refusal | null {
  if (headers.origin === undefined)
    return { status: 403, message: 'Only Stet’s own window may open this connection.' };
  return admit(site, method, headers);
}
