import type { AgreementKey } from './chip-profile.ts';
import { type Cipher, ciphers } from './key-derivation.ts';

/** id-CA (9303-11 §9.2.7); the next arc is the agreement, the last one the cipher. */
const chipAuthentication = '0.4.0.127.0.7.2.2.3';

/** id-PK (9303-11 §9.2.6); the last arc is the agreement. */
const chipAuthenticationPublicKey = '0.4.0.127.0.7.2.2.1';

function arc({ domain }: AgreementKey): 1 | 2 {
  return domain.kind === 'DH' ? 1 : 2;
}

/** The object identifier of chip authentication with such a key, dotted. */
export function chipAuthenticationProtocol(key: AgreementKey, cipher: Cipher): string {
  return `${chipAuthentication}.${arc(key)}.${ciphers.indexOf(cipher) + 1}`;
}

/** The object identifier under which such a public key is published, dotted. */
export function publicKeyProtocol(key: AgreementKey): string {
  return `${chipAuthenticationPublicKey}.${arc(key)}`;
}
