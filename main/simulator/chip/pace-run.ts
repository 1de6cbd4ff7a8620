import { encryptAesCbc } from '../../crypto/aes.ts';
import { encryptTripleDesCbc } from '../../crypto/des.ts';
import { modularPower } from '../../crypto/modular.ts';
import { bytesToUnsigned, unsignedToBytes } from '../../crypto/points.ts';
import type { RandomSource } from '../../crypto/random.ts';
import { encodeOid } from '../../document/der.ts';
import { encodeTlv } from '../../document/tlv.ts';
import { concat, equal, equalSecret } from '../../result/bytes.ts';
import { type AgreementGroup, byteLength } from './agreement-group.ts';
import { answer, type StatusWord, status } from './apdu.ts';
import type { AccessStep } from './basic-access.ts';
import { nonceLengths } from './integrated-mapping.ts';
import { type Cipher, deriveKey, keyUse } from './key-derivation.ts';
import { ChipSession } from './session.ts';

const genericNonceLength = 16;

type Objects = ReadonlyMap<number, Uint8Array>;

export interface PaceSettings<Element> {
  /** Object identifier, dotted, as it stands in the token. */
  readonly protocol: string;
  readonly cipher: Cipher;
  readonly group: AgreementGroup<Element>;
  /** The generator of integrated mapping from both nonces; null where generic mapping is used. */
  readonly integrated: ((nonce: Uint8Array, terminalNonce: Uint8Array) => Element | null) | null;
  /** The chip's static private key for chip authentication mapping, and the order of its group. */
  readonly proof: { readonly privateKey: bigint; readonly order: bigint } | null;
  readonly password: Uint8Array;
  /** Changes what is sent as the chip's ephemeral public key, for chips that encode it in their own way. */
  readonly publicKeyForm: ((encoded: Uint8Array) => Uint8Array) | null;
}

/** One run of PACE from the chip's side, from its nonce to its token. */
export interface PaceRun {
  /** Whether the next step is the last one, whose command ends the chain. */
  readonly atLastStep: boolean;
  /** The answer to one GENERAL AUTHENTICATE; a run whose step did not end with 9000 is over. */
  next(objects: Objects): AccessStep;
}

/** Begins a run (9303-11 §4.4.3). */
export function beginPaceRun<Element>(settings: PaceSettings<Element>, random: RandomSource): PaceRun {
  return new Run(settings, random);
}

interface Keys {
  readonly session: ChipSession;
  /** Both ephemeral keys as they count in the tokens. */
  readonly own: Uint8Array;
  readonly terminal: Uint8Array;
}

class Run<Element> implements PaceRun {
  readonly #settings: PaceSettings<Element>;
  readonly #random: RandomSource;
  #nonce: Uint8Array | null = null;
  #mappingKey: bigint | null = null;
  #generator: Element | null = null;
  #keys: Keys | null = null;

  constructor(settings: PaceSettings<Element>, random: RandomSource) {
    this.#settings = settings;
    this.#random = random;
  }

  get atLastStep(): boolean {
    return this.#keys !== null;
  }

