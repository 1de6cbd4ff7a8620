import { encryptAesCbc } from '../crypto/aes.ts';
import { type Curve, type CurveName, type CurvePoint, curveByName } from '../crypto/curves.ts';
import { encryptTripleDesCbc } from '../crypto/des.ts';
import { digest } from '../crypto/hash.ts';
import {
  addPoints,
  bytesToUnsigned,
  decodePoint,
  encodePoint,
  multiplyPoint,
  publicPoint,
  randomPrivateKey,
  unsignedToBytes,
} from '../crypto/points.ts';
import type { RandomSource } from '../crypto/random.ts';
import { encodeOid, oidContents } from '../document/der.ts';
import { decodeTlv, decodeTlvs, encodeTlv, type Tlv } from '../document/tlv.ts';
import { equal, equalSecret } from '../result/bytes.ts';
import { answer, type Command, type Response, type StatusWord, status } from './apdu.ts';
import type { AccessStep } from './basic-access.ts';
import type { ChipProfile, PaceProfile } from './chip-profile.ts';
import { type Cipher, ciphers, deriveKey, keyUse } from './key-derivation.ts';
import { ChipSession } from './session.ts';

// 9303-11 §9.5.1, the curves among the standardised domain parameters.
const parameterCurves: ReadonlyMap<number, CurveName> = new Map([
  [8, 'P-192'],
  [9, 'brainpoolP192r1'],
  [10, 'P-224'],
  [11, 'brainpoolP224r1'],
  [12, 'P-256'],
  [13, 'brainpoolP256r1'],
  [14, 'brainpoolP320r1'],
  [15, 'P-384'],
  [16, 'brainpoolP384r1'],
  [17, 'brainpoolP512r1'],
  [18, 'P-521'],
]);

/** id-PACE-ECDH-GM (9303-11 §9.2.2); the last arc is the cipher. */
export const paceEcdhGenericMapping = '0.4.0.127.0.7.2.2.4.2';

const nonceLength = 16;

interface Agreement {
  readonly offer: PaceProfile;
  readonly curve: Curve;
  readonly cipher: Cipher;
  readonly password: Uint8Array;
  readonly nonce: Uint8Array | null;
  readonly generator: CurvePoint | null;
  readonly session: { readonly keys: ChipSession; readonly own: Uint8Array; readonly terminal: Uint8Array } | null;
}

/** PACE with generic mapping over ECDH seen from the chip (9303-11 §4.4.3, §4.4.4). */
export class PasswordAuthenticatedConnection {
  readonly #offers: readonly PaceProfile[];
  readonly #passwords: ChipProfile['passwords'];
  readonly #random: RandomSource;
  #agreement: Agreement | null = null;

  constructor(profile: Pick<ChipProfile, 'pace' | 'passwords'>, random: RandomSource) {
    this.#offers = profile.pace;
    this.#passwords = profile.passwords;
    this.#random = random;
  }

