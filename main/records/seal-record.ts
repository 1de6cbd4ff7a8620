import type { RandomSource } from '../crypto/random.ts';
import { hexDigest, hexDigestOf, keyLength, nonceLength, open, seal } from '../crypto/sealing.ts';
import { equal, toHex } from '../result/bytes.ts';
import { canonicalText } from '../result/canonical-json.ts';
import { SecretBytes } from '../result/secret-bytes.ts';
import type { RecordContent, RecordEntry } from './types.ts';

const saltLength = 32;
const largestContent = 1024 * 1024;
const utf8 = new TextEncoder();
const beginning = '{"content":';
const beginningBytes = utf8.encode(beginning);
const saltAt = ',"salt":"'.length;
const saltFrameLength = saltAt + 2 * saltLength + 2;

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
  // One draw for the record: a call of the machine's source costs more than the bytes.
  using drawn = new SecretBytes(random(keyLength + saltLength + 2 * nonceLength));
  const next = inParts(drawn.reveal());
  using recordKey = new SecretBytes(next(keyLength));
  const salt = toHex(next(saltLength));
  // As texts: bytes of a record's length are made for what is kept alone.
  const text = `${beginning}${canonicalText(content)}`;
  const sealed = seal(recordKey.reveal(), `${text}${saltFrame(salt)}`, contextOf('content', place), next);
  const wrappedKey = seal(sealingKey, recordKey.reveal(), contextOf('key', place), next);
  return {
    wrappedKey,
    sealed,
    sealedHash: sealedHashOf(wrappedKey, sealed),
    commitment: hexDigest(`${text}${commitmentFrame(salt)}`),
  };
}

// Each part is given once, and none twice.
function inParts(drawn: Uint8Array): RandomSource {
  let at = 0;
  return (length) => {
    if (at + length > drawn.length) throw new RangeError('more is asked for than was drawn');
    at += length;
    return drawn.slice(at - length, at);
  };
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
  const bytes = committedBytes(recordKey, entry);
  if (bytes === null) return null;
  const content = JSON.parse(new TextDecoder().decode(bytes)) as RecordContent;
  return content.id === entry.id ? content : null;
}

/** Whether the record opens and is what the entry is committed to; nothing of it is understood. */
export function isRecordWhole(
  entry: Place & Pick<RecordEntry, 'wrappedKey' | 'sealed' | 'commitment'>,
  sealingKey: Uint8Array,
): boolean {
  using recordKey = recordKeyOf(entry, sealingKey);
  const bytes = recordKey === null ? null : committedBytes(recordKey.reveal(), entry);
  return bytes !== null && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(`"id":"${entry.id}"`);
}

// The canonical content, of which the commitment is taken as it lies there: what was canonical is not made so again.
function committedBytes(
  recordKey: Uint8Array,
  entry: Place & Pick<RecordEntry, 'sealed' | 'commitment'>,
): Uint8Array | null {
  const plain = open(recordKey, entry.sealed, contextOf('content', entry));
  const overhead = beginningBytes.length + saltFrameLength;
  if (plain === null || plain.length > largestContent || plain.length < overhead) return null;
  const bytes = plain.subarray(beginningBytes.length, plain.length - saltFrameLength);
  const end = new TextDecoder().decode(plain.subarray(plain.length - saltFrameLength));
  const salt = end.slice(saltAt, -2);
  if (!equal(plain.subarray(0, beginningBytes.length), beginningBytes) || end !== saltFrame(salt)) return null;
  return commitmentOf(bytes, salt) === entry.commitment ? bytes : null;
}

/** SHA-256 over both seals, each with its length in front. */
export function sealedHashOf(wrappedKey: Uint8Array, sealed: Uint8Array): string {
  return hexDigestOf(lengthOf(wrappedKey), wrappedKey, lengthOf(sealed), sealed);
}

// Canonical forms (RFC 8785) of `{ salt, content }`, which is sealed, and of `{ format, salt, content }`, which is committed to:
// names in their order, around content that is canonical already.
function saltFrame(salt: string): string {
  return `,"salt":"${salt}"}`;
}

function commitmentFrame(salt: string): string {
  return `,"format":"styrk-record-commitment"${saltFrame(salt)}`;
}

function commitmentOf(content: Uint8Array, salt: string): string {
  return hexDigestOf(beginningBytes, content, utf8.encode(commitmentFrame(salt)));
}

function contextOf(part: 'key' | 'content', { number, id, stationId }: Place): Uint8Array {
  // By their names in the order of RFC 8785, as in `entryHash`.
  return utf8.encode(JSON.stringify({ format: 'styrk-record-seal', id, number, part, schemaVersion: 1, stationId }));
}

function lengthOf(bytes: Uint8Array): Uint8Array {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, bytes.length);
  return length;
}
