import type { Database } from 'better-sqlite3';
import type { RandomSource } from '../../crypto/random.ts';
import { type KeyedIndex, open, seal } from '../../crypto/sealing.ts';
import { openRecord } from '../../records/seal-record.ts';
import type { RecordContent } from '../../records/types.ts';
import { entryOf, type FoundEntry } from '../../records/verify-chain.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import type { SecretBytes } from '../../result/secret-bytes.ts';
import { entryOfId, entryOfNumber } from '../chain-rows.ts';
import { confirmedOrders } from '../confirmed-orders.ts';
import { guarded } from '../database-failure.ts';
import { copies, type TakenHolders } from './erase-copies.ts';
import { erasuresIn } from './erasures.ts';
import { type KeptRecord, type RecordIndex, recordIndex } from './record-index.ts';

/** How long records are kept, and how they end. Fails as the database does. */
export interface RetentionRepository {
  /** Takes in at most so many records that were written since; answers whether all are in now. */
  readonly follow: (most: number) => boolean;
  /** Null where there is no record of that number, or it is not in yet. */
  readonly kept: (number: number) => KeptRecord | null;
  /** The number of the record of that id; null where there is none. */
  readonly numberOf: (id: string) => number | null;
  /** The id of the record of that number; null where there is none. */
  readonly idOf: (number: number) => string | null;
  /** The records of a person on file that are not erased. */
  readonly ofHolder: (holderId: string) => readonly number[];
  /** Those of no relationship (`none`) that were written on this day or before and are not erased. */
  readonly ofNone: (until: PlainDate) => readonly KeptRecord[];
  /**
   * Records by what stands in them and by their days, the newest day first; among those that are in it. `next` is the number from
   * which the next page goes on, null where nothing more can come.
   */
  readonly find: RecordIndex['find'];
  /** How many records are not in yet. */
  readonly behind: () => number;
  /**
   * Overwrites the record's own key and its content with zeros, page by page, takes them away, and with them every copy
   * (`copies`). Part of a recorded act. Only `cleanLog` takes the older pages out of the log beside the database.
   */
  readonly erase: (number: number) => void;
  /**
   * Writes everything into the database file and empties the log beside it. False where another connection still reads it: what
   * was erased then stays in the log until this is asked again.
   */
  readonly cleanLog: () => boolean;
  /** Which authority has records kept, and why, under the number of the act. Part of that act. */
  readonly keepHoldReason: (act: number, text: string) => void;
  /** Null where nothing is kept under that number, or it does not open. */
  readonly holdReason: (act: number) => string | null;
  readonly forgetHoldReason: (act: number) => void;
}

const utf8 = new TextEncoder();
const holdContext = (act: number): Uint8Array => utf8.encode(`styrk/hold-reason/1/${act}`);

/** Over the records of this folder. */
export function retentionRepository(
  database: Database,
  path: string,
  around: {
    readonly records: {
      readonly stationId: string;
      readonly publicKey: Uint8Array;
      readonly sealingKey: SecretBytes;
      readonly orderIndex: KeyedIndex;
    };
    readonly index: KeyedIndex;
    /** Makes the keyed values by which records are found. */
    readonly terms: KeyedIndex;
    readonly sealingKey: SecretBytes;
    readonly random: RandomSource;
    readonly holders: TakenHolders;
  },
): RetentionRepository {
  const { records, sealingKey, random, holders } = around;
  const contentOf = (found: FoundEntry): RecordContent | null =>
    openRecord(entryOf(found), records.sealingKey.reveal());
  const erasures = erasuresIn(database, { id: records.stationId, publicKey: records.publicKey });
  const orders = confirmedOrders(database, records.orderIndex, contentOf, erasures.proved);
  const index = recordIndex(database, { holders: around.index, terms: around.terms }, contentOf);

  const overwrite = database.prepare<[number]>(
    'UPDATE records SET wrapped_key = zeroblob(length(wrapped_key)), sealed = zeroblob(length(sealed)) WHERE number = ?',
  );
  const empty = database.prepare<[number]>("UPDATE records SET wrapped_key = x'', sealed = x'' WHERE number = ?");

  return {
    follow: (most) => guarded(path, () => database.transaction(() => index.follow(most)).immediate()),
    kept: (number) => guarded(path, () => index.of(number)),
    numberOf: (id) =>
      guarded(path, () => {
        const found = entryOfId(database, id);
        return found === undefined ? null : entryOf(found).number;
      }),
    idOf: (number) =>
      guarded(path, () => {
        const found = entryOfNumber(database, number);
        return found === undefined ? null : entryOf(found).id;
      }),
    ofHolder: (holderId) => guarded(path, () => index.ofHolder(holderId)),
    ofNone: (until) => guarded(path, () => index.ofNone(until)),
    find: (query, page) => guarded(path, () => database.transaction(() => index.find(query, page))()),
    behind: () => guarded(path, index.behind),
    erase: (number) =>
      guarded(path, () => {
        const found = entryOfNumber(database, number);
        if (found === undefined) return;
        // Which orders were confirmed is noted before the records that say so are gone.
        orders.complete();
        const holderId = contentOf(found)?.holder?.id ?? null;
        const { id } = entryOf(found);
        // First over itself, in the pages where it lies: no page is moved, and none keeps a part of it.
        overwrite.run(number);
        empty.run(number);
        index.forget(number);
        const holderElsewhere = holderId !== null && index.ofHolder(holderId).length > 0;
        for (const erase of Object.values(copies)) erase(database, { id, holderId, holderElsewhere }, holders);
      }),
    cleanLog: () =>
      guarded(path, () => {
        const patience = Number(database.pragma('busy_timeout', { simple: true }));
        database.pragma('busy_timeout = 0');
        try {
          const [answer] = database.pragma('wal_checkpoint(TRUNCATE)') as readonly { readonly busy: number }[];
          return answer?.busy === 0;
        } finally {
          database.pragma(`busy_timeout = ${patience}`);
        }
      }),
    keepHoldReason: (act, text) =>
      guarded(path, () => {
        const sealed = seal(sealingKey.reveal(), utf8.encode(text), holdContext(act), random);
        database.prepare('INSERT OR REPLACE INTO hold_reasons (act, sealed) VALUES (?, ?)').run(act, sealed);
      }),
    holdReason: (act) =>
      guarded(path, () => {
        const sealed = database
          .prepare<[number], Uint8Array>('SELECT sealed FROM hold_reasons WHERE act = ?')
          .pluck()
          .get(act);
        const plain = sealed === undefined ? null : open(sealingKey.reveal(), sealed, holdContext(act));
        return plain === null ? null : new TextDecoder().decode(plain);
      }),
    forgetHoldReason: (act) =>
      guarded(path, () => void database.prepare('DELETE FROM hold_reasons WHERE act = ?').run(act)),
  };
}
