import { setImmediate as turn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { isSignedSoon } from '../../crypto/sealing.ts';
import { entryHash, entryMessage } from '../../records/chain.ts';
import { TreeWalk } from '../../records/log/check-tree.ts';
import type { LogKeys } from '../../records/log/log-key.ts';
import type { LogReport } from '../../records/log/log-report.ts';
import type { ChainReport } from '../../records/types.ts';
import {
  type ChainGround,
  ChainWalk,
  type ExaminedEntry,
  entryOf,
  type FoundEntry,
  isEmptied,
  isSealWhole,
} from '../../records/verify-chain.ts';
import { toHex } from '../../result/bytes.ts';
import type { SecretBytes } from '../../result/secret-bytes.ts';
import { entriesBetween, readHead } from '../chain-rows.ts';
import { countLeaves, leavesBetween } from '../log/log-rows.ts';
import { logReport, readLogState } from '../log/records-log.ts';
import { erasuresIn } from '../retention/erasures.ts';
import type { CheckedPrefix } from './checked-prefix.ts';
import { walkFast } from './walk-fast.ts';

/** With what records are checked. */
export interface CheckKeys {
  readonly stationId: string;
  readonly publicKey: Uint8Array;
  readonly sealingKey: SecretBytes;
  readonly log: LogKeys;
}

/** What a check found of records and log. */
export interface RecordsCheck {
  readonly chain: ChainReport;
  readonly log: LogReport;
  /** Records of a day before one that the chain had seen already: the clock went back between them. */
  readonly backwards: readonly { readonly id: string; readonly number: number }[];
  /** How many records were held against the root of an earlier check and not read in full. */
  readonly rested: number;
  /** The root of all that was found whole, in hex; null where something was not. */
  readonly root: string | null;
}

const batch = 200;

/**
 * Checks the records and the log as they stand at its beginning, in batches, each of its own moment: what is appended meanwhile
 * is left to the next check, and nobody waits for this one. Signatures are verified on the runtime's threads beside. With
 * `remembered` the records of that prefix are held against its root (`walkFast`); where anything of them is not as it was,
 * everything is read in full. Ends with what `around.progress` throws.
 */
export async function checkRecords(
  database: Database,
  keys: CheckKeys,
  around: {
    readonly remembered: Pick<CheckedPrefix, 'size' | 'root'> | null;
    /** So many records of so many are done; anything else of the thread has its turn meanwhile. */
    readonly progress: (done: number, all: number) => void;
  },
): Promise<RecordsCheck> {
  const state = database.transaction(() => ({
    head: readHead(database),
    log: readLogState(database, keys.log),
    last: database.prepare<[], number | null>('SELECT max(number) FROM records').pluck().get() ?? 0,
    leaves: countLeaves(database),
  }))();
  const erasures = erasuresIn(database, { id: keys.stationId, publicKey: keys.publicKey });
  let erased = erasures.proved();
  const ground: ChainGround = {
    publicKey: keys.publicKey,
    sealingKey: keys.sealingKey,
    erased: { has: (number) => erased.has(number) },
  };
  const isUnexplained = (found: FoundEntry): boolean => {
    const entry = entryOf(found);
    return isEmptied(entry) && !erased.has(entry.number);
  };
  // Of one moment: acts that are newer than the rows would speak of records that were erased after those were read.
  const nextOf = database.transaction((from: number): readonly FoundEntry[] => {
    const found = entriesBetween(database, from, state.last, batch);
    // Records that were erased since: their acts are there.
    if (found.some(isUnexplained)) erased = erasures.proved();
    return found;
  });
  const passed = async (number: number): Promise<void> => {
    around.progress(Math.min(number, state.last), state.last);
    await turn();
  };

  const begin = async (): Promise<{ chain: ChainWalk; tree: TreeWalk; after: number; rested: number }> => {
    const { remembered } = around;
    const fresh = { chain: new ChainWalk(ground), tree: new TreeWalk(), after: Number.MIN_SAFE_INTEGER, rested: 0 };
    if (remembered === null || remembered.size === 0 || remembered.size > state.last) return fresh;
    const chain = new ChainWalk(ground);
    const isErased = (number: number): boolean => erased.has(number);
    const seen: Parameters<typeof walkFast>[2]['seen'] = (record) => chain.seeTime(record);
    const rest = await walkFast(database, remembered, { isErased, seen, passed });
    if (rest === null) return fresh;
    chain.rest({ records: rest.size, erased: rest.erased }, rest.last);
    return { chain, tree: new TreeWalk(rest), after: rest.size, rested: rest.size };
  };

  const { chain, tree, after, rested } = await begin();
  let [number, leaf] = [after, rested];
  for (;;) {
    const found = nextOf(number);
    for (const examined of await examineAll(found, ground)) chain.take(examined);
    number = found.length === 0 ? state.last : numberOf(found.at(-1)?.number, state.last);
    const isLast = number >= state.last;
    const until = isLast ? state.leaves : Math.max(leaf, number);
    for (const each of leavesBetween(database, leaf, until)) tree.take(each);
    leaf = until;
    await passed(number);
    if (isLast) break;
  }
  const report = chain.end(state.head);
  const log = logReport(state.log, (checkpoint) => tree.end(checkpoint));
  const root = report.intact && log.intact ? (state.log.checkpoint?.root ?? null) : null;
  return { chain: report, log, backwards: chain.backwards, rested, root: root === null ? null : toHex(root) };
}

async function examineAll(found: readonly FoundEntry[], ground: ChainGround): Promise<readonly ExaminedEntry[]> {
  const rows = found.map((each) => {
    const entry = entryOf(each);
    const hash = entryHash(entry);
    return { entry, hash, signed: isSignedSoon(ground.publicKey, entryMessage(hash), entry.signature) };
  });
  const sealed = rows.map(({ entry }) => isSealWhole(entry, ground));
  const signed = await Promise.all(rows.map((row) => row.signed));
  return rows.map(({ entry, hash }, index) => ({
    entry,
    hash,
    isSigned: signed[index] === true,
    isSealed: sealed[index] === true,
  }));
}

function numberOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}
