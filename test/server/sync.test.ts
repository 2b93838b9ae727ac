import { startNewsroom } from '../helpers/server.ts';
import { describeSync } from './suites/sync-suite.ts';

describeSync(() => startNewsroom());
