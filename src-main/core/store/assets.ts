import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ImageType, type Clock, type Hash } from '#shared/article';
import type { Db } from './db.ts';
import type { Asset, AssetStore } from './types.ts';
import { writeWhole } from './whole-file.ts';

interface Row extends Omit<Asset, 'uploaded' | 'mime'> {
  mime: string;
  uploaded: number;
}

const COLUMNS = 'hash, mime, bytes, width, height, uploaded';

/** Pictures as files named by the SHA-256 of their bytes, and a table of what they are. */
export function createAssets(db: Db, { dir, clock }: { dir: string; clock: Clock }): AssetStore {
  const toAsset = (row: Row): Asset => ({
    ...row,
    mime: ImageType.parse(row.mime),
    uploaded: row.uploaded === 1,
  });
  const get = (hash: Hash): Asset | null => {
    const row = db.get<Row>(`SELECT ${COLUMNS} FROM asset WHERE hash = ?`, hash);
    return row ? toAsset(row) : null;
  };
  return {
    get,
    add(bytes, { mime, width, height, uploaded = false }) {
      const hash = createHash('sha256').update(bytes).digest('hex');
      const known = get(hash);
      if (known && (known.uploaded || !uploaded)) return known;
      writeWhole(dir, hash, bytes);
      db.write(() => {
        db.run(
          'INSERT OR REPLACE INTO asset (hash, mime, bytes, width, height, uploaded, added_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
          hash,
          mime,
          bytes.length,
          width,
          height,
          uploaded ? 1 : 0,
          clock(),
        );
        db.run('DELETE FROM asset_wanted WHERE hash = ?', hash);
      });
      return { hash, mime, bytes: bytes.length, width, height, uploaded };
    },
    async read(hash) {
      const asset = get(hash);
      if (!asset) return null;
      const bytes = await readFile(join(dir, hash)).catch(() => null);
      return bytes ? { bytes, mime: asset.mime } : null;
    },
    pendingUploads: () =>
      db.all<Row>(`SELECT ${COLUMNS} FROM asset WHERE uploaded = 0 ORDER BY added_at`).map(toAsset),
    markUploaded: (hash) => void db.run('UPDATE asset SET uploaded = 1 WHERE hash = ?', hash),
    offerAgain: (hash) => void db.run('UPDATE asset SET uploaded = 0 WHERE hash = ?', hash),
    offerNewestAgain: (limit) =>
      void db.run(
        'UPDATE asset SET uploaded = 0 WHERE hash IN (SELECT hash FROM asset ORDER BY added_at DESC LIMIT ?)',
        limit,
      ),
    missing: (limit) =>
      db
        .all<{ hash: string }>(
          'SELECT hash FROM asset_wanted ORDER BY asked_at DESC LIMIT ?',
          limit,
        )
        .map(({ hash }) => hash),
    counts() {
      const counted = db.get<{ toSend: number; toCome: number }>(
        'SELECT (SELECT count(*) FROM asset WHERE uploaded = 0) AS toSend, (SELECT count(*) FROM asset_wanted) AS toCome',
      );
      return counted ?? { toSend: 0, toCome: 0 };
    },
  };
}
