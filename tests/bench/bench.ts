import { resolve } from 'node:path';
import { benchEventLoop } from './event-loop.ts';
import { benchFleet } from './fleet.ts';
import { benchHolders } from './holders.ts';
import { benchPassport, benchReading } from './reading.ts';
import { benchRecords } from './records.ts';
import { benchSpeed, speedTable } from './speed.ts';
import { benchTrust } from './trust.ts';

/*
 * `npm run -s bench -- [NAME] [--json] [--rows N] [--against DIR]`: figures for docs/benchmarks.md. Counts are exact; times are of this
 * machine, now. `speed` is the table of goals, and runs when it is named alone; `--against` names another checkout, run beside this one.
 */

const usualRows = 20_000;
/** Each is sealed, chained and signed before anything is measured. */
const usualRecords = 4_000;
/** Records are made one by one before they are delivered. */
const mostDelivered = 200_000;
const words = process.argv.slice(2);
const rowsAt = words.indexOf('--rows');
const [, rowsText = ''] = rowsAt < 0 ? [] : words.splice(rowsAt, 2);
const againstAt = words.indexOf('--against');
const [, against = null] = againstAt < 0 ? [] : words.splice(againstAt, 2);
const rows = rowsAt < 0 ? usualRows : Number(rowsText);
if (!Number.isSafeInteger(rows) || rows < 1) {
  process.stderr.write('--rows is a number of people or records, 1 or more.\n');
  process.exit(2);
}

const benches = {
  'se-passport': benchPassport,
  reading: () => benchReading(),
  'event-loop': benchEventLoop,
  trust: benchTrust,
  holders: () => benchHolders(rows),
  records: () => benchRecords(rowsAt < 0 ? usualRecords : rows),
  fleet: () => benchFleet(Math.min(rows, mostDelivered)),
} as const;
type BenchName = keyof typeof benches;

const json = words.includes('--json');
if (words.filter((word) => word !== '--json').join() === 'speed') {
  const table = await benchSpeed(against === null ? null : resolve(against));
  process.stdout.write(json ? `${JSON.stringify(table)}\n` : speedTable(table));
  process.exit(table.some(({ met }) => met === false) ? 1 : 0);
}
const names = words.filter((word) => word !== '--json');
const known = Object.keys(benches) as BenchName[];
const unknown = names.filter((name) => !known.some((bench) => bench === name));
if (unknown.length > 0) {
  process.stderr.write(`Unknown bench: ${unknown.join(', ')}. There are: ${known.join(', ')}.\n`);
  process.exit(2);
}

const chosen = known.filter((bench) => names.length === 0 || names.includes(bench));
const figures: Partial<Record<BenchName, unknown>> = {};
for (const name of chosen) figures[name] = await benches[name]();

// One bench answers with its own object, several with one object each under its name.
const only = names.length === 1 ? chosen[0] : undefined;
const answer = only === undefined ? figures : figures[only];
if (json) {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
} else {
  for (const [name, value] of Object.entries(figures)) {
    process.stdout.write(`${name}\n${JSON.stringify(value, null, 2)}\n`);
  }
}
process.exit(0);
