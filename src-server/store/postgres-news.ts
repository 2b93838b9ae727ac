import { sql } from 'kysely';
import pg from 'pg';
import type { News } from './store.ts';

const CHANNEL = 'stet_commit';
const WORDS = 'stet_words';
const RECONNECT_MS = 1000;

/**
 * Commits of all processes and what they say to each other, heard by NOTIFY on a connection of its own. After a break it
 * tells the newest number, since what was announced meanwhile is not told again.
 */
export function postgresNews(config: pg.ClientConfig): News {
  return {
    announce: async (db, seq) => {
      await sql`select pg_notify(${CHANNEL}, ${String(seq)})`.execute(db);
    },
    say: async (db, words) => {
      await sql`select pg_notify(${WORDS}, ${words})`.execute(db);
    },
    listen: async (heard) => {
      let client: pg.Client | null = null;
      let closed = false;
      let retry: NodeJS.Timeout | undefined;

      const reconnectLater = (): void => {
        clearTimeout(retry);
        if (closed) return;
        retry = setTimeout(() => void connect(true).catch(reconnectLater), RECONNECT_MS);
      };
      const connect = async (again: boolean): Promise<void> => {
        const next = new pg.Client(config);
        next.on('notification', ({ channel, payload = '' }) =>
          channel === CHANNEL ? heard.commit(Number(payload)) : heard.words(payload),
        );
        next.on('error', () => {
          if (client !== next) return;
          client = null;
          reconnectLater();
        });
        try {
          await next.connect();
          await next.query(`listen ${CHANNEL}; listen ${WORDS}`);
          const { rows } = await next.query<{ seq: number }>('select seq from counter');
          client = next;
          if (again && rows[0]) heard.commit(rows[0].seq);
        } catch (error) {
          await next.end().catch(() => undefined);
          throw error;
        }
        if (closed) await next.end();
      };

      await connect(false);
      return async () => {
        closed = true;
        clearTimeout(retry);
        await client?.end().catch(() => undefined);
      };
    },
  };
}
