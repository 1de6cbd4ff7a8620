import { decodeInteger, decodeOid } from '../document/der.ts';
import { decodeTlv, type Tlv } from '../document/tlv.ts';
import { Failure } from '../result/failure.ts';
import type { CipherSuite } from './key-derivation.ts';

/** One SecurityInfo (9303-11 §9.2) with its bytes; `raw` is what DG14 must repeat of EF.CardAccess. */
interface SecurityInfoBase {
  /** Object identifier, dotted. */
  readonly protocol: string;
  readonly raw: Uint8Array;
}

export type PaceMappingName = 'GM' | 'IM' | 'CAM';
export type KeyAgreement = 'DH' | 'ECDH';

export interface PaceInfo extends SecurityInfoBase {
  readonly kind: 'PACEInfo';
  readonly version: number;
  readonly mapping: PaceMappingName;
  readonly agreement: KeyAgreement;
  readonly cipher: CipherSuite;
  /** Null where the chip leaves it out (some do, though 9303-11 §9.2.1 asks for it). */
  readonly parameterId: number | null;
}

export interface PaceDomainParameterInfo extends SecurityInfoBase {
  readonly kind: 'PACEDomainParameterInfo';
  readonly mapping: PaceMappingName;
  readonly agreement: KeyAgreement;
  /** AlgorithmIdentifier as encoded. */
  readonly domainParameter: Uint8Array;
  readonly parameterId: number | null;
}

export interface ChipAuthenticationInfo extends SecurityInfoBase {
  readonly kind: 'ChipAuthenticationInfo';
  readonly version: number;
  readonly agreement: KeyAgreement;
  readonly cipher: CipherSuite;
  readonly keyId: bigint | null;
}

export interface ChipAuthenticationPublicKeyInfo extends SecurityInfoBase {
  readonly kind: 'ChipAuthenticationPublicKeyInfo';
  readonly agreement: KeyAgreement;
  /** SubjectPublicKeyInfo as encoded. */
  readonly publicKey: Uint8Array;
  readonly keyId: bigint | null;
}

export interface TerminalAuthenticationInfo extends SecurityInfoBase {
  readonly kind: 'TerminalAuthenticationInfo';
  readonly version: number;
}

export interface ActiveAuthenticationInfo extends SecurityInfoBase {
  readonly kind: 'ActiveAuthenticationInfo';
  readonly version: number;
  /** Object identifier of the signature algorithm, dotted. */
  readonly signatureAlgorithm: string;
}

/** A SecurityInfo of another standard, kept as it is. */
export interface UnknownSecurityInfo extends SecurityInfoBase {
  readonly kind: 'unknown';
}

export type SecurityInfo =
  | PaceInfo
  | PaceDomainParameterInfo
  | ChipAuthenticationInfo
  | ChipAuthenticationPublicKeyInfo
  | TerminalAuthenticationInfo
  | ActiveAuthenticationInfo
  | UnknownSecurityInfo;

const set = 0x31;
const sequence = 0x30;
const integer = 0x02;
const objectIdentifier = 0x06;
const dataGroup14 = 0x6e;

/** Far above what any chip holds. */
const maximumInfos = 64;
const maximumNodes = 2_000;

const mappings: { readonly [arc: string]: readonly [PaceMappingName, KeyAgreement] } = {
  '1': ['GM', 'DH'],
  '2': ['GM', 'ECDH'],
  '3': ['IM', 'DH'],
  '4': ['IM', 'ECDH'],
  '6': ['CAM', 'ECDH'],
};
const agreements: { readonly [arc: string]: KeyAgreement } = { '1': 'DH', '2': 'ECDH' };
const ciphers: { readonly [arc: string]: CipherSuite } = {
  '1': '3DES',
  '2': 'AES-128',
  '3': 'AES-192',
  '4': 'AES-256',
};

function malformed(reason: string, cause?: unknown): Failure {
  return new Failure('security-infos.malformed', { reason }, cause);
}

/**
 * SecurityInfos (9303-11 §9.2): the contents of EF.CardAccess, or DG14 with its tag 6E. What the
 * standard does not know is kept as `unknown`; bytes after the set are a failure. Fails with `security-infos.malformed`.
 */
export function parseSecurityInfos(bytes: Uint8Array): readonly SecurityInfo[] {
  try {
    const outer = decodeTlv(bytes, { maximumNodes });
    const infos = outer.tag === dataGroup14 && outer.children.length === 1 ? outer.children[0] : outer;
    if (infos?.tag !== set || infos.children.length > maximumInfos) throw malformed('set');
    return infos.children.map(securityInfo);
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code.startsWith('tlv.')) throw malformed(thrown.code, thrown);
    throw thrown;
  }
}

function securityInfo(node: Tlv): SecurityInfo {
  const [oid, required, optional] = node.children;
  if (node.tag !== sequence || oid?.tag !== objectIdentifier || required === undefined)
    throw malformed('security info');
  const protocol = decodeOid(oid.value);
  const base = { protocol, raw: node.raw };
  const [, rest = ''] = /^0\.4\.0\.127\.0\.7\.2\.2\.(.+)$/.exec(protocol) ?? [];
  const [subject = '', first = '', second, ...more] = rest.split('.');
  if (more.length > 0) return { kind: 'unknown', ...base };
  const number = (): number => smallNumber(required);
  const id = (): bigint | null => (optional === undefined ? null : integerOf(optional));
  const cipher = ciphers[second ?? ''];
  if (subject === '4') {
    const [mapping, agreement] = mappings[first] ?? [];
    if (mapping === undefined || agreement === undefined) return { kind: 'unknown', ...base };
    const parameterId = optional === undefined ? null : smallNumber(optional);
    const common = { ...base, mapping, agreement, parameterId };
    if (second === undefined)
      return { kind: 'PACEDomainParameterInfo', ...common, domainParameter: sequenceBytes(required) };
    return cipher === undefined
      ? { kind: 'unknown', ...base }
      : { kind: 'PACEInfo', ...common, version: number(), cipher };
  }
  const agreement = agreements[first];
  if (subject === '3' && agreement !== undefined && cipher !== undefined)
    return { kind: 'ChipAuthenticationInfo', ...base, version: number(), agreement, cipher, keyId: id() };
  if (subject === '1' && agreement !== undefined && second === undefined) {
    const publicKey = sequenceBytes(required);
    return { kind: 'ChipAuthenticationPublicKeyInfo', ...base, agreement, publicKey, keyId: id() };
  }
  if (rest === '2') return { kind: 'TerminalAuthenticationInfo', ...base, version: number() };
  if (protocol === '2.23.136.1.1.5' && optional?.tag === objectIdentifier) {
    const signatureAlgorithm = decodeOid(optional.value);
    return { kind: 'ActiveAuthenticationInfo', ...base, version: number(), signatureAlgorithm };
  }
  return { kind: 'unknown', ...base };
}

function integerOf(node: Tlv): bigint {
  if (node.tag !== integer) throw malformed('integer');
  return decodeInteger(node.value);
}

function smallNumber(node: Tlv): number {
  const value = integerOf(node);
  if (value < 0n || value > 0xffffn) throw malformed('integer');
  return Number(value);
}

function sequenceBytes(node: Tlv): Uint8Array {
  if (node.tag !== sequence) throw malformed('sequence');
  return node.raw;
}
