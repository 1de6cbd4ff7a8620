import { isInstant } from '../result/instant.ts';
import type { SecretBytes } from '../result/secret-bytes.ts';
import { isSetBack, laterOf } from '../result/set-back.ts';
import { beginningHash, entryHash, isEntrySigned, isHeadSigned } from './chain.ts';
import { isRecordWhole, sealedHashOf } from './seal-record.ts';
import type { BrokenRecord, ChainHead, ChainReport, RecordEntry, RecordFault } from './types.ts';

/** An entry as it lies in a database that anyone may have written to: nothing about its values is sure. */
export type FoundEntry = Readonly<Record<keyof RecordEntry, unknown>>;

/** A record of the chain as the next one knows it. */
export type Place = Pick<RecordEntry, 'number' | 'hash' | 'id'>;

/** How many missing records in a row are named one by one; a longer gap is named by its first and its last ones. */
const mostNamed = 100;

/** What a walk along the chain goes by. */
export interface ChainGround {
  readonly publicKey: Uint8Array;
  readonly sealingKey: SecretBytes | null;
  /** The records that the station says, in signed acts, it has erased. */
  readonly erased?: { readonly has: (number: number) => boolean };
}

/** A row as it was looked at by itself: its entry, its hash as its fields say it, whether it was signed, and its seals. */
export interface ExaminedEntry {
  readonly entry: RecordEntry;
  readonly hash: string;
  /** Whether the station signed what the fields say. */
  readonly isSigned: boolean;
  /** Of one that was erased nothing is said. */
  readonly isSealed: boolean;
}

/** Where a walk begins: before the first record. */
export const chainBeginning: Place = { number: 0, hash: beginningHash, id: '#0' };

/**
 * Walks the chain and names everything wrong with it; entries come in the order of their numbers. What no such walk can find is
 * an older copy of the whole folder, or of its end with the head of that day: only a head that was kept elsewhere shows that.
 */
export class ChainWalk {
  readonly #ground: ChainGround;
  readonly #broken: BrokenRecord[] = [];
  readonly #backwards: Pick<BrokenRecord, 'id' | 'number'>[] = [];
  #newestAt: string | null = null;
  #records = 0;
  #erased = 0;
  #previous: Place;

  constructor(ground: ChainGround, from: Place = chainBeginning) {
    this.#ground = ground;
    this.#previous = from;
  }

  /** Records of more than five minutes before one that the chain had seen already: the clock went back between them. */
  get backwards(): readonly Pick<BrokenRecord, 'id' | 'number'>[] {
    return this.#backwards;
  }

  /** Counts records that are known to be as they were, and goes on after the last of them. */
  rest(counts: { readonly records: number; readonly erased: number }, last: Place): void {
    this.#records += counts.records;
    this.#erased += counts.erased;
    this.#previous = last;
  }

  /** Takes note of a record's time alone. */
  seeTime(record: Pick<RecordEntry, 'id' | 'number' | 'writtenAt'>): void {
    const { writtenAt, number } = record;
    if (!isInstant(writtenAt) || isSetBack(writtenAt, this.#newestAt))
      this.#backwards.push({ id: nameOf(record), number });
    else this.#newestAt = this.#newestAt === null ? writtenAt : laterOf(writtenAt, this.#newestAt);
  }

  take({ entry, hash, isSigned, isSealed }: ExaminedEntry): void {
    this.#records += 1;
    this.seeTime(entry);
    // Where the signature fits what the fields say, the hash beside them was changed, not they.
    const place: Place = { number: entry.number, hash: isSigned ? hash : entry.hash, id: nameOf(entry) };
    const report = (code: RecordFault): void => {
      this.#broken.push({ id: place.id, number: place.number, code });
    };
    if (isErasedBy(this.#ground, entry.number)) {
      this.#erased += 1;
      // What was erased and is there again came out of an older copy of the folder.
      if (!isEmptied(entry)) report('record.erased-returned');
    } else if (!isSealed) report('record.seal-broken');
    if (hash !== entry.hash) report('record.hash-wrong');
    if (!isSigned && !isEntrySigned(entry, this.#ground.publicKey)) report('record.signature-wrong');
    const previous = this.#previous;
    if (entry.number <= previous.number) report('record.number-wrong');
    else this.#broken.push(...missing(previous.number + 1, entry.number - 1));
    if (entry.number === previous.number + 1 && entry.previousHash !== previous.hash) report('record.chain-broken');
    this.#previous = place;
  }

  /** The walk has come to the end that `head` says. */
  end(head: FoundHead | null): ChainReport {
    const broken = [...this.#broken, ...headFaults(head, this.#ground.publicKey, this.#previous)];
    return { records: this.#records, erased: this.#erased, intact: broken.length === 0, broken };
  }
}

type FoundHead = Readonly<Record<keyof ChainHead, unknown>>;

function isErasedBy({ erased }: ChainGround, number: number): boolean {
  return erased?.has(number) === true;
}

/** Looks at one row by itself. Without a sealing key the seals stay shut and are held against their hashes alone. */
export function examineEntry(found: FoundEntry, ground: ChainGround): ExaminedEntry {
  const entry = entryOf(found);
  const hash = entryHash(entry);
  const isSigned = isEntrySigned({ hash, signature: entry.signature }, ground.publicKey);
  return { entry, hash, isSigned, isSealed: isSealWhole(entry, ground) };
}

/** Walks a chain that is at hand from its first record, or from the one after `from`. */
export function checkChain(
  chain: ChainGround & {
    readonly entries: Iterable<FoundEntry>;
    readonly head: FoundHead | null;
    readonly from?: Place;
  },
): ChainReport {
  const walk = new ChainWalk(chain, chain.from);
  for (const found of chain.entries) walk.take(examineEntry(found, chain));
  return walk.end(chain.head);
}

/** Whether the seals are those that the entry names and open to what it is committed to; of an erased one nothing is asked. */
export function isSealWhole(entry: RecordEntry, ground: ChainGround): boolean {
  if (isErasedBy(ground, entry.number)) return true;
  if (sealedHashOf(entry.wrappedKey, entry.sealed) !== entry.sealedHash) return false;
  return ground.sealingKey === null || isRecordWhole(entry, ground.sealingKey.reveal());
}

/** Whether nothing is left of the content: whether that is right, the acts say. */
export function isEmptied({ wrappedKey, sealed }: Pick<RecordEntry, 'wrappedKey' | 'sealed'>): boolean {
  return wrappedKey.length === 0 && sealed.length === 0;
}

function nameOf(entry: Pick<RecordEntry, 'id' | 'number'>): string {
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
