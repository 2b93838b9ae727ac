import { sql } from 'kysely';
import type { Db } from './tables.ts';

export type Engine = 'sqlite' | 'postgres';

/** One forward step of the database. Steps are never changed once released, only added. */
export interface Migration {
  version: number;
  apply: (db: Db, engine: Engine) => Promise<void>;
}

const TABLES: Record<string, string> = {
  counter: 'id integer primary key, epoch text not null, seq integer not null',
  feed: 'kind text not null, entity text not null, seq integer not null unique, desk text, primary key (kind, entity)',
  newsroom: 'id text primary key, data text not null',
  desks:
    'id text primary key, name text not null, slug text not null unique, profile text not null',
  people: `id text primary key, login text unique, password_hash text, name text not null, affiliation text not null,
    admin integer not null, active integer not null`,
  memberships: `person text not null references people (id), desk text not null references desks (id),
    role text not null, primary key (person, desk)`,
  devices: `id text primary key, person text not null references people (id), name text not null,
    token_hash text unique, created_at text not null, last_seen_at text not null`,
  invitations: `code_hash text primary key, name text not null, memberships text not null, admin integer not null,
    expires_at text not null, used_at text`,
  answers: `device text not null references devices (id), seq integer not null, op text not null,
    answer text not null, primary key (device, seq)`,
  articles: `id text primary key, desk text references desks (id), created_by text not null references people (id),
    created_at text not null, updated_at text not null, state text not null, head text, approved_revision text,
    published_revision text, live integer not null, scheduled_at text, published_at text, binned integer not null`,
  revisions: `hash text primary key, article text not null references articles (id), bytes text not null,
    envelope text not null, pushed_by text not null references people (id), received_at text not null`,
  sides: `article text not null references articles (id), revision text not null references revisions (hash),
    position integer not null, primary key (article, revision)`,
  events: 'id text primary key, article text not null references articles (id), data text not null',
  comments: `id text primary key, article text not null references articles (id), thread text not null,
    data text not null`,
  inbox: 'id text primary key, desk text not null references desks (id), data text not null',
  assets:
    'hash text primary key, mime text not null, size integer not null, stored_at text not null',
  publications: `article text primary key references articles (id), revision text not null, section text not null,
    path text not null unique, published_at text not null, updated_at text not null, live integer not null,
    withdrawn_at text, withdrawn_reason text`,
  publication_assets:
    'article text not null references articles (id), asset text not null, primary key (article, asset)',
  audit: `n integer primary key, at text not null, actor text, action text not null, subject text not null,
    detail text not null, previous text not null, hash text not null`,
};

/** Where articles go beside the newsroom’s own site, and how far each has come there. */
const CHANNEL_TABLES: Record<string, string> = {
  channels: `id text primary key, kind text not null, name text not null unique, address text not null,
    account text not null, secret text not null, desks text, position integer not null, added_at text not null,
    attempts integer not null, retry_at text, problem text not null`,
  deliveries: `article text not null references articles (id), channel text not null references channels (id),
    wanted text, wanted_at text not null, step text not null, standing text not null, remote text, url text, live integer not null,
    delivered text, delivered_at text, baseline text, sent text, theirs text, problem text not null,
    attempts integer not null, next_at text, turn integer not null, primary key (article, channel)`,
  remote_versions: `id text primary key, article text not null, channel text not null, seen_at text not null,
    data text not null`,
};

/** How far the feed had come at the end of each start of the server in this epoch. */
const START_TABLE: Record<string, string> = {
  starts: 'id text primary key, reached integer not null',
};

/** The tables in an order in which each stands behind those that it refers to, with the columns of its key. */
export const TABLE_KEYS: Record<string, string> = Object.fromEntries(
  Object.entries({ ...TABLES, ...CHANNEL_TABLES, ...START_TABLE }).map(([name, columns]) => [
    name,
    /primary key \(([^)]+)\)/.exec(columns)?.[1] ??
      /(\w+) \w+ primary key/.exec(columns)?.[1] ??
      'n',
  ]),
);

