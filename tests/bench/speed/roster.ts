import { join } from 'node:path';
import { benchImport, writeRegister } from '../holders.ts';
import { type Checkouts, inTurn } from './checkout.ts';
import { measured } from './command.ts';
import { megabytes, notAtSize, ownRow, type SpeedRow } from './row.ts';

export const rosterRows = 250_000;
const leastOfRaw = 0.5;
const mostMegabytes = 300;

/**
 * An import of so many people beside raw SQLite, as `npm run -s bench -- holders` measures it. The other build is run by its
 * command line on the same file without shared numbers, which it refuses; its part of raw SQLite is of the whole process, and so
 * told a little too low.
 */
export async function rosterRowsOf(checkouts: Checkouts, folder: string, rows: number): Promise<readonly SpeedRow[]> {
  const { import: imported, raw } = await benchImport(rows);
  const ofRaw = raw.computedSeconds / imported.computedSeconds;
  const there = checkouts.there === null ? null : await whole(checkouts.there, folder, rows);
  const what = `roster of ${rows}`;
  const found = [
    ownRow({
      what: `${what}: processor time of raw SQLite's`,
      now: `${ofRaw.toFixed(2)} (${perSecond(rows, imported.computedSeconds)})`,
      there: there && `${(raw.computedSeconds / there.seconds).toFixed(2)} (${perSecond(rows, there.seconds)})`,
      goal: `at least ${leastOfRaw}`,
      met: ofRaw >= leastOfRaw,
      floor: `each row is read, sealed, and found by ${(raw.keys / rows).toFixed(0)} keyed tokens; raw SQLite is given these keys`,
    }),
    ownRow({
      what: `${what}: memory`,
      now: `${imported.peakMegabytes} MB`,
      there: there && megabytes(there.peakBytes),
      goal: `at most ${mostMegabytes} MB`,
      met: imported.peakMegabytes <= mostMegabytes,
      floor: `${imported.megabytesBefore} MB before the import began, and some 40 MB for each of its threads`,
    }),
  ];
  return rows < rosterRows ? found.map((row) => notAtSize(row, `${rows} people`)) : found;
}

function perSecond(rows: number, seconds: number): string {
  return `${Math.round(rows / seconds)} rows in a second of it`;
}

async function whole(checkout: string, folder: string, rows: number) {
  const file = join(folder, 'register.csv');
  writeRegister(file, rows, { shared: false });
  const { here } = await inTurn({ here: checkout, there: null }, 1, () =>
    measured(checkout, ['holders', 'import', file, '--training', '--data', join(folder, 'roster-there')]),
  );
  const [figures] = here;
  if (figures === undefined) throw new Error('nothing was measured');
  return { seconds: figures.cpuMillis / 1000, peakBytes: figures.peakBytes };
}
