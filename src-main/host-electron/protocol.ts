import type { CustomScheme } from 'electron';
import type { Workstation } from '../core/ports.ts';
import { SECURITY_HEADERS } from '../host-common/content-security-policy.ts';
import { readPageFile } from '../host-common/page-files.ts';
import { APP_HOST, APP_PROTOCOL } from './guards.ts';

/** To be registered before the app is ready. */
export const APP_SCHEME: CustomScheme = {
  scheme: APP_PROTOCOL.slice(0, -1),
  privileges: { standard: true, secure: true, supportFetchAPI: true },
};

/** Answers a request for `app://stet/…` from the built window or, for a picture, from the core. */
export async function answerPage(
  request: Pick<Request, 'method' | 'url'>,
  pages: string,
  workstation: Pick<Workstation, 'readAsset'>,
): Promise<Response> {
  if (request.method !== 'GET') return refuse(405, 'Stet’s window is only read here.');
  const url = URL.parse(request.url);
  if (url?.protocol !== APP_PROTOCOL || url.host !== APP_HOST)
    return refuse(404, 'There is nothing here.');
  const file = await readPageFile(pages, url.pathname, workstation);
  if (!file) return refuse(404, 'There is nothing here.');
  return new Response(Buffer.from(file.bytes), {
    headers: { ...SECURITY_HEADERS, 'content-type': file.type },
  });
}

function refuse(status: number, message: string): Response {
  return new Response(message, {
    status,
    headers: { ...SECURITY_HEADERS, 'content-type': 'text/plain; charset=utf-8' },
  });
}
