/**
 * A server process that stands still while it publishes what is due: it holds the lock until it is killed. Run under
 * Node: `node lock-holder.ts <folder>`.
 */
import { openStore } from '../../src-server/store/index.ts';

const store = await openStore({
  dataDir: process.argv[2] ?? '',
  databaseUrl: process.env.DATABASE_URL,
});
await store.alone('schedule', async (stillHere) => {
  process.stdout.write('held\n');
  for (;;) {
    await stillHere();
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
});
