import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Checkouts } from './checkout.ts';
import { commandRows, directoryRow, ldifEntries } from './commands.ts';
import { exchangeRows } from './exchanges.ts';
import { germanListRow } from './german-list.ts';
import { inspectionRows } from './inspections.ts';
import { recordRows, recordsChecked } from './records.ts';
import { revocationRows } from './revocation.ts';
import { rosterRows, rosterRowsOf } from './roster.ts';
import type { SpeedRow } from './row.ts';
import { sameNameRows } from './same-names.ts';

/** How the table is measured. */
export interface SpeedOptions {
  /** Another checkout with its packages, run in turn with this one. Without it ratios to it are not told. */
  readonly against: string | null;
  /** A shell command by which another program reads a card (docs/benchmarks.md); null without one. */
  readonly peer: string | null;
  /** People of the roster, records that are checked, entries of the directory; null for the sizes of the goals. */
  readonly rows: number | null;
  /** How often each checkout has its turn where what is measured is short. */
  readonly turns: number;
  /** The parts of the table, all where none is named. */
  readonly parts: readonly SpeedPart[];
}

const parts = {
  exchanges: (checkouts: Checkouts, { peer }: SpeedOptions) => exchangeRows(checkouts, peer),
  inspections: (checkouts: Checkouts, { turns }: SpeedOptions) => inspectionRows(checkouts, turns),
  commands: (checkouts: Checkouts, { turns }: SpeedOptions, folder: string) => commandRows(checkouts, folder, turns),
  list: async (checkouts: Checkouts) => [await germanListRow(checkouts)],
  names: (checkouts: Checkouts) => sameNameRows(checkouts),
  revocation: (checkouts: Checkouts, { turns }: SpeedOptions) => revocationRows(checkouts, turns),
  roster: (checkouts: Checkouts, { rows }: SpeedOptions, folder: string) =>
    rosterRowsOf(checkouts, folder, rows ?? rosterRows),
  records: (checkouts: Checkouts, { rows }: SpeedOptions) => recordRows(checkouts, rows ?? recordsChecked),
  directory: async (checkouts: Checkouts, { rows }: SpeedOptions, folder: string) => [
    await directoryRow(checkouts, folder, rows ?? ldifEntries),
  ],
} as const satisfies Record<
  string,
  (checkouts: Checkouts, options: SpeedOptions, folder: string) => Promise<readonly SpeedRow[]>
>;

/** A part of the table: the rows that are measured together. */
export type SpeedPart = keyof typeof parts;
export const speedParts = Object.keys(parts) as readonly SpeedPart[];

const root = resolve(import.meta.dirname, '../../..');

/**
 * The goals that a queue feels, one line each. Told is processor time, which other work on the machine changes less than the clock.
 * `tell` hears each row as it is measured: all of them take long.
 */
export async function benchSpeed(options: SpeedOptions, tell: (row: SpeedRow) => void): Promise<readonly SpeedRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'styrk-speed-'));
  const checkouts = { here: root, there: options.against };
  const chosen = options.parts.length === 0 ? speedParts : options.parts;
  try {
    const rows: SpeedRow[] = [];
    for (const part of chosen)
      for (const row of await parts[part](checkouts, options, folder)) {
        rows.push(row);
        tell(row);
      }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
