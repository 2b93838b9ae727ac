import { openRevision } from '#shared/article';
import { STATES, titleOf, WorkflowState } from '#shared/workflow';
import {
  findRevisions,
  listArticles,
  listDesks,
  listDevices,
  listPeople,
  type Db,
} from '../store/index.ts';
import { printColumns } from './columns.ts';
import { withContext, type DataOptions } from './data-dir.ts';

type Lister = (db: Db) => Promise<string[][]>;

async function articleRows(db: Db): Promise<string[][]> {
  const articles = await listArticles(db);
  const rows: string[][] = [];
  for (const { id, state, head } of articles) {
    const [revision] = head === null ? [] : await findRevisions(db, [head]);
    const fields = revision ? openRevision(revision.bytes).fields : null;
    rows.push([
      id,
      STATES[WorkflowState.parse(state)].label,
      fields?.slugline ?? '',
      fields?.headline ?? '',
    ]);
  }
  return rows;
}

export const LISTS = {
  people: async (db) =>
    (await listPeople(db)).map((person) => [
      person.id,
      person.login ?? '-',
      person.name,
      person.active ? titleOf(person) : 'deactivated',
    ]),
  desks: async (db) => (await listDesks(db)).map(({ id, slug, name }) => [id, slug, name]),
  devices: async (db) => {
    const people = await listPeople(db);
    return (await listDevices(db)).map((device) => [
      device.id,
      people.find(({ id }) => id === device.person)?.login ?? '-',
      device.name,
      device.last_seen_at,
    ]);
  },
  articles: articleRows,
} as const satisfies Record<string, Lister>;
export type ListName = keyof typeof LISTS;

/** Prints a list as columns that line up. */
export async function list(
  what: ListName,
  options: DataOptions,
  print: (line: string) => void,
): Promise<void> {
  await withContext(options, async ({ store }) => {
    const rows = await LISTS[what](store.db);
    if (rows.length === 0) print(`There are no ${what}.`);
    printColumns(rows, print);
  });
}
