import { Failure } from '../../result/failure.ts';
import { aNumber, columnsOf, oneRow } from '../answers-of-headquarters.ts';
import type { Connection } from '../connection.ts';
import { first } from './0001-first.ts';
import { erasures } from './0002-erasures.ts';
import { receivedAt } from './0003-received-at.ts';
import { erasuresAgain } from './0004-erasures-again.ts';
import { noSamples } from './0005-no-samples.ts';
import { parcels } from './0006-parcels.ts';

/** Every step of headquarters' schema in order: the first makes version 1. A step that was released is never edited. */
const migrations: readonly string[] = [first, erasures, receivedAt, erasuresAgain, noSamples, parcels];

/** The version of headquarters' schema that this app writes to. */
export const newestSchema = migrations.length;

/** The first version that has all that deliveries and issues need: what came after it is needed by that part alone. */
const deliveriesSchema = 5;
/** The first version by which parcels travel from station to station. */
export const parcelsSchema = 6;

/** Groups that roles of stations and of auditors belong to. */
const groups = ['styrk_station', 'styrk_auditor'] as const;

// One migration at a time on one server, whoever runs it. A number that means nothing else there.
const migrationLock = 0x7374_7972;

/**
 * Brings headquarters' database to the newest schema, all or nothing; in an empty one it makes everything. Answers the versions
 * before and after. Fails with `fleet.schema-newer`, and as the connection does.
 */
export async function migrateHeadquarters(
  connection: Connection,
): Promise<{ readonly before: number; readonly after: number }> {
  return connection.atOnce(async () => {
    await connection.ask(`SELECT pg_advisory_xact_lock(${migrationLock})`);
    for (const group of groups) {
      const { rows } = await connection.ask('SELECT 1 AS found FROM pg_roles WHERE rolname = $1', [group]);
      if (rows.length === 0) await connection.ask(`CREATE ROLE ${group} NOLOGIN`);
    }
    await connection.ask('CREATE SCHEMA IF NOT EXISTS styrk');
    await connection.ask(
      'CREATE TABLE IF NOT EXISTS styrk.migrations (number integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())',
    );
    const before = await schemaOf(connection);
    if (before > newestSchema) throw newer(before);
    for (const [index, step] of migrations.entries()) {
      if (index < before) continue;
      await connection.ask(step);
      await connection.ask('INSERT INTO styrk.migrations (number) VALUES ($1)', [index + 1]);
    }
    return { before, after: newestSchema };
  });
}

/** The version of the schema that lies there. */
export async function schemaOf(connection: Connection): Promise<number> {
  const { rows } = await connection.ask('SELECT coalesce(max(number), 0) AS number FROM styrk.migrations');
  return columnsOf(oneRow(rows), { number: aNumber }).number;
}

/** Fails with `fleet.schema-older` or `fleet.schema-newer` where what lies there is not what this app, or this part of it, needs. */
export async function refuseOtherSchema(connection: Connection, needed = deliveriesSchema): Promise<void> {
  const found = await schemaOf(connection);
  if (found > newestSchema) throw newer(found);
  if (found < needed) throw new Failure('fleet.schema-older', { found, known: newestSchema });
}

function newer(found: number): Failure {
  return new Failure('fleet.schema-newer', { found, known: newestSchema });
}

/** Names a station to headquarters and gives it its role, which can log in with a certificate or a password that is set elsewhere. */
export async function enrolStation(
  connection: Connection,
  station: { readonly id: string; readonly publicKey: Uint8Array },
): Promise<{ readonly role: string; readonly isNew: boolean }> {
  const role = roleOf(station.id);
  return connection.atOnce(async () => {
    const known = await connection.ask('SELECT public_key FROM styrk.stations WHERE station = $1', [station.id]);
    const [row] = known.rows as { public_key: Uint8Array }[];
    if (row !== undefined && Buffer.compare(row.public_key, station.publicKey) !== 0)
      throw new Failure('fleet.other-key', { station: station.id });
    const { rows } = await connection.ask('SELECT 1 AS found FROM pg_roles WHERE rolname = $1', [role]);
    // The id has no quote in it: `roleOf`.
    if (rows.length === 0) await connection.ask(`CREATE ROLE "${role}" LOGIN IN ROLE styrk_station`);
    else await connection.ask(`GRANT styrk_station TO "${role}"`);
    if (row === undefined)
      await connection.ask('INSERT INTO styrk.stations (station, public_key) VALUES ($1, $2)', [
        station.id,
        Buffer.from(station.publicKey),
      ]);
    return { role, isNew: row === undefined };
  });
}

/** The role of a station in headquarters' database. Fails with `fleet.malformed` for what is no station's id. */
export function roleOf(station: string): string {
  if (!/^station-[0-9a-f]{16}$/.test(station)) throw new Failure('fleet.malformed', { part: 'station' });
  return `styrk-${station}`;
}
