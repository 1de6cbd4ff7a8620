import { type Curve, fitCurve } from './fit-curve.ts';
import type { Mark } from './marks.ts';

/** A mark as it lies when the text is turned level. */
interface Laid {
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/**
 * Letters that stand at one pitch in one row. Places are numbered by the pitch: `middle` gives where one lies, in points of the
 * picture; 0 is where the first letter was seen, which need not be the first of its line.
 */
export interface LetterRow {
  readonly first: number;
  readonly last: number;
  readonly pitch: number;
  /** How many letters were seen on the pitch. */
  readonly seen: number;
  readonly middle: (place: number) => { readonly x: number; readonly y: number };
  /** From one place to the next, in points. */
  readonly step: (place: number) => { readonly x: number; readonly y: number };
}

/** Text is looked for up to this much out of level. */
const mostDegrees = 20;
const fewestLetters = 10;
const mostRows = 12;
const radians = Math.PI / 180;

// At the text's own angle the marks of a row fall together.
function sharpness(marks: readonly Mark[], angle: number, bin: number, bins: Uint32Array): number {
  bins.fill(0);
  const sin = Math.sin(angle);
  const cos = Math.cos(angle);
  for (const { x, y } of marks) {
    const at = Math.floor((y * cos - x * sin) / bin) + (bins.length >> 1);
    if (at >= 0 && at < bins.length) bins[at] = (bins[at] ?? 0) + 1;
  }
  return bins.reduce((sum, count) => sum + count * count, 0);
}

function angleOf(marks: readonly Mark[]): number {
  const heights = marks.map(({ height }) => height).toSorted((a, b) => a - b);
  const bin = Math.max(2, (heights[heights.length >> 1] ?? 8) / 3);
  const reach = marks.reduce((most, { x, y }) => Math.max(most, x + y), 0);
  const bins = new Uint32Array(2 * Math.ceil(reach / bin) + 2);
  let best = 0;
  let sharpest = -1;
  for (let degrees = -mostDegrees; degrees <= mostDegrees; degrees += 0.5) {
    const here = sharpness(marks, degrees * radians, bin, bins);
    if (here > sharpest) {
      sharpest = here;
      best = degrees * radians;
    }
  }
  return best;
}

// To each mark the one that follows it in its row, where each is the other's nearest.
function followers(laid: readonly Laid[]): Int32Array {
  const next = new Int32Array(laid.length).fill(-1);
  const before = new Int32Array(laid.length).fill(-1);
  const costs = new Float64Array(laid.length).fill(Number.POSITIVE_INFINITY);
  for (const [index, { x, y, height }] of laid.entries()) {
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let other = index + 1; other < laid.length; other++) {
      const mark = laid[other];
      if (mark === undefined) break;
      const across = mark.x - x;
      if (across > 4 * height) break;
      const down = Math.abs(mark.y - y);
      const ratio = mark.height / height;
      if (across < height / 4 || down > 0.3 * height + 0.08 * across || ratio < 0.55 || ratio > 1.8) continue;
      const cost = across + 3 * down;
      if (cost < least) {
        least = cost;
        best = other;
      }
    }
    if (best === -1 || least >= (costs[best] ?? 0)) continue;
    const rival = before[best] ?? -1;
    if (rival !== -1) next[rival] = -1;
    before[best] = index;
    costs[best] = least;
    next[index] = best;
  }
  return next;
}

function chainsOf(laid: readonly Laid[]): readonly (readonly Laid[])[] {
  const next = followers(laid);
  const begun = new Uint8Array(laid.length).fill(1);
  for (const each of next) if (each >= 0) begun[each] = 0;
  const chains: Laid[][] = [];
  for (let start = 0; start < laid.length; start++) {
    if (begun[start] === 0) continue;
    const chain: Laid[] = [];
    for (let at = start; at >= 0; at = next[at] ?? -1) {
      const mark = laid[at];
      if (mark !== undefined) chain.push(mark);
    }
    if (chain.length >= 4) chains.push(chain);
  }
  return chains;
}

function heightOf(chain: readonly Laid[]): number {
  const heights = chain.map(({ height }) => height).toSorted((a, b) => a - b);
  return heights[heights.length >> 1] ?? 0;
}

// A worn letter or a spot of glare parts a row: parts that continue each other are one.
function joined(chains: readonly (readonly Laid[])[]): readonly (readonly Laid[])[] {
  const left = [...chains].sort((a, b) => (a[0]?.x ?? 0) - (b[0]?.x ?? 0)).map((chain) => [...chain]);
  const rows: Laid[][] = [];
  for (const chain of left) {
    const head = chain[0];
    if (head === undefined) continue;
    const height = heightOf(chain);
    const row = rows.find((each) => {
      const tail = each.at(-1);
      if (tail === undefined || head.x <= tail.x || head.x - tail.x > 8 * height) return false;
      const ratio = heightOf(each) / height;
      return (
        ratio > 0.7 &&
        ratio < 1.45 &&
        Math.abs(lineAt(each.slice(-8), head.x) - lineAt(chain.slice(0, 8), head.x)) < 0.5 * height
      );
    });
    if (row === undefined) rows.push(chain);
    else row.push(...chain);
  }
  return rows;
}

