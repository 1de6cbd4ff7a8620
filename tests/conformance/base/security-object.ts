import { digest, type HashName } from '../../../main/crypto/hash.ts';
import { encodeInteger, encodeOid } from '../../../main/document/der.ts';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { testDigestAlgorithm } from '../../support/test-pki.ts';
import { ascii, assemble, type Change } from './parts.ts';
import { type Chain, names, signerSerialNumber } from './public-key-infrastructure.ts';

const sequence = (...parts: readonly Uint8Array[]): Uint8Array => encodeTlv(0x30, ...parts);

export type LdsPart = 'version' | 'hashAlgorithm' | 'dataGroupHashValues' | 'ldsVersionInfo';
export type SignedDataPart = 'version' | 'digestAlgorithms' | 'encapContentInfo' | 'certificates' | 'signerInfos';
export type SignerInfoPart = 'version' | 'sid' | 'digestAlgorithm' | 'signedAttrs' | 'signatureAlgorithm' | 'signature';
export type AttributePart = 'contentType' | 'messageDigest';

/** What a case does to a SignedData. Attributes and content are signed as changed, the other parts change afterwards. */
export interface SignedDataChange {
  readonly contentType?: string;
  readonly digestAlgorithm?: HashName;
  readonly signedData?: Change<SignedDataPart>;
  readonly signerInfo?: Change<SignerInfoPart>;
  readonly attributes?: Change<AttributePart>;
  /** Replaces the finished signature. */
  readonly signature?: (value: Uint8Array) => Uint8Array;
}

export interface SignedContent {
  readonly contentType: string;
  readonly content: Uint8Array;
  readonly hash: HashName;
  readonly chain: Chain;
  readonly certificate: Uint8Array;
}

/** AlgorithmIdentifier of MD5. */
export const md5Algorithm = sequence(encodeOid('1.2.840.113549.2.5'), encodeTlv(0x05));

/** One DataGroupHash; the number as an INTEGER, null where it is left out. */
export function dataGroupHash(number: Uint8Array | null, hash: Uint8Array): Uint8Array {
  return sequence(number ?? new Uint8Array(), encodeTlv(0x04, hash));
}

/** DataGroupHash entries over whole files. */
export function dataGroupHashes(hash: HashName, files: ReadonlyMap<number, Uint8Array>): readonly Uint8Array[] {
  return [...files].map(([number, file]) => dataGroupHash(encodeInteger(number), digest(hash, file)));
}

export const ldsVersionInfo = (version: string): Uint8Array =>
  sequence(encodeTlv(0x13, ascii(version)), encodeTlv(0x13, ascii('040000')));

/** LDSSecurityObject of version 0 (9303-10 appendix D), changed. */
export function ldsSecurityObject(
  hash: HashName,
  entries: readonly Uint8Array[],
  change: Change<LdsPart> = {},
): Uint8Array {
  const parts = {
    version: encodeInteger(0),
    hashAlgorithm: testDigestAlgorithm(hash),
    dataGroupHashValues: sequence(...entries),
    ldsVersionInfo: new Uint8Array(),
  };
  return sequence(assemble<LdsPart>(parts, change));
}

export function encapsulated(contentType: string | null, content: Uint8Array): Uint8Array {
  const type = contentType === null ? new Uint8Array() : encodeOid(contentType);
  return sequence(type, encodeTlv(0xa0, encodeTlv(0x04, content)));
}

export function issuerAndSerialNumber(
  issuer: Uint8Array = names.authority,
  serialNumber = signerSerialNumber,
): Uint8Array {
  return sequence(issuer, encodeInteger(serialNumber));
}

/** ContentInfo with SignedData (9303-10 §4.6.2.2), changed. */
export function signedObject(signed: SignedContent, change: SignedDataChange = {}): Uint8Array {
  const { content, chain, certificate } = signed;
  const contentType = change.contentType ?? signed.contentType;
  const hash = change.digestAlgorithm ?? signed.hash;
  const attribute = (type: string, value: Uint8Array): Uint8Array => sequence(encodeOid(type), encodeTlv(0x31, value));
  const attributes = assemble<AttributePart>(
    {
      contentType: attribute('1.2.840.113549.1.9.3', encodeOid(contentType)),
      messageDigest: attribute('1.2.840.113549.1.9.4', encodeTlv(0x04, digest(hash, content))),
    },
    change.attributes,
  );
  const signature = chain.signer.sign(encodeTlv(0x31, attributes));
  const signerInfo = sequence(
    assemble<SignerInfoPart>(
      {
        version: encodeInteger(1),
        sid: issuerAndSerialNumber(),
        digestAlgorithm: testDigestAlgorithm(hash),
        signedAttrs: encodeTlv(0xa0, attributes),
        signatureAlgorithm: chain.signer.algorithm,
        signature: encodeTlv(0x04, change.signature?.(signature) ?? signature),
      },
      change.signerInfo,
    ),
  );
  const signedData = sequence(
    assemble<SignedDataPart>(
      {
        version: encodeInteger(3),
        digestAlgorithms: encodeTlv(0x31, testDigestAlgorithm(hash)),
        encapContentInfo: encapsulated(contentType, content),
        certificates: encodeTlv(0xa0, certificate),
        signerInfos: encodeTlv(0x31, signerInfo),
      },
      change.signedData,
    ),
  );
  return sequence(encodeOid('1.2.840.113549.1.7.2'), encodeTlv(0xa0, signedData));
}

/** messageDigest with this value. */
export function messageDigest(value: Uint8Array): Uint8Array {
  return sequence(encodeOid('1.2.840.113549.1.9.4'), encodeTlv(0x31, encodeTlv(0x04, value)));
}
