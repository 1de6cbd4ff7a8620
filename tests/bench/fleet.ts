import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { openConnection } from '../../main/fleet/connection.ts';
import { deliverAll } from '../../main/fleet/deliver.ts';
import { machineClock } from '../../main/machine/clock.ts';
import { machineRandom } from '../../main/machine/random.ts';
import { openStore } from '../../main/store/open-store.ts';
import { around, asAdministrator, enrolled, headquartersOf } from '../support/fleet-stations.ts';
import { postgresPrograms, startPostgres, type TestPostgres } from '../support/postgres.ts';
import { caseFacts } from '../unit/records/case-facts.ts';

/*
 * Delivery to headquarters: the records of one station, read, sealed and taken over TLS by a PostgreSQL of this machine with full
 * synchronous writes; and the same rows by COPY into a table of the same form, in the same run.
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
    await using connection = await openConnection(address, around);
    const ground = { outbox, station, sealingKey, random: machineRandom, now: machineClock.now };
    const begun = performance.now();
    const delivered = await deliverAll(connection, ground);
    const seconds = (performance.now() - begun) / 1000;
    if (delivered.records !== records) throw new Error('not all records were delivered');
    const copySeconds = copied(postgres, records);
    const perSecond = Math.round(records / seconds);
    const copyPerSecond = Math.round(records / copySeconds);
    const bytes = await sizeOf(postgres);
    return {
      records,
      delivered: { seconds: rounded(seconds), perSecond },
      copy: { seconds: rounded(copySeconds), perSecond: copyPerSecond },
      ratioToCopy: rounded(perSecond / copyPerSecond),
      bytesPerRecord: { rowsAndIndex: Math.round(bytes / records) },
    };
  } finally {
    store.close();
    await postgres.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

// By the server's own client: the rows go through its input as text, with the same keys to look after.
function copied({ socket, port }: TestPostgres, records: number): number {
  const psql = (sql: string, input?: Buffer): Buffer =>
    execFileSync(
      'psql',
      [
        '-X',
        '-q',
        '-v',
        'ON_ERROR_STOP=1',
        '-h',
        socket,
        '-p',
        String(port),
        '-U',
        'headquarters',
        '-d',
        'styrk',
        '-c',
        sql,
      ],
      {
        maxBuffer: 1 << 30,
        ...(input === undefined ? {} : { input }),
      },
    );
  const rows = psql('COPY styrk.records TO STDOUT');
  psql('CREATE TABLE copied (LIKE styrk.records INCLUDING ALL, FOREIGN KEY (station) REFERENCES styrk.stations)');
  const empty = performance.now();
  psql('SELECT 1');
  const starting = performance.now() - empty;
  const begun = performance.now();
  psql('COPY copied FROM STDIN', rows);
  const seconds = (performance.now() - begun - starting) / 1000;
  const count = Number(String(psql('COPY (SELECT count(*) FROM copied) TO STDOUT')));
  if (count !== records) throw new Error('not all rows were copied');
  return seconds;
}

async function sizeOf(postgres: TestPostgres): Promise<number> {
  return asAdministrator(postgres, async (connection) => {
    const { rows } = await connection.ask("SELECT pg_total_relation_size('styrk.records') AS bytes");
    return Number((rows[0] as { bytes: string }).bytes);
  });
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
