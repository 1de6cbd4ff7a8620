import { type Answer, said } from './apdu.ts';
import { join } from './data-objects.ts';
import type { Random } from './pace.ts';
import { SecureChannel, same } from './secure-channel.ts';
import { deriveKey, sha1, tripleDes } from './suites.ts';

const noIv = new Uint8Array(8);

/** Basic Access Control, the chip's side (9303-11 §4.3). */
export class BasicAccess {
  readonly #seed: Uint8Array;
  readonly #random: Random;
  readonly #wrongKey: number;
  #challenge: Uint8Array | null = null;

  constructor(mrzInformation: string, wrongKey: number, random: Random) {
    this.#seed = sha1(Buffer.from(mrzInformation, 'latin1')).slice(0, 16);
    this.#wrongKey = wrongKey;
    this.#random = random;
  }

  getChallenge(): Answer {
    this.#challenge = this.#random(8);
    return said(0x9000, this.#challenge);
  }

  /** Answers EXTERNAL AUTHENTICATE, with the session where the key was right. A challenge serves once. */
  authenticate(data: Uint8Array): { readonly answer: Answer; readonly channel: SecureChannel | null } {
    const challenge = this.#challenge;
    this.#challenge = null;
    if (data.length !== 40) return { answer: said(0x6700), channel: null };
    const refused = { answer: said(this.#wrongKey), channel: null };
    if (challenge === null) return { answer: said(0x6985), channel: null };
    const encryption = deriveKey(this.#seed, 1);
    const authentication = deriveKey(this.#seed, 2);
    const cryptogram = data.slice(0, 32);
    if (!same(tripleDes.mac(authentication, cryptogram), data.slice(32))) return refused;
    const said32 = tripleDes.decrypt(encryption, noIv, cryptogram);
    const [terminal, returned, terminalKey] = [said32.slice(0, 8), said32.slice(8, 16), said32.slice(16)];
    if (!same(returned, challenge)) return refused;
    const own = this.#random(16);
    const response = tripleDes.encrypt(encryption, noIv, join(challenge, terminal, own));
    const seed = own.map((byte, index) => byte ^ (terminalKey[index] ?? 0));
    // SSC = RND.IC (4 least significant bytes) || RND.IFD (4 least significant bytes), §9.8.6.3.
    const counter = BigInt(`0x${Buffer.from(join(challenge.slice(4), terminal.slice(4))).toString('hex')}`);
    return {
      answer: said(0x9000, join(response, tripleDes.mac(authentication, response))),
      channel: new SecureChannel(tripleDes, seed, counter),
    };
  }
}
