import { randomBytes } from 'node:crypto';
import { Login, Password, type Desk } from '#shared/api';
import type { DeskRole } from '#shared/workflow';
import { addDesk, createNewsroom, invite, resetPassword } from '../accounts/index.ts';
import { openContext } from '../index.ts';
import { listDesks, revokeDevice, findDevice } from '../store/index.ts';
import { databaseUrl, withContext, type DataOptions } from './data-dir.ts';
import { CommandError } from './failure.ts';

export interface InitOptions extends DataOptions {
  name: string;
  siteUrl: string;
  section: string[];
  desk: string[];
  timeZone: string;
  language: string;
  adminLogin: string;
  adminName: string;
}

type Print = (line: string) => void;

function newPassword(): string {
  return randomBytes(15).toString('base64url');
}

/** The password for the first admin: from the environment, so that it stands in no process list, or made up. */
function adminPassword(): { password: string; shown: boolean } {
  const given = process.env.STET_ADMIN_PASSWORD;
  if (given === undefined) return { password: newPassword(), shown: true };
  const parsed = Password.safeParse(given);
  if (!parsed.success)
    throw new CommandError(`STET_ADMIN_PASSWORD: ${parsed.error.issues[0]?.message ?? ''}`);
  return { password: given, shown: false };
}

/** Creates a newsroom with its first admin. A password that was made up is printed here, once. */
export async function init(options: InitOptions, print: Print): Promise<void> {
  const login = Login.safeParse(options.adminLogin);
  if (!login.success) throw new CommandError(login.error.issues[0]?.message ?? 'This is no login.');
  const { password, shown } = adminPassword();
  const context = await openContext({ dataDir: options.data, databaseUrl: databaseUrl() });
  try {
    const { newsroom } = await createNewsroom(context, {
      name: options.name,
      siteUrl: options.siteUrl,
      sections: options.section,
      desks: options.desk,
      timeZone: options.timeZone,
      language: options.language,
      admin: { login: login.data, name: options.adminName, password },
    });
    print(`${newsroom.name} is ready in ${options.data}.`);
    print(`Admin login: ${login.data.toLowerCase()}`);
    if (shown) print(`Admin password, shown only now: ${password}`);
    print(`Next: npm run server -- serve --data ${options.data}`);
  } finally {
    await context.store.close();
  }
}

export interface InviteOptions extends DataOptions {
  /** Desks as people call them, the one where the person's articles are filed first. */
  roles: { desk: string; role: DeskRole }[];
  admin?: boolean | undefined;
}

/** A desk by the name that people call it, or by its slug. */
export function deskNamed(desks: readonly Desk[], wanted: string): Desk {
  const desk = desks.find(({ name: known, slug }) =>
    [known.toLowerCase(), slug].includes(wanted.toLowerCase()),
  );
  if (desk) return desk;
  throw new CommandError(
    `There is no desk “${wanted}”. There are: ${desks.map((one) => one.name).join(', ') || 'none'}.`,
  );
}

/** Invites a person to desks, named as people call them. The code is printed here, once. */
export async function inviteCommand(
  name: string,
  options: InviteOptions,
  print: Print,
): Promise<void> {
  await withContext(options, async (context) => {
    const desks = await listDesks(context.store.db);
    const memberships = options.roles.map(({ desk, role }) => ({
      desk: deskNamed(desks, desk).id,
      role,
    }));
    if (memberships.length === 0 && !options.admin)
      throw new CommandError(
        'Say what the person will be: --editor DESK, --chief DESK or --admin.',
      );
    const { code, url, expiresAt } = await invite(context, null, {
      name,
      memberships,
      admin: options.admin ?? false,
    });
    print(`Invitation for ${name}, shown only now; it works once, until ${expiresAt}:`);
    print(code);
    print(url);
  });
}

export async function addDeskCommand(
  name: string,
  options: DataOptions,
  print: Print,
): Promise<void> {
  await withContext(options, async (context) => {
    const desk = await addDesk(context, name);
    print(`${desk.name} is a desk now: ${desk.id}`);
  });
}

export async function resetPasswordCommand(
  login: string,
  options: DataOptions,
  print: Print,
): Promise<void> {
  await withContext(options, async (context) => {
    const password = newPassword();
    const person = await resetPassword(context, login, password);
    print(`New password for ${person.name}, shown only now: ${password}`);
    print('Their devices are signed out. What they had not sent yet stays on them.');
  });
}

export async function revokeDeviceCommand(
  id: string,
  options: DataOptions,
  print: Print,
): Promise<void> {
  await withContext(options, async ({ store }) => {
    const device = await findDevice(store.db, id);
    if (!device) throw new CommandError(`There is no device ${id}. “list devices” shows them.`);
    await store.write(async (unit) => {
      await revokeDevice(unit, id);
      await unit.audit({ actor: null, action: 'device.revoke', subject: id });
    });
    print(`${device.name} is signed out. What it had sent is kept; what it had not stays on it.`);
  });
}
