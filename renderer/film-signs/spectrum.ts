/** The discrete Fourier transform of numbers whose count is a power of two, in place (Cooley, Tukey 1965). */
export function transform(real: Float64Array, imaginary: Float64Array): void {
  const count = real.length;
  for (let at = 1, turned = 0; at < count; at++) {
    let bit = count >> 1;
    for (; (turned & bit) !== 0; bit >>= 1) turned ^= bit;
    turned ^= bit;
    if (at >= turned) continue;
    [real[at], real[turned]] = [real[turned] ?? 0, real[at] ?? 0];
    [imaginary[at], imaginary[turned]] = [imaginary[turned] ?? 0, imaginary[at] ?? 0];
  }
  for (let size = 2; size <= count; size *= 2) {
    const angle = (-2 * Math.PI) / size;
    for (let part = 0; part < size / 2; part++) {
      const [cosine, sine] = [Math.cos(angle * part), Math.sin(angle * part)];
      for (let one = part; one < count; one += size) {
        const other = one + size / 2;
        const [a, b] = [real[other] ?? 0, imaginary[other] ?? 0];
        const [aside, down] = [a * cosine - b * sine, a * sine + b * cosine];
        real[other] = (real[one] ?? 0) - aside;
        imaginary[other] = (imaginary[one] ?? 0) - down;
        real[one] = (real[one] ?? 0) + aside;
        imaginary[one] = (imaginary[one] ?? 0) + down;
      }
    }
  }
}

/** The power of a square's frequencies, row by row, of as many points a side as it has; the mean and the edges are taken out first. */
export function powerOf(square: Float64Array, side: number): Float64Array {
  const mean = square.reduce((sum, value) => sum + value, 0) / square.length;
  const window = Float64Array.from({ length: side }, (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / side));
  const real = square.map(
    (value, at) => (value - mean) * (window[at % side] ?? 0) * (window[Math.floor(at / side)] ?? 0),
  );
  const imaginary = new Float64Array(square.length);
  for (let row = 0; row < side; row++)
    transform(real.subarray(row * side, (row + 1) * side), imaginary.subarray(row * side, (row + 1) * side));
  const [column, turned] = [new Float64Array(side), new Float64Array(side)];
  const power = new Float64Array(square.length);
  for (let x = 0; x < side; x++) {
    for (let y = 0; y < side; y++) {
      column[y] = real[y * side + x] ?? 0;
      turned[y] = imaginary[y * side + x] ?? 0;
    }
    transform(column, turned);
    for (let y = 0; y < side; y++) power[y * side + x] = (column[y] ?? 0) ** 2 + (turned[y] ?? 0) ** 2;
  }
  return power;
}
