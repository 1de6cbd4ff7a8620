import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { benchPassport } from './reading.ts';
import { measured, type ProcessFigures } from './speed-process.ts';
import { lookUps, sameNames } from './speed-trust.ts';
import { benchOpenSslOfList } from './trust.ts';
import { writeDirectory } from './trust-directory.ts';

/** A line of the table: what, what came of it, the goal, and whether it is met; null where that was not to be told. */
interface SpeedRow {
  readonly what: string;
  readonly measured: string;
  readonly goal: string;
  readonly met: boolean | null;
  readonly note: string;
}

const root = resolve(import.meta.dirname, '../..');
const runs = 5;
const million = 1e6;
const seconds = (millis: number): string => `${(millis / 1000).toFixed(2)} s`;
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/**
 * The goals that a queue feels, one line each. `against`: another checkout with its packages, run in turn with this one by the same
 * command lines; what is told is processor time, which other work on the machine changes less than the clock. Without it
 * ratios are not told.
 */
export async function benchSpeed(against: string | null): Promise<readonly SpeedRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'styrk-speed-'));
  try {
    const rows: SpeedRow[] = [];
    rows.push(await reading());
    rows.push(...beside('styrk --help', against, { cpu: 0.35, memory: null }, () => ['--help']));
    rows.push(
      ...beside('inspect of a specimen, whole process', against, { cpu: 0.45, memory: 0.65 }, (checkout) => [
        'inspect',
        '--training',
        '--specimen',
        'se-passport',
        '--data',
        join(folder, checkout === root ? 'new' : 'old'),
      ]),
    );
    rows.push(...(await openSsl()), ...(await sameName()), ...revocation());
    const ldif = join(folder, 'directory.ldif');
    writeDirectory(ldif);
    let import_ = 0;
    rows.push(
      ...beside(
        'LDIF of 100 000',
        against,
        { cpu: 0.6, memory: null },
        () => ['trust', 'import', ldif, '--data', join(folder, `ldif-${import_++}`)],
        1,
      ),
    );
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function reading(): Promise<SpeedRow> {
  const { extended, short } = await benchPassport();
  return {
    what: 'exchanges of se-passport in process, extended (short)',
    measured: `${extended.exchanges} (${short.exchanges})`,
    goal: 'at most 17',
    met: extended.exchanges <= 17,
    note: `host time ${extended.hostMillis} ms`,
  };
}

// The same words in both checkouts, in turn; the first run of each fills what is kept of compiled sources.
function beside(
  what: string,
  against: string | null,
  goals: { readonly cpu: number; readonly memory: number | null },
  words: (checkout: string) => readonly string[],
  times = runs,
): readonly SpeedRow[] {
  const checkouts = against === null ? [root] : [root, against];
  const all = new Map<string, ProcessFigures[]>(checkouts.map((checkout) => [checkout, []]));
  for (const checkout of checkouts) if (times > 1) measured(checkout, words(checkout));
  for (let run = 0; run < times; run++)
    for (const checkout of checkouts) all.get(checkout)?.push(measured(checkout, words(checkout)));
  const of = (checkout: string | null, figure: keyof ProcessFigures): number =>
    median((all.get(checkout ?? '') ?? []).map((each) => each[figure]));
  const row = (
    figure: keyof ProcessFigures,
    name: string,
    goal: number,
    shown: (value: number) => string,
  ): SpeedRow => {
    const ratio = against === null ? null : of(root, figure) / of(against, figure);
    return {
      what: `${what}: ${name}`,
      measured:
        ratio === null
          ? shown(of(root, figure))
          : `${shown(of(root, figure))}, ${shown(of(against, figure))} there: ${ratio.toFixed(2)}`,
      goal: `at most ${goal} of it`,
      met: ratio === null ? null : ratio <= goal,
      note: ratio === null ? 'a ratio needs --against DIR' : '',
    };
  };
  return [
    row('cpuMillis', 'processor time', goals.cpu, seconds),
    ...(goals.memory === null
      ? []
      : [row('peakBytes', 'memory', goals.memory, (bytes) => `${Math.round(bytes / million)} MB`)]),
  ];
}

async function openSsl(): Promise<readonly SpeedRow[]> {
  const figures = await benchOpenSslOfList();
  const what = 'the German list against OpenSSL';
  const goal = 'at most 2.5 times';
  if (figures === null)
    return [{ what, measured: 'not run', goal, met: null, note: 'the published list is not beside the project' }];
  const { ratio, styrkMillis, opensslMillis, certificates } = figures;
  return [
    {
      what,
      measured: `${ratio} times (${styrkMillis} and ${opensslMillis} ms, ${certificates} certificates)`,
      goal,
      met: ratio <= 2.5,
      note: ratio <= 2.5 ? '' : 'brainpool is computed in JavaScript: Electron’s own library has none of it',
    },
  ];
}

async function sameName(): Promise<readonly SpeedRow[]> {
  const hundred = await sameNames(100);
  const four = await sameNames(400);
  const all = await sameNames(2_000);
  const growth = four / hundred;
  return [
    {
      what: 'same-name certificates that are not self-signed, 100 and 400',
      measured: `${seconds(hundred)}, ${seconds(four)}: ${growth.toFixed(1)} times`,
      goal: 'linear: about 4 times',
      met: growth <= 6,
      note: '',
    },
    {
      what: 'the same, 2 000',
      measured: seconds(all),
      goal: 'at most 5 s',
      met: all <= 5_000,
      note: 'processor time: so many tries of each on twelve keys',
    },
  ];
}

function revocation(): readonly SpeedRow[] {
  const { megabytes, openMillis, againMillis, lookUpMillis } = lookUps();
  return [
    {
      what: `a revocation list of ${megabytes} MB: read again`,
      measured: `${openMillis.toFixed(0)} ms the first time, then ${againMillis.toFixed(3)} ms`,
      goal: 'once',
      met: againMillis < openMillis / 100,
      note: '',
    },
    {
      what: 'one look-up in it',
      measured: `${lookUpMillis.toFixed(4)} ms`,
      goal: 'at most 1 ms',
      met: lookUpMillis <= 1,
      note: '',
    },
  ];
}

/** The table for people. */
export function speedTable(rows: readonly SpeedRow[]): string {
  const word = { true: 'met', false: 'NOT met', null: 'not told' } as const;
  const lines = rows.map(
    ({ what, measured: found, goal, met, note }) => `| ${what} | ${found} | ${goal} | ${word[`${met}`]} | ${note} |`,
  );
  return ['| what | measured | goal | | |', '|---|---|---|---|---|', ...lines, ''].join('\n');
}
