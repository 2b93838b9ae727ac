import { afterAll, beforeAll } from 'vitest';
import { startPostgres, type TestPostgres } from '../../helpers/postgres.ts';
import { describeDelivery } from './delivery-suite.ts';
import { ghostKit } from './kits.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 120_000);
afterAll(() => postgres.stop());

// WordPress is delivered to from SQLite: between the two, both engines hold what both CMSs need.
describeDelivery(ghostKit(), () => postgres.createDatabase());
