import type { RandomSource } from '../crypto/random.ts';
import { hexDigest, isSignatureOf, sign } from '../crypto/sealing.ts';
import { fromHex, toHex } from '../result/bytes.ts';
import { canonicalBytes } from '../result/canonical-json.ts';
import type { SecretBytes } from '../result/secret-bytes.ts';
import { sealRecord } from './seal-record.ts';
import type { ChainHead, RecordContent, RecordEntry } from './types.ts';

/** What stands before the first record. */
export const beginningHash = '0'.repeat(64);

/** What a station needs to write records: its identity and the key under which the records' own keys are sealed. */
export interface RecordKeys {
  readonly stationId: string;
  readonly signingKey: SecretBytes;
  readonly sealingKey: SecretBytes;
}

/** The head of a chain without records, signed when the station is made, so that an emptied chain shows. */
export function emptyChain(keys: Pick<RecordKeys, 'stationId' | 'signingKey'>): ChainHead {
  return signedHead(keys, 0, beginningHash);
}

/** The next record of the chain, sealed, hashed over the one before and signed, and the head that it makes. */
export function appendToChain(
  head: Pick<ChainHead, 'number' | 'hash'>,
  content: RecordContent,
  keys: RecordKeys,
  random: RandomSource,
): { readonly entry: RecordEntry; readonly head: ChainHead } {
  const place = { number: head.number + 1, id: content.id, stationId: keys.stationId };
  const sealed = sealRecord(content, place, keys.sealingKey.reveal(), random);
  const unsigned = { ...place, ...sealed, writtenAt: content.endedAt, previousHash: head.hash };
  const hash = entryHash(unsigned);
  const signature = sign(keys.signingKey.reveal(), entryMessage(hash));
  return { entry: { ...unsigned, hash, signature }, head: signedHead(keys, place.number, hash) };
}

/**
 * The hash of an entry: SHA-256 over its canonical form. The seals stand in it by their hash and the content by its salted
 * commitment, so that both can be erased later and the chain still holds.
 */
export function entryHash(
  entry: Pick<RecordEntry, 'number' | 'id' | 'stationId' | 'writtenAt' | 'sealedHash' | 'commitment' | 'previousHash'>,
): string {
  const { number, id, stationId, writtenAt, sealedHash, commitment, previousHash } = entry;
  // Texts and one number, by their names in the order of RFC 8785: JSON as the runtime writes it is canonical then.
  const format = 'styrk-record-chain';
  return hexDigest(
    JSON.stringify({ commitment, format, id, number, previousHash, sealedHash, stationId, version: 1, writtenAt }),
  );
}

/** Whether the station signed this entry's hash. */
export function isEntrySigned(entry: Pick<RecordEntry, 'hash' | 'signature'>, publicKey: Uint8Array): boolean {
  return /^[0-9a-f]{64}$/.test(entry.hash) && isSignatureOf(publicKey, entryMessage(entry.hash), entry.signature);
}

/** Whether the station signed this head. */
export function isHeadSigned(head: ChainHead, publicKey: Uint8Array): boolean {
  return isSignatureOf(publicKey, headMessage(head), head.signature);
}

function signedHead(keys: Pick<RecordKeys, 'stationId' | 'signingKey'>, number: number, hash: string): ChainHead {
  const unsigned = { stationId: keys.stationId, number, hash };
  return { ...unsigned, signature: sign(keys.signingKey.reveal(), headMessage(unsigned)) };
}

/** What the station signs of an entry. */
export function entryMessage(hash: string): Uint8Array {
  return new TextEncoder().encode(`{"format":"styrk-record-signature","hash":"${toHex(fromHex(hash))}"}`);
}

function headMessage({ stationId, number, hash }: Omit<ChainHead, 'signature'>): Uint8Array {
  return canonicalBytes({ format: 'styrk-chain-head', stationId, number, hash });
}
