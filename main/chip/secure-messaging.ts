import { padMethod2, unpadMethod2 } from '../crypto/padding.ts';
import { bytesToUnsigned, unsignedToBytes } from '../crypto/points.ts';
import { encodeTlv } from '../document/tlv.ts';
import { concat, equalSecret, toHex } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';
import { type CommandApdu, encodeCommand, type LengthForm, type ResponseApdu } from './apdu.ts';
import { macLength, type SuiteFunctions, suiteFunctions } from './cipher-suite.ts';
import type { CipherSuite } from './key-derivation.ts';
import { parseProtectedCommand, parseProtectedResponse, tags } from './secure-messaging-objects.ts';
import type { SessionKeys } from './session-keys.ts';

/** Keys and counter in lower-case hex, for a replay only. */
export interface SecureMessagingDescription {
  readonly cipher: '3DES' | 'AES';
  readonly ksEnc: string;
  readonly ksMac: string;
  readonly ssc: string;
}

const protectedClass = 0x0c;
const paddingIndicator = Uint8Array.of(0x01);

/**
 * Secure messaging (9303-11 §9.8). The counter moves by two with each answered command; a command that never reached
 * the chip leaves it, so that the same command may be sent again in another form.
 * A wrong answer ends the session for good: the chip has dropped its keys too (§9.8.3, §9.8.5).
 */
export class SecureMessagingSession {
  readonly cipher: CipherSuite;
  readonly #functions: SuiteFunctions;
  readonly #keys: SessionKeys;
  #counter: bigint;
  #ended = false;
  #verifiedAnswers = 0;

  /**
   * Takes the keys over, and purges them when it ends. `counter` is the send sequence counter before the first command: zero after PACE
   * (9303-11 §9.8.6.3, §9.8.7.3).
   */
  constructor(cipher: CipherSuite, keys: SessionKeys, counter?: Uint8Array) {
    this.cipher = cipher;
    this.#functions = suiteFunctions(cipher);
    this.#keys = keys;
    this.#counter = counter === undefined ? 0n : bytesToUnsigned(counter);
  }

  /** True once a plain, malformed or wrongly authenticated answer came: nothing is sent any more. */
  get ended(): boolean {
    return this.#ended;
  }

  /** How many answers came that verified: the first of them proves that the chip has these keys. */
  get verifiedAnswers(): number {
    return this.#verifiedAnswers;
  }

  /** The command under secure messaging. Fails with `secure-messaging.ended`. */
  protect(command: CommandApdu, form: LengthForm): Uint8Array {
    this.#refuseIfEnded();
    const { blockLength, encrypt, messagingIv } = this.#functions;
    const counter = this.#counterBytes(1n);
    const cla = command.cla | protectedClass;
    const header = Uint8Array.of(cla, command.ins, command.p1, command.p2);
    const objects: Uint8Array[] = [];
    if (command.data !== undefined && command.data.length > 0) {
      const key = this.#keys.encryption.reveal();
      const iv = messagingIv(key, counter);
      const cryptogram = encrypt(key, iv, padMethod2(command.data, blockLength));
      // An odd INS carries BER-TLV data, hence DO 85 without a padding indicator (9303-11 §9.8.4).
      if ((command.ins & 1) === 1) objects.push(encodeTlv(tags.cryptogramOfTlv, cryptogram));
      else objects.push(encodeTlv(tags.cryptogram, paddingIndicator, cryptogram));
    }
    if (command.expectedLength !== undefined) objects.push(encodeTlv(tags.le, leBytes(command.expectedLength)));
    const body = concat(...objects);
    const code = encodeTlv(tags.mac, this.#commandMac(header, body));
    const { ins, p1, p2 } = command;
    const expectedLength = form === 'short' ? 256 : 65_536;
    return encodeCommand({ cla, ins, p1, p2, data: concat(body, code), expectedLength }, form);
  }

  /**
   * The answer inside. Fails with `secure-messaging.unprotected-answer`, `.mac-wrong` or `.malformed`, and the session has
   * then ended; or with `secure-messaging.ended`.
   */
  unprotect(response: Uint8Array): ResponseApdu {
    this.#refuseIfEnded();
    try {
      const { authenticated, mac, status, cryptogram } = parseProtectedResponse(response);
      const counter = this.#counterBytes(2n);
      const { blockLength } = this.#functions;
      const expected = this.#functions.mac(
        this.#keys.messageAuthentication.reveal(),
        padMethod2(concat(counter, authenticated), blockLength),
      );
      if (!equalSecret(expected, mac)) throw new Failure('secure-messaging.mac-wrong');
      const data = cryptogram === null ? new Uint8Array() : this.#decrypt(cryptogram, counter);
      this.#counter = bytesToUnsigned(counter);
      this.#verifiedAnswers++;
      return { data, status };
    } catch (thrown) {
      this.end();
      throw thrown;
    }
  }

