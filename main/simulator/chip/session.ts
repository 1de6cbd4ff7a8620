import { aesBlockLength, aesCmac, decryptAesCbc, encryptAesBlock, encryptAesCbc } from '../../crypto/aes.ts';
import { decryptTripleDesCbc, desBlockLength, encryptTripleDesCbc, retailMac } from '../../crypto/des.ts';
import { padMethod2, unpadMethod2 } from '../../crypto/padding.ts';
import { decodeTlvs, encodeTlv, type Tlv } from '../../document/tlv.ts';
import { concat, equalSecret } from '../../result/bytes.ts';
import { type Command, type Response, type StatusWord, status } from './apdu.ts';
import { type Cipher, deriveKey, keyUse } from './key-derivation.ts';

const macLength = 8;
const noBytes = new Uint8Array();

/** The eight byte authenticator of BAC and of PACE's tokens over an unpadded message (9303-11 §4.3.3.2, §4.4.3.4). */
export function authenticate(cipher: Cipher, key: Uint8Array, message: Uint8Array): Uint8Array {
  if (cipher === '3DES') return retailMac(key, padMethod2(message, desBlockLength));
  return aesCmac(key, message).subarray(0, macLength);
}

/** Secure messaging seen from the chip (9303-11 §9.8): one session from access control to its first error. */
export class ChipSession {
  readonly #cipher: Cipher;
  readonly #encryptionKey: Uint8Array;
  readonly #authenticationKey: Uint8Array;
  readonly #counter: Uint8Array;

  /** `secret` is the shared secret of BAC or PACE; `counter` the first send sequence counter, for PACE all zero (9303-11 §9.8.2). */
  constructor(cipher: Cipher, secret: Uint8Array, counter?: Uint8Array) {
    this.#cipher = cipher;
    this.#encryptionKey = deriveKey(cipher, secret, keyUse.encryption);
    this.#authenticationKey = deriveKey(cipher, secret, keyUse.authentication);
    this.#counter = counter?.slice() ?? new Uint8Array(this.blockLength);
  }

  get blockLength(): number {
    return this.#cipher === '3DES' ? desBlockLength : aesBlockLength;
  }

