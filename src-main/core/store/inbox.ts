import { InboxMessage } from '#shared/api';
import type { Id } from '#shared/article';
import type { Db } from './db.ts';
import type { InboxStore, StoredPayload } from './types.ts';

export interface Inbox extends InboxStore {
  /** Works out again whether a message is handled; to be called when the outbox changed. */
  refresh(id: Id): void;
}

/** Readers' messages, with what waits in the outbox already applied. */
export function createInbox(db: Db): Inbox {
  const waiting = (id: Id): { by: Id; handled: boolean } | null => {
    const row = db.get<{ person: string; payload: string }>(
      `SELECT person, payload FROM outbox WHERE state = 'waiting' AND kind = 'inbox-handled'
         AND json_extract(payload, '$.message') = ? ORDER BY seq DESC LIMIT 1`,
      id,
    );
    if (!row) return null;
    const payload = JSON.parse(row.payload) as StoredPayload;
    return payload.kind === 'inbox-handled' ? { by: row.person, handled: payload.handled } : null;
  };
  const effective = (json: string): InboxMessage => {
    const message = InboxMessage.parse(JSON.parse(json));
    const pending = waiting(message.id);
    return pending ? { ...message, handledBy: pending.handled ? pending.by : null } : message;
  };
  const get = (id: Id): InboxMessage | null => {
    const row = db.get<{ json: string }>('SELECT json FROM inbox WHERE id = ?', id);
    return row ? effective(row.json) : null;
  };
  const refresh = (id: Id): void => {
    const message = get(id);
    if (message)
      db.run('UPDATE inbox SET handled = ? WHERE id = ?', message.handledBy === null ? 0 : 1, id);
  };
  return {
    get,
    refresh,
    put: (message) =>
      db.write(() => {
        db.run(
          'INSERT OR REPLACE INTO inbox (id, desk, at, handled, json) VALUES (?, ?, ?, ?, ?)',
          message.id,
          message.desk,
          Date.parse(message.at),
          message.handledBy === null ? 0 : 1,
          JSON.stringify(message),
        );
        refresh(message.id);
      }),
    list: (desk) =>
      db
        .all<{ json: string }>('SELECT json FROM inbox WHERE desk = ? ORDER BY at DESC', desk)
        .map(({ json }) => effective(json)),
    openCounts: () =>
      db.all<{ desk: string; open: number }>(
        'SELECT desk, count(*) AS open FROM inbox WHERE handled = 0 GROUP BY desk',
      ),
  };
}
