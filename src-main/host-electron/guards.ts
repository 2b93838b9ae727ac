import type { Session, WebContents } from 'electron';
import { externalUrl } from '../host-common/external-url.ts';

/** Where the window's page lives. */
export const APP_PROTOCOL = 'app:';
export const APP_HOST = 'stet';
export const APP_ADDRESS = `${APP_PROTOCOL}//${APP_HOST}/index.html`;

const PERMISSIONS: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'fullscreen']);

/** Whether an address is Stet's own page. By protocol and host: the `origin` of `app:` is the text `null` to Node. */
export function isAppAddress(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed?.protocol === APP_PROTOCOL && parsed.host === APP_HOST;
}

/** Whether a frame may load an address: the window only Stet's page, a frame inside it only a preview. */
export function mayNavigate({ url, isMainFrame }: { url: string; isMainFrame: boolean }): boolean {
  return isMainFrame ? isAppAddress(url) : url === 'about:srcdoc';
}

/** What a page may be allowed: writing plain text to the clipboard, and the whole screen. */
export function isPermitted(permission: string): boolean {
  return PERMISSIONS.has(permission);
}

/** Whether a message comes from the page itself. A frame that is gone by the time it is looked at has none. */
export function isFromPage(
  sender: { mainFrame: unknown },
  frame: { url: string; parent: unknown } | null,
): boolean {
  return frame?.parent === null && frame === sender.mainFrame && isAppAddress(frame.url);
}

/** Keeps a page where it is: it goes nowhere, opens nothing and embeds nothing; web links go to the person's browser. */
export function guardContents(contents: WebContents, openExternal: (url: string) => void): void {
  const stay = (event: { preventDefault(): void; url: string; isMainFrame: boolean }) => {
    if (!mayNavigate(event)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    const outside = externalUrl(url);
    if (outside !== null) openExternal(outside);
    return { action: 'deny' };
  });
}

export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(isPermitted(permission)),
  );
  session.setPermissionCheckHandler((_contents, permission) => isPermitted(permission));
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
}