  /**
   * Whether the protected command is authentic as the next one of this session. For replays: it is the chip's side, and
   * the counter stays where it is until the answer is unprotected.
   */
  authenticates(command: Uint8Array): boolean {
    this.#refuseIfEnded();
    const { header, authenticated, mac } = parseProtectedCommand(command);
    return equalSecret(this.#commandMac(header, authenticated), mac);
  }

  /** Ends the session and purges its keys. */
  end(): void {
    this.#ended = true;
    this.#keys.encryption.purge();
    this.#keys.messageAuthentication.purge();
  }

  /** Keys and counter as a transcript records them: for replays, never for logs. Fails with `secure-messaging.ended`. */
  describe(): SecureMessagingDescription {
    this.#refuseIfEnded();
    return {
      cipher: this.cipher === '3DES' ? '3DES' : 'AES',
      ksEnc: toHex(this.#keys.encryption.reveal()),
      ksMac: toHex(this.#keys.messageAuthentication.reveal()),
      ssc: toHex(this.#counterBytes(0n)),
    };
  }

  toJSON(): string {
    return '[session]';
  }

  /** How many data bytes a protected command has that carries `dataLength` bytes (9303-11 §9.8.4). */
  protectedLength(dataLength: number, withLe: boolean): number {
    const { blockLength } = this.#functions;
    const contents = 1 + (Math.floor(dataLength / blockLength) + 1) * blockLength;
    const lengthBytes = contents > 0xff ? 3 : contents > 0x7f ? 2 : 1;
    return (dataLength === 0 ? 0 : 1 + lengthBytes + contents) + (withLe ? 3 : 0) + 2 + macLength;
  }

  /**
   * The most data that one answer of `maximumResponse` bytes, status word included, can hold under this session
   * (9303-11 §9.8.4): 231 (3DES) or 223 (AES) for the 258 bytes of a short response.
   */
  dataWithin(maximumResponse: number): number {
    const { blockLength } = this.#functions;
    const rest = maximumResponse - 2 - 4 - (2 + macLength);
    const lengthBytes = rest > 0xff + 3 ? 3 : rest > 0x7f + 2 ? 2 : 1;
    const cryptogram = rest - 1 - lengthBytes - paddingIndicator.length;
    return Math.max(0, Math.floor(cryptogram / blockLength) * blockLength - 1);
  }

  #decrypt(cryptogram: Uint8Array, counter: Uint8Array): Uint8Array {
    const { blockLength, decrypt, messagingIv } = this.#functions;
    if (cryptogram.length === 0 || cryptogram.length % blockLength !== 0)
      throw new Failure('secure-messaging.malformed', { reason: 'cryptogram length' });
    const key = this.#keys.encryption.reveal();
    const iv = messagingIv(key, counter);
    const plain = unpadMethod2(decrypt(key, iv, cryptogram), blockLength);
    if (plain === null) throw new Failure('secure-messaging.malformed', { reason: 'padding' });
    return plain;
  }

  // The header fills whole blocks of its own; without objects nothing follows it (9303-11 §9.8.6.3).
  #commandMac(header: Uint8Array, objects: Uint8Array): Uint8Array {
    const { blockLength, mac } = this.#functions;
    const paddedHeader = concat(this.#counterBytes(1n), padMethod2(header, blockLength));
    const whole = objects.length === 0 ? paddedHeader : padMethod2(concat(paddedHeader, objects), blockLength);
    return mac(this.#keys.messageAuthentication.reveal(), whole);
  }

  #counterBytes(ahead: bigint): Uint8Array {
    const { blockLength } = this.#functions;
    return unsignedToBytes(BigInt.asUintN(blockLength * 8, this.#counter + ahead), blockLength);
  }

  #refuseIfEnded(): void {
    if (this.#ended) throw new Failure('secure-messaging.ended');
  }
}

// One byte up to 256, else two: 00 and 0000 say the most of their form (9303-11 §9.8.4).
function leBytes(expected: number): Uint8Array {
  return expected <= 256 ? Uint8Array.of(expected & 0xff) : Uint8Array.of((expected >> 8) & 0xff, expected & 0xff);
}
