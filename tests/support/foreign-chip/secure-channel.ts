import { type Answer, lengthExpected, type ShortCommand, statusBytes } from './apdu.ts';
import { dataObject, dataObjects, join } from './data-objects.ts';
import { deriveKey, pad, type Suite, unpad } from './suites.ts';

/** A secure messaging session of the chip (9303-11 §9.8). */
export class SecureChannel {
  readonly #suite: Suite;
  readonly #encryption: Uint8Array;
  readonly #authentication: Uint8Array;
  #counter: bigint;

  /** `counter` is the start value of the send sequence counter: zero but after BAC (§9.8.6.3, §9.8.7.3). */
  constructor(suite: Suite, secret: Uint8Array, counter = 0n) {
    this.#suite = suite;
    this.#encryption = deriveKey(secret, 1);
    this.#authentication = deriveKey(secret, 2);
    this.#counter = counter;
  }

  /** The most bytes of an answer that fit a response of 256 bytes with its objects. */
  get most(): number {
    return this.#suite.blockLength === 16 ? 223 : 231;
  }

  /** The command inside, or the status of a secure messaging error (`6987` object missing, `6988` object wrong). */
  open({ cla, ins, p1, p2, data }: ShortCommand): ShortCommand | 0x6987 | 0x6988 | 0x6700 {
    const counter = this.#next();
    const objects = dataObjects(data);
    const last = objects?.at(-1);
    if (objects === null || last === undefined || last.tag !== 0x8e) return 0x6987;
    const covered = objects.slice(0, -1);
    // In this order and no other object (§9.8.4): [87] [97] 8E; 85 belongs to odd instructions, of which this chip has none.
    const order = covered.map(({ tag }) => tag);
    if (!['', '135', '151', '135,151'].includes(order.join())) return 0x6988;
    const header = pad(Uint8Array.of(cla, ins, p1, p2), this.#suite.blockLength);
    const body = join(...covered.map(({ whole }) => whole));
    const message = join(counter, header, body.length > 0 ? pad(body, this.#suite.blockLength) : body);
    if (!same(this.#suite.macOfPadded(this.#authentication, message), last.value)) return 0x6988;
    const cryptogram = covered.find(({ tag }) => tag === 0x87)?.value;
    const le = covered.find(({ tag }) => tag === 0x97)?.value;
    if (le !== undefined && le.length !== 1) return 0x6700;
    const plain = cryptogram === undefined ? new Uint8Array() : this.#decrypted(cryptogram, counter);
    if (plain === null) return 0x6988;
    return {
      cla: cla & 0xf3,
      ins,
      p1,
      p2,
      data: plain,
      expected: le === undefined ? null : lengthExpected(le[0] ?? 0),
    };
  }

  /** The protected response (§9.8.4 figure 6): [87] 99 8E, then the status in the clear. */
  seal({ data, status }: Answer): Uint8Array {
    const counter = this.#next();
    const { blockLength } = this.#suite;
    const iv = this.#suite.messageIv(this.#encryption, counter);
    const cryptogram = (): Uint8Array => this.#suite.encrypt(this.#encryption, iv, pad(data, blockLength));
    const body = join(
      data.length === 0 ? data : dataObject(0x87, Uint8Array.of(1), cryptogram()),
      dataObject(0x99, statusBytes(status)),
    );
    const code = this.#suite.macOfPadded(this.#authentication, join(counter, pad(body, blockLength)));
    return join(body, dataObject(0x8e, code), statusBytes(status));
  }

  #decrypted([indicator, ...blocks]: Uint8Array, counter: Uint8Array): Uint8Array | null {
    if (indicator !== 1 || blocks.length === 0 || blocks.length % this.#suite.blockLength !== 0) return null;
    const iv = this.#suite.messageIv(this.#encryption, counter);
    return unpad(this.#suite.decrypt(this.#encryption, iv, Uint8Array.from(blocks)));
  }

  // Increased before every command and every response (§9.8.2).
  #next(): Uint8Array {
    const { blockLength } = this.#suite;
    this.#counter = BigInt.asUintN(8 * blockLength, this.#counter + 1n);
    return Uint8Array.from(Buffer.from(this.#counter.toString(16).padStart(2 * blockLength, '0'), 'hex'));
  }
}

export function same(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
