import type { Database } from 'better-sqlite3';
import type { RandomSource } from '../crypto/random.ts';
import { open, seal } from '../crypto/sealing.ts';
import type { Detail } from '../result/check.ts';
import { Failure } from '../result/failure.ts';
import type { SecretBytes } from '../result/secret-bytes.ts';
import type { StoreMarks } from './marks/store-marks.ts';

/** A service on the network as it was set. `content` is JSON of the room of services; the key in it is why all of it is sealed. */
export interface KeptService {
  readonly content: Detail;
  /** ISO 8601, and the administrators who answer for it. */
  readonly setAt: string;
  readonly setBy: readonly string[];
}

/** The services of a folder by name. All of it fails with `trust.tampered` where others touched what is kept. */
export interface StationServicesRepository {
  get(name: string): KeptService | null;
  /** In place of what was there. Part of a recorded act. */
  put(name: string, service: KeptService): void;
  /** Part of a recorded act. */
  remove(name: string): void;
}

interface Row {
  readonly sealed: Uint8Array;
  readonly setAt: string;
  readonly setBy: string;
}

/** Fails with `storage.corrupt` for a row that does not open. */
export function stationServicesRepository(
  database: Database,
  path: string,
  { sealingKey, marks }: { readonly sealingKey: SecretBytes; readonly marks: StoreMarks },
  random: RandomSource,
): StationServicesRepository {
  const utf8 = new TextEncoder();
  // Bound to its name: the register's address in the place of the directory's would be asked for people.
  const contextOf = (name: string): Uint8Array => utf8.encode(`styrk/station-services/1/${name}`);
  return {
    get: (name) => {
      const row = marks.read(() =>
        database
          .prepare<[string], Row>(
            'SELECT sealed, set_at AS setAt, set_by AS setBy FROM station_services WHERE name = ?',
          )
          .get(name),
      );
      if (row === undefined) return null;
      const plain = open(sealingKey.reveal(), row.sealed, contextOf(name));
      if (plain === null) throw new Failure('storage.corrupt', { path, part: 'station-services' });
      return { content: JSON.parse(new TextDecoder().decode(plain)), setAt: row.setAt, setBy: JSON.parse(row.setBy) };
    },
    put: (name, { content, setAt, setBy }) => {
      const sealed = seal(sealingKey.reveal(), utf8.encode(JSON.stringify(content)), contextOf(name), random);
      marks.write(() =>
        database
          .prepare(
            `INSERT INTO station_services (name, sealed, set_at, set_by) VALUES (?, ?, ?, ?)
             ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed, set_at = excluded.set_at, set_by = excluded.set_by`,
          )
          .run(name, sealed, setAt, JSON.stringify(setBy)),
      );
    },
    remove: (name) => {
      marks.write(() => database.prepare('DELETE FROM station_services WHERE name = ?').run(name));
    },
  };
}
