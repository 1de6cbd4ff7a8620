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
const sector = (2 * Math.PI) / directions;

export const featureCount = edges + shades;

/** Of a cut letter (16 × 24) its features, into `features`. */
export function featuresOf(patch: Float32Array, features: Float32Array): void {
  features.fill(0);
  countEdges(patch, features);
  addShades(patch, features);
}

function countEdges(patch: Float32Array, features: Float32Array): void {
  for (let y = 0; y < patchHeight; y++) {
    const above = Math.max(0, y - 1) * patchWidth;
    const below = Math.min(patchHeight - 1, y + 1) * patchWidth;
    const down = (y + 0.5) / 4 - 0.5;
    const row = Math.floor(down);
    const inRow = down - row;
    for (let x = 0; x < patchWidth; x++) {
      const at = y * patchWidth;
      const gx = (patch[at + Math.min(patchWidth - 1, x + 1)] ?? 0) - (patch[at + Math.max(0, x - 1)] ?? 0);
      const gy = (patch[below + x] ?? 0) - (patch[above + x] ?? 0);
      const strength = Math.sqrt(gx * gx + gy * gy);
      if (strength < 1e-3) continue;
      const turn = (Math.atan2(gy, gx) + Math.PI) / sector;
      const low = Math.floor(turn);
      const part = turn - low;
      const across = (x + 0.5) / 4 - 0.5;
      const column = Math.floor(across);
      const inColumn = across - column;
      for (let r = 0; r < 2; r++) {
        const cellRow = row + r;
        if (cellRow < 0 || cellRow >= cellsDown) continue;
        const rowShare = strength * (r === 0 ? 1 - inRow : inRow);
        for (let c = 0; c < 2; c++) {
          const cellColumn = column + c;
          if (cellColumn < 0 || cellColumn >= cellsAcross) continue;
          const share = rowShare * (c === 0 ? 1 - inColumn : inColumn);
          const cell = (cellRow * cellsAcross + cellColumn) * directions;
          const one = cell + (low % directions);
          const other = cell + ((low + 1) % directions);
          features[one] = (features[one] ?? 0) + share * (1 - part);
          features[other] = (features[other] ?? 0) + share * part;
        }
      }
    }
  }
  let sum = 0;
  for (let at = 0; at < edges; at++) sum += (features[at] ?? 0) ** 2;
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
