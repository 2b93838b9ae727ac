import { FuseV1Options } from '@electron/fuses';
import { expect, test } from 'vitest';
import { FUSES } from '../../src-main/host-electron/fuses.ts';

test('the packaged Electron runs nothing but Stet’s own archive', () => {
  expect(FUSES).toMatchObject({
    RunAsNode: false,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableNodeCliInspectArguments: false,
    GrantFileProtocolExtraPrivileges: false,
    EnableEmbeddedAsarIntegrityValidation: true,
    OnlyLoadAppFromAsar: true,
    EnableCookieEncryption: true,
  });
});

test('every fuse is one that @electron/fuses knows', () => {
  for (const name of Object.keys(FUSES)) expect(FuseV1Options).toHaveProperty(name);
});
