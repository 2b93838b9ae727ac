import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { CommandError } from './failure.ts';

/** Where the secret of a channel may come from, so that it stands in no process list and in no shell's history. */
export const SECRET_VARIABLE = 'STET_CHANNEL_SECRET';

function typed(question: string): Promise<string> {
  process.stderr.write(question);
  // What is typed is not shown.
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  return new Promise((resolve) => {
    lines.once('close', () => resolve(''));
    lines.question('', (answer) => {
      process.stderr.write('\n');
      resolve(answer);
      lines.close();
    });
  });
}

/** The secret: from the environment, else from a pipe, else asked for at the terminal. */
export async function readSecret(question: string): Promise<string> {
  const given = process.env[SECRET_VARIABLE];
  const secret = given ?? (process.stdin.isTTY ? await typed(question) : await text(process.stdin));
  if (secret.trim() !== '') return secret.trim();
  throw new CommandError(
    `No secret was given. Type it when asked, pipe it in, or set ${SECRET_VARIABLE}.`,
  );
}
