import { changesTo } from '#shared/article';
import { Settings } from '#shared/contract';
import type { Db } from './db.ts';
import type { SettingsStore, ValueStore } from './types.ts';

/** Small JSON values by key. */
export function createValues(db: Db): ValueStore {
  return {
    get(key) {
      const row = db.get<{ json: string }>('SELECT json FROM value WHERE key = ?', key);
      return row ? (JSON.parse(row.json) as unknown) : null;
    },
    set(key, value) {
      db.run('INSERT OR REPLACE INTO value (key, json) VALUES (?, ?)', key, JSON.stringify(value));
    },
    delete(key) {
      db.run('DELETE FROM value WHERE key = ?', key);
    },
  };
}

/** What the person chose on this computer; a value that no longer fits falls back to its default. */
export function createSettings(values: ValueStore): SettingsStore {
  const get = (): Settings => {
    const stored = changesTo(Settings).safeParse(values.get('settings') ?? {});
    return Settings.parse(stored.success ? stored.data : {});
  };
  return {
    get,
    patch(changes) {
      const next = Settings.parse({ ...get(), ...changes });
      values.set('settings', next);
      return next;
    },
  };
}
