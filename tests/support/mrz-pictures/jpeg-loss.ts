/*
 * What JPEG loses of a grey picture: blocks of 8 by 8, the cosine transform, rounding by the luminance table of ITU-T T.81 Annex K.1
 * at a quality as the IJG's library scales it, and back. What is coded after that loses nothing, and is left out.
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

const forward = Float64Array.from({ length: 64 }, (_, at) => {
  const frequency = at >> 3;
  return (frequency === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * (at & 7) + 1) * frequency * Math.PI) / 16);
});
const backward = Float64Array.from({ length: 64 }, (_, at) => forward[(at & 7) * 8 + (at >> 3)] ?? 0);

// to = matrix × from × matrixᵀ
function transform(matrix: Float64Array, from: Float64Array, half: Float64Array, to: Float64Array): void {
  for (let row = 0; row < 64; row += 8)
    for (let column = 0; column < 8; column++)
      half[row + column] =
        (matrix[row] ?? 0) * (from[column] ?? 0) +
        (matrix[row + 1] ?? 0) * (from[8 + column] ?? 0) +
        (matrix[row + 2] ?? 0) * (from[16 + column] ?? 0) +
        (matrix[row + 3] ?? 0) * (from[24 + column] ?? 0) +
        (matrix[row + 4] ?? 0) * (from[32 + column] ?? 0) +
        (matrix[row + 5] ?? 0) * (from[40 + column] ?? 0) +
        (matrix[row + 6] ?? 0) * (from[48 + column] ?? 0) +
        (matrix[row + 7] ?? 0) * (from[56 + column] ?? 0);
  for (let row = 0; row < 64; row += 8)
    for (let column = 0; column < 8; column++) {
      const other = column * 8;
      to[row + column] =
        (half[row] ?? 0) * (matrix[other] ?? 0) +
        (half[row + 1] ?? 0) * (matrix[other + 1] ?? 0) +
        (half[row + 2] ?? 0) * (matrix[other + 2] ?? 0) +
        (half[row + 3] ?? 0) * (matrix[other + 3] ?? 0) +
        (half[row + 4] ?? 0) * (matrix[other + 4] ?? 0) +
        (half[row + 5] ?? 0) * (matrix[other + 5] ?? 0) +
        (half[row + 6] ?? 0) * (matrix[other + 6] ?? 0) +
        (half[row + 7] ?? 0) * (matrix[other + 7] ?? 0);
    }
}

/** The picture after it was packed as JPEG of this quality and unpacked, in place. */
export function throughJpeg(luma: Uint8Array, width: number, height: number, quality: number): void {
  const scale = quality < 50 ? 5_000 / quality : 200 - 2 * quality;
  const steps = table.map((step) => Math.max(1, Math.min(255, Math.floor((step * scale + 50) / 100))));
  const [points, half, turned] = [new Float64Array(64), new Float64Array(64), new Float64Array(64)];
  for (let top = 0; top < height; top += 8)
    for (let left = 0; left < width; left += 8) {
      for (let at = 0; at < 64; at++) {
        const x = Math.min(width - 1, left + (at & 7));
        const y = Math.min(height - 1, top + (at >> 3));
        points[at] = (luma[y * width + x] ?? 0) - 128;
      }
      transform(forward, points, half, turned);
      for (let at = 0; at < 64; at++) {
        const step = steps[at] ?? 1;
        turned[at] = Math.round((turned[at] ?? 0) / step) * step;
      }
      transform(backward, turned, half, points);
      for (let at = 0; at < 64; at++) {
        const x = left + (at & 7);
        const y = top + (at >> 3);
        if (x < width && y < height)
          luma[y * width + x] = Math.max(0, Math.min(255, Math.round((points[at] ?? 0) + 128)));
      }
    }
}