const INDEXES = [
  'create index devices_person on devices (person)',
  'create index revisions_article on revisions (article)',
  'create index events_article on events (article)',
  'create index comments_thread on comments (thread)',
  'create index articles_due on articles (state, scheduled_at)',
  'create index publications_newest on publications (live, published_at)',
  'create index publications_section on publications (section, live, published_at)',
  'create index publication_assets_asset on publication_assets (asset)',
];

/** The audit log can only grow: the database itself refuses to change or remove an entry. */
const APPEND_ONLY: Record<Engine, string[]> = {
  sqlite: ['update', 'delete'].map(
    (act) =>
      `create trigger audit_no_${act} before ${act} on audit
       begin select raise(abort, 'The audit log is append-only.'); end`,
  ),
  postgres: [
    `create function refuse_audit_change() returns trigger language plpgsql as
     $$ begin raise exception 'The audit log is append-only.'; end $$`,
    `create trigger audit_append_only before update or delete or truncate on audit
     for each statement execute function refuse_audit_change()`,
  ],
};

export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    apply: async (db, engine) => {
      // SQLite checks column types only in STRICT tables.
      const end = engine === 'sqlite' ? ' strict' : '';
      for (const [name, columns] of Object.entries(TABLES))
        await sql.raw(`create table ${name} (${columns})${end}`).execute(db);
      for (const statement of [...INDEXES, ...APPEND_ONLY[engine]])
        await sql.raw(statement).execute(db);
    },
  },
  {
    version: 2,
    apply: async (db) => {
      await sql.raw('create index answers_op on answers (op)').execute(db);
    },
  },
  {
    version: 3,
    apply: async (db) => {
      await sql
        .raw('alter table memberships add column position integer not null default 0')
        .execute(db);
      // Until now desks stood in the order of their ids.
      await sql
        .raw(
          `update memberships set position = (select count(*) from memberships as before
             where before.person = memberships.person and before.desk < memberships.desk)`,
        )
        .execute(db);
    },
  },
  {
    version: 4,
    apply: async (db, engine) => {
      const end = engine === 'sqlite' ? ' strict' : '';
      for (const [name, columns] of Object.entries(CHANNEL_TABLES))
        await sql.raw(`create table ${name} (${columns})${end}`).execute(db);
      await sql
        .raw('create index deliveries_due on deliveries (channel, standing, wanted_at)')
        .execute(db);
    },
  },
  {
    version: 5,
    apply: async (db, engine) => {
      const end = engine === 'sqlite' ? ' strict' : '';
      await sql.raw("alter table counter add column start text not null default ''").execute(db);
      for (const [name, columns] of Object.entries(START_TABLE))
        await sql.raw(`create table ${name} (${columns})${end}`).execute(db);
    },
  },
];

export const NEWEST_VERSION = Math.max(...MIGRATIONS.map(({ version }) => version));

/** The version that the database stands at; 0 for an empty one. */
export async function schemaVersion(db: Db, engine: Engine): Promise<number> {
  const end = engine === 'sqlite' ? ' strict' : '';
  await sql
    .raw(`create table if not exists schema_version (version integer primary key)${end}`)
    .execute(db);
  const row = await db
    .selectFrom('schema_version')
    .select(({ fn }) => fn.max('version').as('version'))
    .executeTakeFirst();
  return row?.version ?? 0;
}

/** Applies every step that the database lacks, each in a transaction of its own. */
export async function migrate(db: Db, engine: Engine, from: number): Promise<void> {
  for (const migration of MIGRATIONS.filter(({ version }) => version > from))
    await db.transaction().execute(async (transaction) => {
      // Another process may have opened the same file at the same time. Writing first makes this one wait for it.
      await transaction.deleteFrom('schema_version').where('version', '<', 0).execute();
      const done = await transaction
        .selectFrom('schema_version')
        .select('version')
        .where('version', '=', migration.version)
        .executeTakeFirst();
      if (done) return;
      await migration.apply(transaction, engine);
      await transaction
        .insertInto('schema_version')
        .values({ version: migration.version })
        .execute();
    });
}
