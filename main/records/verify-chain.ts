import type { SecretBytes } from '../result/secret-bytes.ts';
import { beginningHash, entryHash, isEntrySigned, isHeadSigned } from './chain.ts';
import { openRecord, sealedHashOf } from './seal-record.ts';
import type { BrokenRecord, ChainHead, ChainReport, RecordEntry, RecordFault } from './types.ts';

/** An entry as it lies in a database that anyone may have written to: nothing about its values is sure. */
export type FoundEntry = Readonly<Record<keyof RecordEntry, unknown>>;

type Place = Pick<RecordEntry, 'number' | 'hash' | 'id'>;

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
  readonly sealingKey: SecretBytes | null;
  /** The records that the station says, in signed acts, it has erased. */
  readonly erased?: ReadonlySet<number> | ReadonlyMap<number, unknown>;
}): ChainReport {
  const broken: BrokenRecord[] = [];
  let [records, erased] = [0, 0];
  let previous: Place = { number: 0, hash: beginningHash, id: '#0' };
  for (const found of chain.entries) {
    records += 1;
    const entry = entryOf(found);
    const hash = entryHash(entry);
    // Where the signature fits what the fields say, the hash beside them was changed, not they.
    const isSigned = isEntrySigned({ hash, signature: entry.signature }, chain.publicKey);
    const place: Place = { number: entry.number, hash: isSigned ? hash : entry.hash, id: nameOf(entry) };
    const report = (code: RecordFault): void => {
      broken.push({ id: place.id, number: place.number, code });
    };
    const isErased = chain.erased?.has(entry.number) === true;
    if (isErased) {
      erased += 1;
      // What was erased and is there again came out of an older copy of the folder.
      if (!isEmptied(entry)) report('record.erased-returned');
    } else if (!isSealWhole(entry, chain.sealingKey)) report('record.seal-broken');
    if (hash !== entry.hash) report('record.hash-wrong');
    if (!isSigned && !isEntrySigned(entry, chain.publicKey)) report('record.signature-wrong');
    if (entry.number <= previous.number) report('record.number-wrong');
    else broken.push(...missing(previous.number + 1, entry.number - 1));
    if (entry.number === previous.number + 1 && entry.previousHash !== previous.hash) report('record.chain-broken');
    previous = place;
  }
  broken.push(...headFaults(chain.head, chain.publicKey, previous));
  return { records, erased, intact: broken.length === 0, broken };
}

function isSealWhole(entry: RecordEntry, sealingKey: SecretBytes | null): boolean {
  if (sealedHashOf(entry.wrappedKey, entry.sealed) !== entry.sealedHash) return false;
  return sealingKey === null || openRecord(entry, sealingKey.reveal()) !== null;
}

/** Whether nothing is left of the content: whether that is right, the acts say. */
export function isEmptied({ wrappedKey, sealed }: Pick<RecordEntry, 'wrappedKey' | 'sealed'>): boolean {
  return wrappedKey.length === 0 && sealed.length === 0;
}

function nameOf(entry: RecordEntry): string {
  return entry.id === '' ? `#${entry.number}` : entry.id;
}

function headFaults(
  found: Readonly<Record<keyof ChainHead, unknown>> | null,
  publicKey: Uint8Array,
  last: Place,
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
  if (head.hash !== last.hash) return [{ id: last.id, number: last.number, code: 'record.chain-broken' }];
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

/** Records of a day before one that the chain had already seen: the clock went back between them. By number. */
export function daysBackwards(entries: Iterable<FoundEntry>): readonly Pick<BrokenRecord, 'id' | 'number'>[] {
  const back: Pick<BrokenRecord, 'id' | 'number'>[] = [];
  let newest = '';
  for (const found of entries) {
    const entry = entryOf(found);
    const day = entry.writtenAt.slice(0, 10);
    if (day < newest) back.push({ id: nameOf(entry), number: entry.number });
    else newest = day;
  }
  return back;
}

/** The entry that a row holds; a value of the wrong kind becomes one that fits no hash and no signature. */
export function entryOf(found: FoundEntry): RecordEntry {
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
