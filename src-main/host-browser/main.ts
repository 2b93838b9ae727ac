import { homedir } from 'node:os';
import { parseHostOptions, UsageError } from '../host-common/options.ts';
import { runBrowserHost } from './run.ts';

try {
  const machine = { platform: process.platform, home: homedir(), env: process.env };
  await runBrowserHost(parseHostOptions(process.argv.slice(2), machine));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
