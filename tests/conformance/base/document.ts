import type { CurveName } from '../../../main/crypto/curves.ts';
import type { HashName } from '../../../main/crypto/hash.ts';
import { encodeInteger, encodeOid } from '../../../main/document/der.ts';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { concat, fromHex } from '../../../main/result/bytes.ts';
import { contactlessAnswerToReset } from '../../../main/simulator/chip/answer-to-reset.ts';
import type { ChipProfile, ElementaryFile, PaceProfile } from '../../../main/simulator/chip/chip-profile.ts';
import { paceProtocol } from '../../../main/simulator/chip/pace-protocols.ts';
import {
  activeAuthenticationKey,
  activeAuthenticationKeyInfo,
  agreementKey,
  chipAuthenticationInfos,
  chipAuthenticationKey,
  publicKeyInfo,
} from '../../../main/simulator/issuing/clone-protection.ts';
import type { TrustLookup } from '../../../main/trust/types.ts';
import { faceGroup } from './face.ts';
import { type Front, untilPace } from './fronts.ts';
import { informationOf, machineReadableZone, zone } from './machine-readable-zone.ts';
import { ascii, assemble, type Change } from './parts.ts';
import {
  type CertificateChange,
  type Chain,
  defaultChain,
  signerCertificate,
  type TrustChange,
  trustIn,
} from './public-key-infrastructure.ts';
import {
  dataGroupHashes,
  type LdsPart,
  ldsSecurityObject,
  type SignedDataChange,
  signedObject,
} from './security-object.ts';

/** The plan's configurations, those with terminal authentication without it. */
export type Base = 'PLAIN' | 'BAC' | 'EAC-noTA' | 'EACAA-noTA' | 'PACE' | 'PACE-CAM';

export type ComPart = 'ldsVersion' | 'unicodeVersion' | 'tagList';

/** What a case changes of its base. Hashes and the signature of EF.SOD follow every change that comes before them. */
export interface DocumentChange {
  /** What is printed and what keys are derived from. */
  readonly page?: readonly [string, string];
  /** Data groups in the place of the base's, or further ones; null leaves one out. */
  readonly groups?: Readonly<Partial<Record<number, Uint8Array | null>>>;
  /** Tags that EF.COM lists. */
  readonly tags?: readonly number[];
  readonly com?: Change<ComPart>;
  readonly comFile?: (file: Uint8Array) => Uint8Array;
  readonly cardAccess?: Uint8Array;
  readonly cardSecurity?: Uint8Array;
  readonly atrInfo?: Uint8Array;
  readonly chain?: Chain;
  readonly trust?: TrustChange;
  readonly certificate?: CertificateChange;
  readonly ldsHash?: HashName;
  readonly lds?: Change<LdsPart>;
  /** DataGroupHash entries in the place of those over the files. */
  readonly hashes?: (files: ReadonlyMap<number, Uint8Array>) => readonly Uint8Array[];
  readonly signed?: SignedDataChange;
  readonly securityObject?: (file: Uint8Array) => Uint8Array;
  /** Data groups changed after they were signed. */
  readonly forged?: Readonly<Partial<Record<number, Uint8Array>>>;
  readonly chip?: Partial<ChipProfile>;
  readonly front?: Front;
  /** The reader bears extended length, and the chip these lengths of whole APDUs. */
  readonly extendedLength?: { readonly maxCommand: number; readonly maxResponse: number };
}

/** A document as it lies before the inspection system. */
export interface ConformanceDocument {
  readonly page: readonly [string, string];
  readonly chip: ChipProfile;
  readonly trust: TrustLookup;
  readonly front: Front | null;
  readonly extendedLength: boolean;
}

