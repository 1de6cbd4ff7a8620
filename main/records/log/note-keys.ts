import { isSignatureOf, sha256, sign } from '../../crypto/sealing.ts';
import { toBase64 } from '../../result/base64.ts';
import { concat, toHex } from '../../result/bytes.ts';
import { malformed } from './log-failure.ts';
import { isKeyName, type NoteSignature, type SignedNote } from './note.ts';

/** The kinds of signatures that are made and read here; the numbers are signed-note's and tlog-cosignature's. */
const signatureTypes = { ed25519: 0x01 } as const;
export type SignatureType = keyof typeof signatureTypes;

/** A key that may be trusted to sign notes: its name and number tell which lines are its own. */
export interface VerifierKey {
  readonly name: string;
  readonly type: SignatureType;
  readonly publicKey: Uint8Array;
  /** Four bytes in hex. */
  readonly keyId: string;
}

/** A key with its number: SHA-256 over name, newline, type and public key, the first four bytes (signed-note, Signatures). */
export function verifierKey(name: string, type: SignatureType, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name)) throw malformed('verifier-key', 'name');
  const framed = concat(new TextEncoder().encode(`${name}\n`), Uint8Array.of(signatureTypes[type]), publicKey);
  return { name, type, publicKey, keyId: toHex(sha256(framed).subarray(0, 4)) };
}

/** The key as text: name, number and base64 of type and public key, with plus between. */
export function formatVerifierKey({ name, type, publicKey, keyId }: VerifierKey): string {
  return `${name}+${keyId}+${toBase64(concat(Uint8Array.of(signatureTypes[type]), publicKey))}`;
}

/** The signature of this key over a note's text, as a line of it. */
export function signNote(key: VerifierKey, secretKey: Uint8Array, text: string): NoteSignature {
  return { name: key.name, keyId: key.keyId, signature: sign(secretKey, new TextEncoder().encode(text)) };
}

/** Which of these keys have signed the note: a line of another name or number says nothing, one that does not fit is none. */
export function signersOf(note: SignedNote, keys: readonly VerifierKey[]): readonly VerifierKey[] {
  return keys.filter((key) =>
    note.signatures.some(
      (line) => line.name === key.name && line.keyId === key.keyId && isSignedBy(key, note.text, line.signature),
    ),
  );
}

function isSignedBy(key: VerifierKey, text: string, signature: Uint8Array): boolean {
  return isSignatureOf(key.publicKey, new TextEncoder().encode(text), signature);
}
