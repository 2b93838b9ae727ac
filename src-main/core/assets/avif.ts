import { ascii, viewOf, type Format } from './picture.ts';

/** An ISO base media box: its type and where its content lies. */
interface Box {
  type: string;
  from: number;
  to: number;
}

function boxesIn(bytes: Uint8Array, from: number, to: number): Box[] {
  const view = viewOf(bytes);
  const boxes: Box[] = [];
  for (let at = from; at + 8 <= to;) {
    let head = 8;
    let size = view.getUint32(at);
    if (size === 1 && at + 16 <= to) {
      size = Number(view.getBigUint64(at + 8));
      head = 16;
    } else if (size === 0) size = to - at;
    if (size < head || at + size > to) break;
    boxes.push({ type: ascii(bytes, at + 4, 4), from: at + head, to: at + size });
    at += size;
  }
  return boxes;
}

function find(bytes: Uint8Array, path: readonly string[]): Box[] {
  let boxes: Box[] = [{ type: '', from: 0, to: bytes.length }];
  path.forEach((type, index) => {
    // `meta` is a full box: four bytes of version and flags before its children.
    const skip = path[index - 1] === 'meta' ? 4 : 0;
    boxes = boxes
      .flatMap((box) => boxesIn(bytes, box.from + skip, box.to))
      .filter((box) => box.type === type);
  });
  return boxes;
}

/** Ids of the items that only tell about the picture: EXIF and XMP. */
function tellingItems(bytes: Uint8Array): Set<number> {
  const [list] = find(bytes, ['meta', 'iinf']);
  const telling = new Set<number>();
  if (!list) return telling;
  const view = viewOf(bytes);
  const start = list.from + (view.getUint8(list.from) === 0 ? 6 : 8);
  for (const entry of boxesIn(bytes, start, list.to)) {
    const version = view.getUint8(entry.from);
    if (entry.type !== 'infe' || version < 2) continue;
    const wide = version === 3;
    const id = wide ? view.getUint32(entry.from + 4) : view.getUint16(entry.from + 4);
    const type = ascii(bytes, entry.from + (wide ? 10 : 8), 4);
    if (type === 'Exif' || type === 'mime') telling.add(id);
  }
  return telling;
}

interface Extent {
  item: number;
  offset: number;
  length: number;
}

/** Where the items lie in the file, for those that lie in the file itself. */
function extentsOf(bytes: Uint8Array): Extent[] {
  const [box] = find(bytes, ['meta', 'iloc']);
  if (!box) return [];
  const view = viewOf(bytes);
  let at = box.from;
  const number = (size: number): number => {
    const value =
      size === 0
        ? 0
        : size === 2
          ? view.getUint16(at)
          : size === 4
            ? view.getUint32(at)
            : Number(view.getBigUint64(at));
    at += size;
    return value;
  };
  const version = view.getUint8(at);
  const [sizes, more] = [view.getUint8(at + 4), view.getUint8(at + 5)];
  at += 6;
  const extents: Extent[] = [];
  const items = number(version < 2 ? 2 : 4);
  for (let count = 0; count < items && at < box.to; count += 1) {
    const item = number(version < 2 ? 2 : 4);
    const method = version === 0 ? 0 : number(2) & 0xf;
    number(2);
    const base = number(more >> 4);
    const parts = number(2);
    for (let part = 0; part < parts && at < box.to; part += 1) {
      if (version > 0) number(more & 0xf);
      const offset = base + number(sizes >> 4);
      const length = number(sizes & 0xf);
      if (method === 0) extents.push({ item, offset, length });
    }
  }
  return extents;
}

export const avif: Format = {
  mime: 'image/avif',
  is: (bytes) =>
    ascii(bytes, 4, 4) === 'ftyp' &&
    /avi[fs]/.test(ascii(bytes, 8, Math.min(64, viewOf(bytes).getUint32(0) - 8))),
  measure(bytes) {
    const view = viewOf(bytes);
    // A grid or a thumbnail has sizes of its own; the picture is the largest.
    const sizes = find(bytes, ['meta', 'iprp', 'ipco', 'ispe'])
      .filter(({ from, to }) => to - from >= 12)
      .map(({ from }) => ({ width: view.getUint32(from + 4), height: view.getUint32(from + 8) }));
    const largest = sizes.sort((a, b) => b.width * b.height - a.width * a.height)[0];
    const [rotation] = find(bytes, ['meta', 'iprp', 'ipco', 'irot']);
    const onItsSide = rotation !== undefined && (view.getUint8(rotation.from) & 1) === 1;
    if (!largest) return null;
    return onItsSide ? { width: largest.height, height: largest.width } : largest;
  },
  strip(bytes) {
    const telling = tellingItems(bytes);
    const blank = extentsOf(bytes).filter(({ item }) => telling.has(item));
    if (blank.length === 0) return bytes;
    // Other items are found by their place in the file, so the bytes are blanked rather than taken out.
    const stripped = Uint8Array.from(bytes);
    for (const { offset, length } of blank) stripped.fill(0, offset, offset + length);
    return stripped;
  },
};
