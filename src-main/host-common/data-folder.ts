import { isAbsolute, join } from 'node:path';

export interface Machine {
  platform: NodeJS.Platform;
  home: string;
  env: Readonly<Record<string, string | undefined>>;
}

/** Where Stet keeps its data unless told otherwise, by the custom of the operating system. */
export function defaultDataFolder({ platform, home, env }: Machine): string {
  if (platform === 'win32') return join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'Stet');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Stet');
  const xdg = env.XDG_DATA_HOME;
  // The specification says that a relative path there is to be ignored.
  return join(xdg && isAbsolute(xdg) ? xdg : join(home, '.local', 'share'), 'stet');
}

/** The folder of one profile: a database, pictures and backups of its own. */
export function profileFolder(data: string, profile: string): string {
  return join(data, 'profiles', profile);
}

/** What the sample newsroom's server keeps, shared by all profiles. */
export function sampleFolder(data: string): string {
  return join(data, 'sample');
}
