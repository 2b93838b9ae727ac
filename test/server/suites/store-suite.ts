import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cursorOf, placeOf, type FeedPlace } from '#shared/api';
import {
  auditBefore,
  feedAfter,
  findPerson,
  loadChanges,
  openStore,
  saveDesk,
  saveMessage,
  savePerson,
  verifyAudit,
  type Store,
  type Unit,
} from '../../../src-server/store/index.ts';
import { changesAfter } from '../../../src-server/sync/index.ts';
import { anId, desk, person } from '../../helpers/articles.ts';

/** What the server's store promises on every engine. `database` gives the address of an empty one. */
export function describeStore(database: () => Promise<string | undefined>): void {
  describe('the store', () => {
    const news = desk();
    let dataDir: string;
    let databaseUrl: string | undefined;
    let store: Store;

    beforeEach(async () => {
      dataDir = await mkdtemp(join(tmpdir(), 'stet-store-'));
      databaseUrl = await database();
      store = await openStore({ dataDir, databaseUrl });
      await store.write((unit) => saveDesk(unit, news));
    });
    afterEach(async () => {
      await store.close();
      await rm(dataDir, { recursive: true, force: true });
    });

    const message = (unit: Unit, id = anId()): Promise<void> =>
      saveMessage(unit, {
        id,
        desk: news.id,
        kind: 'comment',
        name: 'A reader',
        email: '',
        subject: '',
        text: 'Thank you.',
        article: null,
        at: unit.at,
        handledBy: null,
      });

    it('finds what is asked for where one query is asked again for more or for others', async () => {
      await store.write(async (unit) => {
        for (let count = 0; count < 12; count += 1) await message(unit);
      });
      const rows = (await feedAfter(store.db, 0, 100)).filter(({ kind }) => kind === 'inbox');
      expect(rows).toHaveLength(12);
      for (const [from, to] of [
        [0, 1],
        [1, 2],
        [2, 5],
        [5, 8],
        [0, 12],
      ] as const) {
        const some = rows.slice(from, to);
        for (const found of [
          await loadChanges(store.db, some),
          await store.read((db) => loadChanges(db, some)),
        ])
          expect(found.map(({ data }) => (data as { id: string }).id)).toEqual(
            some.map(({ entity }) => entity),
          );
      }
    });

    it('keeps the desks of a person in the order in which they were given', async () => {
      const sport = desk({ name: 'Sports Desk', slug: 'sport' });
      await store.write((unit) => saveDesk(unit, sport));
      for (const [first, second] of [
        [news, sport],
        [sport, news],
      ] as const) {
        const memberships = [
          { desk: first.id, role: 'copy-editor' as const },
          { desk: second.id, role: 'desk-chief' as const },
        ];
        const who = person({ login: `of-${first.slug}`, memberships });
        await store.write((unit) => savePerson(unit, who));
        expect((await findPerson(store.db, who.id))?.memberships).toEqual(memberships);
        const turned = [...memberships].reverse();
        await store.write((unit) => savePerson(unit, { ...who, memberships: turned }));
        expect((await findPerson(store.db, who.id))?.memberships).toEqual(turned);
      }
    });

    it('gives desks that an older Stet stored in no order the one they were shown in', async () => {
      const desks = [news, desk({ slug: 'sport' }), desk({ slug: 'world' })];
      const memberships = desks.map(({ id }) => ({ desk: id, role: 'copy-editor' as const }));
      const who = person({ memberships: [...memberships].reverse() });
      await store.write(async (unit) => {
        for (const each of desks) await saveDesk(unit, each);
        await savePerson(unit, who);
      });
      for (const step of [
        ...['deliveries', 'remote_versions', 'channels', 'starts'].map(
          (table) => `drop table ${table}`,
        ),
        'alter table memberships drop column position',
        'alter table counter drop column start',
        'delete from schema_version where version > 2',
      ])
        await sql.raw(step).execute(store.db);
      await store.close();
      store = await openStore({ dataDir, databaseUrl });
      expect((await findPerson(store.db, who.id))?.memberships).toEqual(
        memberships.sort((a, b) => (a.desk < b.desk ? -1 : 1)),
      );
    });

    it('numbers what a transaction touched when it commits, and nothing of one that failed', async () => {
      const { seq } = await store.position();
      const first = anId();
      await store.write(async (unit) => {
        await message(unit, first);
        await message(unit);
        // Touched again, it comes behind what was touched meanwhile.
        await message(unit, first);
      });
      const failing = store.write(async (unit) => {
        await message(unit);
        await unit.audit({ actor: null, action: 'test', subject: 'test' });
        throw new Error('On purpose.');
      });
      await expect(failing).rejects.toThrow('On purpose.');
      const rows = await feedAfter(store.db, seq, 100);
      expect(rows.map((row) => row.seq)).toEqual([seq + 1, seq + 2]);
      expect(rows[1]?.entity).toBe(first);
      expect(await verifyAudit(store.db)).toEqual({ entries: 0, brokenAt: null });
    });

    describe('told by a device where it stands', () => {
      const member = person({ memberships: [{ desk: news.id, role: 'copy-editor' }] });
      const ask = (place: FeedPlace) =>
        changesAfter(store, () => Promise.resolve(member), { cursor: cursorOf(place), limit: 500 });
      const startAgain = async (): Promise<void> => {
        await store.close();
        store = await openStore({ dataDir, databaseUrl });
      };

      it('knows the places of each of its starts', async () => {
        const places: FeedPlace[] = [];
        for (let start = 0; start < 3; start += 1) {
          places.push(await store.position());
          await store.write((unit) => message(unit));
          places.push(await store.position());
          await startAgain();
        }
        const { epoch } = await store.position();
        for (const place of places) expect(await ask(place)).toMatchObject({ reset: false });
        expect((await store.position()).epoch).toBe(epoch);
        expect(new Set(places.map(({ start }) => start)).size).toBe(3);
      });

      it('finds out that it was put back, by a place behind the end of that start', async () => {
        const put = await store.position();
        await startAgain();
        // As far as the device had come, and on another way.
        await store.write((unit) => message(unit));
        const told = { ...put, seq: put.seq + 1 };
        const { reset, cursor } = await ask(told);
        expect(reset).toBe(true);
        expect(placeOf(cursor).epoch).not.toBe(put.epoch);
        // Whoever stands where it still knows the way may have lost what it did since.
        expect(await ask(put)).toMatchObject({ reset: true, cursor });
        expect(await ask(placeOf(cursor))).toMatchObject({ reset: false, changes: [] });
        const [entry] = await auditBefore(store.db, { limit: 1 });
        expect(entry).toMatchObject({ action: 'epoch.new', actor: null });
      });

      it('finds out that it was put back, by a start that it does not know', async () => {
        await startAgain();
        const { epoch, seq } = await store.position();
        const { reset, cursor } = await ask({ epoch, seq, start: 'of-the-lost-time' });
        expect(reset).toBe(true);
        expect(placeOf(cursor).epoch).not.toBe(epoch);
      });

      it('begins one epoch for it at most, whatever a device claims', async () => {
        const { epoch, seq } = await store.position();
        const claim = { epoch, seq, start: 'made-up' };
        // Nobody can have put back what was not started again.
        expect(await ask(claim)).toMatchObject({ reset: true });
        expect((await store.position()).epoch).toBe(epoch);
        await startAgain();
        await ask(claim);
        const now = await store.position();
        expect(now.epoch).not.toBe(epoch);
        expect(await ask({ ...now, start: 'made-up' })).toMatchObject({ reset: true });
        expect((await store.position()).epoch).toBe(now.epoch);
      });
    });

    it('runs a transaction again that lost against another one, as if it had run once', async () => {
      const { seq } = await store.position();
      let runs = 0;
      await store.write(async (unit) => {
        runs += 1;
        await message(unit);
        if (runs < 3) throw Object.assign(new Error('deadlock detected'), { code: '40P01' });
      });
      expect(runs).toBe(3);
      expect((await store.position()).seq).toBe(seq + 1);
      expect(await feedAfter(store.db, seq, 100)).toHaveLength(1);
    });

    it('keeps numbers and audit log in one line when many write at once', async () => {
      await Promise.all(
        Array.from({ length: 40 }, (_, number) =>
          store.write(async (unit) => {
            await message(unit);
            await unit.audit({ actor: null, action: 'test', subject: String(number) });
          }),
        ),
      );
      const rows = await feedAfter(store.db, 0, 100);
      expect(rows.map((row) => row.seq)).toEqual(rows.map((_, index) => index + 1));
      expect(rows).toHaveLength(41);
      expect(await verifyAudit(store.db)).toEqual({ entries: 40, brokenAt: null });
    });

    it('lets nobody change the audit log, and shows where someone did', async () => {
      for (const subject of ['one', 'two', 'three'])
        await store.write((unit) => unit.audit({ actor: null, action: 'test', subject }));
      for (const change of ['update audit set n = 9', 'delete from audit'])
        await expect(sql.raw(change).execute(store.db)).rejects.toThrow(/append-only/);
      const trigger = databaseUrl
        ? 'drop trigger audit_append_only on audit'
        : 'drop trigger audit_no_update';
      await sql.raw(trigger).execute(store.db);
      await sql.raw(`update audit set subject = 'else' where n = 2`).execute(store.db);
      expect(await verifyAudit(store.db)).toMatchObject({ brokenAt: 2 });
    });

    it('reads one moment, whatever is written meanwhile', async () => {
      const other = await openStore({ dataDir, databaseUrl });
      try {
        const { before, after } = await store.read(async (db) => {
          const count = async (): Promise<number> => (await feedAfter(db, 0, 100)).length;
          const first = await count();
          await other.write((unit) => message(unit));
          return { before: first, after: await count() };
        });
        expect(after).toBe(before);
        expect(await feedAfter(store.db, 0, 100)).toHaveLength(before + 1);
      } finally {
        await other.close();
      }
    });

    it('keeps text that the engine itself cannot hold from failing', async () => {
      await store.write((unit) => saveDesk(unit, desk({ name: 'Night\0Desk', slug: 'night' })));
      const { rows } = await sql<{ name: string }>`
        select name from desks where slug = 'night'`.execute(store.db);
      expect(rows[0]?.name).toMatch(/^Night.Desk$/);
    });
  });
}
