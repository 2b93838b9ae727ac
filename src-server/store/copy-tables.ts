import { sql } from 'kysely';
import { TABLE_KEYS } from './migrations.ts';
import type { Db } from './tables.ts';

type Row = Record<string, unknown>;

/** Few enough for the parameters of one statement, and for revisions of long articles to fit into memory. */
const BATCH = 200;

/**
 * Copies every row of one database into another of the same version, whichever engine either is on. The one copied from
 * should be a transaction with one view of it all; the other holds no newsroom yet.
 */
export async function copyTables(from: Db, to: Db): Promise<void> {
  await to.transaction().execute(async (target) => {
    await target.deleteFrom('counter').execute();
    for (const [table, key] of Object.entries(TABLE_KEYS)) {
      let rows = await page(from, table, key, null);
      for (let last = rows.at(-1); last; last = rows.at(-1)) {
        await insert(target, table, rows);
        rows = await page(from, table, key, last);
      }
    }
  });
}

/** The rows behind one: keys are unique, so none comes twice and none is passed over. */
async function page(db: Db, table: string, key: string, last: Row | null): Promise<Row[]> {
  const columns = key.split(', ').map((name) => sql.ref(name));
  const after = last
    ? sql`where (${sql.join(columns)}) > (${sql.join(key.split(', ').map((name) => last[name]))})`
    : sql``;
  const { rows } = await sql<Row>`
    select * from ${sql.table(table)} ${after} order by ${sql.join(columns)} limit ${BATCH}`.execute(
    db,
  );
  return rows;
}

async function insert(db: Db, table: string, rows: readonly Row[]): Promise<void> {
  const names = Object.keys(rows[0] ?? {});
  const values = rows.map((row) => sql`(${sql.join(names.map((name) => row[name]))})`);
  await sql`insert into ${sql.table(table)} (${sql.join(names.map((name) => sql.ref(name)))})
    values ${sql.join(values)}`.execute(db);
}
