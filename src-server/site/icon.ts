import { drawPng } from '../png.ts';

const SIZE = 64;
const PAPER = [255, 254, 251] as const;
const INK = [29, 28, 26] as const;
const PENCIL = [36, 87, 197] as const;

/** The site’s icon: lines of type on paper, and under them the dotted blue line of “stet”. */
export function drawIcon(): Buffer {
  return drawPng(SIZE, SIZE, (x, y) => {
    const inside = x >= 10 && x < 54;
    if (inside && y >= 44 && y < 50) return Math.floor((x - 10) / 6) % 2 === 0 ? PENCIL : PAPER;
    const line = [14, 24, 34].findIndex((top) => y >= top && y < top + 5);
    return line >= 0 && inside && x < 54 - line * 4 ? INK : PAPER;
  });
}
