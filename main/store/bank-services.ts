import type { Database } from 'better-sqlite3';
import type { RandomSource } from '../crypto/random.ts';
import { open, seal } from '../crypto/sealing.ts';
import { Failure } from '../result/failure.ts';
import type { SecretBytes } from '../result/secret-bytes.ts';
import { guarded } from './database-failure.ts';

/** How the servers of the bank's systems are reached: JSON with the station's own certificate and key for them, sealed. */
export interface BankServicesRepository {
  get(system: string): string | null;
  /** In place of what was there; null takes it away. */
  set(system: string, service: string | null): void;
}

/** Fails as the database does, with `storage.corrupt` for a row that does not open under its system. */
export function bankServicesRepository(
  database: Database,
  path: string,
  sealingKey: SecretBytes,
  random: RandomSource,
): BankServicesRepository {
  const utf8 = new TextEncoder();
  const contextOf = (system: string): Uint8Array => utf8.encode(`styrk/bank-services/1/${system}`);
  return {
    get: (system) =>
      guarded(path, () => {
        const sealed = database
          .prepare<[string], Uint8Array>('SELECT sealed FROM bank_services WHERE system = ?')
          .pluck()
          .get(system);
        if (sealed === undefined) return null;
        const plain = open(sealingKey.reveal(), sealed, contextOf(system));
        if (plain === null) throw new Failure('storage.corrupt', { path, part: 'bank-services' });
        return new TextDecoder().decode(plain);
      }),
    set: (system, service) =>
      guarded(path, () => {
        if (service === null) database.prepare('DELETE FROM bank_services WHERE system = ?').run(system);
        else
          database
            .prepare(
              'INSERT INTO bank_services (system, sealed) VALUES (?, ?) ON CONFLICT (system) DO UPDATE SET sealed = excluded.sealed',
            )
            .run(system, seal(sealingKey.reveal(), utf8.encode(service), contextOf(system), random));
      }),
  };
}
