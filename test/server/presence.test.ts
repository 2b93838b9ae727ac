import { startNewsroom } from '../helpers/server.ts';
import { describePresence } from './suites/presence-suite.ts';

describePresence(async () => {
  const newsroom = await startNewsroom();
  return { newsroom, listenAt: newsroom.url, close: () => newsroom.close() };
});
