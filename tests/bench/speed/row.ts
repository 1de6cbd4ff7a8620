/** A line of the table: what was measured in this run, the goal, and whether it is met. */
export interface SpeedRow {
  readonly what: string;
  /** This checkout's value, with its unit. */
  readonly now: string;
  /** The other checkout's; null where none is named, or where it does not do this. */
  readonly there: string | null;
  /** This one's part of the other's, where that is the goal; null where it is not, or nothing was to be told. */
  readonly ratio: number | null;
  readonly goal: string;
  /** Null where it was not to be told: the note says why. */
  readonly met: boolean | null;
  /** Of a goal that is not met: the floor that stands in the way, as measured in this run. */
  readonly note: string;
}

const needsOther = 'needs the other build: --against DIR';

/** A goal that is a part of the other build's value. Without the other build the row says that it needs it. */
export function besideRow(row: {
  readonly what: string;
  readonly now: number;
  readonly there: number | null;
  readonly most: number;
  readonly shown: (value: number) => string;
  readonly floor?: string;
}): SpeedRow {
  const { what, now, there, most, shown, floor = '' } = row;
  const ratio = there === null ? null : now / there;
  const met = ratio === null ? null : ratio <= most;
  return {
    what,
    now: shown(now),
    there: there === null ? null : shown(there),
    ratio,
    goal: `at most ${most} of it`,
    met,
    note: met === null ? needsOther : met ? '' : floor,
  };
}

/** A goal that was measured and is no part of the other build's value. */
export function ownRow(row: {
  readonly what: string;
  readonly now: string;
  readonly there?: string | null;
  readonly goal: string;
  readonly met: boolean;
  readonly floor?: string;
}): SpeedRow {
  const { what, now, there = null, goal, met, floor = '' } = row;
  return { what, now, there, ratio: null, goal, met, note: met ? '' : floor };
}

/** A row of which nothing was measured, and why. */
export function untold(what: string, goal: string, why: string): SpeedRow {
  return { what, now: 'not measured', there: null, ratio: null, goal, met: null, note: why };
}

/** The row of something smaller than the goal is of: its value is shown, and neither met nor missed. */
export function notAtSize(row: SpeedRow, size: string): SpeedRow {
  return { ...row, met: null, note: `tried with ${size}: no size of the goal` };
}

/** The table for people. */
export function speedTable(rows: readonly SpeedRow[]): string {
  const word = { true: 'met', false: 'NOT met', null: 'not told' } as const;
  const lines = rows.map(({ what, now, there, ratio, goal, met, note }) =>
    line([what, now, there ?? '–', ratio === null ? '' : ratio.toFixed(2), goal, word[`${met}`], note]),
  );
  const head = ['what', 'now', 'there', 'of it', 'goal', '', 'floor, or why not told'];
  return [line(head), line(head.map(() => '---')), ...lines].join('');
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

/** The one in the middle; of an even number the upper one of the two. NaN of none. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

export const seconds = (millis: number): string => `${(millis / 1000).toFixed(2)} s`;
export const millis = (value: number): string => `${value.toFixed(1)} ms`;
export const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
