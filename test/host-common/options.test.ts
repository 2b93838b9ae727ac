import { expect, test } from 'vitest';
import {
  defaultDataFolder,
  profileFolder,
  type Machine,
} from '../../src-main/host-common/data-folder.ts';
import { hostFlags, parseHostOptions } from '../../src-main/host-common/options.ts';
import { electronOptions, sampleServerArgs } from '../../src-main/host-electron/arguments.ts';

const machine: Machine = { platform: 'linux', home: '/home/rosa', env: {} };
const parse = (...args: string[]) => parseHostOptions(args, machine);

test('the data folder follows the custom of each system', () => {
  expect(defaultDataFolder(machine)).toBe('/home/rosa/.local/share/stet');
  expect(defaultDataFolder({ ...machine, env: { XDG_DATA_HOME: '/data' } })).toBe('/data/stet');
  expect(defaultDataFolder({ ...machine, env: { XDG_DATA_HOME: 'relative' } })).toBe(
    '/home/rosa/.local/share/stet',
  );
  expect(defaultDataFolder({ ...machine, platform: 'darwin' })).toBe(
    '/home/rosa/Library/Application Support/Stet',
  );
  expect(profileFolder('/data', 'rosa')).toBe('/data/profiles/rosa');
});

test('nothing said means the default profile with a window and no sample', () => {
  expect(parse()).toEqual({
    data: '/home/rosa/.local/share/stet',
    profile: 'default',
    sample: null,
    port: 0,
    open: true,
    chromium: null,
  });
});

test('someone of the sample newsroom gets a profile of their own name', () => {
  expect(parse('--as', 'jonah')).toMatchObject({ profile: 'jonah', sample: { login: 'jonah' } });
  expect(parse('--sample', '--as', 'jonah', '--profile', 'two')).toMatchObject({ profile: 'two' });
  expect(parse('--sample')).toMatchObject({ profile: 'default', sample: 'first' });
});

test.each(['../other', 'a/b', '.hidden', '', 'x'.repeat(41), 'a\\b'])(
  'a profile named %j is refused, for it is the name of a folder',
  (name) => {
    if (name === '') expect(parse(`--profile=${name}`).profile).toBe('default');
    else expect(() => parse(`--profile=${name}`)).toThrow('A profile’s name');
  },
);

test.each(['-1', '65536', 'abc', '1.5'])('%s is no port', (port) => {
  expect(() => parse(`--port=${port}`)).toThrow('A port is a whole number');
});

test('an unknown flag is answered with a sentence', () => {
  expect(() => parse('--frobnicate')).toThrow(/--frobnicate.* Use --help/);
});

test('options survive being written as flags again', () => {
  for (const args of [
    [],
    ['--sample', '--no-open'],
    ['--as', 'rim', '--port', '8123', '--chromium', '/c'],
  ]) {
    const options = parse('--data', '/d', ...args);
    expect(parseHostOptions(hostFlags(options), machine)).toEqual(options);
    expect(electronOptions(hostFlags(options), machine)).toEqual(options);
  }
});

test('Electron finds Stet’s flags among Chromium’s and a link', () => {
  const args = [
    '--original-process-start-time=1',
    '--profile',
    'rosa',
    'stet://article/x',
    '--enable-foo',
  ];
  expect(electronOptions(args, machine).profile).toBe('rosa');
});

test('the sample server’s arguments are those after its flag', () => {
  expect(sampleServerArgs(['stet', '--sample-server', 'sample', '--data', '/d'])).toEqual([
    'sample',
    '--data',
    '/d',
  ]);
  expect(sampleServerArgs(['stet', '--data', '/d'])).toBeNull();
});