  /** MSE:Set AT (9303-11 §4.4.4.1). */
  setAuthenticationTemplate(command: Command): Response {
    this.#agreement = null;
    if (command.p1 !== 0xc1 || command.p2 !== 0xa4) return answer(status.wrongParameters);
    const objects = readObjects(command.data);
    const protocol = objects?.get(0x80);
    const password = objects?.get(0x83);
    if (protocol === undefined || password === undefined) return answer(status.wrongData);
    const offered = this.#offers.filter((offer) => equal(oidContents(offer.protocol), protocol));
    if (offered.length === 0) return answer(status.wrongData);
    const parameter = objects?.get(0x84);
    // The reference may be left out where it is not needed to tell the parameters apart.
    const chosen =
      parameter === undefined
        ? offered.slice(0, offered.length === 1 ? 1 : 0)
        : offered.filter((offer) => bytesToUnsigned(parameter) === BigInt(offer.parameterId));
    const secret = this.#password(password);
    const [offer] = chosen;
    if (offer === undefined || secret === null) return answer(status.referenceNotFound);
    this.#agreement = {
      offer,
      curve: curveOf(offer.parameterId),
      cipher: cipherOf(offer.protocol),
      password: secret,
      nonce: null,
      generator: null,
      session: null,
    };
    return answer(status.done);
  }

  // 9303-11 §9.7.3: the MRZ goes in as its SHA-1, the CAN as it is printed.
  #password(reference: Uint8Array): Uint8Array | null {
    const { mrzInformation, can } = this.#passwords;
    const [kind] = reference;
    if (reference.length !== 1) return null;
    if (kind === 1 && mrzInformation !== null) return digest('SHA-1', new TextEncoder().encode(mrzInformation));
    return kind === 2 && can !== null ? new TextEncoder().encode(can) : null;
  }

  /** GENERAL AUTHENTICATE: nonce, mapping, key agreement, tokens, the first three chained (9303-11 §4.4.4.2, §4.4.4.3). */
  generalAuthenticate(command: Command): AccessStep {
    const agreement = this.#agreement;
    this.#agreement = null;
    const chained = (command.cla & 0x10) !== 0;
    if (agreement === null) return ended(status.conditionsOfUse);
    if (command.p1 !== 0 || command.p2 !== 0) return ended(status.wrongParameters);
    if (chained && agreement.session !== null) return ended(status.lastOfChainExpected);
    if (!chained && agreement.session === null) return ended(status.conditionsOfUse);
    const objects = readDynamicData(command.data);
    if (objects === null) return ended(status.wrongData);
    if (agreement.nonce === null) return this.#sendNonce(agreement, objects);
    if (agreement.generator === null) return this.#map(agreement, agreement.nonce, objects.get(0x81));
    if (agreement.session === null) return this.#agree(agreement, agreement.generator, objects.get(0x83));
    return this.#compareTokens(agreement, agreement.session, objects.get(0x85));
  }

  #sendNonce(agreement: Agreement, objects: ReadonlyMap<number, Uint8Array>): AccessStep {
    if (objects.size !== 0) return ended(status.wrongData);
    const nonce = this.#random(nonceLength);
    const key = deriveKey(agreement.cipher, agreement.password, keyUse.password);
    const encrypted =
      agreement.cipher === '3DES'
        ? encryptTripleDesCbc(key, new Uint8Array(8), nonce)
        : encryptAesCbc(key, new Uint8Array(16), nonce);
    this.#agreement = { ...agreement, nonce };
    return going(0x80, encrypted);
  }

  #map(agreement: Agreement, nonce: Uint8Array, terminalKey: Uint8Array | undefined): AccessStep {
    const { curve } = agreement;
    const terminal = terminalKey === undefined ? null : decodePoint(curve, terminalKey);
    if (terminal === null) return ended(status.wrongData);
    const privateKey = randomPrivateKey(curve, this.#random);
    const shared = multiplyPoint(curve, terminal, privateKey);
    const scaled = multiplyPoint(curve, curve.parameters.generator, bytesToUnsigned(nonce));
    // 9303-11 §4.4.3.3.1: the new generator is nonce × generator + shared point. Either may fall on infinity by design of
    // the other side alone.
    const generator = shared === null || scaled === null ? null : addPoints(curve, scaled, shared);
    if (generator === null) return ended(status.wrongData);
    this.#agreement = { ...agreement, generator };
    return going(0x82, encodePoint(curve, publicPoint(curve, privateKey)));
  }

  #agree(agreement: Agreement, generator: CurvePoint, terminalKey: Uint8Array | undefined): AccessStep {
    const { curve, cipher } = agreement;
    const terminal = terminalKey === undefined ? null : decodePoint(curve, terminalKey);
    if (terminalKey === undefined || terminal === null) return ended(status.wrongData);
    const privateKey = randomPrivateKey(curve, this.#random);
    const own = multiplyPoint(curve, generator, privateKey);
    const shared = multiplyPoint(curve, terminal, privateKey);
    if (own === null || shared === null) return ended(status.wrongData);
    const ownKey = encodePoint(curve, own);
    // 9303-11 §4.4.1: both keys should differ.
    if (equal(ownKey, terminalKey)) return ended(status.wrongData);
    const keys = new ChipSession(cipher, unsignedToBytes(shared.x, curve.fieldLength));
    this.#agreement = { ...agreement, session: { keys, own: ownKey, terminal: terminalKey } };
    return going(0x84, ownKey);
  }

  #compareTokens(
    { offer }: Agreement,
    { keys, own, terminal }: NonNullable<Agreement['session']>,
    token: Uint8Array | undefined,
  ): AccessStep {
    if (token === undefined) return ended(status.wrongData);
    if (!equalSecret(token, keys.token(tokenInput(offer.protocol, own)))) return ended(status.authenticationFailed);
    const { response } = going(0x86, keys.token(tokenInput(offer.protocol, terminal)));
    return { response, session: keys };
  }

  /** Any other command breaks the chain. */
  forget(): void {
    this.#agreement = null;
  }
}

function curveOf(parameterId: number): Curve {
  const name = parameterCurves.get(parameterId);
  if (name === undefined) throw new RangeError('no such domain parameters');
  return curveByName(name);
}

function cipherOf(protocol: string): Cipher {
  const cipher = ciphers[Number(protocol.slice(paceEcdhGenericMapping.length + 1)) - 1];
  if (!protocol.startsWith(`${paceEcdhGenericMapping}.`) || cipher === undefined)
    throw new RangeError('no such protocol');
  return cipher;
}

// 9303-11 §4.4.3.4: the other side's ephemeral key under the protocol's object identifier.
function tokenInput(protocol: string, publicKey: Uint8Array): Uint8Array {
  return encodeTlv(0x7f49, encodeOid(protocol), encodeTlv(0x86, publicKey));
}

function going(tag: number, value: Uint8Array): AccessStep {
  return { response: answer(status.done, encodeTlv(0x7c, encodeTlv(tag, value))), session: null };
}

function ended(word: StatusWord): AccessStep {
  return { response: answer(word), session: null };
}

function byTag(objects: readonly Tlv[]): ReadonlyMap<number, Uint8Array> | null {
  const values = new Map(objects.map((object) => [object.tag, object.value]));
  return values.size === objects.length ? values : null;
}

function readObjects(data: Uint8Array): ReadonlyMap<number, Uint8Array> | null {
  try {
    return byTag(decodeTlvs(data, { maximumNodes: 8 }));
  } catch {
    return null;
  }
}

function readDynamicData(data: Uint8Array): ReadonlyMap<number, Uint8Array> | null {
  try {
    const template = decodeTlv(data, { maximumNodes: 8 });
    return template.tag === 0x7c ? byTag(template.children) : null;
  } catch {
    return null;
  }
}
