import { aesBlockLength, aesCmac, decryptAesCbc, encryptAesBlock, encryptAesCbc } from '../crypto/aes.ts';
import { decryptTripleDesCbc, desBlockLength, encryptTripleDesCbc, retailMac } from '../crypto/des.ts';
import { padMethod2 } from '../crypto/padding.ts';
import type { CipherSuite } from './key-derivation.ts';

/** Length of every MAC and authentication token in bytes: CMAC is cut to it (9303-11 §9.8.7.3). */
export const macLength = 8;

/** What the protocols need of a cipher; keys have the suite's length, data whole blocks unless said otherwise. */
export interface SuiteFunctions {
  readonly blockLength: number;
  encrypt(key: Uint8Array, iv: Uint8Array, plain: Uint8Array): Uint8Array;
  decrypt(key: Uint8Array, iv: Uint8Array, cipher: Uint8Array): Uint8Array;
  /** MAC over an already padded message, `macLength` bytes. */
  mac(key: Uint8Array, padded: Uint8Array): Uint8Array;
  /** Authentication token over a message of any length (9303-11 §4.4.3.4): only the retail MAC pads it. */
  token(key: Uint8Array, message: Uint8Array): Uint8Array;
  /** IV of secure messaging for this counter: zero with 3DES, E(KSenc, SSC) with AES (9303-11 §9.8.6.1, §9.8.7.1). */
  messagingIv(key: Uint8Array, counter: Uint8Array): Uint8Array;
}

const tripleDes: SuiteFunctions = {
  blockLength: desBlockLength,
  encrypt: encryptTripleDesCbc,
  decrypt: decryptTripleDesCbc,
  mac: retailMac,
  token: (key, message) => retailMac(key, padMethod2(message, desBlockLength)),
  messagingIv: () => new Uint8Array(desBlockLength),
};

function shortCmac(key: Uint8Array, message: Uint8Array): Uint8Array {
  return aesCmac(key, message).subarray(0, macLength);
}

const aes: SuiteFunctions = {
  blockLength: aesBlockLength,
  encrypt: encryptAesCbc,
  decrypt: decryptAesCbc,
  mac: shortCmac,
  token: shortCmac,
  messagingIv: encryptAesBlock,
};

export function suiteFunctions(suite: CipherSuite): SuiteFunctions {
  return suite === '3DES' ? tripleDes : aes;
}
