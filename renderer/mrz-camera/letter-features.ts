import { patchHeight, patchWidth } from './letter-patch.ts';

/*
 * What is looked at of a letter: in which directions its edges run, counted in 4 by 6 cells that overlap, and its shades, halved both
 * ways. Both are made alike for faint and strong print.
 */

const directions = 8;
const cellsAcross = 4;
const cellsDown = 6;
const edges = directions * cellsAcross * cellsDown;
const shadesAcross = patchWidth / 2;
const shades = shadesAcross * (patchHeight / 2);

export const featureCount = edges + shades;

/** For each row or column of the cut the cell before it (counted with a border of one) and how much of it belongs to the next. */
function sharesOf(points: number): { readonly cells: Uint8Array; readonly parts: Float32Array } {
  const along = Float32Array.from({ length: points }, (_, at) => (at + 0.5) / 4 + 0.5);
  return { cells: Uint8Array.from(along, Math.floor), parts: along.map((each) => each - Math.floor(each)) };
}

const across = sharesOf(patchWidth);
const down = sharesOf(patchHeight);
const borderedAcross = cellsAcross + 2;
// What lies in the border is counted and left out: fewer questions for each point.
const bordered = new Float32Array(directions * borderedAcross * (cellsDown + 2));
const rowOfCells = directions * borderedAcross;

/** Of a cut letter (16 × 24) its features, into `features`. */
export function featuresOf(patch: Float32Array, features: Float32Array): void {
  countEdges(patch);
  addEdges(features);
  addShades(patch, features);
}

function countEdges(patch: Float32Array): void {
  bordered.fill(0);
  for (let y = 0; y < patchHeight; y++) {
    const at = y * patchWidth;
    const above = Math.max(0, y - 1) * patchWidth;
    const below = Math.min(patchHeight - 1, y + 1) * patchWidth;
    const inRow = down.parts[y] ?? 0;
    const cellsOfRow = (down.cells[y] ?? 0) * rowOfCells;
    for (let x = 0; x < patchWidth; x++) {
      const gx = (patch[at + Math.min(patchWidth - 1, x + 1)] ?? 0) - (patch[at + Math.max(0, x - 1)] ?? 0);
      const gy = (patch[below + x] ?? 0) - (patch[above + x] ?? 0);
      const strength = Math.sqrt(gx * gx + gy * gy);
      if (strength < 1e-3) continue;
      const turn = turnOf(gx, gy);
      const low = Math.floor(turn);
      const part = turn - low;
      const one = low % directions;
      const other = (low + 1) % directions;
      const inColumn = across.parts[x] ?? 0;
      const cell = cellsOfRow + (across.cells[x] ?? 0) * directions;
      const upper = strength * (1 - inRow);
      const lower = strength * inRow;
      add(cell, upper * (1 - inColumn), one, other, part);
      add(cell + directions, upper * inColumn, one, other, part);
      add(cell + rowOfCells, lower * (1 - inColumn), one, other, part);
      add(cell + rowOfCells + directions, lower * inColumn, one, other, part);
    }
  }
}

function add(cell: number, share: number, one: number, other: number, part: number): void {
  bordered[cell + one] = (bordered[cell + one] ?? 0) + share * (1 - part);
  bordered[cell + other] = (bordered[cell + other] ?? 0) + share * part;
}

// Once around in eight parts, by the way around a square on its tip: no angle is needed, and an arc tangent costs more than all else.
function turnOf(gx: number, gy: number): number {
  const part = (2 * gy) / (Math.abs(gx) + Math.abs(gy));
  if (gx >= 0) return 4 + part;
  return gy > 0 ? 8 - part : -part;
}

function addEdges(features: Float32Array): void {
  let sum = 0;
  for (let row = 0; row < cellsDown; row++)
    for (let at = 0; at < directions * cellsAcross; at++) {
      const count = bordered[(row + 1) * rowOfCells + directions + at] ?? 0;
      features[row * directions * cellsAcross + at] = count;
      sum += count * count;
    }
  // A root of the strength keeps one strong edge from outshouting the others.
  const scale = 1 / Math.sqrt(Math.sqrt(sum) + 1e-6);
  for (let at = 0; at < edges; at++) features[at] = Math.sqrt(features[at] ?? 0) * scale * 2 - 0.3;
}

function addShades(patch: Float32Array, features: Float32Array): void {
  let sum = 0;
  let squares = 0;
  for (const value of patch) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / patch.length;
  const spread = Math.sqrt(Math.max(4, squares / patch.length - mean * mean));
  for (let at = 0; at < shades; at++) {
    const corner = Math.floor(at / shadesAcross) * 2 * patchWidth + (at % shadesAcross) * 2;
    const four =
      (patch[corner] ?? 0) +
      (patch[corner + 1] ?? 0) +
      (patch[corner + patchWidth] ?? 0) +
      (patch[corner + patchWidth + 1] ?? 0);
    features[edges + at] = (mean - four / 4) / spread / 2;
  }
}
