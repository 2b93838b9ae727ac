import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { openDb } from '../../../src-main/core/store/db.ts';
import { openStore } from '../../../src-main/core/store/index.ts';
import { MIGRATIONS } from '../../../src-main/core/store/migrations.ts';
import { anId, content, paragraph, person } from '../../helpers/articles.ts';
import { seededRandom } from '../../helpers/clock-and-random.ts';
import {
  openNewsdesk,
  pulledArticle,
  startedArticle,
  storeOptions,
  temporaryFolder,
} from '../../helpers/store.ts';

const files = (dir: string): string[] => readdirSync(dir).sort();

/** Writes zeros over a part of a file that holds pages of the database. */
function tear(file: string, from: number, length: number): void {
  const bytes = readFileSync(file);
  bytes.fill(0x2a, from, Math.min(bytes.length, from + length));
  writeFileSync(file, bytes);
}

/** Puts noise in place of a table’s first page, as a failing disk does. */
function tearTable(dir: string, name: string): void {
  const file = join(dir, 'stet.db');
  const db = openDb(file);
  const { rootpage } = db.get<{ rootpage: number }>(
    'SELECT rootpage FROM sqlite_schema WHERE name = ?',
    name,
  )!;
  db.close();
  const bytes = readFileSync(file);
  bytes.set(seededRandom(7)(4096), (rootpage - 1) * 4096);
  writeFileSync(file, bytes);
}

describe('opening the store', () => {
  it('sets every safety of the database, also when it is opened again', async () => {
    const { dir, store } = await openNewsdesk();
    store.close();
    for (let time = 0; time < 2; time += 1) {
      const db = openDb(join(dir, 'stet.db'));
      const pragma = (name: string): unknown => db.raw.pragma(name, { simple: true });
      expect([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys')]).toEqual([
        'wal',
        2,
        1,
      ]);
      const loose = db.all<{ name: string }>(
        `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'`,
      );
      expect(loose).toEqual([]);
      db.close();
    }
  });

  it('refuses a second process on one profile with a sentence, and lets the next one in', async () => {
    const { dir, store } = await openNewsdesk();
    await expect(openStore(storeOptions(dir))).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringMatching(/already open/) as string,
    });
    store.close();
    const next = await openStore(storeOptions(dir));
    next.close();
  });

  it.skipIf(process.platform === 'win32')(
    'keeps a profile from the other people on this computer',
    async () => {
      const dir = join(temporaryFolder(), 'profiles', 'rosa');
      const store = await openStore(storeOptions(dir));
      expect(statSync(dir).mode & 0o077).toBe(0);
      store.close();
    },
  );

  it('keeps the id of this computer', async () => {
    const first = await openNewsdesk();
    const { deviceId } = first.store;
    first.store.close();
    expect((await openNewsdesk(first.dir)).store.deviceId).toBe(deviceId);
  });

  it('opens the database of a newer Stet for reading only', async () => {
    const newsdesk = await openNewsdesk();
    const { article } = pulledArticle(newsdesk, content());
    newsdesk.store.close();
    const db = openDb(join(newsdesk.dir, 'stet.db'));
    db.raw.pragma('user_version = 99');
    db.close();
    const store = await openStore(storeOptions(newsdesk.dir));
    expect(store.readOnly).toBe(true);
    expect(store.notices).toEqual([expect.stringMatching(/newer version of Stet/)]);
    expect(store.queues.row(article)?.headline).toBe(content().fields.headline);
    expect(() =>
      store.working.apply({ article, generation: 1, fields: { headline: 'No' } }),
    ).toThrow(/newer version of Stet/);
    store.close();
  });

  it('still awaits the articles that an older Stet had noted as lost by the server', async () => {
    const dir = temporaryFolder();
    const older = await openStore(storeOptions(dir), MIGRATIONS.slice(0, 2));
    const [one, other, third] = [anId(), anId(), anId()];
    older.values.set('sync.awaited-articles', [one, other]);
    older.close();
    const store = await openStore(storeOptions(dir));
    expect(store.awaited.since(0).map(({ article }) => article)).toEqual([one, other]);
    expect(store.values.get('sync.awaited-articles')).toBeNull();
    const [{ number } = { number: 0 }] = store.awaited.since(0);
    store.awaited.add([other, third]);
    store.awaited.remove(other);
    expect(store.awaited.since(number).map(({ article }) => article)).toEqual([third]);
    expect([one, other].map((article) => store.awaited.has(article))).toEqual([true, false]);
    store.close();
  });

  it('copies the database before it brings it forward, and keeps the old one when a step fails', async () => {
    const newsdesk = await openNewsdesk();
    newsdesk.store.close();
    const { dir } = newsdesk;
    const broken = [
      ...MIGRATIONS,
      'CREATE TABLE half (done TEXT) STRICT; INSERT INTO nowhere VALUES (1);',
    ];
    await expect(openStore(storeOptions(dir), broken)).rejects.toThrow(/nowhere/);
    const whole = [...MIGRATIONS, 'CREATE TABLE later (done TEXT) STRICT'];
    const store = await openStore(storeOptions(dir), whole);
    expect(store.people.person(newsdesk.editor.id)).toEqual(newsdesk.editor);
    store.close();
    const copies = files(join(dir, 'backups'));
    expect(copies).toHaveLength(2);
    const copy = openDb(join(dir, 'backups', copies[0]!));
    expect(copy.raw.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length);
    expect(copy.get('SELECT 1 FROM person WHERE id = ?', newsdesk.editor.id)).toBeDefined();
    copy.close();
    const now = openDb(join(dir, 'stet.db'));
    expect(now.all(`SELECT name FROM sqlite_schema WHERE name IN ('half', 'later')`)).toEqual([
      { name: 'later' },
    ]);
    now.close();
  });
});

