/*
 * What JPEG loses of a grey picture: each block of 8 by 8 points goes through the cosine transform, is rounded by the luminance table
 * of ITU-T T.81 Annex K.1 at this quality (scaled as the IJG's library does), and comes back. Coding without loss is left out.
 */

// biome-ignore format: a table of eight by eight
const table = [
  16, 11, 10, 16, 24, 40, 51, 61,
  12, 12, 14, 19, 26, 58, 60, 55,
  14, 13, 16, 24, 40, 57, 69, 56,
  14, 17, 22, 29, 51, 87, 80, 62,
  18, 22, 37, 56, 68, 109, 103, 77,
  24, 35, 55, 64, 81, 104, 113, 92,
  49, 64, 78, 87, 103, 121, 120, 101,
  72, 92, 95, 98, 112, 100, 103, 99,
];

// Rows: frequencies; columns: points. And turned: rows of points.
const cosines = Float64Array.from({ length: 64 }, (_, at) => {
  const frequency = at >> 3;
  const scale = frequency === 0 ? Math.SQRT1_2 / 2 : 0.5;
  return scale * Math.cos(((2 * (at & 7) + 1) * frequency * Math.PI) / 16);
});
const backCosines = cosines.map((_, at) => cosines[(at & 7) * 8 + (at >> 3)] ?? 0);
const half = new Float64Array(64);

// Rows of `from` times rows of the matrix, laid down as columns: done twice, both ways are turned.
function once(matrix: Float64Array, from: Float64Array, to: Float64Array): void {
  for (let row = 0; row < 64; row += 8)
    for (let out = 0; out < 64; out += 8)
      to[out + (row >> 3)] =
        (from[row] ?? 0) * (matrix[out] ?? 0) +
        (from[row + 1] ?? 0) * (matrix[out + 1] ?? 0) +
        (from[row + 2] ?? 0) * (matrix[out + 2] ?? 0) +
        (from[row + 3] ?? 0) * (matrix[out + 3] ?? 0) +
        (from[row + 4] ?? 0) * (matrix[out + 4] ?? 0) +
        (from[row + 5] ?? 0) * (matrix[out + 5] ?? 0) +
        (from[row + 6] ?? 0) * (matrix[out + 6] ?? 0) +
        (from[row + 7] ?? 0) * (matrix[out + 7] ?? 0);
}

function turned(matrix: Float64Array, from: Float64Array, to: Float64Array): void {
  once(matrix, from, half);
  once(matrix, half, to);
}

/** The picture after it was packed as JPEG of this quality, 1 to 100, and unpacked. */
export function throughJpeg(luma: Uint8Array, width: number, height: number, quality: number): Uint8Array {
  const scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
  const steps = table.map((step) => Math.max(1, Math.min(255, Math.floor((step * scale + 50) / 100))));
  const result = new Uint8Array(luma.length);
  const block = new Float64Array(64);
  const turnedBlock = new Float64Array(64);
  for (let top = 0; top < height; top += 8)
    for (let left = 0; left < width; left += 8) {
      for (let at = 0; at < 64; at++) {
        const x = Math.min(width - 1, left + (at & 7));
        const y = Math.min(height - 1, top + (at >> 3));
        block[at] = (luma[y * width + x] ?? 0) - 128;
      }
      turned(cosines, block, turnedBlock);
      for (let at = 0; at < 64; at++) {
        const step = steps[at] ?? 1;
        turnedBlock[at] = Math.round((turnedBlock[at] ?? 0) / step) * step;
      }
      turned(backCosines, turnedBlock, block);
      for (let at = 0; at < 64; at++) {
        const x = left + (at & 7);
        const y = top + (at >> 3);
        if (x < width && y < height)
          result[y * width + x] = Math.max(0, Math.min(255, Math.round((block[at] ?? 0) + 128)));
      }
    }
  return result;
}
