import { Desk, Newsroom, Person } from '#shared/api';
import { readingOnce } from '#shared/article';
import type { Db } from './db.ts';
import { beginsWords, fold } from './fold.ts';
import type { PeopleStore, ValueStore } from './types.ts';

const NewsroomOrNone = Newsroom.nullable();
const IN = {
  person: readingOnce(Person),
  desk: readingOnce(Desk),
};

/** The newsroom, its people and desks, and the names its archive credits. */
export function createPeople(db: Db, values: ValueStore): PeopleStore {
  const put = (table: 'person' | 'desk', entity: Person | Desk): void => {
    db.run(
      `INSERT OR REPLACE INTO ${table} (id, name, json) VALUES (?, ?, ?)`,
      entity.id,
      entity.name,
      JSON.stringify(entity),
    );
  };
  const read = (table: 'person' | 'desk', id: string): string | null =>
    db.get<{ json: string }>(`SELECT json FROM ${table} WHERE id = ?`, id)?.json ?? null;
  const readAll = (table: 'person' | 'desk'): string[] =>
    db.all<{ json: string }>(`SELECT json FROM ${table} ORDER BY name`).map(({ json }) => json);

  const people: PeopleStore = {
    person(id) {
      const json = read('person', id);
      return json === null ? null : IN.person(json);
    },
    persons: () => readAll('person').map((json) => IN.person(json)),
    putPerson: (person) => put('person', person),
    desk(id) {
      const json = read('desk', id);
      return json === null ? null : IN.desk(json);
    },
    desks: () => readAll('desk').map((json) => IN.desk(json)),
    putDesk: (desk) => put('desk', desk),
    newsroom: () => NewsroomOrNone.parse(values.get('newsroom')),
    putNewsroom: (newsroom) => values.set('newsroom', newsroom),
    suggest: (text, limit) => ({
      persons: people
        .persons()
        .filter(({ active, name }) => active && beginsWords(name, text))
        .slice(0, limit),
      desks: people
        .desks()
        .filter(({ name }) => beginsWords(name, text))
        .slice(0, limit),
    }),
    credits: (text, limit) => findCredits(db, text, limit),
  };
  return people;
}

const ENOUGH = 200;

function findCredits(db: Db, text: string, limit: number): ReturnType<PeopleStore['credits']> {
  const [first] = fold(text).split(' ');
  if (!first) return [];
  const named = db.all<{ name: string; affiliation: string }>(
    'SELECT DISTINCT name, affiliation FROM credit_word WHERE word >= ? AND word < ? LIMIT ?',
    first,
    `${first}\u{10ffff}`,
    ENOUGH,
  );
  return named
    .filter(({ name }) => beginsWords(name, text))
    .map(({ name, affiliation }) => {
      const sql = 'SELECT count(*) AS uses FROM credit WHERE name = ? AND affiliation = ?';
      return {
        name,
        affiliation,
        uses: db.get<{ uses: number }>(sql, name, affiliation)?.uses ?? 0,
      };
    })
    .sort((a, b) => b.uses - a.uses || (a.name < b.name ? -1 : 1))
    .slice(0, limit);
}
