import { decryptTripleDesCbc, desBlockLength, encryptTripleDesCbc } from '../../crypto/des.ts';
import { digest } from '../../crypto/hash.ts';
import type { RandomSource } from '../../crypto/random.ts';
import { concat, equalSecret } from '../../result/bytes.ts';
import { answer, type Command, type Response, status } from './apdu.ts';
import { deriveKey, keyUse } from './key-derivation.ts';
import { authenticate, ChipSession } from './session.ts';

const nonceLength = 8;
const keyPartLength = 16;
const cryptogramLength = 32;
const macLength = 8;
const zeroIv = new Uint8Array(desBlockLength);

export interface AccessStep {
  readonly response: Response;
  /** The session that begins after this answer, which itself goes out plain. */
  readonly session: ChipSession | null;
}

/** Basic Access Control seen from the chip (9303-11 §4.3.2, §4.3.3). */
export class BasicAccess {
  readonly #encryptionKey: Uint8Array;
  readonly #authenticationKey: Uint8Array;
  readonly #random: RandomSource;
  #challenge: Uint8Array | null = null;

  constructor(mrzInformation: string, random: RandomSource) {
    const seed = digest('SHA-1', new TextEncoder().encode(mrzInformation)).subarray(0, keyPartLength);
    this.#encryptionKey = deriveKey('3DES', seed, keyUse.encryption);
    this.#authenticationKey = deriveKey('3DES', seed, keyUse.authentication);
    this.#random = random;
  }

  /** GET CHALLENGE. */
  challenge(command: Command): Response {
    if (command.p1 !== 0 || command.p2 !== 0) return answer(status.wrongParameters);
    if (command.data.length !== 0 || command.expected !== nonceLength) return answer(status.wrongLength);
    this.#challenge = this.#random(nonceLength);
    return answer(status.done, this.#challenge);
  }

  /** EXTERNAL AUTHENTICATE. A challenge serves once, whatever comes of it. */
  authenticate(command: Command): AccessStep {
    const challenge = this.#challenge;
    this.#challenge = null;
    if (command.p1 !== 0 || command.p2 !== 0) return refused(status.wrongParameters);
    if (command.data.length !== cryptogramLength + macLength) return refused(status.wrongLength);
    if (challenge === null) return refused(status.conditionsOfUse);
    const cryptogram = command.data.subarray(0, cryptogramLength);
    const mac = command.data.subarray(cryptogramLength);
    if (!equalSecret(mac, authenticate('3DES', this.#authenticationKey, cryptogram)))
      return refused(status.authenticationFailed);
    const plain = decryptTripleDesCbc(this.#encryptionKey, zeroIv, cryptogram);
    const terminalNonce = plain.subarray(0, nonceLength);
    const terminalKeyPart = plain.subarray(2 * nonceLength);
    if (!equalSecret(plain.subarray(nonceLength, 2 * nonceLength), challenge))
      return refused(status.authenticationFailed);
    const ownKeyPart = this.#random(keyPartLength);
    const reply = encryptTripleDesCbc(this.#encryptionKey, zeroIv, concat(challenge, terminalNonce, ownKeyPart));
    const secret = ownKeyPart.map((byte, index) => byte ^ (terminalKeyPart[index] ?? 0));
    // 9303-11 §9.8.6.3: the last four bytes of both nonces.
    const counter = concat(challenge.subarray(-4), terminalNonce.subarray(-4));
    return {
      response: answer(status.done, concat(reply, authenticate('3DES', this.#authenticationKey, reply))),
      session: new ChipSession('3DES', secret, counter),
    };
  }

  /** Any other command between the two makes the challenge stale. */
  forget(): void {
    this.#challenge = null;
  }
}

function refused(word: Response['status']): AccessStep {
  return { response: answer(word), session: null };
}
