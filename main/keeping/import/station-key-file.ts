import { concat, fromHex, toHex } from '../../result/bytes.ts';
import { pemBlocks } from '../../trust/x509/pem.ts';

// SubjectPublicKeyInfo of Ed25519 (RFC 8410 §4): all but the key itself is always the same.
const publicKeyInfoStart = fromHex('302a300506032b6570032100');
const keyLength = 32;

/** A station's public key as a file that people hand on: PEM (RFC 8410). */
export function stationKeyFile(publicKey: Uint8Array): string {
  const base64 = Buffer.from(concat(publicKeyInfoStart, publicKey)).toString('base64');
  return `-----BEGIN PUBLIC KEY-----\n${base64}\n-----END PUBLIC KEY-----\n`;
}

/** The key in such a file, in DER, or written as 64 hex digits; null for anything else. */
export function stationKeyOf(bytes: Uint8Array): Uint8Array | null {
  const der = pemBlocks(bytes)[0]?.der ?? bytes;
  if (der.length === publicKeyInfoStart.length + keyLength && toHex(der).startsWith(toHex(publicKeyInfoStart)))
    return der.slice(publicKeyInfoStart.length);
  const text = new TextDecoder('latin1').decode(bytes).trim();
  return /^[0-9a-fA-F]{64}$/.test(text) ? fromHex(text) : null;
}
