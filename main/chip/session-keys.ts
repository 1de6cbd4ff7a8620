import type { SecretBytes } from '../result/secret-bytes.ts';
import { type CipherSuite, deriveKey } from './key-derivation.ts';

/** KS_Enc and KS_MAC of 9303-11 §9.8.1, of the suite's length; whoever holds them purges them. */
export interface SessionKeys {
  readonly encryption: SecretBytes;
  readonly messageAuthentication: SecretBytes;
}

/** Both keys of a session out of the shared secret (9303-11 §9.7.1). Disposing of them purges both. */
export function deriveSessionKeys(secret: Uint8Array, suite: CipherSuite): SessionKeys & Disposable {
  const encryption = deriveKey(secret, 'encryption', suite);
  const messageAuthentication = deriveKey(secret, 'messageAuthentication', suite);
  return {
    encryption,
    messageAuthentication,
    [Symbol.dispose]: () => {
      encryption.purge();
      messageAuthentication.purge();
    },
  };
}