export const chipLabel = 'conformance';
const chipAuthenticationOffer = {
  domain: 'brainpoolP224r1' as CurveName,
  ciphers: ['3DES'] as const,
  form: 'explicit' as const,
};
export const activeAuthenticationOffer = {
  scheme: 'ISO 9796-2' as const,
  bits: 1024 as const,
  hash: 'SHA-256' as const,
  trailer: 'explicit' as const,
};
/** id-PACE-ECDH-GM-3DES-CBC-CBC over brainpoolP256r1. */
export const defaultPace: PaceProfile = { protocol: paceProtocol('ECDH-GM', '3DES'), parameterId: 13 };
/** id-PACE-ECDH-CAM-AES-CBC-CMAC-128 over the same curve. */
export const camPace: PaceProfile = { protocol: paceProtocol('ECDH-CAM', 'AES-128'), parameterId: 13 };

/** PACEInfo, version 2. */
export function paceInfo({ protocol, parameterId }: PaceProfile): Uint8Array {
  return encodeTlv(0x30, encodeOid(protocol), encodeInteger(2), encodeInteger(parameterId));
}

/** SecurityInfos. */
export function securityInfos(infos: readonly Uint8Array[]): Uint8Array {
  return encodeTlv(0x31, ...infos);
}

/** EF.DG14. */
export function dataGroup14(infos: readonly Uint8Array[]): Uint8Array {
  return encodeTlv(0x6e, securityInfos(infos));
}

/** EF.DG15 with the key of the default configuration, or another one. */
export function dataGroup15(keyInfo = activeAuthenticationKeyInfo(chipLabel, activeAuthenticationOffer)): Uint8Array {
  return encodeTlv(0x6f, keyInfo);
}

/** What DG14 of the default configuration holds: ChipAuthenticationInfo, then the key with explicit parameters. */
export const defaultChipAuthenticationInfos: readonly Uint8Array[] = chipAuthenticationInfos(
  chipLabel,
  chipAuthenticationOffer,
);

/** The ChipAuthenticationPublicKeyInfo of chip authentication mapping. */
export function mappingKeyInfo(curve: CurveName, label = chipLabel): Uint8Array {
  return publicKeyInfo(agreementKey(`${label} mapping`, curve), 'named', undefined);
}

/** EF.CardSecurity over these SecurityInfos. */
export function cardSecurity(
  infos: readonly Uint8Array[],
  change: SignedDataChange = {},
  chain = defaultChain,
): Uint8Array {
  const content = securityInfos(infos);
  const certificate = signerCertificate(chain);
  return signedObject({ contentType: '0.4.0.127.0.7.3.2.1', content, hash: 'SHA-256', chain, certificate }, change);
}

export const dataGroupTags: Readonly<Record<number, number>> = { 1: 0x61, 2: 0x75, 3: 0x63, 14: 0x6e, 15: 0x6f };

function baseGroups(base: Base): Map<number, Uint8Array> {
  const jpeg2000 = base !== 'PLAIN' && base !== 'BAC';
  const face = faceGroup({ face: { format: jpeg2000 ? 'JPEG 2000' : 'JPEG' } });
  const groups = new Map([
    [1, machineReadableZone(zone())],
    [2, face],
  ]);
  if (base === 'EAC-noTA' || base === 'EACAA-noTA') groups.set(14, dataGroup14(defaultChipAuthenticationInfos));
  if (base === 'EACAA-noTA') groups.set(15, dataGroup15());
  if (base === 'PACE') groups.set(14, dataGroup14([paceInfo(defaultPace)]));
  if (base === 'PACE-CAM') groups.set(14, dataGroup14([paceInfo(camPace)]));
  return groups;
}

function baseChip(base: Base): Partial<ChipProfile> {
  switch (base) {
    case 'PLAIN':
      return { basicAccessControl: false, quirks: { noAccessControl: true } };
    case 'BAC':
      return {};
    case 'EAC-noTA':
      return { chipAuthentication: [chipAuthenticationKey(chipLabel, chipAuthenticationOffer)] };
    case 'EACAA-noTA':
      return {
        chipAuthentication: [chipAuthenticationKey(chipLabel, chipAuthenticationOffer)],
        activeAuthentication: activeAuthenticationKey(chipLabel, activeAuthenticationOffer),
      };
    case 'PACE':
      return { basicAccessControl: false, pace: [defaultPace] };
    case 'PACE-CAM':
      return {
        basicAccessControl: false,
        pace: [camPace],
        mappingKey: agreementKey(`${chipLabel} mapping`, 'brainpoolP256r1'),
      };
  }
}

