import type { BrowserContext, Page } from 'playwright';

/**
 * Opens a page whose file dialogs are held for the test from the start. One that is asked for only
 * together with the key that opens it may come too late on a busy machine: headless Chromium then
 * cancels the dialog at once.
 */
export async function newPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  page.on('filechooser', () => undefined);
  return page;
}
