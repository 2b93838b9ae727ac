import { CompiledQuery, type Compilable, type DialectAdapter } from 'kysely';
import type { Db } from './tables.ts';

type Value = string | number | null;
type Values = readonly (Value | readonly Value[])[];

/** A query as it is sent, with the place of each of its parameters among the values. */
interface Written {
  text: string;
  places: readonly number[];
}

/** Lists of every length would be kept; longer ones are rare. */
const LONGEST = 8;

/**
 * A query that is asked all day: Kysely takes longer to write it than the database to answer. It is written once for each
 * database and each length of its lists, with marks in the places of the values, and sent with others in their place. What
 * it says must not depend on its values in any other way.
 */
export function writtenOnce<V extends Values, Row>(
  write: (db: Db, ...values: V) => Compilable<Row>,
): (db: Db, ...values: V) => Promise<Row[]> {
  const known = new WeakMap<DialectAdapter, Map<string, Written>>();

  const writtenFor = (db: Db, values: V): Written => {
    const { adapter } = db.getExecutor();
    const shapes = known.get(adapter) ?? new Map<string, Written>();
    known.set(adapter, shapes);
    const shape = values.map((value) => (Array.isArray(value) ? value.length : '')).join();
    const found = shapes.get(shape);
    if (found) return found;
    const marks: symbol[] = [];
    const mark = (): symbol => {
      const next = Symbol('value');
      marks.push(next);
      return next;
    };
    const marked = values.map((value) => (Array.isArray(value) ? value.map(mark) : mark()));
    const { sql, parameters } = write(db, ...(marked as unknown as V)).compile();
    const places = parameters.map((parameter) => marks.indexOf(parameter as symbol));
    if (places.includes(-1)) throw new TypeError('Every parameter is to be one of the values.');
    const written = { text: sql, places };
    if (marks.length <= LONGEST) shapes.set(shape, written);
    return written;
  };

  return async (db, ...values) => {
    const { text, places } = writtenFor(db, values);
    const flat = values.flat();
    const parameters = places.map((place) => flat[place]);
    const { rows } = await db.executeQuery(CompiledQuery.raw(text, parameters));
    return rows as Row[];
  };
}
