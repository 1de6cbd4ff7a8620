import { none, zoneLetters } from './letter-classifier.ts';
import type { LetterRow } from './letter-rows.ts';

/** A row with the costs of each answer at each of its places; `from` is the place of the first. */
export interface RowCosts {
  readonly row: LetterRow;
  readonly from: number;
  readonly costs: readonly Float32Array[];
}

/** What may stand at one place: a letter and minus the logarithm of its chance, the likeliest first. */
export type FilmedPlace = readonly { readonly letter: string; readonly cost: number }[];
export type FilmedLine = readonly FilmedPlace[];

/** Rows with where in each the line begins; `cost`: how unlikely it is that these are the lines of a zone, for each place. */
export interface Zone {
  readonly width: number;
  readonly rows: readonly { readonly costs: RowCosts; readonly start: number }[];
  readonly cost: number;
}

// 9303-4, -6, -5 §4.2.
const formats = [
  { lines: 2, width: 44 },
  { lines: 2, width: 36 },
  { lines: 3, width: 30 },
] as const;

/** Letters that are told of each place. */
const told = 6;
/** A zone whose places are worse than this on average is print of another kind. */
const mostCostPerPlace = 1.6;
/** What a place costs that a row does not reach, and the most that one place counts for. */
const unseen = 4;

/** The costs of the likeliest letter at a place. */
function letterCost(costs: Float32Array | undefined): number {
  if (costs === undefined) return unseen;
  let least = unseen;
  for (let answer = 0; answer < none; answer++) if ((costs[answer] ?? unseen) < least) least = costs[answer] ?? unseen;
  return least;
}

function noneCost(costs: Float32Array | undefined): number {
  return costs === undefined ? 0 : Math.min(unseen, costs[none] ?? 0);
}

// A line that begins at `start`: letters within, and nothing at the two places before and behind.
function lineCost({ costs, from }: RowCosts, start: number, width: number): number {
  let cost = 0;
  for (let place = 0; place < width; place++) cost += letterCost(costs[start + place - from]);
  for (const outside of [-2, -1, width, width + 1]) cost += noneCost(costs[start + outside - from]);
  return cost;
}

interface Start {
  readonly start: number;
  readonly cost: number;
}

function startsOf(row: RowCosts, width: number): readonly Start[] {
  const last = row.from + row.costs.length;
  const starts: Start[] = [];
  for (let start = row.from - 3; start + width <= last + 3; start++)
    starts.push({ start, cost: lineCost(row, start, width) });
  return starts.toSorted((a, b) => a.cost - b.cost).slice(0, 4);
}

// How far, in pitches, the beginning of a line lies from where it lies seen from the line above: along and down.
function offsetOf(upper: RowCosts, upperStart: number, lower: RowCosts, lowerStart: number, width: number) {
  const middle = (width - 1) / 2;
  const above = upper.row.middle(upperStart + middle);
  const below = lower.row.middle(lowerStart + middle);
  const step = upper.row.step(upperStart + middle);
  const square = step.x ** 2 + step.y ** 2;
  const [dx, dy] = [below.x - above.x, below.y - above.y];
  return { along: (dx * step.x + dy * step.y) / square, down: (dy * step.x - dx * step.y) / square };
}

function pitchesFit(one: RowCosts, other: RowCosts): boolean {
  const ratio = one.row.pitch / other.row.pitch;
  return ratio > 0.9 && ratio < 1.11;
}

function* pairs(rows: readonly RowCosts[], count: number): Generator<readonly RowCosts[]> {
  const upright = rows.toSorted((a, b) => heightOf(a) - heightOf(b));
  const grow = function* (chosen: readonly RowCosts[], from: number): Generator<readonly RowCosts[]> {
    if (chosen.length === count) return yield chosen;
    for (let index = from; index < upright.length; index++) {
      const next = upright[index];
      const last = chosen.at(-1);
      if (next !== undefined && (last === undefined || pitchesFit(last, next)))
        yield* grow([...chosen, next], index + 1);
    }
  };
  yield* grow([], 0);
}

function heightOf({ row }: RowCosts): number {
  return row.middle((row.first + row.last) / 2).y;
}

// Lines stand right under each other, two to four pitches apart (9303-4, -5, -6: the printing zones of the lines).
function arranged(rows: readonly RowCosts[], width: number): Zone | null {
  let best: Zone | null = null;
  const starts = rows.map((row) => startsOf(row, width));
  const grow = (chosen: readonly Start[]): void => {
    const index = chosen.length;
    const row = rows[index];
    if (row === undefined) {
      const cost = chosen.reduce((sum, each) => sum + each.cost, 0) / (width * rows.length);
      if (best === null || cost < best.cost)
        best = {
          width,
          cost,
          rows: chosen.flatMap(({ start }, at) => (rows[at] === undefined ? [] : { costs: rows[at], start })),
        };
      return;
    }
    for (const start of starts[index] ?? []) {
      const upper = rows[index - 1];
      const before = chosen.at(-1);
      if (upper !== undefined && before !== undefined) {
        const { along, down } = offsetOf(upper, before.start, row, start.start, width);
        if (Math.abs(along) > 0.7 || down < 1.4 || down > 4.6) continue;
      }
      grow([...chosen, start]);
    }
  };
  grow([]);
  return best;
}

/** The rows that are the lines of a zone, and where in them the lines begin; null where none are. */
export function zoneIn(rows: readonly RowCosts[]): Zone | null {
  let best: Zone | null = null;
  for (const { lines, width } of formats) {
    for (const chosen of pairs(rows, lines)) {
      const zone = arranged(chosen, width);
      if (zone === null || zone.cost > mostCostPerPlace) continue;
      // Two of the three lines of a card are no zone of two: more lines that fit as well say more.
      if (best === null || zone.cost < best.cost) best = zone;
    }
  }
  return best;
}

/** What may stand at each place of the zone's lines. */
export function linesAt({ width, rows }: Pick<Zone, 'width' | 'rows'>): readonly FilmedLine[] {
  return rows.map(({ costs: { costs, from }, start }) =>
    Array.from({ length: width }, (_, place): FilmedPlace => {
      const here = costs[start + place - from];
      if (here === undefined) return [];
      return [...zoneLetters]
        .map((letter, answer) => ({ letter, cost: here[answer] ?? unseen }))
        .toSorted((a, b) => a.cost - b.cost)
        .slice(0, told);
    }),
  );
}
