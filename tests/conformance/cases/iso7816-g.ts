import { curveByName } from '../../../main/crypto/curves.ts';
import { dhGroups } from '../../../main/crypto/dh-groups.ts';
import { encodePoint } from '../../../main/crypto/points.ts';
import { encodeInteger, encodeOid } from '../../../main/document/der.ts';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { concat, toHex } from '../../../main/result/bytes.ts';
import type { PaceProfile } from '../../../main/simulator/chip/chip-profile.ts';
import { paceProtocol, readPaceProtocol } from '../../../main/simulator/chip/pace-protocols.ts';
import { standardisedCurve } from '../../../main/simulator/chip/standardised-domain.ts';
import { agreementKey } from '../../../main/simulator/issuing/clone-protection.ts';
import { type CaseTable, finding, one, several } from '../base/case.ts';
import {
  type ConformanceDocument,
  camPace,
  cardSecurity,
  chipLabel,
  conformanceDocument,
  type DocumentChange,
  dataGroup14,
  defaultPace,
  mappingKeyInfo,
  paceInfo,
  securityInfos,
} from '../base/document.ts';
import {
  answering,
  atPaceStep,
  dynamicData,
  type Front,
  refilled,
  retagged,
  sentObject,
  statusWord,
} from '../base/fronts.ts';
import { flipped, withWrongLength } from '../base/parts.ts';
import type { Run } from '../base/run.ts';

type Documents = Readonly<Record<string, () => ConformanceDocument>>;
const ciphers = ['3DES', 'AES-128', 'AES-192', 'AES-256'] as const;
const curveIds = [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18];
const unsignedText = (value: bigint): string =>
  value.toString(16).padStart(value.toString(16).length + (value.toString(16).length % 2), '0');

const pace = (change: DocumentChange = {}): ConformanceDocument => conformanceDocument('PACE', change);
const cam = (change: DocumentChange = {}): ConformanceDocument => conformanceDocument('PACE-CAM', change);
const withFront = (front: Front) => (): ConformanceDocument => pace({ front });
const camWithFront = (front: Front) => (): ConformanceDocument => cam({ front });

/** A document that offers exactly these, in EF.CardAccess and in DG14; `more` are SecurityInfos besides. */
function offering(offers: readonly PaceProfile[], more: readonly Uint8Array[] = []): ConformanceDocument {
  const infos = [...offers.map(paceInfo), ...more];
  return pace({
    cardAccess: securityInfos(infos),
    groups: { 14: dataGroup14(infos) },
    chip: { pace: offers },
    ...(offers.some(isLong) ? { extendedLength: { maxCommand: 2048, maxResponse: 2048 } } : {}),
  });
}

// A public value of 2048 bits does not fit into a command of short length.
function isLong({ protocol, parameterId }: PaceProfile): boolean {
  return readPaceProtocol(protocol).agreement === 'DH' && parameterId > 0;
}

function camOffering(offer: PaceProfile): ConformanceDocument {
  const { name } = standardisedCurve(offer.parameterId);
  return cam({
    cardAccess: securityInfos([paceInfo(offer)]),
    cardSecurity: cardSecurity([paceInfo(offer), mappingKeyInfo(name)]),
    groups: { 14: dataGroup14([paceInfo(offer)]) },
    chip: { pace: [offer], mappingKey: agreementKey(`${chipLabel} mapping`, name) },
  });
}

function eachParameter(mapping: 'GM' | 'IM'): Documents {
  const offer = (variant: 'DH' | 'ECDH', parameterId: number): readonly [string, () => ConformanceDocument] => [
    `${variant} ${parameterId}`,
    () => offering([{ protocol: paceProtocol(`${variant}-${mapping}`, 'AES-128'), parameterId }]),
  ];
  // 9303-11 §9.5.1: P-224 cannot be used with integrated mapping.
  const usable = curveIds.filter((id) => mapping === 'GM' || id !== 10);
  return Object.fromEntries([...[0, 1, 2].map((id) => offer('DH', id)), ...usable.map((id) => offer('ECDH', id))]);
}

function eachAlgorithm(): Documents {
  const all = (['DH-GM', 'ECDH-GM', 'DH-IM', 'ECDH-IM', 'ECDH-CAM'] as const).flatMap((variant) =>
    ciphers
      .filter((cipher) => variant !== 'ECDH-CAM' || cipher !== '3DES')
      .map((cipher) => {
        const offer = { protocol: paceProtocol(variant, cipher), parameterId: variant.startsWith('DH') ? 1 : 13 };
        const document = variant === 'ECDH-CAM' ? () => camOffering(offer) : () => offering([offer]);
        return [`${variant} ${cipher}`, document] as const;
      }),
  );
  return Object.fromEntries(all);
}

