import type { GreyImage } from '../../renderer/mrz-camera/grey-image.ts';
import { letterStrokes } from './letter-strokes.ts';
import type { Random } from './random.ts';
import { spoil } from './spoil.ts';

/** A short row of print, spoiled as a camera spoils it. */
export interface Print {
  readonly image: GreyImage;
  readonly letters: string;
  readonly pitch: number;
  /** Radians that the row runs down to the right. */
  readonly angle: number;
  /** The middle of a letter of the row, in points of the picture. */
  readonly middle: (index: number) => { readonly x: number; readonly y: number };
}

/** The cell that the strokes are drawn in. */
const cell = 72;
const centre = 36.5;
const rowLength = 10;

/** One straight piece of a stroke: from, and the way it goes. */
type Piece = readonly [x: number, y: number, dx: number, dy: number];

/** How one printer draws letters: drawn once for a row. */
interface Hand {
  readonly wide: number;
  readonly high: number;
  readonly digitsHigh: number;
  readonly slant: number;
  readonly shake: number;
  readonly form: number;
}

function pieces(path: string, hand: Hand, isDigit: boolean, random: Random): readonly Piece[] {
  const found: Piece[] = [];
  let [x, y] = [0, 0];
  let moved = false;
  const at = (px: number, py: number): readonly [number, number] => {
    const high = hand.high * (isDigit ? hand.digitsHigh : 1);
    const sy = centre + (py + random.normal() * hand.shake - centre) * high;
    return [36 + (px + random.normal() * hand.shake - 36) * hand.wide + (sy - centre) * hand.slant, sy];
  };
  const line = (tx: number, ty: number) => {
    found.push([x, y, tx - x, ty - y]);
    [x, y] = [tx, ty];
  };
  for (const [, command, numbers] of path.matchAll(/([MLQC])([^MLQC]*)/g)) {
    const values = (numbers ?? '').trim().split(/\s+/).map(Number);
    const points = Array.from({ length: values.length / 2 }, (_, index) =>
      at(values[2 * index] ?? 0, values[2 * index + 1] ?? 0),
    );
    const end = points.at(-1) ?? [0, 0];
    const [fromX, fromY] = [x, y];
    if (command === 'M' || !moved) [x, y] = end;
    else if (command === 'L') line(...end);
    else
      for (let step = 1; step <= 7; step++) {
        const t = step / 7;
        const all = [[fromX, fromY] as const, ...points];
        const [bx, by] = bezier(all, t);
        line(bx, by);
      }
    moved = true;
  }
  return found;
}

function bezier(points: readonly (readonly [number, number])[], t: number): readonly [number, number] {
  let left = points;
  while (left.length > 1)
    left = left.slice(1).map(([x, y], index) => {
      const [px, py] = left[index] ?? [0, 0];
      return [px + (x - px) * t, py + (y - py) * t] as const;
    });
  return left[0] ?? [0, 0];
}

function distance(all: readonly Piece[], x: number, y: number): number {
  let least = 1e9;
  for (const [px, py, dx, dy] of all) {
    const length = dx * dx + dy * dy;
    const along = length < 1e-9 ? 0 : Math.max(0, Math.min(1, ((x - px) * dx + (y - py) * dy) / length));
    const ox = x - px - along * dx;
    const oy = y - py - along * dy;
    const square = ox * ox + oy * oy;
    if (square < least) least = square;
  }
  return Math.sqrt(least);
}

function rowText(random: Random): string {
  const all = Object.keys(letterStrokes);
  // Fillers stand beside most letters of a zone.
  return Array.from({ length: rowLength }, () => (random.chance(0.12) ? '<' : random.one(all))).join('');
}

/** Draws a row of letters at a pitch that a camera gives, out of level by up to 17 degrees, and spoils it. */
export function drawPrint(random: Random): Print {
  const letters = rowText(random);
  const pitch = random.between(10.5, 22);
  const angle = random.chance(0.4) ? random.normal() * 0.02 : random.between(-0.3, 0.3);
  const unit = pitch / cell;
  const hand: Hand = {
    wide: random.between(0.86, 1.12),
    high: random.between(0.92, 1.07),
    digitsHigh: random.between(0.955, 1.03),
    slant: random.normal() * 0.035,
    shake: random.between(0.2, 1.5),
    form: random.below(3),
  };
  const cells = [...letters].map((letter) => {
    const forms = letterStrokes[letter] ?? [];
    const form = random.chance(0.7) ? forms[hand.form % forms.length] : random.one(forms);
    const drawn = pieces(form ?? '', hand, /\d/.test(letter), random);
    return { drawn, dx: random.normal() * 1, dy: random.normal() * 1, turn: random.normal() * 0.02 };
  });
  const long = rowLength * pitch;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const width = Math.ceil(long * cos + 3 * pitch + Math.abs(long * sin) * 0.2);
  const height = Math.ceil(Math.abs(long * sin) + 3.4 * pitch);
  const half = (rowLength - 1) / 2;
  const pen = random.between(7.2, 15.5) / 2;
  const ink = new Float32Array(width * height);
  for (let py = 0; py < height; py++) {
    for (let px = 0; px < width; px++) {
      const ox = px + 0.5 - width / 2;
      const oy = py + 0.5 - height / 2;
      const along = (ox * cos + oy * sin) / pitch + half;
      const up = -(oy * cos - ox * sin) / unit;
      if (Math.abs(up) > 48) continue;
      const index = Math.round(along);
      const here = cells[index];
      if (here === undefined) continue;
      const ux = (along - index) * cell - here.dx;
      const uy = up - here.dy;
      const off = distance(here.drawn, 36 + ux + here.turn * uy, centre + uy - here.turn * ux);
      ink[py * width + px] = Math.max(0, Math.min(1, 0.5 + (pen - off) * unit));
    }
  }
  const luma = spoil(ink, width, height, random, pitch);
  return {
    image: { width, height, luma },
    letters,
    pitch,
    angle,
    middle: (index) => ({
      x: width / 2 + (index - half) * pitch * cos,
      y: height / 2 + (index - half) * pitch * sin,
    }),
  };
}
