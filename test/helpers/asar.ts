import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface Entry {
  files?: Record<string, Entry>;
  size?: number;
  offset?: string;
  unpacked?: boolean;
}

interface Archive {
  files: string[];
  read(file: string): Buffer;
}

/** Reads Electron's archive format: a header of JSON behind 16 bytes of lengths, then the files one after another. */
export function readAsar(path: string): Archive {
  const bytes = readFileSync(path);
  const headerBytes = bytes.readUInt32LE(4);
  const json = bytes.subarray(16, 16 + bytes.readUInt32LE(12)).toString();
  const entries = new Map(walk(JSON.parse(json) as Entry, ''));
  return {
    files: [...entries.keys()],
    read(file) {
      const { size = 0, offset = '0', unpacked } = entries.get(file)!;
      if (unpacked) return readFileSync(join(`${path}.unpacked`, file));
      const from = 8 + headerBytes + Number(offset);
      return bytes.subarray(from, from + size);
    },
  };
}

export function extractAsar(path: string, folder: string): void {
  const { files, read } = readAsar(path);
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), read(file));
  }
}

function walk(entry: Entry, path: string): [string, Entry][] {
  return Object.entries(entry.files ?? {}).flatMap(([name, child]) =>
    child.files ? walk(child, `${path}${name}/`) : [[`${path}${name}`, child] as [string, Entry]],
  );
}
