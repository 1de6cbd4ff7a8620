import { digest } from '../crypto/hash.ts';
import { SecretBytes } from '../result/secret-bytes.ts';
import { type CipherSuite, deriveKey } from './key-derivation.ts';

/**
 * What opens a chip: the MRZ's information (number, birth date, expiry, each with its check digit) or the card access
 * number. `lines` are the whole zone as it was read from the page, where it was: they open nothing, and are compared.
 * These are texts, which nothing can overwrite; what is derived from them can be.
 */
export type AccessKey =
  | { readonly kind: 'mrz'; readonly information: string; readonly lines?: readonly string[] }
  | { readonly kind: 'can'; readonly can: string };

// ISO 8859-1 (9303-11 §9.7.3). Other characters stand neither in an MRZ nor in a CAN.
function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => {
    const code = character.charCodeAt(0);
    if (code > 0xff) throw new RangeError('not ISO 8859-1');
    return code;
  });
}

/** The seed of the BAC keys: the first 16 bytes of SHA-1 over the MRZ's information (9303-11 §9.7.2). */
export function bacSeed(information: string): SecretBytes {
  using hashed = new SecretBytes(digest('SHA-1', latin1(information)));
  return new SecretBytes(hashed.reveal().slice(0, 16));
}

/** K_π of PACE: from all 20 bytes of SHA-1 over the MRZ's information, or from the CAN's characters (9303-11 §9.7.3). */
export function pacePasswordKey(key: AccessKey, suite: CipherSuite): SecretBytes {
  using password = new SecretBytes(key.kind === 'mrz' ? digest('SHA-1', latin1(key.information)) : latin1(key.can));
  return deriveKey(password.reveal(), 'password', suite);
}