describe('a damaged database', () => {
  it('of garbage is set aside, and what the newest backup held is there again', async () => {
    const newsdesk = await openNewsdesk();
    const { dir, store, editor } = newsdesk;
    const article = startedArticle(newsdesk, content());
    store.working.seal(article, newsdesk.by);
    store.values.set('feed.cursor', 'test:7');
    const { name } = await store.backup();
    store.close();
    const garbage = Buffer.from('This is no database. '.repeat(500));
    writeFileSync(join(dir, 'stet.db'), garbage);

    const again = await openStore(storeOptions(dir));
    expect(again.notices).toEqual([
      expect.stringMatching(new RegExp(`set aside in .*not deleted.*${name}`)),
    ]);
    expect(again.people.person(editor.id)).toEqual(editor);
    expect(again.queues.row(article)?.headline).toBe(content().fields.headline);
    // Once the server has been asked from there: it may have been restored as well.
    expect(again.feed.cursor()).toBe('test:7');
    expect(again.feed.goBack()).toBe(true);
    expect(again.feed.cursor()).toBe('test:0');
    again.close();
    const [aside] = files(join(dir, 'damaged'));
    expect(readFileSync(join(dir, 'damaged', aside!, 'stet.db')).equals(garbage)).toBe(true);
  });

  it('without any backup starts anew and says what to do', async () => {
    const dir = temporaryFolder();
    writeFileSync(join(dir, 'stet.db'), 'no database at all, just words '.repeat(300));
    const store = await openStore(storeOptions(dir));
    expect(store.notices).toEqual([expect.stringMatching(/no backup yet.*sign in/)]);
    store.people.putPerson(person());
    store.close();
  });

  it('goes back to an older backup when the newest is damaged too', async () => {
    const newsdesk = await openNewsdesk();
    const { dir, store, clock } = newsdesk;
    const older = await store.backup();
    clock.forward(60_000);
    const newer = await store.backup();
    store.close();
    for (const file of [join(dir, 'stet.db'), join(dir, 'backups', newer.name)])
      writeFileSync(file, 'x'.repeat(9000));
    const again = await openStore(storeOptions(dir));
    expect(again.notices[0]).toContain(older.name);
    again.close();
  });

  it('is found in the background after an unclean end, and rebuilt at the next start', async () => {
    const newsdesk = await openNewsdesk();
    const { dir, store, by } = newsdesk;
    for (let number = 0; number < 30; number += 1)
      store.working.seal(
        startedArticle(newsdesk, content({ body: [paragraph(`Article ${number} `.repeat(200))] })),
        by,
      );
    await store.backup();
    store.values.set('kept', 'yes');
    store.close();
    const db = openDb(join(dir, 'stet.db'));
    db.run(`INSERT OR REPLACE INTO value (key, json) VALUES ('store.open', 'true')`);
    const page = db.get<{ rootpage: number }>(
      `SELECT rootpage FROM sqlite_schema WHERE name = 'listing_newest'`,
    )!.rootpage;
    db.close();
    tear(join(dir, 'stet.db'), (page - 1) * 4096, 4096);

    const heard: string[] = [];
    const damaged = await openStore({
      ...storeOptions(dir),
      onNotice: (sentence) => heard.push(sentence),
    });
    await expect
      .poll(() => heard)
      .toEqual([expect.stringMatching(/damaged in places.*restart Stet/)]);
    damaged.close();
    const rebuilt = await openStore(storeOptions(dir));
    expect(rebuilt.notices[0]).toMatch(/set aside/);
    expect(rebuilt.queues.list({ kind: 'archive' }, newsdesk.editor.id, 0, 50).total).toBe(30);
    expect(await rebuilt.quickCheck()).toEqual([]);
    rebuilt.close();
  });

  it('is rebuilt at once when the texts to be indexed after a crash cannot be read', async () => {
    const newsdesk = await openNewsdesk();
    const { dir, store } = newsdesk;
    await store.backup();
    startedArticle(newsdesk, content());
    store.close();
    tearTable(dir, 'article_text');
    const rebuilt = await openStore(storeOptions(dir));
    expect(rebuilt.notices[0]).toMatch(/set aside/);
    expect(await rebuilt.quickCheck()).toEqual([]);
    rebuilt.close();
  });

  it('is noticed when it is met in the middle of the day, and rebuilt at the next start', async () => {
    const newsdesk = await openNewsdesk();
    const { dir, store, editor } = newsdesk;
    await store.backup();
    store.close();
    tearTable(dir, 'person');
    const heard: string[] = [];
    const damaged = await openStore({
      ...storeOptions(dir),
      onNotice: (sentence) => heard.push(sentence),
    });
    expect(() => damaged.people.person(editor.id)).toThrow(/malformed/);
    await expect.poll(() => heard).toEqual([expect.stringMatching(/restart Stet/)]);
    damaged.close();
    const rebuilt = await openStore(storeOptions(dir));
    expect(rebuilt.notices[0]).toMatch(/set aside/);
    expect(rebuilt.people.person(editor.id)).toEqual(editor);
    rebuilt.close();
  });
});

