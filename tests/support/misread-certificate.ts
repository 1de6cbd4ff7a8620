import { fromHex, toHex } from '../../main/result/bytes.ts';

/**
 * A name or a whole certificate of the test authority with a byte in the common name (UTF8String) that no UTF-8 has (RFC 3629
 * §3): our own reading takes it for an unreadable letter, PKI.js for a Latin one. The signature of a certificate that is
 * changed so is no longer right; one that is made with such a name has a right one.
 */
export function misreadName(bytes: Uint8Array): Uint8Array {
  const name = toHex(new TextEncoder().encode('Test CSCA'));
  return fromHex(toHex(bytes).replaceAll(name, name.replace(/^54/, 'e9')));
}