const dhOffer: PaceProfile = { protocol: paceProtocol('DH-GM', 'AES-128'), parameterId: 1 };
const integratedOffer: PaceProfile = { protocol: paceProtocol('ECDH-IM', '3DES'), parameterId: 13 };
const curve = curveByName('brainpoolP256r1');
const none = new Uint8Array();

/** The fault of a status word without data at a step of GENERAL AUTHENTICATE. */
const failing = (step: 1 | 2 | 3 | 4, word: number) => withFront(atPaceStep(step, () => statusWord(word)));
const failings = (step: 1 | 2 | 3 | 4): Documents => ({
  '6A80': failing(step, 0x6a80),
  '6982': failing(step, 0x6982),
  '6300': failing(step, 0x6300),
});

const wrongPoints: Readonly<Record<string, (point: Uint8Array) => Uint8Array>> = {
  'x wrong': (point) => flipped(point, 5),
  'y wrong': (point) => flipped(point),
  'first byte not 04': (point) => concat(Uint8Array.of(0x05), point.subarray(1)),
  'one byte short': (point) => point.subarray(0, -1),
  'one byte long': (point) => concat(point, Uint8Array.of(0)),
  'all zero': (point) => concat(Uint8Array.of(0x04), new Uint8Array(point.length - 1)),
  'point at infinity': () => Uint8Array.of(0),
};

