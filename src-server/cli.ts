import { runCommandLine } from './commands/index.ts';

process.exitCode = await runCommandLine(process.argv, {
  print: (line) => console.log(line),
  fail: (line) => console.error(line),
});
