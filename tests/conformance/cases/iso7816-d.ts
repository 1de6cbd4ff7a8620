import { curveByName } from '../../../main/crypto/curves.ts';
import { dhGroups } from '../../../main/crypto/dh-groups.ts';
import { encodePoint, publicPoint } from '../../../main/crypto/points.ts';
import { encodeInteger, encodeOid } from '../../../main/document/der.ts';
import { decodeTlv, encodeTlv } from '../../../main/document/tlv.ts';
import { toHex } from '../../../main/result/bytes.ts';
import { answerToResetInformation } from '../../../main/simulator/chip/answer-to-reset.ts';
import { answer, type Command, type Response } from '../../../main/simulator/chip/apdu.ts';
import {
  agreementKey,
  type ChipAuthenticationOffer,
  chipAuthenticationInfos,
  chipAuthenticationKey,
  publicKeyInfo,
} from '../../../main/simulator/issuing/clone-protection.ts';
import { type CaseTable, finding, one, several } from '../base/case.ts';
import {
  type ConformanceDocument,
  chipLabel,
  conformanceDocument,
  type DocumentChange,
  dataGroup14,
  defaultChipAuthenticationInfos,
} from '../base/document.ts';
import { type Front, insideSession, watchingSession } from '../base/fronts.ts';
import { flipped } from '../base/parts.ts';

const dh: ChipAuthenticationOffer = { domain: 1, ciphers: ['3DES'], form: 'X9.42' };
const ecdh: ChipAuthenticationOffer = { domain: 'brainpoolP224r1', ciphers: ['3DES'], form: 'explicit' };
const ciphers = ['3DES', 'AES-128', 'AES-192', 'AES-256'] as const;

/** A document whose DG14 and whose chip hold what these offers say; `change` comes last. */
function offering(offers: readonly ChipAuthenticationOffer[], change: DocumentChange = {}): ConformanceDocument {
  return conformanceDocument('EAC-noTA', {
    groups: { 14: dataGroup14(offers.flatMap((offer) => chipAuthenticationInfos(chipLabel, offer))) },
    chip: { chipAuthentication: offers.map((offer) => chipAuthenticationKey(chipLabel, offer)) },
    ...change,
  });
}

const eachCipher = (offer: ChipAuthenticationOffer): Readonly<Record<string, () => ConformanceDocument>> =>
  Object.fromEntries(
    ciphers.map((cipher) => [cipher, () => offering([{ ...offer, ciphers: [cipher] }], { extendedLength: sizes })]),
  );

const sizes = { maxCommand: 2048, maxResponse: 2048 };

// The chip's keys stay; DG14 says something else.
const saying = (offers: readonly ChipAuthenticationOffer[], infos: readonly Uint8Array[]): ConformanceDocument =>
  offering(offers, { groups: { 14: dataGroup14(infos) }, extendedLength: sizes });

const keyReferenceUnknown = (status: number): Front =>
  insideSession({
    plain: (command: Command, respond: () => Response): Response => (command.ins === 0x22 ? answer(status) : respond()),
  });

const info = (agreement: 1 | 2, keyId?: number): Uint8Array =>
  encodeTlv(
    0x30,
    encodeOid(`0.4.0.127.0.7.2.2.3.${agreement}.1`),
    encodeInteger(1),
    keyId === undefined ? new Uint8Array() : encodeInteger(keyId),
  );

const keyInfo = (agreement: 1 | 2, subjectPublicKeyInfo: Uint8Array): Uint8Array =>
  encodeTlv(0x30, encodeOid(`0.4.0.127.0.7.2.2.1.${agreement}`), subjectPublicKeyInfo);

const ownKeyInfo = (offer: ChipAuthenticationOffer, label: string, keyId?: number): Uint8Array =>
  publicKeyInfo(agreementKey(label, offer.domain), offer.form, keyId);

const numberedKey: ChipAuthenticationOffer = { ...ecdh, keyId: 1 };
const proven = finding('chip-authentication', 'successful');
const strangers = 'another chip';
const bits = (bytes: Uint8Array): Uint8Array => encodeTlv(0x03, Uint8Array.of(0), bytes);

function dhKeyInfo(algorithm: string, parameters: readonly bigint[]): Uint8Array {
  const { prime, generator } = dhGroups[1] ?? { prime: 0n, generator: 0n };
  const numbers = encodeTlv(0x30, ...parameters.map(encodeInteger));
  const value = bits(encodeInteger((generator * generator) % prime));
  return keyInfo(1, encodeTlv(0x30, encodeTlv(0x30, encodeOid(algorithm), numbers), value));
}

const group1 = dhGroups[1] ?? { prime: 0n, generator: 0n, order: 0n };
const x942 = '1.2.840.10046.2.1';
const curve = curveByName('brainpoolP224r1');

