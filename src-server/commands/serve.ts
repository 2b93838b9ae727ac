import { theNewsroom } from '../accounts/index.ts';
import { createServer, openContext, type Server } from '../index.ts';
import { ensureSample, moveSampleTo } from '../sample/index.ts';
import { databaseUrl, requireData } from './data-dir.ts';
import { CommandError } from './failure.ts';
import { noteServed, servedAt } from './served.ts';

export interface ServeOptions {
  data: string;
  host: string;
  port: number;
  trustProxy?: boolean | undefined;
}

/** Listens until the process is asked to stop; then answers what is under way and closes the database. */
async function run(
  server: Server,
  { data, host, port }: ServeOptions,
  ready: (url: string) => Promise<void>,
): Promise<void> {
  const url = await server.listen({ host, port }).catch(async (error: unknown) => {
    await server.close();
    const { code } = error as { code?: string };
    if (code === 'EADDRINUSE')
      throw new CommandError(
        `Port ${port} is in use by another program. Stop it, or choose another with --port.`,
      );
    if (code === 'EACCES')
      throw new CommandError(`This account may not listen on port ${port}. Choose one above 1023.`);
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new CommandError(
        `This computer has no address ${host}. Use 127.0.0.1, or 0.0.0.0 for every one it has.`,
      );
    throw error;
  });
  const takeBack = await noteServed(data, url);
  await ready(url);
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  await stopped;
  await server.close();
  await takeBack();
}

export async function serve(options: ServeOptions, print: (line: string) => void): Promise<void> {
  requireData(options.data);
  const elsewhere = databaseUrl() === undefined ? await servedAt(options.data) : null;
  if (elsewhere !== null)
    throw new CommandError(
      `This newsroom is served already, at ${elsewhere}. Stop that server first; only on PostgreSQL may several serve one newsroom.`,
    );
  const server = await createServer({
    dataDir: options.data,
    databaseUrl: databaseUrl(),
    trustProxy: options.trustProxy ?? false,
  });
  const newsroom = await theNewsroom(server.context.store.db).catch(async (error: unknown) => {
    await server.close();
    throw error;
  });
  await run(server, options, async (url) => {
    print(`${newsroom.name} is served at ${url}`);
    print(`Readers find it at ${newsroom.siteUrl}. Stop with Ctrl-C.`);
  });
}

/** Serves the sample newsroom, creating it first where needed. Prints one line of JSON when it is ready. */
export async function serveSample(
  options: ServeOptions,
  print: (line: string) => void,
): Promise<void> {
  // The sample is a folder to play in and throw away: it never goes into a newsroom's PostgreSQL.
  await ensureSample({ openContext }, options.data);
  const server = await createServer({ dataDir: options.data });
  await run(server, options, async (url) => {
    await moveSampleTo(server.context, url);
    print(JSON.stringify({ url }));
  });
}
