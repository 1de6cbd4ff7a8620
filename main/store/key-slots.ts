import type { Database } from 'better-sqlite3';
import { Failure } from '../result/failure.ts';
import type { KeyProvider, KeySlotDescription } from './types.ts';

/** One means that keeps the master key, as stored. The costs are those of scrypt, null for other kinds. */
export interface KeySlot {
  readonly kind: KeyProvider['kind'];
  readonly backend: string | null;
  readonly salt: Uint8Array;
  readonly cost: number | null;
  readonly blockSize: number | null;
  readonly parallelization: number | null;
  readonly wrapped: Uint8Array;
}

/** The slots of the folder, oldest first. */
export function readSlots(database: Database): readonly KeySlot[] {
  return database
    .prepare<[], KeySlot>(
      `SELECT kind, backend, salt, scrypt_cost AS cost, scrypt_block_size AS blockSize,
              scrypt_parallelization AS parallelization, wrapped
         FROM key_slots ORDER BY id`,
    )
    .all();
}

/** Keeps the folder's first slot; false where another process was first. */
export function keepFirstSlot(database: Database, slot: KeySlot): boolean {
  return database
    .transaction(() => {
      if (readSlots(database).length > 0) return false;
      insertSlot(database, slot);
      return true;
    })
    .immediate();
}

/** Puts one slot in the place of all that are there. */
export function replaceSlots(database: Database, slot: KeySlot): void {
  database
    .transaction(() => {
      database.prepare('DELETE FROM key_slots').run();
      insertSlot(database, slot);
    })
    .immediate();
}

function insertSlot(database: Database, slot: KeySlot): void {
  database
    .prepare(
      `INSERT INTO key_slots
         (kind, backend, salt, scrypt_cost, scrypt_block_size, scrypt_parallelization, wrapped)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(slot.kind, slot.backend, slot.salt, slot.cost, slot.blockSize, slot.parallelization, slot.wrapped);
}

/** The slot without what it keeps: for people. */
export function describeSlot({ kind, backend }: KeySlotDescription): KeySlotDescription {
  return { kind, backend };
}

/** `storage.locked` with what keeps the key and what to do: `choose-key`, `give-passphrase`, `give-key-file`, `open-in-app`. */
export function lockedFailure(slots: readonly KeySlotDescription[], path: string): Failure {
  const kinds = new Set(slots.map((slot) => slot.kind));
  const keptBy = kinds.size === 0 ? null : [...kinds].join(', ');
  const advice = kinds.has('passphrase')
    ? 'give-passphrase'
    : kinds.has('key-file')
      ? 'give-key-file'
      : kinds.has('safe-storage')
        ? 'open-in-app'
        : 'choose-key';
  return new Failure('storage.locked', { path, keptBy, advice });
}
