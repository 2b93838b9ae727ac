import type { Page } from 'playwright';
import { expect } from 'playwright/test';

/** Opens an article that waits for review at the first desk of this person, where whoever began it filed it. */
export async function openFromReview(page: Page, headline: string): Promise<void> {
  const queues = page.getByRole('navigation', { name: 'Queues' }).getByText('To review');
  await queues.first().click();
  const row = page.getByRole('region', { name: 'List' }).getByText(headline);
  await row.click({ timeout: 60_000 });
  await expect(page.getByRole('textbox', { name: 'Headline' })).toHaveValue(headline);
}