// The straight line through marks, at x.
function lineAt(marks: readonly Laid[], x: number): number {
  const count = Math.max(1, marks.length);
  const meanX = marks.reduce((sum, mark) => sum + mark.x, 0) / count;
  const meanY = marks.reduce((sum, mark) => sum + mark.y, 0) / count;
  const spread = marks.reduce((sum, mark) => sum + (mark.x - meanX) ** 2, 0);
  const slope = spread < 1 ? 0 : marks.reduce((sum, mark) => sum + (mark.x - meanX) * (mark.y - meanY), 0) / spread;
  return meanY + Math.max(-0.15, Math.min(0.15, slope)) * (x - meanX);
}

interface Placed {
  readonly place: number;
  readonly mark: Laid;
}

// 9303-3 §4.2: OCR-B of size 1, ten letters to the inch: the pitch is a little more than a letter's height.
function pitchOf(row: readonly Laid[], height: number): number | null {
  const steps = row
    .slice(1)
    .map((mark, index) => mark.x - (row[index]?.x ?? 0))
    .filter((step) => step > 0.65 * height && step < 1.6 * height)
    .toSorted((a, b) => a - b);
  return steps.length < fewestLetters / 2 ? null : (steps[steps.length >> 1] ?? null);
}

function placedAt(row: readonly Laid[], start: number, pitch: number): readonly Placed[] {
  const walk = (marks: readonly Laid[], direction: 1 | -1): Placed[] => {
    const found: Placed[] = [];
    let here = pitch;
    let last: Placed = { place: 0, mark: row[start] ?? { x: 0, y: 0, height: 0 } };
    for (const mark of marks) {
      const steps = Math.abs(mark.x - last.mark.x) / here;
      const whole = Math.round(steps);
      if (whole < 1 || Math.abs(steps - whole) > 0.28) continue;
      last = { place: last.place + direction * whole, mark };
      found.push(last);
      here = Math.max(0.92 * pitch, Math.min(1.08 * pitch, 0.85 * here + (0.15 * here * steps) / whole));
    }
    return found;
  };
  const first = row[start];
  if (first === undefined) return [];
  const before = walk(row.slice(0, start).toReversed(), -1).toReversed();
  return [...before, { place: 0, mark: first }, ...walk(row.slice(start + 1), 1)];
}

function rowOf(marks: readonly Laid[], angle: number): LetterRow | null {
  const height = heightOf(marks);
  const pitch = pitchOf(marks, height);
  if (pitch === null) return null;
  const starts = [0.5, 0.25, 0.75].map((share) => Math.floor(marks.length * share));
  const placed = starts.map((start) => placedAt(marks, start, pitch)).toSorted((a, b) => b.length - a.length)[0] ?? [];
  if (placed.length < fewestLetters || placed.length < 0.6 * marks.length) return null;
  const places = placed.map(({ place }) => place);
  const degree = placed.length >= 20 ? 3 : placed.length >= 14 ? 2 : 1;
  const along = fitCurve(
    places,
    placed.map(({ mark }) => mark.x),
    degree,
    0.16 * pitch,
  );
  const down = fitCurve(
    places,
    placed.map(({ mark }) => mark.y),
    Math.min(degree, 3),
    0.12 * pitch,
  );
  if (along === null || down === null || along.kept < 0.6 * placed.length) return null;
  return turnedRow({ first: places[0] ?? 0, last: places.at(-1) ?? 0, along, down, angle });
}

function turnedRow(of: { first: number; last: number; along: Curve; down: Curve; angle: number }): LetterRow {
  const { first, last, along, down, angle } = of;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  // Beyond the letters that were seen a curve runs wild: there the row goes on straight.
  const value = (curve: Curve, place: number): number => {
    const near = Math.max(first, Math.min(last, place));
    return curve.at(near) + (place - near) * curve.slopeAt(near);
  };
  const slope = (curve: Curve, place: number): number => curve.slopeAt(Math.max(first, Math.min(last, place)));
  const turned = (x: number, y: number) => ({ x: x * cos - y * sin, y: x * sin + y * cos });
  return {
    first,
    last,
    pitch: slope(along, (first + last) / 2),
    seen: along.kept,
    middle: (place) => turned(value(along, place), value(down, place)),
    step: (place) => turned(slope(along, place), slope(down, place)),
  };
}

/** The rows of letters at one pitch, those with most letters first. */
export function letterRows(marks: readonly Mark[]): readonly LetterRow[] {
  if (marks.length < fewestLetters) return [];
  const angle = angleOf(marks);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const laid = marks
    .map(({ x, y, height }): Laid => ({ x: x * cos + y * sin, y: y * cos - x * sin, height }))
    .toSorted((a, b) => a.x - b.x);
  return joined(chainsOf(laid))
    .filter((row) => row.length >= fewestLetters)
    .flatMap((row) => rowOf(row, angle) ?? [])
    .toSorted((a, b) => b.seen - a.seen)
    .slice(0, mostRows);
}
