import type { Database } from 'better-sqlite3';
import type { RandomSource } from '../crypto/random.ts';
import type { KeyedIndex } from '../crypto/sealing.ts';
import { appendToChain, isHeadSigned, type RecordKeys } from '../records/chain.ts';
import { recordOf } from '../records/record.ts';
import type { Erasure } from '../records/retention.ts';
import { openRecord } from '../records/seal-record.ts';
import type { ChainHead, RecordContent } from '../records/types.ts';
import { checkChain, entryOf, type FoundEntry, isEmptied } from '../records/verify-chain.ts';
import { equal } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';
import {
  countEntries,
  entriesInOrder,
  entryOfId,
  entryOfNumber,
  insertEntry,
  instantsBetween,
  newestEntries,
  readHead,
  writeHead,
} from './chain-rows.ts';
import { provenSince } from './check/proven-since.ts';
import { confirmedOrders } from './confirmed-orders.ts';
import { guarded } from './database-failure.ts';
import type { StoredLog } from './log/stored-log.ts';
import type { StoreMarks } from './marks/store-marks.ts';
import { noteDays } from './newest-day.ts';
import { type Erasures, erasuresIn } from './retention/erasures.ts';
import type { ListedRecord, RecordsRepository } from './types.ts';

const usualPage = 50;

/** The records of a folder: sealed, chained, signed by its station. */
export function recordsRepository(
  database: Database,
  path: string,
  keys: RecordKeys & {
    readonly publicKey: Uint8Array;
    readonly marks: StoreMarks;
    readonly orderIndex: KeyedIndex;
    readonly log: StoredLog;
  },
  random: RandomSource,
): RecordsRepository {
  const contentOf = (found: FoundEntry): RecordContent | null => openRecord(entryOf(found), keys.sealingKey.reveal());
  const erasures = erasuresIn(database, { id: keys.stationId, publicKey: keys.publicKey });
  const orders = confirmedOrders(database, keys.orderIndex, contentOf, erasures.proved);
  // The last one that this connection signed itself: one that stands there as it was signed is not verified again.
  let known: ChainHead | null = null;

  return {
    append: (facts, appVersion) =>
      guarded(path, () =>
        // Also where others touched what verdicts rest on: the record says so, and no day is marked.
        keys.marks.keep((whole) => {
          const content = recordOf(facts, { id: keys.stationId, appVersion });
          if (entryOfId(database, content.id) !== undefined)
            throw new Failure('record.malformed', { reason: 'id-taken' });
          orders.refuse(content, whole);
          const { entry, head } = appendToChain(headOf(database, keys.publicKey, known), content, keys, random);
          known = head;
          insertEntry(database, entry);
          writeHead(database, head);
          keys.log.append(entry.number, entry.hash);
          orders.follow(content, entry, whole);
          if (whole) noteDays(database, [entry.writtenAt.slice(0, 10)]);
          return { id: entry.id, hash: entry.hash, number: entry.number };
        }),
      ),

    list: ({ limit = usualPage, before = Number.MAX_SAFE_INTEGER } = {}) =>
      guarded(path, () =>
        newestEntries(database, limit, before).map((found) => summaryOf(found, contentOf(found), erasures)),
      ),

    of: (numbers) =>
      guarded(path, () =>
        numbers.flatMap((number) => {
          const found = entryOfNumber(database, number);
          return found === undefined ? [] : [summaryOf(found, contentOf(found), erasures)];
        }),
      ),

    writtenBetween: (first, last) => guarded(path, () => instantsBetween(database, first, last)),

    get: (id) =>
      guarded(path, () => {
        const found = entryOfId(database, id);
        if (found === undefined) throw new Failure('record.not-found', { id });
        const content = contentOf(found);
        const { number, hash } = entryOf(found);
        const erasure = content === null ? erasureOf(found, erasures) : null;
        if (erasure !== null) throw new Failure('record.erased', { id, number, ...erasureFields(erasure) });
        if (content === null) throw new Failure('record.seal-broken', { id });
        return { number, hash, content };
      }),

    provenSince: (id) =>
      guarded(path, () =>
        database.transaction(() => {
          const { publicKey, sealingKey, log } = keys;
          return provenSince(database, { publicKey, sealingKey, log: log.keysNow(), erased: erasures.told() }, id);
        })(),
      ),

    confirmedBy: (order) => guarded(path, () => database.transaction(() => orders.find(order, keys.marks.isWhole()))()),

    caseOf: (order) => guarded(path, () => database.transaction(() => orders.caseOf(order, keys.marks.isWhole()))()),

    noteOrders: () =>
      guarded(path, () =>
        keys.marks.keep((whole) => {
          if (whole) orders.complete();
        }),
      ),

    count: () => guarded(path, () => countEntries(database)),

    check: () =>
      guarded(path, () =>
        // One transaction, so that no record of another process comes between the last entry and the head.
        database.transaction(() => {
          const { publicKey, sealingKey } = keys;
          const [entries, head] = [entriesInOrder(database), readHead(database)];
          return checkChain({ entries, head, publicKey, sealingKey, erased: erasures.proved() });
        })(),
      ),
  };
}

/** The number of the newest record by the head that the station signed; null without such a head. */
export function newestNumber(database: Database, publicKey: Uint8Array): number | null {
  try {
    return headOf(database, publicKey, null).number;
  } catch (thrown) {
    if (thrown instanceof Failure) return null;
    throw thrown;
  }
}

// A head that the station did not sign is not built upon: what follows would look like its work.
function headOf(database: Database, publicKey: Uint8Array, known: ChainHead | null): ChainHead {
  const found = readHead(database);
  if (found === null) throw new Failure('record.missing');
  const { stationId, number, hash, signature } = found;
  if (
    typeof stationId !== 'string' ||
    typeof number !== 'number' ||
    typeof hash !== 'string' ||
    !(signature instanceof Uint8Array) ||
    !(
      isSameHead({ stationId, number, hash, signature }, known) ||
      isHeadSigned({ stationId, number, hash, signature }, publicKey)
    )
  )
    throw new Failure('record.signature-wrong');
  return { stationId, number, hash, signature };
}

function isSameHead({ stationId, number, hash, signature }: ChainHead, known: ChainHead | null): boolean {
  return (
    known !== null &&
    stationId === known.stationId &&
    number === known.number &&
    hash === known.hash &&
    equal(signature, known.signature)
  );
}

function erasureOf(found: FoundEntry, erasures: Erasures): Erasure | null {
  const entry = entryOf(found);
  return isEmptied(entry) ? (erasures.told().get(entry.number) ?? null) : null;
}

function erasureFields({ on, keep, years, event }: Erasure): Failure['fields'] {
  return { on, keep, years, event: event?.kind ?? null, eventOn: event?.on ?? null };
}

function summaryOf(found: FoundEntry, content: RecordContent | null, erasures: Erasures): ListedRecord {
  const { number, id, hash, writtenAt } = entryOf(found);
  if (content === null) {
    const erased = erasureOf(found, erasures);
    return { number, id, hash, writtenAt, content, ...(erased === null ? {} : { erased }) };
  }
  const { training, purpose, holder, document, verdict, decision, referral } = content;
  const of = referral === undefined ? {} : { referral };
  return { number, id, hash, writtenAt, content: { training, purpose, holder, document, verdict, decision, ...of } };
}
