/**
 * One of several processes on a database: opens it, setting it up where needed, and writes messages to a desk's inbox.
 * Run under Node: `node feed-writer.ts <folder> <how many>`, with DATABASE_URL for PostgreSQL.
 */
import { openStore, saveDesk, saveMessage } from '../../src-server/store/index.ts';
import { newId } from '#shared/article';
import { desk } from '../helpers/articles.ts';

const [, , dataDir = '', count = '0'] = process.argv;
const url = process.env.DATABASE_URL ?? '';
const store = await openStore({ dataDir, databaseUrl: url === '' ? undefined : url });
const news = desk({ id: '01920000-0000-7000-8000-000000000001' });
await store.write((unit) => saveDesk(unit, news));
const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));
for (let number = 1; number <= Number(count); number += 1)
  await store.write(async (unit) => {
    const id = newId(Date.now, random);
    const about = { name: 'A reader', email: '', subject: '', text: String(number) };
    const message = { id, desk: news.id, kind: 'comment' as const, ...about };
    await saveMessage(unit, { ...message, article: null, at: unit.at, handledBy: null });
    await unit.audit({ actor: null, action: 'test', subject: id });
  });
await store.close();
