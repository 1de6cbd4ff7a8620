import type { RandomSource } from '../crypto/random.ts';
import { keyLength, open, seal, sha256 } from '../crypto/sealing.ts';
import { concat, fromHex, toHex } from '../result/bytes.ts';
import { canonicalBytes } from '../result/canonical-json.ts';
import { SecretBytes } from '../result/secret-bytes.ts';
import type { RecordContent, RecordEntry } from './types.ts';

const saltLength = 32;
const largestContent = 1024 * 1024;

type SealedFields = Pick<RecordEntry, 'wrappedKey' | 'sealed' | 'sealedHash' | 'commitment'>;
type Place = Pick<RecordEntry, 'number' | 'id' | 'stationId'>;

/**
 * Seals a record under a random key of its own, and that key under `sealingKey`: who destroys the key has erased the
 * record. Both seals are bound to the record's place in the chain. The commitment is salted, and its salt sealed with the
 * content, so that after an erasure nobody can try out contents against it.
 */
export function sealRecord(
  content: RecordContent,
  place: Place,
  sealingKey: Uint8Array,
  random: RandomSource,
): SealedFields {
  using recordKey = new SecretBytes(random(keyLength));
  const salt = random(saltLength);
  const plain = canonicalBytes({ salt: toHex(salt), content });
  const sealed = seal(recordKey.reveal(), plain, contextOf('content', place), random);
  const wrappedKey = seal(sealingKey, recordKey.reveal(), contextOf('key', place), random);
  return { wrappedKey, sealed, sealedHash: sealedHashOf(wrappedKey, sealed), commitment: commitmentOf(salt, content) };
}

/** The content of a sealed record, or null where a seal does not open or the commitment is to something else. */
export function openRecord(
  entry: Place & Pick<RecordEntry, 'wrappedKey' | 'sealed' | 'commitment'>,
  sealingKey: Uint8Array,
): RecordContent | null {
  using recordKey = recordKeyOf(entry, sealingKey);
  return recordKey === null ? null : openRecordWith(recordKey.reveal(), entry);
}

/** The record's own key; null where its seal does not open, or where it was destroyed. Whoever asked purges it. */
export function recordKeyOf(
  entry: Place & Pick<RecordEntry, 'wrappedKey'>,
  sealingKey: Uint8Array,
): SecretBytes | null {
  return SecretBytes.orNull(open(sealingKey, entry.wrappedKey, contextOf('key', entry)));
}

/**
 * The content that this key opens, for who has the key and not what it lay sealed under. Null where it does not open, or
 * where the entry is committed to something else: a seal alone is not bound to one key.
 */
export function openRecordWith(
  recordKey: Uint8Array,
  entry: Place & Pick<RecordEntry, 'sealed' | 'commitment'>,
): RecordContent | null {
  const plain = open(recordKey, entry.sealed, contextOf('content', entry));
  if (plain === null || plain.length > largestContent) return null;
  const { salt, content } = JSON.parse(new TextDecoder().decode(plain)) as { salt: string; content: RecordContent };
  const isSame = content.id === entry.id && commitmentOf(fromHex(salt), content) === entry.commitment;
  return isSame ? content : null;
}

/** SHA-256 over both seals, each with its length in front. */
export function sealedHashOf(wrappedKey: Uint8Array, sealed: Uint8Array): string {
  return toHex(sha256(concat(lengthOf(wrappedKey), wrappedKey, lengthOf(sealed), sealed)));
}

function commitmentOf(salt: Uint8Array, content: RecordContent): string {
  return toHex(sha256(canonicalBytes({ format: 'styrk-record-commitment', salt: toHex(salt), content })));
}

function contextOf(part: 'key' | 'content', { number, id, stationId }: Place): Uint8Array {
  return canonicalBytes({ format: 'styrk-record-seal', schemaVersion: 1, part, number, id, stationId });
}

function lengthOf(bytes: Uint8Array): Uint8Array {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, bytes.length);
  return length;
}
