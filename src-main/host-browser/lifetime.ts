/** Long enough for a page to reload and connect again. */
export const RELOAD_GRACE_MS = 4000;
/** Long enough for a browser to start on a slow machine. */
export const FIRST_PAGE_GRACE_MS = 60_000;

export interface WindowFacts {
  pages: number;
  /** Whether a page has ever been connected. */
  hadPage: boolean;
  browserRuns: boolean;
  platform: NodeJS.Platform;
}

/**
 * How long to wait before Stet ends because its window is gone; null while it is there. A browser that still runs
 * means a window still stands (it may have put the page to sleep), except on macOS, where a browser outlives its windows.
 */
export function timeLeft({ pages, hadPage, browserRuns, platform }: WindowFacts): number | null {
  if (pages > 0) return null;
  if (browserRuns && (platform !== 'darwin' || !hadPage)) return null;
  return hadPage ? RELOAD_GRACE_MS : FIRST_PAGE_GRACE_MS;
}

/** Calls `end` once the window has been gone for as long as `timeLeft` says. */
export function watchWindow(
  platform: NodeJS.Platform,
  end: () => void,
): { pages(count: number): void; browser(runs: boolean): void; stop(): void } {
  const facts: WindowFacts = { pages: 0, hadPage: false, browserRuns: true, platform };
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    clearTimeout(timer);
    const left = timeLeft(facts);
    timer = left === null ? undefined : setTimeout(end, left);
  };
  return {
    pages(count) {
      facts.pages = count;
      facts.hadPage ||= count > 0;
      look();
    },
    browser(runs) {
      facts.browserRuns = runs;
      look();
    },
    stop: () => clearTimeout(timer),
  };
}
