import { readFile, realpath } from 'node:fs/promises';
import { extname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Workstation } from '../core/ports.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
};

const PICTURES: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'image/avif',
]);

export interface PageFile {
  bytes: Uint8Array;
  type: string;
}

/**
 * The file that a URL path means, or null when it would lie outside `root`. Compared by `path.relative` after decoding:
 * `..%2f` survives URL parsing, and a prefix test would let `/root-evil` pass for `/root`.
 */
export function containedPath(root: string, urlPath: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return null;
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return null;
  const file = resolve(root, `.${decoded.startsWith('/') ? decoded : `/${decoded}`}`);
  return isInside(root, file) ? file : null;
}

/** What a URL path of the page names: a picture of the core (`/assets/<hash>`) or a file of the built window. */
export async function readPageFile(
  root: string,
  urlPath: string,
  workstation: Pick<Workstation, 'readAsset'>,
): Promise<PageFile | null> {
  const hash = /^\/assets\/([0-9a-f]{64})$/.exec(urlPath)?.[1];
  if (hash !== undefined) return readPicture(hash, workstation);
  const file = containedPath(root, urlPath === '/' ? '/index.html' : urlPath);
  const type = file === null ? undefined : TYPES[extname(file)];
  if (file === null || type === undefined) return null;
  try {
    // A link planted in the folder must not lead out of it either.
    const [realRoot, real] = await Promise.all([realpath(root), realpath(file)]);
    return isInside(realRoot, real) ? { bytes: await readFile(real), type } : null;
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  }
}

/** Where the built page lies, given the project's (or the packaged app's) root. */
export function pageFolder(root: string): string {
  return join(root, 'out', 'renderer');
}

async function readPicture(
  hash: string,
  workstation: Pick<Workstation, 'readAsset'>,
): Promise<PageFile | null> {
  const asset = await workstation.readAsset(hash);
  if (!asset || !PICTURES.has(asset.mime)) return null;
  return { bytes: asset.bytes, type: asset.mime };
}

function isInside(root: string, file: string): boolean {
  const path = relative(root, file);
  return path !== '' && path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

function isAbsence(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR';
}
