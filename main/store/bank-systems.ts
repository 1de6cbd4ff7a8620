import type { Database } from 'better-sqlite3';
import { Failure } from '../result/failure.ts';

/** A system of the bank as it is kept: what the room of answers makes of it is JSON here. */
export interface KeptBankSystem {
  readonly id: string;
  readonly content: string;
  /** ISO 8601, and the administrators who answer for it. */
  readonly addedAt: string;
  readonly addedBy: readonly string[];
}

/** The systems of the bank that may send orders. All of it fails with `trust.tampered` where others touched what is kept. */
export interface BankSystemsRepository {
  /** By their ids. */
  list(): readonly KeptBankSystem[];
  get(id: string): KeptBankSystem | null;
  /** In place of one of that id. Part of a recorded act. */
  put(system: KeptBankSystem): void;
  /** Part of a recorded act. Fails with `bank.unknown`. */
  remove(id: string): void;
}

type Row = Omit<KeptBankSystem, 'addedBy'> & { readonly addedBy: string };

/** `around` runs what reads and what writes: compared with the marks, and marked. */
export function bankSystemsRepository(
  database: Database,
  around: { readonly reading: <A>(act: () => A) => A; readonly writing: <A>(act: () => A) => A },
): BankSystemsRepository {
  const columns = 'SELECT id, content, added_at AS addedAt, added_by AS addedBy FROM bank_systems';
  const kept = (row: Row): KeptBankSystem => ({ ...row, addedBy: JSON.parse(row.addedBy) });
  return {
    list: () => around.reading(() => database.prepare<[], Row>(`${columns} ORDER BY id`).all().map(kept)),
    get: (id) =>
      around.reading(() => {
        const row = database.prepare<[string], Row>(`${columns} WHERE id = ?`).get(id);
        return row === undefined ? null : kept(row);
      }),
    put: (system) =>
      around.writing(() =>
        database
          .prepare(
            `INSERT INTO bank_systems (id, content, added_at, added_by) VALUES (@id, @content, @addedAt, @addedBy)
             ON CONFLICT (id) DO UPDATE SET content = excluded.content, added_at = excluded.added_at,
               added_by = excluded.added_by`,
          )
          .run({ ...system, addedBy: JSON.stringify(system.addedBy) }),
      ),
    remove: (id) =>
      around.writing(() => {
        const { changes } = database.prepare('DELETE FROM bank_systems WHERE id = ?').run(id);
        if (changes === 0) throw new Failure('bank.unknown');
      }),
  };
}
