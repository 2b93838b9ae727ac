import type { Id } from '#shared/article';
import type { Db } from './db.ts';
import type { AwaitedStore } from './types.ts';

/** Articles that the server lost, a row each: of a whole archive that is lost, most are asked about again and again. */
export function createAwaited(db: Db): AwaitedStore {
  const add = (articles: Iterable<Id>): void => {
    for (const article of articles)
      db.run('INSERT OR IGNORE INTO awaited (article) VALUES (?)', article);
  };
  return {
    has: (article) => db.get('SELECT 1 FROM awaited WHERE article = ?', article) !== undefined,
    since: (number) =>
      db.all<{ number: number; article: string }>(
        'SELECT number, article FROM awaited WHERE number > ? ORDER BY number',
        number,
      ),
    add: (articles) => db.write(() => add(articles)),
    remove: (article) => void db.run('DELETE FROM awaited WHERE article = ?', article),
    replace: (articles) =>
      db.write(() => {
        db.run('DELETE FROM awaited');
        add(articles);
      }),
  };
}
