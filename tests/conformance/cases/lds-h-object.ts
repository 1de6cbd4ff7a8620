import { md5 } from '@noble/hashes/legacy.js';
import { digest } from '../../../main/crypto/hash.ts';
import { encodeInteger } from '../../../main/document/der.ts';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { type CaseTable, one, several } from '../base/case.ts';
import {
  camPace,
  cardSecurity,
  conformanceDocument,
  type DocumentChange,
  fingerprints,
  mappingKeyInfo,
  paceInfo,
} from '../base/document.ts';
import { ascii, flipped, withTag, withWrongLength } from '../base/parts.ts';
import { type Chain, defaultChain, keyIdentifierOf } from '../base/public-key-infrastructure.ts';
import {
  dataGroupHash,
  dataGroupHashes,
  encapsulated,
  issuerAndSerialNumber,
  ldsVersionInfo,
  md5Algorithm,
  messageDigest,
  type SignedDataChange,
} from '../base/security-object.ts';
import { md5Signing, signerKey } from '../base/signing.ts';

const eac = (change: DocumentChange) => () => conformanceDocument('EAC-noTA', change);
const signed = (change: SignedDataChange) => eac({ signed: change });
type Files = ReadonlyMap<number, Uint8Array>;

// DataGroupHash entries over the files, those of some groups replaced; null leaves one out.
const hashes =
  (change: Readonly<Record<number, (file: Uint8Array) => Uint8Array | null>>) =>
  (files: Files): readonly Uint8Array[] =>
    [...files].flatMap(([number, file]) => {
      const other = change[number];
      const entry = other === undefined ? dataGroupHashes('SHA-256', new Map([[number, file]]))[0] : other(file);
      return entry === null || entry === undefined ? [] : [entry];
    });

const sha256 = (bytes: Uint8Array): Uint8Array => digest('SHA-256', bytes);
const numbered = (number: Uint8Array | null) => (file: Uint8Array) => dataGroupHash(number, sha256(file));
const md5Hashes = (files: Files): readonly Uint8Array[] =>
  [...files].map(([number, file]) => dataGroupHash(encodeInteger(number), md5(file)));
const otherType = '2.23.136.1.1.9';
const ownIdentifier = keyIdentifierOf(defaultChain.signer);
const keyIdentified = encodeTlv(0x80, ownIdentifier);
const md5Chain: Chain = { ...defaultChain, signer: md5Signing(signerKey) };

const lds18: DocumentChange = { com: { ldsVersion: encodeTlv(0x5f01, ascii('0108')) } };
const lds19: DocumentChange = { com: { ldsVersion: encodeTlv(0x5f01, ascii('0109')) } };
const brokenCardSecurity = cardSecurity([paceInfo(camPace), mappingKeyInfo('brainpoolP256r1')], {
  signature: (value) => flipped(value, 40),
});
const wrongDigestCardSecurity = cardSecurity([paceInfo(camPace), mappingKeyInfo('brainpoolP256r1')], {
  attributes: { messageDigest: messageDigest(new Uint8Array(32)) },
});

