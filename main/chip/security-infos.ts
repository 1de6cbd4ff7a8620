import type { CipherSuite } from './key-derivation.ts';

/** One SecurityInfo (9303-11 §9.2) with its DER bytes; `raw` is what DG14 must repeat of EF.CardAccess. */
interface SecurityInfoBase {
  readonly protocol: string;
  readonly raw: Uint8Array;
}

export interface PaceInfo extends SecurityInfoBase {
  readonly kind: 'PACEInfo';
  readonly version: number;
  readonly mapping: 'GM' | 'IM' | 'CAM';
  readonly agreement: 'DH' | 'ECDH';
  readonly cipher: CipherSuite;
  /** Null where the chip leaves it out (some do, though 9303-11 §9.2.1 asks for it). */
  readonly parameterId: number | null;
}

export interface PaceDomainParameterInfo extends SecurityInfoBase {
  readonly kind: 'PACEDomainParameterInfo';
  readonly mapping: 'GM' | 'IM' | 'CAM';
  readonly agreement: 'DH' | 'ECDH';
  /** AlgorithmIdentifier, DER. */
  readonly domainParameter: Uint8Array;
  readonly parameterId: number | null;
}

export interface ChipAuthenticationInfo extends SecurityInfoBase {
  readonly kind: 'ChipAuthenticationInfo';
  readonly version: number;
  readonly agreement: 'DH' | 'ECDH';
  readonly cipher: CipherSuite;
  readonly keyId: bigint | null;
}

export interface ChipAuthenticationPublicKeyInfo extends SecurityInfoBase {
  readonly kind: 'ChipAuthenticationPublicKeyInfo';
  readonly agreement: 'DH' | 'ECDH';
  /** SubjectPublicKeyInfo, DER. */
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

/** SecurityInfos (9303-11 §9.2): EF.CardAccess, or DG14 without its tag 6E. Fails with `security-infos.malformed`. */
export function parseSecurityInfos(_bytes: Uint8Array): readonly SecurityInfo[] {
  throw new Error('being written');
}