describe('backups', () => {
  it('are whole databases, and the newest seven are kept', async () => {
    const { dir, store, clock } = await openNewsdesk();
    for (let night = 0; night < 9; night += 1) {
      clock.forward(86_400_000);
      await store.backup();
    }
    const names = files(join(dir, 'backups'));
    expect(names).toHaveLength(7);
    expect(names[0]).toContain('2026-11-17');
    const copy = openDb(join(dir, 'backups', names[6]!));
    expect(copy.raw.pragma('quick_check', { simple: true })).toBe('ok');
    expect(copy.all('SELECT id FROM person')).toHaveLength(2);
    copy.close();
  });

  it('are taken by themselves when the last one is a day old', async () => {
    const first = await openNewsdesk();
    await first.store.backup();
    first.store.close();
    const options = storeOptions(first.dir);
    options.clock.forward(2 * 86_400_000);
    const store = await openStore(options);
    await expect
      .poll(() => files(join(first.dir, 'backups')).filter((name) => name.endsWith('.db')))
      .toHaveLength(2);
    store.close();
  });

  it('are taken also when Stet is never open for long', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const { dir, store } = await openNewsdesk();
      vi.advanceTimersByTime(10 * 60_000);
      await expect
        .poll(() => existsSync(join(dir, 'backups')) && files(join(dir, 'backups')))
        .toEqual([expect.stringMatching(/\.db$/)]);
      store.close();
    } finally {
      vi.useRealTimers();
    }
  });

  it('leave no half-written copy behind under a whole one’s name', async () => {
    const { dir, store } = await openNewsdesk();
    const { name } = await store.backup();
    expect(existsSync(join(dir, 'backups', `${name}.part`))).toBe(false);
  });
});

describe('a folder that cannot be opened', () => {
  it('says which one it is and what to do, where something else stands in the place of the database', async () => {
    const dir = temporaryFolder();
    mkdirSync(join(dir, 'stet.db'));
    await expect(openStore(storeOptions(dir))).rejects.toThrow(
      `Stet may not write to its folder ${dir}, so it cannot open. Nothing in it was changed.`,
    );
  });

  it('says so where a file stands in the place of the folder', async () => {
    const dir = join(temporaryFolder(), 'profile');
    writeFileSync(dir, 'a file');
    await expect(openStore(storeOptions(dir))).rejects.toThrow(/Stet may not write to its folder/);
  });
});

describe('a database that has gone', () => {
  it.each([
    ['emptied', (file: string) => writeFileSync(file, '')],
    ['deleted', (file: string) => rmSync(file)],
  ])('comes back from the newest backup when it was %s', async (_, lose) => {
    const newsdesk = await openNewsdesk();
    const { dir, store } = newsdesk;
    const article = startedArticle(newsdesk, content({ body: [paragraph('Kept', 'blk1')] }));
    await store.backup();
    store.close();
    lose(join(dir, 'stet.db'));
    const again = await openStore(storeOptions(dir));
    expect(again.working.read(article)?.content.body).toEqual([paragraph('Kept', 'blk1')]);
    expect(again.notices.join(' ')).toContain('went back to its newest sound backup');
    again.close();
  });
});