  next(objects: Objects): AccessStep {
    if (this.#nonce === null) return this.#sendNonce(objects);
    if (this.#generator === null) return this.#map(this.#nonce, objects.get(0x81));
    if (this.#keys === null) return this.#agree(this.#generator, objects.get(0x83));
    return this.#compareTokens(this.#keys, objects.get(0x85));
  }

  #sendNonce(objects: Objects): AccessStep {
    const { cipher, password, integrated } = this.#settings;
    if (objects.size !== 0) return ended(status.wrongData);
    const nonce = this.#random(integrated === null ? genericNonceLength : nonceLengths(cipher).chip);
    const key = deriveKey(cipher, password, keyUse.password);
    this.#nonce = nonce;
    const encrypted =
      cipher === '3DES'
        ? encryptTripleDesCbc(key, new Uint8Array(8), nonce)
        : encryptAesCbc(key, new Uint8Array(16), nonce);
    return going(encodeTlv(0x80, encrypted));
  }

  #map(nonce: Uint8Array, mappingData: Uint8Array | undefined): AccessStep {
    const { integrated, cipher } = this.#settings;
    if (mappingData === undefined) return ended(status.wrongData);
    if (integrated === null) return this.#mapGenerically(nonce, mappingData);
    if (mappingData.length !== nonceLengths(cipher).terminal) return ended(status.wrongData);
    this.#generator = integrated(nonce, mappingData);
    return this.#generator === null ? ended(status.wrongData) : going(encodeTlv(0x82));
  }

  // 9303-11 §4.4.3.3.1: nonce × generator + shared secret. Each may be neutral by design of the other side alone.
  #mapGenerically(nonce: Uint8Array, terminalKey: Uint8Array): AccessStep {
    const { group } = this.#settings;
    const terminal = group.decode(terminalKey);
    if (terminal === null) return ended(status.wrongData);
    this.#mappingKey = group.privateKey(this.#random);
    const shared = group.power(terminal, this.#mappingKey);
    const scaled = group.power(group.generator, bytesToUnsigned(nonce));
    const own = group.power(group.generator, this.#mappingKey);
    this.#generator = shared === null || scaled === null ? null : group.combine(scaled, shared);
    if (this.#generator === null || own === null) return ended(status.wrongData);
    return going(encodeTlv(0x82, group.encode(own)));
  }

  #agree(generator: Element, terminalKey: Uint8Array | undefined): AccessStep {
    const { group, cipher, publicKeyForm } = this.#settings;
    const terminal = terminalKey === undefined ? null : group.decode(terminalKey);
    if (terminal === null) return ended(status.wrongData);
    const privateKey = group.privateKey(this.#random);
    const own = group.power(generator, privateKey);
    const shared = group.power(terminal, privateKey);
    if (own === null || shared === null) return ended(status.wrongData);
    const keys = {
      session: new ChipSession(cipher, group.secret(shared)),
      own: group.encode(own),
      terminal: group.encode(terminal),
    };
    // 9303-11 §4.4.1: both keys should differ.
    if (equal(keys.own, keys.terminal)) return ended(status.wrongData);
    this.#keys = keys;
    return going(encodeTlv(0x84, publicKeyForm === null ? keys.own : publicKeyForm(keys.own)));
  }

  #compareTokens({ session, own, terminal }: Keys, token: Uint8Array | undefined): AccessStep {
    if (token === undefined) return ended(status.wrongData);
    if (!equalSecret(token, session.token(this.#tokenInput(own)))) return ended(status.authenticationFailed);
    const ownToken = encodeTlv(0x86, session.token(this.#tokenInput(terminal)));
    return { ...going(ownToken, ...this.#chipAuthenticationData(session)), session };
  }

  // 9303-11 §4.4.3.4: the other side's ephemeral key under the protocol's object identifier.
  #tokenInput(publicKey: Uint8Array): Uint8Array {
    const { protocol, group } = this.#settings;
    return encodeTlv(0x7f49, encodeOid(protocol), encodeTlv(group.publicKeyTag, publicKey));
  }

  // 9303-11 §4.4.3.5.1: CA_IC is the mapping key over the static key, sent encrypted.
  #chipAuthenticationData(session: ChipSession): Uint8Array[] {
    const { proof } = this.#settings;
    if (proof === null || this.#mappingKey === null) return [];
    const data = quotient(this.#mappingKey, proof.privateKey, proof.order);
    return [encodeTlv(0x8a, session.encryptChipAuthenticationData(data))];
  }
}

// dividend / divisor in the field of that prime order, at the order's full length.
function quotient(dividend: bigint, divisor: bigint, order: bigint): Uint8Array {
  const value = (dividend * modularPower(divisor, order - 2n, order)) % order;
  return unsignedToBytes(value, byteLength(order));
}

function going(...objects: readonly Uint8Array[]): AccessStep {
  return { response: answer(status.done, encodeTlv(0x7c, concat(...objects))), session: null };
}

function ended(word: StatusWord): AccessStep {
  return { response: answer(word), session: null };
}
