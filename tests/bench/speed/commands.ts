import { join } from 'node:path';
import { writeDirectory } from '../trust-directory.ts';
import { type Checkouts, inTurn } from './checkout.ts';
import { measured, measuredBare, type ProcessFigures } from './command.ts';
import { rawKeeping } from './raw-keeping.ts';
import { besideRow, median, megabytes, notAtSize, type SpeedRow, seconds } from './row.ts';

const most = { help: 0.35, inspect: 0.45, inspectMemory: 0.65, ldif: 0.6 } as const;
export const ldifEntries = 100_000;

/** Whole command lines from the start of their process to its end, from the sources as npm runs them. */
export async function commandRows(checkouts: Checkouts, folder: string, turns: number): Promise<readonly SpeedRow[]> {
  const help = await commands(checkouts, turns, () => ['--help']);
  const inspect = await commands(checkouts, turns, (checkout) => [
    ...['inspect', '--training', '--specimen', 'se-passport'],
    ...['--data', join(folder, checkout === checkouts.here ? 'here' : 'there')],
  ]);
  const bare = await inTurn({ ...checkouts, there: null }, turns, () => measuredBare());
  const bareCpu = median(bare.here.map(({ cpuMillis }) => cpuMillis));
  const bareMemory = median(bare.here.map(({ peakBytes }) => peakBytes));
  return [
    besideRow({
      ...cpuOf('styrk --help', help),
      most: most.help,
      floor: `the runtime itself, with nothing to run, takes ${seconds(bareCpu)}`,
    }),
    besideRow({
      ...cpuOf('inspect of a specimen, whole process', inspect),
      most: most.inspect,
      floor: `the runtime itself, with nothing to run, takes ${seconds(bareCpu)}`,
    }),
    besideRow({
      what: 'inspect of a specimen, whole process: memory',
      now: median(inspect.here.map(({ peakBytes }) => peakBytes)),
      there: inspect.there && median(inspect.there.map(({ peakBytes }) => peakBytes)),
      most: most.inspectMemory,
      shown: megabytes,
      floor: `the runtime itself, with nothing to run, takes ${megabytes(bareMemory)}`,
    }),
  ];
}

/** A directory export of so many entries, imported once by each checkout: that takes long. */
export async function directoryRow(checkouts: Checkouts, folder: string, entries: number): Promise<SpeedRow> {
  const file = join(folder, 'directory.ldif');
  writeDirectory(file, entries);
  let imports = 0;
  const found = await inTurn(checkouts, 1, (checkout) =>
    measured(checkout, ['trust', 'import', file, '--data', join(folder, `ldif-${imports++}`)]),
  );
  const [here] = found.here;
  const each = (millis: number): string => `${((millis * 1000) / entries).toFixed(0)} µs`;
  const raw = rawKeeping(join(folder, 'ldif-0'), join(folder, 'ldif-raw.sqlite'));
  const row = besideRow({
    ...cpuOf(`LDIF of ${entries} entries`, found),
    most: most.ldif,
    floor: `${each(here?.cpuMillis ?? 0)} for each: read, its certificate parsed, its row written and marked; raw SQLite alone, given the finished rows and marks of the same tables, takes ${each(raw)}`,
  });
  return entries < ldifEntries ? notAtSize(row, `${entries} entries`) : row;
}

interface Figures {
  readonly here: readonly ProcessFigures[];
  readonly there: readonly ProcessFigures[] | null;
}

// The first run of each fills what is kept of compiled sources, and makes the folder.
async function commands(
  checkouts: Checkouts,
  turns: number,
  words: (checkout: string) => readonly string[],
): Promise<Figures> {
  await inTurn(checkouts, 1, (checkout) => measured(checkout, words(checkout)));
  return inTurn(checkouts, turns, (checkout) => measured(checkout, words(checkout)));
}

function cpuOf(what: string, { here, there }: Figures) {
  const cpu = (runs: readonly ProcessFigures[]): number => median(runs.map(({ cpuMillis }) => cpuMillis));
  return { what: `${what}: processor time`, now: cpu(here), there: there && cpu(there), shown: seconds };
}
