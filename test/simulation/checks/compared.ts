import { createHash } from 'node:crypto';
import type { ArticleResponse, DigestResponse, SectorResponse } from '#shared/api';
import { canonicalJson, type Hash, type Id } from '#shared/article';
import { lookAt } from '../world/disk.ts';

/** Where an article stands, as the daily comparison speaks of it. */
interface Standing {
  id: Id;
  createdBy: Id;
  line: string;
}

const STANDING = `
  SELECT id, created_by AS createdBy, state, head, desk, approved_revision AS approved,
    published_revision AS published, live, scheduled_at AS scheduledAt, binned,
    (SELECT json_group_array(revision) FROM sides WHERE article = id) AS sides
  FROM articles ORDER BY id`;
const PARTS = {
  revision: 'SELECT count(*) FROM revisions WHERE article = ?',
  event: 'SELECT count(*) FROM events WHERE article = ?',
  comment: 'SELECT count(*) FROM comments WHERE article = ?',
};

type Row = Omit<Standing, 'line'> &
  Record<'state' | 'head' | 'desk' | 'approved' | 'published' | 'scheduledAt' | 'sides', string> &
  Record<'live' | 'binned', number>;

function standingOf({ id, createdBy, sides, live, binned, ...row }: Row): Standing {
  const { state, head, desk, approved, published, scheduledAt } = row;
  const sorted = (JSON.parse(sides) as Hash[]).sort();
  const parts = [id, state, head, sorted, desk, approved, published];
  const line = canonicalJson([...parts, live === 1, scheduledAt, binned === 1]);
  return { id, createdBy, line };
}

/** The articles that a person may read: all, or those that they started. */
function openTo(file: string, person: Id, readsAll: boolean): Standing[] {
  const rows = lookAt(file, (db) => db.prepare(STANDING).all() as Row[]);
  return rows.map(standingOf).filter(({ createdBy }) => readsAll || createdBy === person);
}

const sectorOf = (id: Id): number => Number.parseInt(id.slice(-2), 16);

/** The hash of each sector that holds anything, by its number. */
export function sectorsOf(articles: readonly Pick<Standing, 'id' | 'line'>[]): Map<number, string> {
  const sectors = Map.groupBy(articles, ({ id }) => sectorOf(id));
  return new Map(
    [...sectors].map(([sector, held]) => {
      const lines = held.map(({ line }) => line).sort();
      return [sector, createHash('sha256').update(lines.join('\n')).digest('hex')];
    }),
  );
}

const inOrder = (sectors: Iterable<readonly [number, string]>): string =>
  JSON.stringify([...sectors].sort(([one], [other]) => one - other));

/** What is wrong with an answer to somebody who compares, by what the server’s disk holds at that moment; null for nothing. */
export function wrongInComparison(
  file: string,
  path: string,
  body: string,
  { person, readsAll }: { person: Id; readsAll: boolean },
): string | null {
  const sector = /^\/v1\/digest\/(\d+)$/.exec(path)?.[1];
  if (path === '/v1/digest') {
    const { sectors } = JSON.parse(body) as DigestResponse;
    const told = inOrder(sectors.map((one) => [one.sector, one.hash]));
    return told === inOrder(sectorsOf(openTo(file, person, readsAll)))
      ? null
      : 'the sectors otherwise than they are';
  }
  if (sector !== undefined) {
    const { articles } = JSON.parse(body) as SectorResponse;
    const open = openTo(file, person, readsAll).filter(({ id }) => sectorOf(id) === Number(sector));
    const told = articles.map(({ id }) => id).sort();
    return told.join() === open.map(({ id }) => id).join() ? null : `others of sector ${sector}`;
  }
  const article = /^\/v1\/articles\/([^/?]+)$/.exec(path)?.[1];
  if (article === undefined) return null;
  const { changes } = JSON.parse(body) as ArticleResponse;
  const lacks = Object.entries(PARTS).find(([kind, sql]) => {
    const there = lookAt(file, (db) => db.prepare<[Id], number>(sql).pluck().get(article));
    return changes.filter((change) => change.kind === kind).length !== there;
  });
  return lacks ? `article ${article} without each ${lacks[0]}` : null;
}
