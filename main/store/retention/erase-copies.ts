import type { Database } from 'better-sqlite3';

/** What is known of a record that is being erased: its id, and the person of its case where it opened. */
export interface ErasedRecord {
  readonly id: string;
  readonly holderId: string | null;
  /** Whether another record of that person is still kept. */
  readonly holderElsewhere: boolean;
}

/** People whom cases took from documents. */
export interface TakenHolders {
  readonly forgetTaken: (id: string) => void;
}

/**
 * Every other place of the folder that holds part of what a record holds; each is emptied with it. A table that is neither here
 * nor known to a test as one that holds nothing of a record fails it (`tests/unit/store/record-copies.test.ts`). SQLite overwrites
 * what is deleted (`secure_delete`); what stays as a row is overwritten in place first.
 */
export const copies: Readonly<
  Record<string, (database: Database, record: ErasedRecord, holders: TakenHolders) => void>
> = {
  // A case that still waits for a colleague waits no longer than its record is kept.
  referrals: (database, { id }) => {
    database.prepare('DELETE FROM referrals WHERE id = ?').run(id);
  },
  referrals_handed: (database, { id }) => {
    database.prepare('DELETE FROM referrals_handed WHERE id = ?').run(id);
  },
  // The name stays, as a keyed value: an order that was here once does not become new again.
  received_orders: (database, { id }) => {
    const blank =
      'UPDATE received_orders SET sealed = zeroblob(length(sealed)), sealed_answer = zeroblob(length(sealed_answer))';
    database.prepare(`${blank} WHERE record_id = ?`).run(id);
    database.prepare("UPDATE received_orders SET sealed = x'', sealed_answer = NULL WHERE record_id = ?").run(id);
  },
  // Known as this person's by that record; by another one that is kept it still is.
  known_documents: (database, { id }) => {
    database.prepare('DELETE FROM known_documents WHERE record_id = ?').run(id);
  },
  // Answers of the bank's directory are asked for anew.
  directory_cache: (database) => {
    database.prepare('DELETE FROM directory_cache').run();
  },
  // Whom the case took from a document nobody else vouches for; whom the bank's register names stays until it names them no more.
  holders: (_, { holderId, holderElsewhere }, holders) => {
    if (holderId !== null && !holderElsewhere) holders.forgetTaken(holderId);
  },
};
