import { constants, createHash, createPublicKey, publicDecrypt } from 'node:crypto';

/*
 * A chip's signature over an order, verified by another hand than the station's: node:crypto alone, from 9303-11 §6.1 and Appendix F
 * and ISO/IEC 9796-2, scheme 1.
 */

/** What the record of a case keeps of it, in hex. */
export interface KeptSignature {
  readonly nonce: string;
  readonly challenge: string;
  readonly response: string;
}

/** The challenge that an order asks a chip for: the first 8 bytes of SHA-256(nonce ‖ order hash) (docs/decisions/0014-orders.md). */
export function challengeFor(nonce: string, orderHash: string): Buffer {
  return createHash('sha256')
    .update(Buffer.from(nonce + orderHash, 'hex'))
    .digest()
    .subarray(0, 8);
}

/**
 * Whether the chip of this EF.DG15 signed these eight bytes: RSA with partial recovery, SHA-1 and the trailer BC. The recovered
 * message is `6A ‖ M1 ‖ H ‖ BC`, H over `M1 ‖ challenge`.
 */
export function isSignedByRsaChip(dataGroup15: Uint8Array, challenge: Uint8Array, response: string): boolean {
  // 6F, its length, and the SubjectPublicKeyInfo (9303-10 §4.7.15).
  const header = (dataGroup15[1] ?? 0) < 0x80 ? 2 : 2 + ((dataGroup15[1] ?? 0) & 0x7f);
  const key = createPublicKey({ key: Buffer.from(dataGroup15.subarray(header)), format: 'der', type: 'spki' });
  const message = publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, Buffer.from(response, 'hex'));
  if (message[0] !== 0x6a || message.at(-1) !== 0xbc) return false;
  const hash = message.subarray(-21, -1);
  return createHash('sha1').update(message.subarray(1, -21)).update(challenge).digest().equals(hash);
}
