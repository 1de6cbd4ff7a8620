/** A curve of low degree through points that may be off it. */
export interface Curve {
  readonly at: (t: number) => number;
  readonly slopeAt: (t: number) => number;
  /** How far the points that were kept lie off it, as a root of the mean square. */
  readonly error: number;
  readonly kept: number;
}

function solved(size: number, matrix: readonly number[][], right: readonly number[]): readonly number[] | null {
  const rows = matrix.map((row, index) => [...row, right[index] ?? 0]);
  for (let column = 0; column < size; column++) {
    let best = column;
    for (let row = column + 1; row < size; row++)
      if (Math.abs(rows[row]?.[column] ?? 0) > Math.abs(rows[best]?.[column] ?? 0)) best = row;
    const pivot = rows[best];
    const other = rows[column];
    if (pivot === undefined || other === undefined || Math.abs(pivot[column] ?? 0) < 1e-9) return null;
    rows[best] = other;
    rows[column] = pivot;
    for (const row of rows) {
      if (row === pivot) continue;
      const factor = (row[column] ?? 0) / (pivot[column] ?? 1);
      for (let index = column; index <= size; index++) row[index] = (row[index] ?? 0) - factor * (pivot[index] ?? 0);
    }
  }
  return rows.map((row, index) => (row[size] ?? 0) / (row[index] ?? 1));
}

function fitted(ts: readonly number[], values: readonly number[], kept: readonly boolean[], degree: number) {
  const size = degree + 1;
  const matrix = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  const right = new Array<number>(size).fill(0);
  for (const [index, t] of ts.entries()) {
    if (kept[index] !== true) continue;
    const powers = Array.from({ length: size }, (_, power) => t ** power);
    for (const [row, a] of powers.entries()) {
      right[row] = (right[row] ?? 0) + a * (values[index] ?? 0);
      const line = matrix[row];
      if (line !== undefined) for (const [column, b] of powers.entries()) line[column] = (line[column] ?? 0) + a * b;
    }
  }
  return solved(size, matrix, right);
}

/** The curve of this degree through the points, those left out that lie further off it than `tolerance`; null where they make none. */
export function fitCurve(
  ts: readonly number[],
  values: readonly number[],
  degree: number,
  tolerance: number,
): Curve | null {
  const first = ts[0] ?? 0;
  const last = ts.at(-1) ?? 1;
  const middle = (first + last) / 2;
  const scale = Math.max(1e-6, Math.abs(last - first) / 2);
  const scaled = ts.map((t) => (t - middle) / scale);
  let kept = ts.map(() => true);
  let terms: readonly number[] | null = null;
  // From generous to strict: a stray mark bends the first curve, not the last.
  for (const times of [4, 2, 1, 1]) {
    terms = fitted(scaled, values, kept, degree);
    if (terms === null) return null;
    const found = terms;
    const off = scaled.map((t, index) => Math.abs(valueAt(found, t) - (values[index] ?? 0)));
    kept = off.map((each) => each <= tolerance * times);
    if (kept.filter(Boolean).length < degree + 2) return null;
  }
  const final = fitted(scaled, values, kept, degree);
  if (final === null) return null;
  const count = kept.filter(Boolean).length;
  const squares = scaled.reduce(
    (sum, t, index) => sum + (kept[index] === true ? (valueAt(final, t) - (values[index] ?? 0)) ** 2 : 0),
    0,
  );
  return {
    at: (t) => valueAt(final, (t - middle) / scale),
    slopeAt: (t) => slopeAt(final, (t - middle) / scale) / scale,
    error: Math.sqrt(squares / count),
    kept: count,
  };
}

function valueAt(terms: readonly number[], t: number): number {
  return terms.reduceRight((sum, term) => sum * t + term, 0);
}

function slopeAt(terms: readonly number[], t: number): number {
  return terms.reduceRight((sum, term, power) => (power === 0 ? sum : sum * t + power * term), 0);
}
