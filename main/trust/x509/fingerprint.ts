import { digest } from '../../crypto/hash.ts';
import { toHex } from '../../result/bytes.ts';

/** SHA-256 in lower-case hex: the name of a certificate, a key or a list in the house. */
export function fingerprintOf(bytes: Uint8Array): string {
  return toHex(digest('SHA-256', bytes));
}
