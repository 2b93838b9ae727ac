import { sealRevision, type Id } from '#shared/article';
import { mayWrite } from '../checks/rules.ts';
import type { Client } from '../world/client.ts';
import type { Dice } from '../world/dice.ts';
import { lookAt } from '../world/disk.ts';
import type { World } from '../world/world.ts';

const DAY_MS = 86_400_000;

/** What a computer may take an article for, each by the path in its record. */
const MISTAKES = {
  binned: `json('true')`,
  live: `json('true')`,
  state: `'withdrawn'`,
  desk: 'null',
  approvedRevision: `json_extract(server, '$.head')`,
  publishedRevision: `json_extract(server, '$.head')`,
  scheduledAt: `'2027-01-01T00:00:00.000Z'`,
  sides: `json_array(json_extract(server, '$.head'))`,
} as const;
const NAMES = Object.keys(MISTAKES) as (keyof typeof MISTAKES)[];

/** Each of what a record names, as a person may open it. One that stands in the outbox was not merely pulled. */
const DROPPED = ['head', 'approvedRevision', 'publishedRevision'].map(
  (name) => `DELETE FROM revision WHERE known = 1
  AND hash = (SELECT json_extract(server, '$.${name}') FROM article WHERE id = ?)
  AND NOT EXISTS (SELECT 1 FROM outbox WHERE kind = 'revision' AND json_extract(payload, '$.hash') = revision.hash)`,
);

const HAS_HEAD = `SELECT id FROM article WHERE json_extract(server, '$.head') IS NOT NULL
  AND id NOT IN (SELECT article FROM awaited) ORDER BY id`;
const AWAITED = `SELECT article FROM awaited WHERE article IN (SELECT id FROM article WHERE server IS NOT NULL)
  ORDER BY article`;

/** The newest of an article was once more sealed, as this computer believes, and the server has it. */
function believeMore({ core, who, file }: Client, article: Id): void {
  const { revisions, articles, deviceId } = core!.store;
  const head = articles.serverHead(article);
  const content = head === null ? null : revisions.open(head);
  if (head === null || !content) return;
  const { fields, body, conflicts } = content;
  const sealed = sealRevision(article, [head], { fields, body, conflicts });
  const envelope = { author: who.id, device: deviceId, at: new Date(0).toISOString() };
  revisions.put({ ...sealed, article, envelope });
  lookAt(file, (db) => {
    db.prepare('UPDATE revision SET known = 1 WHERE hash = ?').run(sealed.hash);
    db.prepare(`UPDATE article SET server = json_set(server, '$.head', ?) WHERE id = ?`).run(
      sealed.hash,
      article,
    );
  });
}

/** Articles in which this person may write, and of which nothing waits. */
function openTo({ core, who }: Client, articles: readonly Id[]): Id[] {
  const { store } = core!;
  const { id: person, memberships } = who;
  return articles.filter((article) => {
    const record = store.articles.serverRecord(article);
    if (!record || store.outbox.pending(article).length > 0) return false;
    const { desk, createdBy: author } = record;
    const isEditable = store.working.read(article)?.standing === 'editable';
    return isEditable && mayWrite({ person, memberships, desk, author });
  });
}

/**
 * One computer goes astray: it drops a revision as if it had never been pulled, takes an article for something that it is
 * not, believes that the server has more than it has, or forgets that it waits for one that the server lost. Only the
 * comparison with the server finds that, which is made once a day.
 */
export function goAstray(world: World, client: Client, dice: Dice): void {
  const { file } = client;
  // One that came from a later Stet, and that the server has lost, nobody here can give it again.
  const there = new Set(
    lookAt(world.server.file, (db) => db.prepare<[], Id>('SELECT id FROM articles').pluck().all()),
  );
  const [known, awaited] = lookAt(file, (db) => [
    db
      .prepare<[], Id>(HAS_HEAD)
      .pluck()
      .all()
      .filter((article) => there.has(article)),
    db.prepare<[], Id>(AWAITED).pluck().all(),
  ]);
  const open = openTo(client, known);
  const run = (sql: string, article: Id): void =>
    lookAt(file, (db) => void db.prepare(sql).run(article));
  world.slept += 2 * DAY_MS;
  if (awaited.length > 0 && dice.chance(0.6))
    run('DELETE FROM awaited WHERE article = ?', dice.pick(awaited));
  else if (known.length === 0) return;
  else if (open.length > 0 && dice.chance(0.3)) believeMore(client, dice.pick(open));
  else if (dice.chance(0.5)) run(dice.pick(DROPPED), dice.pick(known));
  else {
    const name = dice.pick(NAMES);
    const sql = `UPDATE article SET server = json_set(server, '$.${name}', ${MISTAKES[name]}) WHERE id = ?`;
    run(sql, dice.pick(known));
  }
}
