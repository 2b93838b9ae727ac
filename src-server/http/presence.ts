import { z } from 'zod';
import { Place, PRESENCE_EVERY_MS, type Person, type Present } from '#shared/api';
import { Id } from '#shared/article';
import type { ServerContext } from '../context.ts';
import { findArticle } from '../store/index.ts';
import { mayRead } from '../sync/index.ts';
import type { Handlers } from './adapter.ts';
import type { Session } from './session.ts';

/** What the processes on one database say to each other when a person moves. */
const Moved = z.object({ device: Id, person: Id, place: Place.nullable() });

const FORGOTTEN_AFTER_MS = 3 * PRESENCE_EVERY_MS;

interface Standing {
  person: Id;
  place: Place;
  until: number;
}

/** Who is in which paragraph, kept in memory alone: it locks nothing, and a restart forgets it. */
export interface Presence {
  /** Notes where the person at a device is; one who may not read the article is nowhere. */
  move: (session: Session, place: Place | null) => Promise<void>;
  /** Everyone at another device, as far as this person may know of it. */
  seenBy: (person: Person, device: Id) => Promise<Present[]>;
  /** Calls back when someone came, moved or left. */
  onChange: (listener: () => void) => void;
  close: () => void;
}

export function createPresence({ store, clock }: ServerContext): Presence {
  const standing = new Map<Id, Standing>();
  const listeners = new Set<() => void>();
  const stopHearing = store.onSaid((words) => {
    const moved = Moved.parse(JSON.parse(words));
    const { device, person, place } = moved;
    const before = standing.get(device)?.place ?? null;
    if (place) standing.set(device, { person, place, until: clock() + FORGOTTEN_AFTER_MS });
    else standing.delete(device);
    if (JSON.stringify(before) !== JSON.stringify(place))
      for (const listener of listeners) listener();
  });
  const isOpenTo = async (person: Person, article: Id): Promise<boolean> => {
    const found = await findArticle(store.db, article);
    return found !== null && mayRead(person, found);
  };
  return {
    async move({ person, device }, place) {
      const seen = place && (await isOpenTo(person, place.article)) ? place : null;
      if (seen === null && !standing.has(device)) return;
      await store.say(JSON.stringify({ device, person: person.id, place: seen }));
    },
    async seenBy(person, own) {
      const here: Present[] = [];
      for (const [device, { person: other, place, until }] of standing) {
        const left = until - clock();
        // More than anybody is given is left where the clock was put back; whoever is still there says so soon.
        if (left <= 0 || left > FORGOTTEN_AFTER_MS) standing.delete(device);
        else if (device !== own && (await isOpenTo(person, place.article)))
          here.push({ person: other, ...place });
      }
      return here;
    },
    onChange: (listener) => void listeners.add(listener),
    close: stopHearing,
  };
}

/** Whoever says where they are is told where the others are. */
export function presenceRoutes(presence: Presence): Pick<Handlers, 'presence'> {
  return {
    presence: async ({ session, body }) => {
      await presence.move(session, body.place);
      return { here: await presence.seenBy(session.person, session.device) };
    },
  };
}