/** LDS_H, the cases that are about EF.SOD itself: its encoding, its SignedData, what it lists. */
export const ldsHObject: CaseTable = {
  LDS_H_17: one('Wrong tag', eac({ securityObject: (file) => withTag(file, 0x78) })),
  LDS_H_18: one('Length too small', eac({ securityObject: (file) => withWrongLength(file, -1) })),
  LDS_H_19: one('Length too large', eac({ securityObject: (file) => withWrongLength(file, 1) })),
  LDS_H_20: one('Wrong version of SignedData', signed({ signedData: { version: encodeInteger(10) } })),
  LDS_H_21: one('No version of SignedData', signed({ signedData: { version: null } })),
  LDS_H_22: one(
    'MD5 among the digest algorithms',
    signed({ signedData: { digestAlgorithms: encodeTlv(0x31, md5Algorithm) } }),
  ),
  LDS_H_23: one('No digest algorithms', signed({ signedData: { digestAlgorithms: null } })),
  LDS_H_24: one('Wrong content type', signed({ contentType: otherType })),
  LDS_H_25: one('No content type', () => {
    const content = new Uint8Array();
    return conformanceDocument('EAC-noTA', {
      signed: { signedData: { encapContentInfo: encapsulated(null, content) } },
    });
  }),
  LDS_H_26: one('Wrong version of SignerInfo', signed({ signerInfo: { version: encodeInteger(10) } })),
  LDS_H_27: one('No version of SignerInfo', signed({ signerInfo: { version: null } })),
  LDS_H_28: several('A signer that no certificate is', {
    'serial number': signed({ signerInfo: { sid: issuerAndSerialNumber(undefined, 99) } }),
    issuer: signed({ signerInfo: { sid: issuerAndSerialNumber(encodeTlv(0x30)) } }),
  }),
  LDS_H_29: one(
    'A key identifier that no certificate has',
    signed({ signerInfo: { version: encodeInteger(3), sid: encodeTlv(0x80, flipped(ownIdentifier)) } }),
  ),
  LDS_H_30: one('MD5 as SignerInfo’s digest algorithm', signed({ signerInfo: { digestAlgorithm: md5Algorithm } })),
  LDS_H_31: one('No digest algorithm in SignerInfo', signed({ signerInfo: { digestAlgorithm: null } })),
  LDS_H_32: one('Wrong messageDigest', signed({ attributes: { messageDigest: messageDigest(new Uint8Array(32)) } })),
  LDS_H_33: one('No messageDigest', signed({ attributes: { messageDigest: null } })),
  LDS_H_36: one('A signature with MD5', eac({ chain: md5Chain })),
  LDS_H_37: one('Wrong signature', signed({ signature: (value) => flipped(value, 40) })),
  LDS_H_38: several('No signature', {
    'no object': signed({ signerInfo: { signature: null } }),
    empty: signed({ signature: () => new Uint8Array() }),
  }),
  LDS_H_39: one('Wrong version of LDSSecurityObject', eac({ lds: { version: encodeInteger(10) } })),
  LDS_H_40: one('No version of LDSSecurityObject', eac({ lds: { version: null } })),
  LDS_H_41: one('Data groups hashed with MD5', eac({ lds: { hashAlgorithm: md5Algorithm }, hashes: md5Hashes })),
  LDS_H_42: one('No hash algorithm', eac({ lds: { hashAlgorithm: null } })),
  LDS_H_43: one(
    'Wrong hash for DG2',
    eac({ hashes: hashes({ 2: (file) => dataGroupHash(encodeInteger(2), flipped(sha256(file))) }) }),
  ),
  LDS_H_44: one('No hash for DG1', eac({ hashes: hashes({ 1: () => null }) })),
  LDS_H_45: one(
    'A hash for a group that is not there',
    eac({
      hashes: (files) => [...dataGroupHashes('SHA-256', files), dataGroupHash(encodeInteger(10), new Uint8Array(32))],
    }),
  ),
  LDS_H_46: several('Wrong data group number', {
    '02 01 FF': eac({ hashes: hashes({ 1: numbered(encodeTlv(0x02, Uint8Array.of(0xff))) }) }),
    '02 02 00 FF': eac({ hashes: hashes({ 1: numbered(encodeInteger(255)) }) }),
  }),
  LDS_H_47: one('No data group number', eac({ hashes: hashes({ 2: numbered(null) }) })),
  LDS_H_69: one('DG2 is not what was signed', () => {
    const document = conformanceDocument('EAC-noTA');
    const file = document.chip.applications[0]?.files.find(({ name }) => name === 'EF.DG2');
    return conformanceDocument('EAC-noTA', { forged: { 2: flipped(file?.contents ?? new Uint8Array()) } });
  }),
  LDS_H_84: one(
    'SignerInfo of version 3 with issuer and serial number',
    signed({ signerInfo: { version: encodeInteger(3) } }),
  ),
  LDS_H_85: one('SignerInfo of version 1 with a key identifier', signed({ signerInfo: { sid: keyIdentified } })),
  LDS_H_86: one(
    'LDS version 1.8',
    eac({ ...lds18, lds: { version: encodeInteger(1), ldsVersionInfo: ldsVersionInfo('0108') } }),
  ),
  LDS_H_87: one('Version 0 with LDSVersionInfo', eac({ ...lds18, lds: { ldsVersionInfo: ldsVersionInfo('0108') } })),
  LDS_H_88: one('Version 1 without LDSVersionInfo', eac({ lds: { version: encodeInteger(1) } })),
  LDS_H_89: one(
    'LDS version 1.9',
    eac({ ...lds19, lds: { version: encodeInteger(1), ldsVersionInfo: ldsVersionInfo('0109') } }),
  ),
  LDS_H_90: one('EF.SOD lists a group more than EF.COM', () =>
    conformanceDocument('PACE', {
      groups: { 3: fingerprints },
      tags: [0x61, 0x75, 0x6e],
      hashes: (files) => [
        ...dataGroupHashes('SHA-256', new Map([...files].filter(([number]) => number !== 3))),
        dataGroupHash(encodeInteger(3), new Uint8Array(32).fill(0xff)),
      ],
    }),
  ),
  LDS_H_91: one('EF.SOD lists a group less than EF.COM', eac({ hashes: hashes({ 2: () => null }) })),
  LDS_H_92: one('EF.SOD and EF.COM list different groups', () =>
    conformanceDocument('PACE', {
      groups: { 3: fingerprints },
      tags: [0x61, 0x75, 0x6e],
      hashes: hashes({ 2: () => null }),
    }),
  ),
  LDS_H_93: several('EF.CardSecurity is not as it was signed', {
    'with generic mapping, signature': () => conformanceDocument('PACE', { cardSecurity: brokenCardSecurity }),
    'with chip authentication mapping, signature': () =>
      conformanceDocument('PACE-CAM', { cardSecurity: brokenCardSecurity }),
    'with chip authentication mapping, digest': () =>
      conformanceDocument('PACE-CAM', { cardSecurity: wrongDigestCardSecurity }),
  }),
};
