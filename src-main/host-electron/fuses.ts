/**
 * The switches burnt into the packaged Electron, by their names in @electron/fuses. Off: ways to make the signed
 * program run other code than Stet's. On: cookies encrypted, and nothing loaded but the archive whose hash it knows.
 */
export const FUSES = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  GrantFileProtocolExtraPrivileges: false,
} as const satisfies Readonly<Record<string, boolean>>;
