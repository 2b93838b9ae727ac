import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Keeps the secrets of channels unreadable in the database, and so in every backup of it. */
export interface SecretBox {
  seal: (secret: string) => string;
  /** Null when this server cannot open it: the key is another one, or gone. */
  open: (sealed: string) => string | null;
}

export const KEY_FILE = 'channels.key';
const NONCE = 12;
const TAG = 16;

function readKey(file: string): Buffer | null {
  try {
    const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
    return key.length === 32 ? key : null;
  } catch {
    return null;
  }
}

function makeKey(file: string): Buffer {
  try {
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    // Another process was first: its key is the one.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const key = readKey(file);
  if (!key) throw new Error(`${file} holds no key. Put the right one back, or remove the file.`);
  return key;
}

/** AES-256-GCM with a key in the data folder, which is made when the first secret is sealed. */
export function openSecretBox(dataDir: string): SecretBox {
  const file = join(dataDir, KEY_FILE);
  return {
    seal: (secret) => {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', readKey(file) ?? makeKey(file), nonce);
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
    },
    open: (text) => {
      const key = readKey(file);
      const bytes = Buffer.from(text, 'base64url');
      if (!key || bytes.length < NONCE + TAG) return null;
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE));
        decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
        const opened = decipher.update(bytes.subarray(NONCE + TAG));
        return Buffer.concat([opened, decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
  };
}
