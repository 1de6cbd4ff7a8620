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
/** More than any pen is wide, squared. */
const farAway = 1e6;

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

/** Makes `least` smaller where points of the picture lie nearer than `reach` to a piece: squares of distances, in points. */
function near(least: Float32Array, width: number, [x, y, dx, dy]: Piece, reach: number): void {
  const height = least.length / width;
  const left = Math.max(0, Math.floor(Math.min(x, x + dx) - reach));
  const right = Math.min(width - 1, Math.ceil(Math.max(x, x + dx) + reach));
  const top = Math.max(0, Math.floor(Math.min(y, y + dy) - reach));
  const bottom = Math.min(height - 1, Math.ceil(Math.max(y, y + dy) + reach));
  const length = Math.max(1e-9, dx * dx + dy * dy);
  for (let py = top; py <= bottom; py++)
    for (let px = left; px <= right; px++) {
      const ox = px + 0.5 - x;
      const oy = py + 0.5 - y;
      const along = Math.max(0, Math.min(1, (ox * dx + oy * dy) / length));
      const square = (ox - along * dx) ** 2 + (oy - along * dy) ** 2;
      const at = py * width + px;
      if (square < (least[at] ?? 0)) least[at] = square;
    }
}

/** Those that a blurred picture shows nearly alike are drawn more often. */
const alike = 'HMWNUKXO0QDG6B8S52Z17TI';

function rowText(random: Random): string {
  const all = Object.keys(letterStrokes);
  const letter = () => {
    // Fillers stand beside most letters of a zone.
    if (random.chance(0.1)) return '<';
    return random.one(random.chance(0.3) ? alike : all);
  };
  return Array.from({ length: rowLength }, letter).join('');
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
    form: random.below(15),
  };
  const long = rowLength * pitch;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const width = Math.ceil(long * cos + 3 * pitch + Math.abs(long * sin) * 0.2);
  const height = Math.ceil(Math.abs(long * sin) + 3.4 * pitch);
  const half = (rowLength - 1) / 2;
  const pen = (random.between(7.2, 15.5) / 2) * unit;
  const least = new Float32Array(width * height).fill(farAway);
  for (const [index, letter] of [...letters].entries()) {
    const forms = letterStrokes[letter] ?? [];
    const form = random.chance(0.7) ? forms[hand.form % forms.length] : random.one(forms);
    const drawn = pieces(form ?? '', hand, /\d/.test(letter), random);
    const [offX, offY, turn] = [random.normal(), random.normal(), random.normal() * 0.02];
    // From the cell, whose y goes up, to the picture, whose y goes down; the letter is a little off its place, and turned.
    const across = (u: number, v: number) => (u * cos - v * sin) * unit;
    const down = (u: number, v: number) => (u * sin + v * cos) * unit;
    const middleX = width / 2 + (index - half) * pitch * cos;
    const middleY = height / 2 + (index - half) * pitch * sin;
    for (const [x, y, dx, dy] of drawn) {
      const [u, v] = [x - 36, centre - y];
      const [ux, uy] = [u + turn * v + offX, v - turn * u - offY];
      const [du, dv] = [dx - turn * dy, -dy - turn * dx];
      near(least, width, [middleX + across(ux, uy), middleY + down(ux, uy), across(du, dv), down(du, dv)], pen + 1);
    }
  }
  const ink = least.map((square) => Math.max(0, Math.min(1, 0.5 + pen - Math.sqrt(square))));
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
