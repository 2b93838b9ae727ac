import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Id } from '#shared/article';
import type { Client } from './client.ts';
import { lookAt } from './disk.ts';
import { marksIn } from './words.ts';

/**
 * Which marked words are held, of which article: what was brought back from a vault as a new article stands in that one,
 * and need not stand anywhere else.
 */
export interface Held {
  has(mark: string, article: Id): boolean;
}

interface Row {
  article: Id;
  held: string;
}

export const TEXTS_OF_A_CLIENT = [
  'SELECT article, bytes AS held FROM revision',
  'SELECT article, json AS held FROM working_block',
  'SELECT article, json AS held FROM working_field',
  'SELECT article, conflicts AS held FROM working',
];

export const COMMENTS_OF_A_CLIENT = ['SELECT article, json AS held FROM comment'];

const ALL_OF_A_SERVER = [
  'SELECT article, bytes AS held FROM revisions',
  'SELECT article, data AS held FROM comments',
];

function rowsOf(file: string, queries: readonly string[]): Row[] {
  return lookAt(file, (db) => queries.flatMap((sql) => db.prepare<[], Row>(sql).all()));
}

function rowsOfVault(dir: string): Row[] {
  const vault = join(dir, 'vault');
  if (!existsSync(vault)) return [];
  return readdirSync(vault)
    .filter((name) => name.endsWith('.json'))
    .map((name) => {
      const held = readFileSync(join(vault, name), 'utf8');
      const { article } = JSON.parse(held) as { article: Id };
      return { article, held };
    });
}

function heldIn(rows: readonly Row[]): Held {
  const places = new Set<string>();
  for (const { article, held } of rows)
    for (const mark of marksIn(held)) places.add(`${article} ${mark}`);
  return { has: (mark, article) => places.has(`${article} ${mark}`) };
}

/**
 * What computers of the newsroom hold, whoever wrote it: from there a server can get it back, or a person from a vault.
 */
export const heldBy = (clients: readonly Client[], queries: readonly string[]): Held =>
  heldIn(clients.flatMap(({ file, dir }) => [...rowsOf(file, queries), ...rowsOfVault(dir)]));

export const heldByServer = (file: string): Held => heldIn(rowsOf(file, ALL_OF_A_SERVER));

/** Whether a marked word is somewhere; `writer` is the computer that it was written on. */
export type Somewhere = (mark: string, article: Id, writer: number, isComment: boolean) => boolean;

/**
 * What the server has, or can get again from these computers: a text from any of them, and a comment, which it takes from
 * nobody but its writer, from those of that person.
 */
export function reachable(
  { server, clients }: { server: { file: string }; clients: readonly Client[] },
  from: readonly Client[],
): Somewhere {
  const there = heldByServer(server.file);
  const texts = heldBy(from, TEXTS_OF_A_CLIENT);
  const comments = from.map((one) => ({ one, held: heldBy([one], COMMENTS_OF_A_CLIENT) }));
  const isSaid = (mark: string, article: Id, writer: number): boolean =>
    comments.some(({ one, held }) => one.who === clients[writer]?.who && held.has(mark, article));
  return (mark, article, writer, isComment) =>
    there.has(mark, article) ||
    (isComment ? isSaid(mark, article, writer) : texts.has(mark, article));
}

/** What is in a vault of one of these computers, of one article. */
export function marksInVaults(clients: readonly Client[], article: Id): Set<string> {
  const rows = clients.flatMap(({ dir }) => rowsOfVault(dir));
  return marksIn(rows.filter((row) => row.article === article));
}