// The key of DG14 with one thing in its ECParameters, or all of them, changed.
function ecKeyInfo(change: 'prime' | 'generator' | 'curve'): Uint8Array {
  const point = encodePoint(curve, publicPoint(curve, 5n));
  const { p, a, b, generator, n, h } = curve.parameters;
  const element = (number: bigint): Uint8Array => {
    const hex = number.toString(16).padStart(curve.fieldLength * 2, '0');
    return encodeTlv(
      0x04,
      Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)),
    );
  };
  const base = encodePoint(curve, generator);
  const explicit = encodeTlv(
    0x30,
    encodeInteger(1),
    encodeTlv(0x30, encodeOid('1.2.840.10045.1.1'), encodeInteger(change === 'prime' ? p + 2n : p)),
    encodeTlv(0x30, element(a), element(b)),
    encodeTlv(0x04, change === 'generator' ? flipped(base) : base),
    encodeInteger(n),
    encodeInteger(h),
  );
  const parameters = change === 'curve' ? encodeOid('1.3.36.3.3.2.8.1.1.99') : explicit;
  return keyInfo(2, encodeTlv(0x30, encodeTlv(0x30, encodeOid('1.2.840.10045.2.1'), parameters), bits(point)));
}

// The key as it is, its point moved off the curve.
function offTheCurve(): Uint8Array {
  const [, own] = defaultChipAuthenticationInfos;
  const node = decodeTlv(own ?? new Uint8Array());
  return flipped(node.raw);
}

/** The terminal's public keys as MSE:Set KAT brought them. */
const terminalKeys: string[] = [];
const noting: Front = watchingSession((command) => {
  if (command.ins === 0x22) terminalKeys.push(toHex(command.data));
});

function differ(): string | null {
  const fresh = terminalKeys.length >= 2 && new Set(terminalKeys).size === terminalKeys.length;
  return fresh ? null : 'the same terminal key twice';
}

const oldSession: Front = insideSession({
  plain: (command, respond) => (command.ins === 0x22 ? answer(0x9000) : respond()),
});

/** ISO7816_D: chip authentication. */
export const iso7816d: CaseTable = {
  ISO7816_D_01: several('Chip authentication with DH', eachCipher(dh), proven),
  ISO7816_D_02: several('Chip authentication with ECDH', eachCipher(ecdh), proven),
  ISO7816_D_03: one('One key with a number', () => offering([numberedKey]), proven),
  ISO7816_D_04: one(
    'Two keys',
    () =>
      offering([
        { ...ecdh, keyId: 1 },
        { ...ecdh, keyId: 2, domain: 'brainpoolP256r1' },
      ]),
    proven,
  ),
  ISO7816_D_05: one(
    'Three keys',
    () =>
      offering([
        { ...ecdh, keyId: 1 },
        { ...ecdh, keyId: 2, domain: 'brainpoolP256r1' },
        { ...ecdh, keyId: 3, domain: 'P-256' },
      ]),
    proven,
  ),
  ISO7816_D_06: one('A key number that the chip does not know', () =>
    saying([{ ...ecdh, keyId: 1 }], chipAuthenticationInfos(chipLabel, { ...ecdh, keyId: 9 })),
  ),
  ISO7816_D_07: one('A DH key that is not the chip’s', () => saying([dh], [info(1), ownKeyInfo(dh, strangers)])),
  ISO7816_D_08: several('An ECDH key that is not the chip’s', {
    'another key': () => saying([ecdh], [info(2), ownKeyInfo(ecdh, strangers)]),
    'a point off the curve': () => saying([ecdh], [info(2), offTheCurve()]),
  }),
  ISO7816_D_09: one('The chip stays in the old session', () => offering([ecdh], { front: oldSession })),
  ISO7816_D_10: {
    title: 'A fresh terminal key in each inspection',
    variants: [{ name: '', document: () => offering([ecdh], { front: noting }), times: 2, observe: differ }],
  },
  ISO7816_D_11: several('A DH key whose information is invalid', {
    'prime zero': () => saying([dh], [info(1), dhKeyInfo(x942, [0n, group1.generator, group1.order])]),
    'generator zero': () => saying([dh], [info(1), dhKeyInfo(x942, [group1.prime, 0n, group1.order])]),
    'generator missing': () => saying([dh], [info(1), dhKeyInfo(x942, [group1.prime])]),
    'another algorithm': () =>
      saying([dh], [info(1), dhKeyInfo('1.2.840.113549.1.1.1', [group1.prime, group1.generator, group1.order])]),
  }),
  ISO7816_D_12: several('An ECDH key whose information is invalid', {
    'another prime': () => saying([ecdh], [info(2), ecKeyInfo('prime')]),
    'generator off the curve': () => saying([ecdh], [info(2), ecKeyInfo('generator')]),
    'unknown curve': () => saying([ecdh], [info(2), ecKeyInfo('curve')]),
  }),
  ISO7816_D_13: one('Two key numbers that differ', () =>
    saying([numberedKey], [info(2, 1), publicKeyInfo(chipAuthenticationKey(chipLabel, numberedKey).key, ecdh.form, 2)]),
  ),
  ISO7816_D_14: one(
    'Chip authentication with extended length',
    () =>
      offering([{ ...dh, domain: 2 }], {
        extendedLength: sizes,
        atrInfo: answerToResetInformation(sizes),
      }),
    proven,
  ),
  ISO7816_D_15: several(
    'Several status words for an unknown key number',
    Object.fromEntries(
      [0x6a80, 0x6a88, 0x6a86, 0x6982, 0x6985, 0x6300].map((status) => [
        status.toString(16).toUpperCase(),
        () => offering([{ ...ecdh, keyId: 1 }], { front: keyReferenceUnknown(status) }),
      ]),
    ),
  ),
};