const prime = dhGroups[1]?.prime ?? 0n;
const numberBytes = (value: bigint): Uint8Array =>
  Uint8Array.from(unsignedText(value).match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

const wrongNumbers: Readonly<Record<string, (value: Uint8Array) => Uint8Array>> = {
  '0': () => Uint8Array.of(0),
  '1': () => Uint8Array.of(1),
  'p − 1': () => numberBytes(prime - 1n),
  p: () => numberBytes(prime),
  'longer than p': (value) => concat(Uint8Array.of(1), new Uint8Array(256 - value.length), value),
  'one byte short': (value) => value.subarray(0, -1),
};

function wrongKeys(
  step: 2 | 3,
  values: Readonly<Record<string, (value: Uint8Array) => Uint8Array>>,
  offer: PaceProfile,
): Documents {
  return Object.fromEntries(
    Object.entries(values).map(([name, fill]) => [
      name,
      () => ({
        ...offering([offer]),
        front: pace({ front: atPaceStep(step, refilled(step === 2 ? 0x82 : 0x84, fill)) }).front,
      }),
    ]),
  );
}

const setAuthenticationTemplate = (word: number) =>
  withFront(answering((command) => (command[1] === 0x22 ? statusWord(word) : null)));

const unknownInfo = encodeTlv(0x30, encodeOid('1.3.6.1.4.1.99999.7'), encodeInteger(1));
const otherInfo = encodeTlv(0x30, encodeOid('0.4.0.127.0.7.2.2.5.2.3'), encodeInteger(1));

const severalOffers: readonly PaceProfile[] = [
  { protocol: paceProtocol('ECDH-IM', 'AES-128'), parameterId: 12 },
  { protocol: paceProtocol('ECDH-GM', '3DES'), parameterId: 13 },
  { protocol: paceProtocol('ECDH-GM', 'AES-256'), parameterId: 16 },
  { protocol: paceProtocol('ECDH-GM', 'AES-256'), parameterId: 17 },
];

// PACEDomainParameterInfo with the parameters in full (9303-11 §9.2.2).
function domainParameterInfo(parameterId: number): Uint8Array {
  const { p, a, b, generator, n, h } = curve.parameters;
  const element = (value: bigint): Uint8Array => {
    const bytes = numberBytes(value);
    return encodeTlv(0x04, new Uint8Array(curve.fieldLength - bytes.length), bytes);
  };
  const parameters = encodeTlv(
    0x30,
    encodeInteger(1),
    encodeTlv(0x30, encodeOid('1.2.840.10045.1.1'), encodeInteger(p)),
    encodeTlv(0x30, element(a), element(b)),
    encodeTlv(0x04, encodePoint(curve, generator)),
    encodeInteger(n),
    encodeInteger(h),
  );
  const algorithm = encodeTlv(0x30, encodeOid('1.2.840.10045.2.1'), parameters);
  return encodeTlv(0x30, encodeOid('0.4.0.127.0.7.2.2.4.2'), algorithm, encodeInteger(parameterId));
}

const withCardAccess = (cardAccess: Uint8Array) => () => pace({ cardAccess });

function unknownParameter(parameterId: number): () => ConformanceDocument {
  const info = paceInfo({ ...defaultPace, parameterId });
  return () => pace({ cardAccess: securityInfos([info]), groups: { 14: dataGroup14([info]) } });
}

// G_36: the unused arc between those of integrated mapping and of chip authentication mapping.
const unknownCam = encodeTlv(0x30, encodeOid('0.4.0.127.0.7.2.2.4.5.2'), encodeInteger(2), encodeInteger(1));
const besideUnknownCam = [paceInfo(defaultPace), unknownCam];

function setsGenericMapping(runs: readonly Run[]): string | null {
  const commands = runs.flatMap((run) => run.commands).filter((command) => command[1] === 0x22);
  const wanted = toHex(encodeTlv(0x80, encodeOid(defaultPace.protocol).subarray(2)));
  const right = commands.some((command) => {
    const text = toHex(command);
    return text.includes(wanted) && (text.includes('830101') || text.includes('830102'));
  });
  return right ? null : 'MSE:Set AT without DO 80 of generic mapping or DO 83';
}

const curveName = 'brainpoolP256r1';
const opened = finding('access.pace', 'successful');
const proven = finding('pace-cam', 'successful');
const notProven = finding('pace-cam', 'not supported');

/** ISO7816_G: PACE. */
export const iso7816g: CaseTable = {
  ISO7816_G_01: one('PACE', () => pace(), opened),
  ISO7816_G_02: several('Every standardised domain parameter, generic mapping', eachParameter('GM'), opened),
  ISO7816_G_03: several(
    'Every standardised domain parameter but P-224, integrated mapping',
    eachParameter('IM'),
    opened,
  ),
  ISO7816_G_04: several('Every algorithm of PACE', eachAlgorithm(), opened),
  ISO7816_G_05: one('Other SecurityInfos beside the PACEInfo', () => offering([defaultPace], [unknownInfo, otherInfo])),
  ISO7816_G_06: one('Several PACEInfos', () => offering(severalOffers)),
  ISO7816_G_07: one('Two PACEInfos and a PACEDomainParameterInfo', () =>
    offering(
      [defaultPace, { protocol: paceProtocol('ECDH-GM', 'AES-128'), parameterId: 12 }],
      [domainParameterInfo(40)],
    ),
  ),
  ISO7816_G_08: several('MSE:Set AT is refused', {
    '6A80': setAuthenticationTemplate(0x6a80),
    '6A88': setAuthenticationTemplate(0x6a88),
    '6300': setAuthenticationTemplate(0x6300),
    '6985': setAuthenticationTemplate(0x6985),
  }),
  ISO7816_G_09: one(
    'Terminal and chip have different nonces',
    withFront(
      atPaceStep(
        1,
        refilled(0x80, (value) => flipped(value)),
      ),
    ),
  ),
  ISO7816_G_10: several('Step 1 fails', failings(1)),
  ISO7816_G_11: one('Step 1 answers under tag 90', withFront(atPaceStep(1, retagged(0x80, 0x90)))),
  ISO7816_G_12: several('Step 2 fails', failings(2)),
  ISO7816_G_13: one('Step 2 answers under tag 92', withFront(atPaceStep(2, retagged(0x82, 0x92)))),
  ISO7816_G_14: several('Generic mapping with unusable data', {
    empty: withFront(
      atPaceStep(
        2,
        refilled(0x82, () => none),
      ),
    ),
    'another length': withFront(
      atPaceStep(
        2,
        refilled(0x82, (value) => value.subarray(0, 33)),
      ),
    ),
  }),
  ISO7816_G_15: several('Integrated mapping with an error', {
    'data in DO 82': () => ({
      ...offering([integratedOffer]),
      front: pace({
        front: atPaceStep(
          2,
          refilled(0x82, () => new Uint8Array(16)),
        ),
      }).front,
    }),
    '6A80': () => ({
      ...offering([integratedOffer]),
      front: pace({ front: atPaceStep(2, () => statusWord(0x6a80)) }).front,
    }),
  }),
  ISO7816_G_16: several('An ECDH mapping key that is none', wrongKeys(2, wrongPoints, defaultPace)),
  ISO7816_G_17: several('A DH mapping key that is none', wrongKeys(2, wrongNumbers, dhOffer)),
  ISO7816_G_18: several('Step 3 fails', failings(3)),
  ISO7816_G_19: one('Step 3 answers under tag 94', withFront(atPaceStep(3, retagged(0x84, 0x94)))),
  ISO7816_G_20: several('Step 3 with unusable data', {
    empty: withFront(
      atPaceStep(
        3,
        refilled(0x84, () => none),
      ),
    ),
    'another length': withFront(
      atPaceStep(
        3,
        refilled(0x84, (value) => value.subarray(0, 33)),
      ),
    ),
  }),
  ISO7816_G_21: several('An ECDH ephemeral key that is none', wrongKeys(3, wrongPoints, defaultPace)),
  ISO7816_G_22: several('A DH ephemeral key that is none', wrongKeys(3, wrongNumbers, dhOffer)),
  ISO7816_G_23: one(
    'The chip returns the terminal’s own key',
    withFront(
      atPaceStep(
        3,
        refilled(0x84, (_, command) => sentObject(command, 0x83)),
      ),
    ),
  ),
  ISO7816_G_24: several('Step 4 fails', failings(4)),
  ISO7816_G_25: one('Step 4 answers under tag 96', withFront(atPaceStep(4, retagged(0x86, 0x96)))),
  ISO7816_G_26: one(
    'The chip’s token is wrong',
    withFront(
      atPaceStep(
        4,
        refilled(0x86, (value) => flipped(value)),
      ),
    ),
  ),
  ISO7816_G_27: several('EF.CardAccess is no TLV', {
    'set too short': withCardAccess(withWrongLength(securityInfos([paceInfo(defaultPace)]), -1)),
    'set too long': withCardAccess(withWrongLength(securityInfos([paceInfo(defaultPace)]), 1)),
    'a broken length inside': withCardAccess(securityInfos([withWrongLength(paceInfo(defaultPace), 1)])),
  }),
  ISO7816_G_28: several('Domain parameters that do not exist', {
    '3': unknownParameter(3),
    '19': unknownParameter(19),
    'of DH for ECDH': unknownParameter(1),
  }),
  ISO7816_G_29: one(
    'Chip authentication data without its tag',
    camWithFront(
      atPaceStep(4, (objects) => dynamicData(...objects.map(({ tag, raw, value }) => (tag === 0x8a ? value : raw)))),
    ),
  ),
  ISO7816_G_30: one(
    'Chip authentication data inside another type',
    camWithFront(
      atPaceStep(
        4,
        refilled(0x8a, (value) => encodeTlv(0x02, value)),
      ),
    ),
  ),
  ISO7816_G_31: one('Wrong chip authentication data', () =>
    cam({ chip: { mappingKey: agreementKey('another chip', curveName) } }),
  ),
  ISO7816_G_32: one('Chip authentication data under tag 8B', camWithFront(atPaceStep(4, retagged(0x8a, 0x8b)))),
  ISO7816_G_33: one(
    'Chip authentication data that is empty',
    camWithFront(
      atPaceStep(
        4,
        refilled(0x8a, () => none),
      ),
    ),
  ),
  ISO7816_G_34: one('Chip authentication mapping and passive authentication', () => cam(), proven),
  ISO7816_G_35: one(
    'Chip authentication data although generic mapping is used',
    withFront(
      atPaceStep(4, (objects) =>
        dynamicData(...objects.map(({ raw }) => raw), encodeTlv(0x8a, new Uint8Array(32).fill(0x77))),
      ),
    ),
    notProven,
  ),
  ISO7816_G_36: one(
    'A PACEInfo of an unknown kind beside generic mapping',
    () =>
      pace({
        cardAccess: securityInfos(besideUnknownCam),
        cardSecurity: cardSecurity([...besideUnknownCam, mappingKeyInfo(curveName)]),
        groups: { 14: dataGroup14(besideUnknownCam) },
      }),
    setsGenericMapping,
  ),
  ISO7816_G_38: one('DG14 lacks what EF.CardAccess says of PACE', () =>
    cam({ groups: { 14: dataGroup14([unknownInfo]) } }),
  ),
  ISO7816_G_39: one('EF.CardSecurity holds another key', () =>
    cam({ cardSecurity: cardSecurity([paceInfo(camPace), mappingKeyInfo(curveName, 'another chip')]) }),
  ),
  ISO7816_G_40: one('EF.CardSecurity holds no key', () => cam({ cardSecurity: cardSecurity([paceInfo(camPace)]) })),
  ISO7816_G_41: several(
    'Every standardised curve, chip authentication mapping',
    Object.fromEntries(
      curveIds.flatMap((parameterId) =>
        (['AES-128', 'AES-192', 'AES-256'] as const).map((cipher) => [
          `${parameterId} ${cipher}`,
          () => camOffering({ protocol: paceProtocol('ECDH-CAM', cipher), parameterId }),
        ]),
      ),
    ),
    proven,
  ),
};
