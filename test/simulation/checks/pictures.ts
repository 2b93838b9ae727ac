import type { Hash } from '#shared/article';
import { lookAt } from '../world/disk.ts';
import type { World } from '../world/world.ts';

const SHOWN = `
  SELECT DISTINCT asset.value FROM articles JOIN revisions ON revisions.hash = articles.head,
    json_each(bytes, '$.assets') AS asset`;

/** A picture that a text shows reaches the server from whoever has it, and from there everyone who reads the text. */
export function checkPictures({ server, clients, broken }: World): void {
  const list = (sql: string): Hash[] =>
    lookAt(server.file, (db) => db.prepare<[], Hash>(sql).pluck().all());
  const onServer = new Set(list('SELECT hash FROM assets'));
  for (const hash of list(SHOWN)) {
    const without = clients.filter(({ core }) => core?.store.assets.get(hash) === null);
    if (!onServer.has(hash) && without.length < clients.length)
      broken(2, `The picture ${hash} is on some computers, and not on the server.`);
    if (onServer.has(hash) && without.length > 0)
      broken(1, `Client ${without[0]!.index} lacks the picture ${hash}.`);
  }
}
