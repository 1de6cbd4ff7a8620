import { newRecipientKey } from '../../main/crypto/recipient.ts';
import { type Connection, type ConnectionAround, openConnection } from '../../main/fleet/connection.ts';
import { type Fleet, fleetOf } from '../../main/fleet/fleet.ts';
import { enrolStation, migrateHeadquarters, roleOf } from '../../main/fleet/schema/migrate.ts';
import { machineAfter, type StationClock } from '../../main/machine/clock.ts';
import { machineRandom } from '../../main/machine/random.ts';
import type { Store, UnlockedStore } from '../../main/store/types.ts';
import { administratorOf, type TestPostgres } from './postgres.ts';

/*
 * Headquarters with its tables, and stations that are enrolled there.
 */

export const around: ConnectionAround = { after: machineAfter };

/** As who administers headquarters' database. */
export async function asAdministrator<Answer>(
  postgres: TestPostgres,
  act: (connection: Connection) => Promise<Answer>,
): Promise<Answer> {
  await using connection = await openConnection(administratorOf(postgres), around);
  return await act(connection);
}

/** Makes the tables, and headquarters' key. */
export async function headquartersOf(postgres: TestPostgres) {
  await asAdministrator(postgres, migrateHeadquarters);
  return newRecipientKey(machineRandom);
}

/** Enrols the station of an unlocked folder; answers how it connects. `port` is that of whoever stands between. */
export async function enrolled(
  postgres: TestPostgres,
  { station }: Pick<UnlockedStore, 'station'>,
  port = postgres.port,
) {
  await asAdministrator(postgres, (connection) => enrolStation(connection, station));
  const user = roleOf(station.id);
  return {
    host: 'localhost',
    port,
    database: 'styrk',
    user,
    password: null,
    authority: postgres.authority.pem,
    identity: { kind: 'pem', ...postgres.clientOf(user), passphrase: null },
  } as const;
}

/** Sets headquarters in an unlocked folder, as two administrators do; answers the folder's fleet. */
export function fleetSetTo(
  { authority, port: own }: Pick<TestPostgres, 'authority' | 'port'>,
  { store, ...unlocked }: UnlockedStore & { readonly store: Store },
  {
    identity,
    sealingKey,
    clock,
    port = own,
  }: {
    readonly identity: { readonly certificate: string; readonly key: string };
    readonly sealingKey: Uint8Array;
    readonly clock: StationClock;
    /** That of whoever stands between. */
    readonly port?: number;
  },
): Fleet {
  const ground = { clock, after: around.after, random: machineRandom, take: async () => undefined };
  const fleet = fleetOf(store, () => unlocked, ground);
  const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
  const files = {
    authority: utf8(authority.pem),
    certificate: utf8(identity.certificate),
    key: utf8(identity.key),
    passphrase: null,
    password: null,
  };
  const address = `postgresql://localhost:${port}/styrk`;
  fleet.set({ address, files, sealingKey, issuingKey: null, receivingKey: null }, ['A. Berg', 'C. Dahl']);
  return fleet;
}

/** Everything that headquarters holds of a station, by number. */
export async function heldOf(postgres: TestPostgres, station: string): Promise<readonly string[]> {
  return asAdministrator(postgres, async (connection) => {
    const { rows } = await connection.ask('SELECT number, hash FROM styrk.records WHERE station = $1 ORDER BY number', [
      station,
    ]);
    return (rows as { number: string; hash: string }[]).map(({ number, hash }) => `${number} ${hash}`);
  });
}
