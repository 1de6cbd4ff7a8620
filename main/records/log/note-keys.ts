import { mlDsaPublicKeyLength } from '../../crypto/ml-dsa.ts';
import { isSignatureOf, keyLength, sha256, sign } from '../../crypto/sealing.ts';
import { fromBase64, toBase64 } from '../../result/base64.ts';
import { concat, toHex } from '../../result/bytes.ts';
import { timeOfCosignature } from './cosignature.ts';
import { malformed } from './log-failure.ts';
import { isKeyName, type NoteSignature, type SignedNote } from './note.ts';
import { type SignatureType, signatureTypes } from './signature-types.ts';

/** A key that may be trusted to sign notes: its name and number tell which lines are its own. */
export interface VerifierKey {
  readonly name: string;
  readonly type: SignatureType;
  readonly publicKey: Uint8Array;
  /** Four bytes in hex. */
  readonly keyId: string;
}

const publicKeyLengths: Readonly<Record<SignatureType, number>> = {
  ed25519: keyLength,
  'cosignature-ed25519': keyLength,
  'cosignature-ml-dsa-44': mlDsaPublicKeyLength,
};

/** A key with its number: SHA-256 over name, newline, type and public key, the first four bytes (signed-note, Signatures). */
export function verifierKey(name: string, type: SignatureType, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name)) throw malformed('verifier-key', 'name');
  if (publicKey.length !== publicKeyLengths[type]) throw malformed('verifier-key', 'key');
  const framed = concat(new TextEncoder().encode(`${name}\n`), Uint8Array.of(signatureTypes[type]), publicKey);
  return { name, type, publicKey, keyId: toHex(sha256(framed).subarray(0, 4)) };
}

/** The key as text: name, number and base64 of type and public key, with plus between. */
export function formatVerifierKey({ name, type, publicKey, keyId }: VerifierKey): string {
  return `${name}+${keyId}+${toBase64(concat(Uint8Array.of(signatureTypes[type]), publicKey))}`;
}

/** Reads a key. Throws `log.malformed` for another form, another type, or a number that is not the key's. */
export function parseVerifierKey(text: string): VerifierKey {
  const [, name = '', keyId = '', encoded = ''] = /^([^+]*)\+([0-9a-fA-F]{8})\+(.*)$/su.exec(text) ?? [];
  const bytes = fromBase64(encoded);
  if (bytes === null || bytes.length === 0) throw malformed('verifier-key', 'form');
  const type = (Object.keys(signatureTypes) as SignatureType[]).find((each) => signatureTypes[each] === bytes[0]);
  if (type === undefined) throw malformed('verifier-key', 'type');
  const key = verifierKey(name, type, bytes.slice(1));
  if (key.keyId !== keyId.toLowerCase()) throw malformed('verifier-key', 'number');
  return key;
}

/** The signature of an `ed25519` key over a note's text, as a line of it. */
export function signNote(key: VerifierKey, secretKey: Uint8Array, text: string): NoteSignature {
  return { name: key.name, keyId: key.keyId, signature: sign(secretKey, new TextEncoder().encode(text)) };
}

/** A key that signed a note, and when, by its own clock: in seconds since 1970, null where its kind says no time. */
export interface Signer {
  readonly key: VerifierKey;
  readonly time: number | null;
}

/**
 * Which of these keys have signed the note. A line of another name or number says nothing; a key one of whose lines does not
 * fit has not signed (signed-note, Signatures).
 */
export function signersOf(note: SignedNote, keys: readonly VerifierKey[]): readonly Signer[] {
  return keys.flatMap((key) => {
    const lines = note.signatures.filter(({ name, keyId }) => name === key.name && keyId === key.keyId);
    const times = lines.map(({ signature }) => timeOf(key, note.text, signature));
    const [first] = times;
    return first === undefined || times.includes('not-signed') || first === 'not-signed' ? [] : [{ key, time: first }];
  });
}

function timeOf(key: VerifierKey, text: string, signature: Uint8Array): number | null | 'not-signed' {
  if (key.type !== 'ed25519') return timeOfCosignature({ ...key, type: key.type }, text, signature) ?? 'not-signed';
  return isSignatureOf(key.publicKey, new TextEncoder().encode(text), signature) ? null : 'not-signed';
}
