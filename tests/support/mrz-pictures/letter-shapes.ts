import outlines from './ocr-b.json' with { type: 'json' };

/*
 * The letters of the pictures: outlines of the face OCR-B in Debian's package fonts-ocr-b (Norbert Schwarz and Matthew Skala; "may
 * freely use, modify and/or distribute", and the public domain), in two cuts, round and sharp. The classifier was trained on others,
 * that we drew (`tools/mrz-camera`); it has seen none of these.
 */

export type Cut = keyof typeof outlines;
export const cuts = Object.keys(outlines) as readonly Cut[];

/** Of the face, in its units: the way to the next letter, and the middle of a capital. */
const advance = 723;
const middleX = 361;
const middleY = 355;
/** Of a shape: so many units of the face from point to point, and how far it reaches beyond the middle. */
const grain = 15;
const reachX = 25;
const reachY = 41;
const across = 2 * reachX + 1;
const down = 2 * reachY + 1;

/** How far each point lies outside the letter's edge, negative inside, in parts of the pitch. */
export type Shape = Float32Array;

type Segment = readonly [x1: number, y1: number, x2: number, y2: number];

function segmentsOf(outline: string): readonly Segment[] {
  const segments: Segment[] = [];
  let [x, y, startX, startY] = [0, 0, 0, 0];
  const line = (tx: number, ty: number) => {
    segments.push([x, y, tx, ty]);
    [x, y] = [tx, ty];
  };
  for (const [, command, numbers] of outline.matchAll(/([MLCZ])([^MLCZ]*)/g)) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = (numbers ?? '').trim().split(' ').map(Number);
    if (command === 'M') [x, y, startX, startY] = [a, b, a, b];
    else if (command === 'L') line(a, b);
    else if (command === 'Z') line(startX, startY);
    else {
      const [fromX, fromY] = [x, y];
      for (let step = 1; step <= 6; step++) {
        const t = step / 6;
        const s = 1 - t;
        const weights = [s ** 3, 3 * s * s * t, 3 * s * t * t, t ** 3] as const;
        line(
          weights[0] * fromX + weights[1] * a + weights[2] * c + weights[3] * e,
          weights[0] * fromY + weights[1] * b + weights[2] * d + weights[3] * f,
        );
      }
    }
  }
  return segments;
}

function shapeOf(outline: string): Shape {
  const segments = segmentsOf(outline);
  const shape = new Float32Array(across * down);
  for (let row = 0; row < down; row++)
    for (let column = 0; column < across; column++) {
      const x = middleX + (column - reachX) * grain;
      const y = middleY - (row - reachY) * grain;
      let winding = 0;
      let least = Number.POSITIVE_INFINITY;
      for (const [x1, y1, x2, y2] of segments) {
        if (y1 <= y !== y2 <= y && x1 + ((y - y1) / (y2 - y1)) * (x2 - x1) > x) winding += y2 > y1 ? 1 : -1;
        const [dx, dy] = [x2 - x1, y2 - y1];
        const length = dx * dx + dy * dy;
        const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / length));
        least = Math.min(least, (x - x1 - along * dx) ** 2 + (y - y1 - along * dy) ** 2);
      }
      shape[row * across + column] = ((winding === 0 ? 1 : -1) * Math.sqrt(least)) / advance;
    }
  return shape;
}

const made = new Map<string, Shape>();

/** The shape of a letter in a cut. */
export function letterShape(cut: Cut, letter: string): Shape {
  const known = made.get(cut + letter);
  if (known !== undefined) return known;
  const outline = new Map(Object.entries(outlines[cut])).get(letter);
  if (outline === undefined) throw new RangeError(`no outline for ${letter}`);
  const shape = shapeOf(outline);
  made.set(cut + letter, shape);
  return shape;
}

/** How far a place lies outside the letter's edge; `u` to the right and `v` down from the letter's middle, all in parts of the pitch. */
export function outside(shape: Shape, u: number, v: number): number {
  const x = (u * advance) / grain + reachX;
  const y = (v * advance) / grain + reachY;
  if (x < 0 || y < 0 || x >= across - 1 || y >= down - 1) return 1;
  const left = Math.floor(x);
  const top = Math.floor(y);
  const [fx, fy] = [x - left, y - top];
  const at = top * across + left;
  const above = (shape[at] ?? 1) * (1 - fx) + (shape[at + 1] ?? 1) * fx;
  const below = (shape[at + across] ?? 1) * (1 - fx) + (shape[at + across + 1] ?? 1) * fx;
  return above * (1 - fy) + below * fy;
}
