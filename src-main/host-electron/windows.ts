import { readFileSync, writeFileSync } from 'node:fs';
import type { BrowserWindowConstructorOptions, Rectangle, WebPreferences } from 'electron';
import { z } from 'zod';
import type { Ports } from '../core/ports.ts';

/** What a window's page may be. Everything that would let it out of its sandbox is off. */
export const WEB_PREFERENCES = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  nodeIntegrationInWorker: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
} as const satisfies WebPreferences;

const Remembered = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(1),
  height: z.number().int().min(1),
  maximized: z.boolean(),
});
export type Remembered = z.infer<typeof Remembered>;

export interface Placement {
  bounds: Partial<Rectangle> & { width: number; height: number };
  maximized: boolean;
}

const USUAL = { width: 1440, height: 920 };
export const SMALLEST = { width: 720, height: 480 };
/** So much of a title bar must be reachable for a window to count as on a display. */
const GRIP = { width: 160, height: 32 };

/** Where to open the window: where it was, unless the display it stood on is gone or has shrunk. */
export function placeWindow(saved: Remembered | null, workAreas: readonly Rectangle[]): Placement {
  if (!saved) return { bounds: USUAL, maximized: false };
  const { x, y, maximized } = saved;
  const size = {
    width: Math.max(saved.width, SMALLEST.width),
    height: Math.max(saved.height, SMALLEST.height),
  };
  const area = workAreas.find((candidate) => holdsGrip(candidate, { x, y, ...size }));
  if (!area) return { bounds: USUAL, maximized };
  const width = Math.min(size.width, area.width);
  const height = Math.min(size.height, area.height);
  return { bounds: { x, y, width, height }, maximized };
}

export function windowOptions(
  { bounds }: Placement,
  preload: string,
): BrowserWindowConstructorOptions {
  return {
    ...bounds,
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    title: 'Stet',
    show: false,
    webPreferences: { ...WEB_PREFERENCES, preload },
  };
}

export function readRemembered(file: string): Remembered | null {
  try {
    return Remembered.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

/** Notes where a window stands. On a full disk it is not noted: that must not keep a window from closing. */
export function remember(
  file: string,
  window: { getNormalBounds(): Rectangle; isMaximized(): boolean },
  log: Ports['log'],
): void {
  const bounds = { ...window.getNormalBounds(), maximized: window.isMaximized() };
  try {
    writeFileSync(file, JSON.stringify(bounds));
  } catch (error) {
    log('warn', 'Where the window stood could not be noted.', error);
  }
}

function holdsGrip(area: Rectangle, window: Rectangle): boolean {
  const across =
    Math.min(area.x + area.width, window.x + window.width) - Math.max(area.x, window.x);
  const isTopInside = window.y >= area.y && window.y + GRIP.height <= area.y + area.height;
  return across >= GRIP.width && isTopInside;
}
