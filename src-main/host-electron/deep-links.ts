import { Id } from '#shared/article';

export const LINK_PROTOCOL = 'stet';

/** What a `stet://` link may ask for: to show one article. A link never changes anything. */
export interface DeepLink {
  article: Id;
}

/** Reads `stet://article/<id>`; null for everything else, whatever it may contain. */
export function parseDeepLink(text: string): DeepLink | null {
  if (text.length > 200) return null;
  const url = URL.parse(text);
  if (url?.protocol !== `${LINK_PROTOCOL}:` || url.host !== 'article') return null;
  if (url.search || url.hash || url.username || url.password) return null;
  const article = Id.safeParse(url.pathname.slice(1));
  return article.success ? { article: article.data } : null;
}

/** Links as they come, and the ones that came before there was somebody to follow them. */
export interface Links {
  come(link: DeepLink | null): void;
  follow(listener: (link: DeepLink | null) => void): void;
}

/** macOS hands a link over as an event, and the one that starts Stet arrives before anything is ready. */
export function createLinks(first: DeepLink | null): Links {
  let listener: ((link: DeepLink | null) => void) | null = null;
  let waiting = first;
  return {
    come(link) {
      if (listener) listener(link);
      else waiting = link ?? waiting;
    },
    follow(follower) {
      listener = follower;
      if (waiting) follower(waiting);
      waiting = null;
    },
  };
}

/** The link among a program's arguments, where Windows and Linux put it. */
export function deepLinkIn(args: readonly string[]): DeepLink | null {
  const text = args.find((arg) => arg.startsWith(`${LINK_PROTOCOL}://`));
  return text === undefined ? null : parseDeepLink(text);
}
