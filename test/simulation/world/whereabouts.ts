import type { Place, Present } from '#shared/api';
import { canonicalJson } from '#shared/article';
import type { Invariant } from '../checks/invariants.ts';
import type { Client, Core } from './client.ts';
import type { Schedule } from './schedule.ts';

/** Where people have been, each at their computer. */
export interface Whereabouts {
  moved(client: Client, place: Place | null): void;
  /** Whether what a window shows of the others is so, or was so lately. */
  check(): void;
}

interface Stay {
  core: Core | null;
  place: Place | null;
  /** When they left; infinite while they are there. */
  until: number;
}

/** Longer than anybody is remembered who fell silent, with what a slow line adds to it. */
const REMEMBERED_MS = 150_000;

const isAt = (place: Place | null, { article, block }: Place): boolean =>
  place?.article === article && place.block === block;

interface WhereaboutsOptions {
  clients: readonly Client[];
  schedule: Schedule;
  broken(invariant: Invariant, what: string): void;
}

/** What is given is looked at anew each time. */
export function createWhereabouts(world: WhereaboutsOptions): Whereabouts {
  const stays = new Map<Client, Stay[]>();
  const leave = (client: Client): void => {
    const last = stays.get(client)?.at(-1);
    if (last) last.until = Math.min(last.until, world.schedule.now());
  };
  // A computer that was signed out comes back as another, and is told where its person was before.
  const wasThere = ({ person, ...place }: Present): boolean =>
    [...stays].some(
      ([client, ofClient]) =>
        client.who.id === person &&
        ofClient.some(
          (stay) => isAt(stay.place, place) && stay.until > world.schedule.now() - REMEMBERED_MS,
        ),
    );
  return {
    moved(client, place) {
      leave(client);
      const { core } = client;
      stays.set(client, [...(stays.get(client) ?? []), { core, place, until: Infinity }]);
    },
    check() {
      for (const client of world.clients) {
        const { core, index, colleagues } = client;
        // Whoever closes Stet, or whose Stet dies, is nowhere.
        if (stays.get(client)?.at(-1)?.core !== core) leave(client);
        if (!core) continue;
        if (canonicalJson(colleagues) !== canonicalJson(core.engine.others()))
          world.broken(11, `Client ${index} shows others where they are not as far as it knows.`);
        const stranger = colleagues.find((one) => !wasThere(one));
        if (stranger)
          world.broken(
            11,
            `Client ${index} shows a colleague where none is: ${canonicalJson(stranger)}`,
          );
      }
    },
  };
}
