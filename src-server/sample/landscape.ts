import { drawPng, type Colour } from '../png.ts';

const WIDTH = 960;
const HEIGHT = 540;

interface Scene {
  sky: readonly [Colour, Colour];
  /** Hills from the back to the front. */
  hills: readonly Colour[];
  water?: Colour;
  sun?: Colour;
}

/** The pictures of the sample newsroom: drawn, not photographed, and no file to carry about. */
export const SCENES = {
  river: {
    sky: [
      [196, 208, 218],
      [236, 228, 214],
    ],
    hills: [
      [150, 160, 165],
      [112, 126, 122],
      [74, 90, 82],
    ],
    water: [132, 150, 164],
  },
  harbour: {
    sky: [
      [222, 196, 168],
      [244, 226, 196],
    ],
    hills: [
      [120, 128, 146],
      [84, 92, 112],
    ],
    water: [98, 118, 142],
    sun: [250, 214, 150],
  },
  dusk: {
    sky: [
      [68, 70, 110],
      [226, 150, 116],
    ],
    hills: [
      [70, 62, 92],
      [48, 44, 70],
      [30, 28, 46],
    ],
    sun: [248, 190, 120],
  },
  orchard: {
    sky: [
      [170, 204, 230],
      [232, 240, 236],
    ],
    hills: [
      [150, 182, 130],
      [112, 154, 92],
      [76, 118, 66],
    ],
  },
  snow: {
    sky: [
      [150, 170, 196],
      [222, 230, 238],
    ],
    hills: [
      [206, 214, 224],
      [226, 232, 238],
      [244, 246, 248],
    ],
  },
  field: {
    sky: [
      [140, 186, 222],
      [240, 234, 208],
    ],
    hills: [
      [176, 170, 120],
      [214, 186, 98],
      [190, 152, 66],
    ],
    sun: [255, 244, 206],
  },
} as const satisfies Record<string, Scene>;
export type SceneName = keyof typeof SCENES;

function mix(a: Colour, b: Colour, share: number): Colour {
  const at = (index: 0 | 1 | 2): number => Math.round(a[index] + (b[index] - a[index]) * share);
  return [at(0), at(1), at(2)];
}

/** Height of a hill's ridge at a column, from the top. Sums of sines: the same every time. */
function ridge(layer: number, x: number, layers: number): number {
  const base = HEIGHT * (0.42 + (0.38 * layer) / layers);
  const wave =
    Math.sin(x / (210 - layer * 30) + layer * 2.1) + 0.45 * Math.sin(x / 67 + layer * 5.3);
  return base + wave * (34 - layer * 5);
}

/** Gives the colour of each point. Ridges and sky are worked out once: a picture has half a million points. */
function painter({ sky, hills, water, sun }: Scene): (x: number, y: number) => Colour {
  const layers = hills
    .map((colour, layer) => ({
      colour,
      ridge: Float64Array.from({ length: WIDTH }, (_, x) => ridge(layer, x, hills.length)),
    }))
    .reverse();
  const skyAt = Array.from({ length: HEIGHT }, (_, y) => mix(sky[0], sky[1], y / (HEIGHT * 0.8)));
  return (x, y) => {
    if (water && y > HEIGHT * 0.8)
      return mix(water, sky[1], 0.18 * (1 + Math.sin(y / 5 + Math.sin(x / 90))));
    for (const { colour, ridge } of layers) if (y > (ridge[x] ?? HEIGHT)) return colour;
    if (sun && Math.hypot(x - WIDTH * 0.68, y - HEIGHT * 0.34) < 44) return sun;
    return skyAt[y] ?? sky[1];
  };
}

/** Draws a scene as a PNG. */
export function drawLandscape(name: SceneName): { bytes: Buffer; width: number; height: number } {
  return { bytes: drawPng(WIDTH, HEIGHT, painter(SCENES[name])), width: WIDTH, height: HEIGHT };
}