function elementaryFile(
  name: string,
  identifier: number,
  contents: Uint8Array,
  access: ElementaryFile['access'] = 'protected',
): ElementaryFile {
  return { name, identifier, shortIdentifier: identifier & 0x1f, contents, access };
}

function masterFile(base: Base, change: DocumentChange): ElementaryFile[] {
  const { atrInfo } = change;
  const files: ElementaryFile[] = [];
  if (base === 'PACE' || base === 'PACE-CAM') {
    const offered = securityInfos([paceInfo(base === 'PACE' ? defaultPace : camPace)]);
    files.push(elementaryFile('EF.CardAccess', 0x011c, change.cardAccess ?? offered, 'free'));
  }
  const ownCardSecurity =
    base === 'PACE-CAM' ? cardSecurity([paceInfo(camPace), mappingKeyInfo('brainpoolP256r1')]) : undefined;
  const security = change.cardSecurity ?? ownCardSecurity;
  if (security !== undefined) files.push(elementaryFile('EF.CardSecurity', 0x011d, security));
  if (atrInfo !== undefined) files.push(elementaryFile('EF.ATR/INFO', 0x2f01, atrInfo, 'free'));
  return files;
}

function commonData(tags: readonly number[], change: DocumentChange): Uint8Array {
  const parts = {
    ldsVersion: encodeTlv(0x5f01, ascii('0107')),
    unicodeVersion: encodeTlv(0x5f36, ascii('040000')),
    tagList: encodeTlv(0x5c, Uint8Array.from(tags)),
  };
  const file = encodeTlv(0x60, assemble<ComPart>(parts, change.com));
  return change.comFile?.(file) ?? file;
}

const application = fromHex('a0000002471001');

/** The document of a case: its base, changed, hashed and signed anew. */
export function conformanceDocument(base: Base, change: DocumentChange = {}): ConformanceDocument {
  const page = change.page ?? zone();
  const chain = change.chain ?? defaultChain;
  const groups = baseGroups(base);
  for (const [number, file] of Object.entries(change.groups ?? {})) {
    if (file === null || file === undefined) groups.delete(Number(number));
    else groups.set(Number(number), file);
  }
  const hash = change.ldsHash ?? 'SHA-256';
  const content = ldsSecurityObject(hash, change.hashes?.(groups) ?? dataGroupHashes(hash, groups), change.lds);
  const certificate = signerCertificate(chain, change.certificate);
  const signed = { contentType: '2.23.136.1.1.1', content, hash, chain, certificate };
  const object = encodeTlv(0x77, signedObject(signed, change.signed));
  const tags = change.tags ?? [...groups.keys()].map((number) => dataGroupTags[number] ?? 0);
  const files = [
    elementaryFile('EF.COM', 0x011e, commonData(tags, change)),
    elementaryFile('EF.SOD', 0x011d, change.securityObject?.(object) ?? object),
    ...[...groups].map(([number, file]) =>
      elementaryFile(`EF.DG${number}`, 0x0100 + number, change.forged?.[number] ?? file),
    ),
  ];
  const closed = base === 'PACE' || base === 'PACE-CAM';
  const extendedLength = change.extendedLength ?? null;
  return {
    page,
    chip: {
      answerToReset: contactlessAnswerToReset(extendedLength),
      masterFile: masterFile(base, change),
      applications: [{ identifier: application, files, fileControlInformation: null }],
      basicAccessControl: true,
      pace: [],
      passwords: { mrzInformation: informationOf(page), can: null },
      extendedLength,
      leavesField: null,
      ...baseChip(base),
      ...change.chip,
    },
    trust: trustIn(chain, change.trust),
    front: closed ? untilPace(change.front) : (change.front ?? null),
    extendedLength: extendedLength !== null,
  };
}

/** A whole file that is not a data group of ours: what stands in DG3, opaque and never asked for. */
export const fingerprints: Uint8Array = encodeTlv(0x63, concat(ascii('opaque')));
