import { fromHex, toHex } from '../../main/result/bytes.ts';

/**
 * The certificate of a test authority with a byte in both of its common names (UTF8String) that no UTF-8 has: our own reading
 * takes it for an unreadable letter, PKI.js for a Latin one. Its signature is no longer right.
 */
export function misreadName(certificate: Uint8Array): Uint8Array {
  const name = toHex(new TextEncoder().encode('Test CSCA'));
  const misread = name.replace(/^54/, 'e9');
  return fromHex(toHex(certificate).replaceAll(name, misread));
}
