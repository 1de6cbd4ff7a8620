import { brainpoolP256r1 } from '@noble/curves/misc.js';
import { type Answer, said } from './apdu.ts';
import { dataObject, dataObjects } from './data-objects.ts';
import { SecureChannel, same } from './secure-channel.ts';
import { aes128, deriveKey, type Suite, tripleDes } from './suites.ts';

const { Point } = brainpoolP256r1;
type Point = InstanceType<typeof Point>;

/** id-PACE-ECDH-GM: 0.4.0.127.0.7.2.2.4.2.c (9303-11 §9.2.3), without its tag. */
const genericMapping = Uint8Array.of(0x04, 0x00, 0x7f, 0x00, 0x07, 0x02, 0x02, 0x04, 0x02);
const suites = new Map<number | undefined, Suite>([
  [1, tripleDes],
  [2, aes128],
]);

export type Random = (length: number) => Uint8Array;

/** A private key of the curve, never zero. */
export function privateKey(random: Random): bigint {
  return (BigInt(`0x${Buffer.from(random(40)).toString('hex')}`) % (Point.Fn.ORDER - 1n)) + 1n;
}

/** A public key as it came, null where it is no point of the curve in uncompressed form (§9.4.5 note). */
export function publicKey(bytes: Uint8Array | undefined): Point | null {
  if (bytes?.length !== 65) return null;
  try {
    const point = Point.fromBytes(bytes);
    point.assertValidity();
    return point;
  } catch {
    return null;
  }
}

/** The shared secret as octets: the x-coordinate in the field's length (§9.7.1 note). */
export function sharedSecret(point: Point): Uint8Array {
  return point.toBytes(false).slice(1, 33);
}

/** The cipher that a protocol identifier of PACE names; null where it is none of generic mapping over ECDH. */
export function paceSuite(oid: Uint8Array): Suite | null {
  const known = oid.length === genericMapping.length + 1 && same(oid.slice(0, -1), genericMapping);
  return known ? (suites.get(oid.at(-1)) ?? null) : null;
}

export interface PaceSettings {
  readonly suite: Suite;
  /** Of the protocol, without its tag. */
  readonly oid: Uint8Array;
  /** f(π): 20 bytes of the MRZ, or the CAN's digits (§9.7.3 table 14); undefined where the chip has no such password. */
  readonly password: Uint8Array | undefined;
  /** What a wrong token is answered with (§4.4.4.2: 6300, or `other`). */
  readonly wrongToken: number;
}

/** One run of PACE with generic mapping on brainpoolP256r1, the chip's side (§4.4.1, §4.4.5 table 4). */
export class PaceRun {
  readonly #settings: PaceSettings;
  readonly #random: Random;
  #step: 1 | 2 | 3 | 4 | 'over' = 1;
  #nonce = 0n;
  #generator: Point = Point.BASE;
  #own: Point = Point.BASE;
  #peer: Point = Point.BASE;
  #secret = new Uint8Array();
  /** There after the last step, where the password was right. */
  channel: SecureChannel | null = null;

  constructor(settings: PaceSettings, random: Random) {
    this.#settings = settings;
    this.#random = random;
  }

  /** `last` says that the command ends its chain: the fourth does, no other (§4.4.4.3). */
  answer(data: Uint8Array, last: boolean): Answer {
    const step = this.#step;
    const dynamic = dataObjects(data);
    const objects = dynamic?.length === 1 && dynamic[0]?.tag === 0x7c ? dataObjects(dynamic[0].value) : null;
    this.#step = 'over';
    if (step === 'over') return said(0x6985);
    if (last !== (step === 4)) return said(0x6883);
    if (objects === null) return said(0x6a80);
    const asked = (tag: number): Uint8Array | undefined => objects.find((object) => object.tag === tag)?.value;
    if (step === 1) return objects.length === 0 ? this.#encryptedNonce() : said(0x6a80);
    if (step === 2) return this.#mapping(publicKey(asked(0x81)));
    if (step === 3) return this.#agreement(publicKey(asked(0x83)));
    return this.#token(asked(0x85));
  }

  #encryptedNonce(): Answer {
    const { suite, password } = this.#settings;
    if (password === undefined) return said(0x6a88);
    const nonce = this.#random(16);
    this.#nonce = BigInt(`0x${Buffer.from(nonce).toString('hex')}`);
    const key = deriveKey(password, 3);
    this.#step = 2;
    return answered(0x80, suite.encrypt(key, new Uint8Array(suite.blockLength), nonce));
  }

  // Ĝ = s×G + H (§4.4.3.3.1).
  #mapping(peer: Point | null): Answer {
    if (peer === null) return said(0x6a80);
    const own = privateKey(this.#random);
    this.#generator = Point.BASE.multiply(this.#nonce).add(peer.multiply(own));
    this.#step = 3;
    return answered(0x82, Point.BASE.multiply(own).toBytes(false));
  }

  #agreement(peer: Point | null): Answer {
    if (peer === null) return said(0x6a80);
    const own = privateKey(this.#random);
    this.#own = this.#generator.multiply(own);
    this.#peer = peer;
    if (this.#own.equals(peer)) return said(0x6a80);
    this.#secret = Uint8Array.from(sharedSecret(peer.multiply(own)));
    this.#step = 4;
    return answered(0x84, this.#own.toBytes(false));
  }

  // T_IFD is over the chip's key, T_IC over the terminal's (§4.4.1 step 3 f).
  #token(token: Uint8Array | undefined): Answer {
    const { suite, wrongToken } = this.#settings;
    if (token === undefined || !same(token, this.#tokenOver(this.#own))) return said(wrongToken);
    this.channel = new SecureChannel(suite, this.#secret);
    return answered(0x86, this.#tokenOver(this.#peer));
  }

  #tokenOver(point: Point): Uint8Array {
    const { suite, oid } = this.#settings;
    const object = dataObject(0x7f49, dataObject(0x06, oid), dataObject(0x86, point.toBytes(false)));
    return suite.mac(deriveKey(this.#secret, 2), object);
  }
}

function answered(tag: number, value: Uint8Array): Answer {
  return said(0x9000, dataObject(0x7c, dataObject(tag, value)));
}
