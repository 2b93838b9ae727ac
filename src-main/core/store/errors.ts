import { StetError } from '#shared/contract';

const DISK_FULL =
  'The disk is full, so the last edit could not be saved. What was saved before is safe. Free some space: Stet keeps trying.';
const DAMAGED =
  'The database on this computer cannot be read properly. Nothing is deleted: restart Stet, and it sets the file aside and rebuilds from the newest backup and the publishing server.';
const DISK_ERROR =
  'The disk reported an error, so the last edit could not be saved. What was saved before is safe. Check the disk; Stet keeps trying.';
const READ_ONLY =
  'Stet may not write to its folder, so the last edit could not be saved. What was saved before is safe. Make the folder writable, and try again.';

/** What an error of SQLite or of the file system means to the person; null for any other error. */
export function describeStoreError(error: unknown): StetError | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string')
    return null;
  if (error instanceof StetError) return error;
  const { code } = error;
  const as = (kind: 'disk-full' | 'damaged' | 'read-only', sentence: string): StetError =>
    new StetError(kind, sentence, { cause: error });
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT')
    return as('disk-full', DISK_FULL);
  if (isDamage(error)) return as('damaged', DAMAGED);
  if (code.startsWith('SQLITE_IOERR') || code === 'EIO') return as('damaged', DISK_ERROR);
  if (
    code.startsWith('SQLITE_READONLY') ||
    code === 'SQLITE_CANTOPEN' ||
    ['EROFS', 'EACCES', 'EPERM'].includes(code)
  )
    return as('read-only', READ_ONLY);
  return null;
}

/** Why a profile cannot be opened at all, as a sentence; null for any other error. */
export function describeOpeningError(error: unknown, dir: string): StetError | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string')
    return null;
  if (error instanceof StetError) return error;
  const kind = describeStoreError(error)?.code;
  if (kind === 'disk-full')
    return new StetError(
      kind,
      `The disk is full, so Stet cannot open its folder ${dir}. Everything in it is safe. Free some space and start Stet again.`,
      { cause: error },
    );
  if (kind === 'read-only' || ['ENOTDIR', 'EEXIST', 'EISDIR', 'EPERM'].includes(error.code))
    return new StetError(
      'read-only',
      `Stet may not write to its folder ${dir}, so it cannot open. Nothing in it was changed. Make the folder and what is in it writable, or choose another with --data.`,
      { cause: error },
    );
  if (error.code.startsWith('SQLITE_IOERR') || error.code === 'EIO')
    return new StetError(
      'damaged',
      `The disk reported an error in ${dir}, so Stet cannot open. Nothing was changed. Check the disk, and start Stet again.`,
      { cause: error },
    );
  return null;
}

/** Whether SQLite says that the file itself is no sound database. */
export function isDamage(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string')
    return false;
  return error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB';
}
