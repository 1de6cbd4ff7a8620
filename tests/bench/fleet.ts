import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setImmediate as turn } from 'node:timers/promises';
import { type Connection, openConnection } from '../../main/fleet/connection.ts';
import { deliverAll } from '../../main/fleet/deliver.ts';
import { machineClock } from '../../main/machine/clock.ts';
import { machineRandom } from '../../main/machine/random.ts';
import { openStore } from '../../main/store/open-store.ts';
import { around, asAdministrator, enrolled, headquartersOf } from '../support/fleet-stations.ts';
import { postgresPrograms, startPostgres, type TestPostgres } from '../support/postgres.ts';
import { caseFacts } from '../unit/records/case-facts.ts';

/** The goals of the plan. */
const goals = { perSecond: 2_000, ratioToCopy: 0.5 };
const rounds = 3;

/*
 * Delivery to headquarters: the records of one station, read, sealed and taken over TLS by a PostgreSQL of this machine with full
 * synchronous writes; and the same rows by COPY into a table of the same form, in the same run. Several rounds one after the other, so
 * that what else the machine does meanwhile strikes both; the middle round counts. Beside the clock stands what the station's process and
 * the server's computed, which other programs move less: where both have a core of their own the slower of the two sets the pace.
 */
export async function benchFleet(records: number): Promise<unknown> {
  if (postgresPrograms === null) return { skipped: 'no PostgreSQL is installed here' };
  const directory = mkdtempSync(join(tmpdir(), 'styrk-bench-fleet-'));
  const postgres = await startPostgres({ durable: true });
  const store = openStore({ directory, kind: 'training', create: true, random: machineRandom });
  try {
    const unlocked = await store.unlock({ kind: 'key-file', path: null });
    for (let number = 1; number <= records; number++) unlocked.records.append(caseFacts(`case-${number}`), '0.1.0');
    const { publicKey: sealingKey } = await headquartersOf(postgres);
    const address = await enrolled(postgres, unlocked);
    const { outbox, station } = unlocked;
    const ground = { outbox, station, sealingKey, random: machineRandom, now: machineClock.now, turn: () => turn() };
    const measured: Round[] = [];
    for (let round = 0; round < rounds; round++) {
      if (round > 0) await emptied(postgres);
      await using connection = await openConnection(address, around);
      const server = await processOf(connection);
      const [begun, cpu, serverCpu] = [performance.now(), process.cpuUsage(), cpuSecondsOf(server)];
      const delivered = await deliverAll(connection, ground);
      const seconds = (performance.now() - begun) / 1000;
      const { user, system } = process.cpuUsage(cpu);
      if (delivered.records !== records) throw new Error('not all records were delivered');
      const serverCpuSeconds = cpuSecondsOf(server) - serverCpu;
      measured.push({ seconds, cpuSeconds: (user + system) / 1e6, serverCpuSeconds, ...copied(postgres, records) });
    }
    const ratios = measured.map(({ seconds, copySeconds }) => copySeconds / seconds);
    const microsEach = (seconds: readonly number[]): number => Math.round((median(seconds) / records) * 1e6);
    const perSecond = Math.round(records / median(measured.map(({ seconds }) => seconds)));
    const ratioToCopy = rounded(median(ratios));
    return {
      records,
      rounds,
      delivered: { perSecond, goal: goals.perSecond, is: perSecond >= goals.perSecond ? 'met' : 'not met' },
      copy: { perSecond: Math.round(records / median(measured.map(({ copySeconds }) => copySeconds))) },
      ratioToCopy: {
        ratio: ratioToCopy,
        each: ratios.map(rounded),
        goal: goals.ratioToCopy,
        is: ratioToCopy >= goals.ratioToCopy ? 'met' : 'not met',
      },
      cpuMicrosPerRecord: {
        station: microsEach(measured.map(({ cpuSeconds }) => cpuSeconds)),
        server: microsEach(measured.map(({ serverCpuSeconds }) => serverCpuSeconds)),
        serverOfCopy: microsEach(measured.map(({ copyCpuSeconds }) => copyCpuSeconds)),
      },
      bytesPerRecord: { rowsAndIndex: Math.round((await sizeOf(postgres)) / records) },
    };
  } finally {
    store.close();
    await postgres.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

interface Round {
  readonly seconds: number;
  /** Of the station's process alone. */
  readonly cpuSeconds: number;
  /** Of the server's process for this connection. */
  readonly serverCpuSeconds: number;
  readonly copySeconds: number;
  readonly copyCpuSeconds: number;
}

async function processOf(connection: Connection): Promise<number> {
  const { rows } = await connection.ask('SELECT pg_backend_pid() AS process');
  return (rows[0] as { readonly process: number }).process;
}

/** What Linux says that a process computed: `schedstat` counts it in nanoseconds. */
function cpuSecondsOf(server: number): number {
  return Number(readFileSync(`/proc/${server}/schedstat`, 'latin1').split(' ')[0]) / 1e9;
}

/** Headquarters as it was before anything came. */
async function emptied(postgres: TestPostgres): Promise<void> {
  await asAdministrator(postgres, (connection) =>
    connection.ask(
      `TRUNCATE styrk.records, styrk.checkpoints, styrk.answers; DROP TABLE public.copied;
       UPDATE styrk.stations SET records = 0, records_digest = '', checkpoints = 0, checkpoints_digest = ''`,
    ),
  );
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

// By the server's own client: the rows go through its input as text, with the same keys to look after.
function copied(
  { socket, port }: TestPostgres,
  records: number,
): { readonly copySeconds: number; readonly copyCpuSeconds: number } {
  const server = ['-h', socket, '-p', String(port), '-U', 'headquarters', '-d', 'styrk'];
  const psql = (statements: readonly string[], input?: Buffer): Buffer =>
    execFileSync(
      'psql',
      ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', ...server, ...statements.flatMap((each) => ['-c', each])],
      { maxBuffer: 1 << 30, ...(input === undefined ? {} : { input }) },
    );
  const rows = psql(['COPY styrk.records TO STDOUT']);
  psql(['CREATE TABLE copied (LIKE styrk.records INCLUDING ALL, FOREIGN KEY (station) REFERENCES styrk.stations)']);
  const spent = "SELECT 'spent ' || split_part(pg_read_file('/proc/self/schedstat'), ' ', 1)";
  const empty = performance.now();
  psql([spent, 'SELECT 1', spent]);
  const starting = performance.now() - empty;
  const begun = performance.now();
  const told = String(psql([spent, 'COPY copied FROM STDIN', spent], rows));
  const copySeconds = (performance.now() - begun - starting) / 1000;
  const [before = 0, after = 0] = [...told.matchAll(/^spent (\d+)$/gm)].map(([, nanoseconds]) => Number(nanoseconds));
  const count = Number(String(psql(['COPY (SELECT count(*) FROM copied) TO STDOUT'])));
  if (count !== records) throw new Error('not all rows were copied');
  return { copySeconds, copyCpuSeconds: (after - before) / 1e9 };
}

async function sizeOf(postgres: TestPostgres): Promise<number> {
  return asAdministrator(postgres, async (connection) => {
    const { rows } = await connection.ask("SELECT pg_total_relation_size('styrk.records') AS bytes");
    return Number((rows[0] as { bytes: string }).bytes);
  });
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
