import type { Page } from 'playwright';
import { expect } from 'playwright/test';

/**
 * Opens an article from the queue in which it waits for review. It is filed at the first desk of whoever began it, and
 * desks have no order of their own: a chief looks at each, as often as it takes until the article has come.
 */
export async function openFromReview(page: Page, headline: string): Promise<void> {
  const queues = page.getByRole('navigation', { name: 'Queues' }).getByText('To review');
  const row = page.getByRole('region', { name: 'List' }).getByText(headline);
  await expect(async () => {
    for (const queue of await queues.all()) {
      await queue.click();
      const found = row.waitFor({ timeout: 2_000 }).then(
        () => true,
        () => false,
      );
      if (await found) return;
    }
    throw new Error(`“${headline}” waits at no desk.`);
  }).toPass({ timeout: 60_000 });
  await row.click();
  await expect(page.getByRole('textbox', { name: 'Headline' })).toHaveValue(headline);
}
