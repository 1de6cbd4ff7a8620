import { beginningHash, entryHash, isEntrySigned, isHeadSigned } from './chain.ts';
import { openRecord, sealedHashOf } from './seal-record.ts';
import type { BrokenRecord, ChainHead, ChainReport, RecordEntry, RecordFault } from './types.ts';

/** An entry as it lies in a database that anyone may have written to: nothing about its values is sure. */
export type FoundEntry = Readonly<Record<keyof RecordEntry, unknown>>;

/** How many missing records in a row are named one by one; a longer gap is named by its first and its last ones. */
const mostNamed = 100;

/**
 * Walks the chain and names everything wrong with it. `entries` come in the order of their numbers. Without a sealing key
 * the seals stay shut and are held against their hashes alone; chain, signatures and order need no secret. What no such
 * walk can find is an older copy of the whole folder, or of its end with the head of that day: only a head that was kept
 * elsewhere shows that.
 */
export function checkChain(chain: {
  readonly entries: Iterable<FoundEntry>;
  readonly head: Readonly<Record<keyof ChainHead, unknown>> | null;
  readonly publicKey: Uint8Array;
  readonly sealingKey: Uint8Array | null;
}): ChainReport {
  const broken: BrokenRecord[] = [];
  let records = 0;
  let previous: Pick<RecordEntry, 'number' | 'hash' | 'id'> = { number: 0, hash: beginningHash, id: '#0' };
  const hashes = new Map<number, string>();
  for (const found of chain.entries) {
    records += 1;
    const entry = entryOf(found);
    const report = (code: RecordFault): void => {
      broken.push({ id: entry.id, number: entry.number, code });
    };
    for (const code of faultsOf(entry, chain.publicKey, chain.sealingKey)) report(code);
    if (entry.number <= previous.number) report('record.number-wrong');
    else broken.push(...missing(previous.number + 1, entry.number - 1));
    if (entry.number === previous.number + 1 && entry.previousHash !== previous.hash) report('record.chain-broken');
    hashes.set(entry.number, entry.hash);
    previous = entry;
  }
  broken.push(...headFaults(chain.head, chain.publicKey, previous, hashes));
  return { records, intact: broken.length === 0, broken };
}

function faultsOf(entry: RecordEntry, publicKey: Uint8Array, sealingKey: Uint8Array | null): readonly RecordFault[] {
  const faults: RecordFault[] = [];
  const sealIsWhole = sealedHashOf(entry.wrappedKey, entry.sealed) === entry.sealedHash;
  const opens = sealingKey === null || openRecord(entry, sealingKey) !== null;
  if (!sealIsWhole || !opens) faults.push('record.seal-broken');
  if (entryHash(entry) !== entry.hash) faults.push('record.hash-wrong');
  if (!isEntrySigned(entry, publicKey)) faults.push('record.signature-wrong');
  return faults;
}

function headFaults(
  found: Readonly<Record<keyof ChainHead, unknown>> | null,
  publicKey: Uint8Array,
  last: Pick<RecordEntry, 'number' | 'id'>,
  hashes: ReadonlyMap<number, string>,
): readonly BrokenRecord[] {
  if (found === null) return [{ id: '#head', number: 0, code: 'record.missing' }];
  const head: ChainHead = {
    stationId: textOf(found.stationId),
    number: numberOf(found.number),
    hash: textOf(found.hash),
    signature: bytesOf(found.signature),
  };
  if (!isHeadSigned(head, publicKey)) return [{ id: '#head', number: head.number, code: 'record.signature-wrong' }];
  if (head.number > last.number) return missing(last.number + 1, head.number);
  if (head.number < last.number) return [{ id: last.id, number: last.number, code: 'record.number-wrong' }];
  if ((hashes.get(head.number) ?? beginningHash) !== head.hash)
    return [{ id: last.id, number: last.number, code: 'record.chain-broken' }];
  return [];
}

function missing(first: number, last: number): readonly BrokenRecord[] {
  const broken: BrokenRecord[] = [];
  for (let number = first; number <= last; number++) {
    if (number - first === mostNamed) number = last;
    broken.push({ id: `#${number}`, number, code: 'record.missing' });
  }
  return broken;
}

// A value of the wrong kind becomes one that fits no hash and no signature.
function entryOf(found: FoundEntry): RecordEntry {
  return {
    number: numberOf(found.number),
    id: textOf(found.id),
    stationId: textOf(found.stationId),
    writtenAt: textOf(found.writtenAt),
    wrappedKey: bytesOf(found.wrappedKey),
    sealed: bytesOf(found.sealed),
    sealedHash: textOf(found.sealedHash),
    commitment: textOf(found.commitment),
    previousHash: textOf(found.previousHash),
    hash: textOf(found.hash),
    signature: bytesOf(found.signature),
  };
}

function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : -1;
}

function textOf(value: unknown): string {
  return typeof value === 'string' && value.isWellFormed() ? value : '';
}

function bytesOf(value: unknown): Uint8Array {
  return value instanceof Uint8Array ? value : new Uint8Array(0);
}
