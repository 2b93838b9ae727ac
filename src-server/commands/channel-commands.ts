import { CHANNEL_LABELS, type ChannelKind } from '#shared/api';
import { newId, safeWebUrl } from '#shared/article';
import type { ServerContext } from '../context.ts';
import { ConnectorError, isAdminKey, openConnector, type Access } from '../connectors/index.ts';
import {
  addChannel,
  listChannels,
  listDesks,
  removeChannel,
  retryChannel,
  saveChannelSecret,
  waitingDeliveries,
  type Channel,
} from '../store/index.ts';
import { printColumns } from './columns.ts';
import { withContext, type DataOptions } from './data-dir.ts';
import { CommandError } from './failure.ts';
import { deskNamed } from './newsroom-commands.ts';
import { readSecret } from './secret-input.ts';

type Print = (line: string) => void;

export interface AddChannelOptions extends DataOptions {
  name?: string | undefined;
  account?: string | undefined;
  desk: string[];
}

const ASK: Record<ChannelKind, string> = {
  wordpress: 'Application password (WordPress: Users → Profile → Application Passwords): ',
  ghost: 'Admin API key (Ghost: Settings → Integrations → Add custom integration): ',
};

/** An address that a secret may be sent to: over https, or without leaving this computer. */
function addressOf(text: string): string {
  const address = safeWebUrl(/^https?:\/\//i.test(text) ? text : `https://${text}`);
  if (address === null) throw new CommandError(`${text} is not a web address.`);
  const { protocol, hostname } = new URL(address);
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  if (protocol !== 'https:' && !isHere)
    throw new CommandError(
      'The address must begin with https://, or the secret could be read on its way.',
    );
  return address.replace(/\/+$/, '');
}

function isNamed(name: string): (channel: Channel) => boolean {
  return (channel) => channel.name.toLowerCase() === name.toLowerCase();
}

/** Runs a command about one channel. */
async function withChannel(
  name: string,
  options: DataOptions,
  work: (context: ServerContext, channel: Channel) => Promise<void>,
): Promise<void> {
  await withContext(options, async (context) => {
    const channels = await listChannels(context.store.db);
    const channel = channels.find(isNamed(name));
    if (!channel)
      throw new CommandError(
        `There is no channel “${name}”. There are: ${channels.map((one) => one.name).join(', ') || 'none'}.`,
      );
    await work(context, channel);
  });
}

/** Asks the CMS whether it lets Stet in. Throws a sentence when it does not. */
async function check(context: ServerContext, access: Access): Promise<string> {
  try {
    const connector = openConnector(access, context.exchange, context.clock);
    const { site, account } = await connector.check();
    return `${site} lets ${account} publish.`;
  } catch (error) {
    if (error instanceof ConnectorError) throw new CommandError(error.message);
    throw error;
  }
}

/** Connects a CMS, once it has let Stet in. Articles go there from the next publication on. */
export async function addChannelCommand(
  kind: ChannelKind,
  given: string,
  options: AddChannelOptions,
  print: Print,
): Promise<void> {
  const address = addressOf(given);
  const name = options.name ?? CHANNEL_LABELS[kind];
  if (kind === 'wordpress' && options.account === undefined)
    throw new CommandError('Say which WordPress account publishes: --account LOGIN.');
  await withContext(options, async (context) => {
    const { store, secrets, clock, random } = context;
    if ((await listChannels(store.db)).some(isNamed(name)))
      throw new CommandError(`There is a channel “${name}” already. Give this one another --name.`);
    const desks = await listDesks(store.db);
    const only = options.desk.map((wanted) => deskNamed(desks, wanted).id);
    const secret = await readSecret(ASK[kind]);
    if (kind === 'ghost' && !isAdminKey(secret))
      throw new CommandError(
        'This is no Admin API key. Ghost shows it as two long words with a colon between.',
      );
    const access = { kind, address, account: options.account ?? '', secret };
    print(await check(context, access));
    const id = newId(clock, random);
    await store.write(async (unit) => {
      const sealed = secrets.seal(secret);
      const chosen = only.length > 0 ? only : null;
      await addChannel(unit, { ...access, id, name, secret: sealed, desks: chosen });
      const detail = { kind, name, address };
      await unit.audit({ actor: null, action: 'channel.add', subject: id, detail });
    });
    print(`${name} is connected. What is published from now on goes there too.`);
  });
}

export async function listChannelsCommand(options: DataOptions, print: Print): Promise<void> {
  await withContext(options, async ({ store }) => {
    const channels = await listChannels(store.db);
    const desks = await listDesks(store.db);
    if (channels.length === 0)
      print('No CMS is connected. Articles are published to the newsroom’s own site.');
    const rows = [];
    for (const { id, name, kind, address, desks: only, problem } of channels) {
      const waiting = (await waitingDeliveries(store.db, id)).length;
      const whose = only?.map((desk) => desks.find((one) => one.id === desk)?.name ?? desk);
      rows.push([
        name,
        CHANNEL_LABELS[kind],
        address,
        whose?.join(', ') ?? 'every desk',
        `${waiting} waiting`,
        problem,
      ]);
    }
    printColumns(rows, print);
  });
}

export async function testChannelCommand(
  name: string,
  options: DataOptions,
  print: Print,
): Promise<void> {
  await withChannel(name, options, async (context, channel) => {
    const secret = context.secrets.open(channel.secret);
    if (secret === null)
      throw new CommandError(
        `The secret of ${channel.name} cannot be read with this data folder. Give it again: channel secret.`,
      );
    print(await check(context, { ...channel, secret }));
  });
}

/** Gives a channel a new secret, once the CMS has let Stet in with it, and tries at once what waits. */
export async function channelSecretCommand(
  name: string,
  options: DataOptions,
  print: Print,
): Promise<void> {
  await withChannel(name, options, async (context, channel) => {
    const secret = await readSecret(ASK[channel.kind]);
    print(await check(context, { ...channel, secret }));
    const sealed = context.secrets.seal(secret);
    await context.store.write(async (unit) => {
      await saveChannelSecret(unit, channel.id, sealed);
      await retryChannel(unit, channel.id);
      await unit.audit({ actor: null, action: 'channel.secret', subject: channel.id });
    });
    print(`${channel.name} has its new secret.`);
  });
}

/** Tries everything again that has not come through, refused articles too. What somebody changed there stays as it is. */
export async function retryChannelCommand(
  name: string,
  options: DataOptions,
  print: Print,
): Promise<void> {
  await withChannel(name, options, async (context, channel) => {
    await context.store.write((unit) => retryChannel(unit, channel.id));
    print(`What waits for ${channel.name} is tried again within half a minute.`);
  });
}

/** Forgets a channel. What was published there stays there, and nobody keeps it up to date any more. */
export async function removeChannelCommand(
  name: string,
  options: DataOptions,
  print: Print,
): Promise<void> {
  await withChannel(name, options, async (context, channel) => {
    await context.store.write(async (unit) => {
      await removeChannel(unit, channel.id);
      const detail = { name: channel.name };
      await unit.audit({ actor: null, action: 'channel.remove', subject: channel.id, detail });
    });
    print(`${channel.name} is no longer connected. What was published there stays there.`);
  });
}
