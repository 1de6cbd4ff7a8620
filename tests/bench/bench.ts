import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { benchDesk } from './desk.ts';
import { benchEventLoop } from './event-loop.ts';
import { benchFace } from './face.ts';
import { benchFleet } from './fleet.ts';
import { benchHolders } from './holders.ts';
import { benchKiosk } from './kiosk.ts';
import { benchPcsc } from './pcsc.ts';
import { benchPassport, benchReading } from './reading.ts';
import { benchRecords } from './records.ts';
import { speedTable } from './speed/row.ts';
import { benchSpeed, type SpeedPart, speedParts } from './speed/table.ts';
import { benchTrust } from './trust.ts';
import { benchWindows } from './windows.ts';

/*
 * `npm run -s bench -- [NAME] [--json] [--rows N]`: figures for docs/benchmarks.md. Counts are exact; times are of this machine, now.
 * `npm run -s bench -- speed [PART...] [--against DIR] [--peer COMMAND] [--turns N]` is the table of goals, and runs when it is
 * named first; `--against` names another checkout, run beside this one.
 */

const usualRows = 20_000;
/** Each is sealed, chained and signed before anything is measured. */
const usualRecords = 4_000;
/** Records are made one by one before they are delivered. */
const mostDelivered = 200_000;
const usualTurns = 5;
/** 1 000 of them take half an hour. */
const usualCases = 20;

function refuse(words: string): never {
  process.stderr.write(`${words}\n`);
  process.exit(2);
}

function countOf(option: string, text: string): number {
  const count = Number(text);
  return Number.isSafeInteger(count) && count >= 1 ? count : refuse(`--${option} is a number, 1 or more.`);
}

function givenWords() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        rows: { type: 'string' },
        against: { type: 'string' },
        peer: { type: 'string' },
        turns: { type: 'string' },
      },
    });
  } catch (thrown) {
    return refuse(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

const { positionals, values } = givenWords();
const { json } = values;
const givenRows = values.rows === undefined ? null : countOf('rows', values.rows);
const rows = givenRows ?? usualRows;

if (positionals[0] === 'speed') {
  const isPart = (word: string): word is SpeedPart => speedParts.some((part) => part === word);
  const parts = positionals.slice(1).map((word) => {
    return isPart(word) ? word : refuse(`Unknown part: ${word}. There are: ${speedParts.join(', ')}.`);
  });
  const options = {
    parts,
    against: values.against === undefined ? null : resolve(values.against),
    peer: values.peer ?? null,
    rows: givenRows,
    turns: values.turns === undefined ? usualTurns : countOf('turns', values.turns),
  };
  const table = await benchSpeed(options, ({ what, now }) => process.stderr.write(`${what}: ${now}\n`));
  process.stdout.write(json ? `${JSON.stringify(table)}\n` : speedTable(table));
  process.exit(table.some(({ met }) => met === false) ? 1 : 0);
}

const benches = {
  'se-passport': benchPassport,
  reading: () => benchReading(),
  pcsc: benchPcsc,
  'event-loop': benchEventLoop,
  desk: () => benchDesk(givenRows ?? usualRecords),
  face: benchFace,
  trust: benchTrust,
  holders: () => benchHolders(rows),
  records: () => benchRecords(givenRows ?? usualRecords),
  windows: () => benchWindows(givenRows ?? usualCases),
  kiosk: () => benchKiosk(givenRows ?? usualCases),
  fleet: () => benchFleet(Math.min(rows, mostDelivered)),
} as const;
type BenchName = keyof typeof benches;

const known = Object.keys(benches) as BenchName[];
const unknown = positionals.filter((name) => !known.some((bench) => bench === name));
if (unknown.length > 0)
  refuse(`Unknown bench: ${unknown.join(', ')}. There are: ${known.join(', ')}, and speed alone.`);

const chosen = known.filter((bench) => positionals.length === 0 || positionals.includes(bench));
const figures: Partial<Record<BenchName, unknown>> = {};
for (const name of chosen) figures[name] = await benches[name]();

// One bench answers with its own object, several with one object each under its name.
const only = positionals.length === 1 ? chosen[0] : undefined;
const answer = only === undefined ? figures : figures[only];
if (json) {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
} else {
  for (const [name, value] of Object.entries(figures)) {
    process.stdout.write(`${name}\n${JSON.stringify(value, null, 2)}\n`);
  }
}
process.exit(0);