  /** The token of PACE under the session's authentication key (9303-11 §4.4.3.4). */
  token(input: Uint8Array): Uint8Array {
    return authenticate(this.#cipher, this.#authenticationKey, input);
  }

  /** Chip authentication data under the session's key (9303-11 §4.4.3.5.1); only AES has that mapping. */
  encryptChipAuthenticationData(data: Uint8Array): Uint8Array {
    const iv = encryptAesBlock(this.#encryptionKey, new Uint8Array(aesBlockLength).fill(0xff));
    return encryptAesCbc(this.#encryptionKey, iv, padMethod2(data, aesBlockLength));
  }

  /** The plain command inside a protected one, or the status with which the session ends (9303-11 §9.8.5). */
  unprotect(command: Command): Command | StatusWord {
    this.#count();
    const objects = readObjects(command.data);
    if (objects === null) return status.secureMessagingObjectWrong;
    const mac = objects.get(0x8e);
    if (mac === undefined) return status.secureMessagingObjectMissing;
    const header = Uint8Array.of(command.cla, command.ins, command.p1, command.p2);
    const covered = concat(
      ...[...objects.values()].filter((object) => object.tag !== 0x8e).map((object) => object.raw),
    );
    // The header is padded on its own, and only what follows it is padded again with the whole (9303-11 §9.8.4).
    const paddedHeader = padMethod2(header, this.blockLength);
    const input = concat(this.#counter, covered.length === 0 ? header : concat(paddedHeader, covered));
    if (!equalSecret(mac.value, this.#authenticator(input))) return status.secureMessagingObjectWrong;
    return this.#plainCommand(command, objects);
  }

  #plainCommand(command: Command, objects: ReadonlyMap<number, Tlv>): Command | StatusWord {
    const odd = (command.ins & 1) === 1;
    const cryptogram = objects.get(odd ? 0x85 : 0x87);
    const data = cryptogram === undefined ? noBytes : this.#decrypt(cryptogram, odd);
    if (data === null || objects.has(odd ? 0x87 : 0x85)) return status.secureMessagingObjectWrong;
    const le = objects.get(0x97)?.value;
    if (le !== undefined && le.length !== 1 && le.length !== 2) return status.secureMessagingObjectWrong;
    return { ...command, cla: command.cla & ~0x0c, data, expected: le === undefined ? null : expectedLength(le) };
  }

  /** The protected answer: cryptogram, status, authenticator (9303-11 §9.8.4). */
  protect(response: Response, oddInstruction: boolean): Uint8Array {
    this.#count();
    const word = Uint8Array.of(response.status >> 8, response.status & 0xff);
    const cryptogram = response.data.length === 0 ? noBytes : this.#cryptogram(response.data, oddInstruction);
    const objects = concat(cryptogram, encodeTlv(0x99, word));
    const mac = this.#authenticator(concat(this.#counter, objects));
    return concat(objects, encodeTlv(0x8e, mac), word);
  }

  /** The most bytes of data whose protected answer, status word included, is at most so long. */
  longestData(responseLength: number): number {
    const block = this.blockLength;
    for (let blocks = Math.floor(responseLength / block); blocks > 0; blocks--) {
      const length = blocks * block + 1;
      const header = length < 0x80 ? 2 : length < 0x100 ? 3 : 4;
      if (header + length + 4 + 2 + macLength + 2 <= responseLength) return blocks * block - 1;
    }
    return 0;
  }

  // Secure messaging pads for AES too, although CMAC would not need it (9303-11 §9.8.4, §9.8.7.2).
  #authenticator(message: Uint8Array): Uint8Array {
    const padded = padMethod2(message, this.blockLength);
    if (this.#cipher === '3DES') return retailMac(this.#authenticationKey, padded);
    return aesCmac(this.#authenticationKey, padded).subarray(0, macLength);
  }

  #count(): void {
    for (let at = this.#counter.length - 1; at >= 0; at--) {
      const next = ((this.#counter[at] ?? 0) + 1) & 0xff;
      this.#counter[at] = next;
      if (next !== 0) return;
    }
  }

  get #iv(): Uint8Array {
    return this.#cipher === '3DES'
      ? new Uint8Array(desBlockLength)
      : encryptAesBlock(this.#encryptionKey, this.#counter);
  }

  #cryptogram(data: Uint8Array, odd: boolean): Uint8Array {
    const padded = padMethod2(data, this.blockLength);
    const encrypt = this.#cipher === '3DES' ? encryptTripleDesCbc : encryptAesCbc;
    const encrypted = encrypt(this.#encryptionKey, this.#iv, padded);
    return odd ? encodeTlv(0x85, encrypted) : encodeTlv(0x87, Uint8Array.of(1), encrypted);
  }

  #decrypt(cryptogram: Tlv, odd: boolean): Uint8Array | null {
    if (!odd && cryptogram.value[0] !== 1) return null;
    const encrypted = odd ? cryptogram.value : cryptogram.value.subarray(1);
    if (encrypted.length === 0 || encrypted.length % this.blockLength !== 0) return null;
    const decrypt = this.#cipher === '3DES' ? decryptTripleDesCbc : decryptAesCbc;
    return unpadMethod2(decrypt(this.#encryptionKey, this.#iv, encrypted), this.blockLength);
  }
}

const knownObjects: readonly number[] = [0x85, 0x87, 0x97, 0x8e];

// In the order of the table, each at most once, the authenticator last (9303-11 §9.8.4, §9.3.3).
function readObjects(data: Uint8Array): ReadonlyMap<number, Tlv> | null {
  try {
    const objects = new Map<number, Tlv>();
    for (const object of decodeTlvs(data, { maximumNodes: 8 })) {
      if (!knownObjects.includes(object.tag) || objects.has(object.tag) || objects.has(0x8e)) return null;
      objects.set(object.tag, object);
    }
    return objects;
  } catch {
    return null;
  }
}

function expectedLength(le: Uint8Array): number {
  const [high = 0, low] = le;
  if (low === undefined) return high === 0 ? 0x100 : high;
  const length = (high << 8) | low;
  return length === 0 ? 0x10000 : length;
}
