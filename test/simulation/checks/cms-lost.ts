import { isDeepStrictEqual } from 'node:util';
import type { Hash, Id } from '#shared/article';
import type { Look } from '../world/disk.ts';

/** What the server knew of an article’s way to a CMS at one moment. */
interface Known {
  article: Id;
  channel: Id;
  delivered: Hash | null;
  /** Where readers found it; null as long as none is known to have seen it there. */
  url: string | null;
  deliveredAt: string | null;
}

/** All but how often it was tried, and when it is tried next. */
const KNOWN = `SELECT article, channel, delivered, delivered_at AS deliveredAt, wanted, wanted_at, step, standing, remote,
    url, live, baseline, sent, theirs FROM deliveries`;

const keyOf = ({ article, channel }: Pick<Known, 'article' | 'channel'>): string =>
  `${article} ${channel}`;

export function knownOf(db: Look): Map<string, Known> {
  return new Map((db.prepare(KNOWN).all() as Known[]).map((row) => [keyOf(row), row]));
}

/** Of which articles a server that went back knows less than what it did in a CMS, until it has read one back there anew. */
export interface Lost {
  went(before: ReadonlyMap<string, Known>, back: ReadonlyMap<string, Known>): void;
  /** Whether what it knows of this article in this channel may be older than what it did there. */
  has(article: Id, channel: Id, now: ReadonlyMap<string, Known>): boolean;
  /** Whether it may take a draft in this channel for one that it left itself: it knows that readers saw it before. */
  mayTakeForOwn(article: Id, channel: Id, now: ReadonlyMap<string, Known>): boolean;
  /** Whether that ever was so, also where the post has been read back since. */
  had(article: Id, channel: Id): boolean;
}

export function createLost(): Lost {
  /** When each was read back last, by what is known since. */
  const lost = new Map<string, string | null>();
  const has: Lost['has'] = (article, channel, now) => {
    const key = keyOf({ article, channel });
    const readBack = lost.get(key);
    if (readBack === undefined) return false;
    const known = now.get(key);
    return !known?.delivered || known.deliveredAt === readBack;
  };
  return {
    went(before, back) {
      for (const key of new Set([...before.keys(), ...back.keys(), ...lost.keys()]))
        if (lost.has(key) || !isDeepStrictEqual(before.get(key), back.get(key)))
          lost.set(key, back.get(key)?.deliveredAt ?? null);
    },
    has,
    mayTakeForOwn: (article, channel, now) =>
      has(article, channel, now) && now.get(keyOf({ article, channel }))?.url != null,
    had: (article, channel) => lost.has(keyOf({ article, channel })),
  };
}
