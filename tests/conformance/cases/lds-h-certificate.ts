import { encodeInteger, encodeOid } from '../../../main/document/der.ts';
import { decodeTlv, encodeTlv } from '../../../main/document/tlv.ts';
import { extension, testName } from '../../support/test-pki.ts';
import { type CaseTable, one, several } from '../base/case.ts';
import { conformanceDocument, type DocumentChange } from '../base/document.ts';
import { ascii, flipped } from '../base/parts.ts';
import {
  type CertificateChange,
  defaultChain,
  keyIdentifierOf,
  keyUsage,
  names,
} from '../base/public-key-infrastructure.ts';
import { issuerAndSerialNumber } from '../base/security-object.ts';
import { authorityKey, md5Signing, pkcs1, signerKey, signing } from '../base/signing.ts';

const eac = (change: DocumentChange) => () => conformanceDocument('EAC-noTA', change);
const withCertificate = (certificate: CertificateChange, more: DocumentChange = {}) => eac({ certificate, ...more });

// SignerInfo then names the signer as its certificate does.
const named = (issuer: Uint8Array): DocumentChange => ({
  signed: { signerInfo: { sid: issuerAndSerialNumber(issuer) } },
});
const byKeyIdentifier: DocumentChange = {
  signed: {
    signerInfo: { version: encodeInteger(3), sid: encodeTlv(0x80, keyIdentifierOf(defaultChain.signer)) },
  },
};

const otherName = testName([
  ['2.5.4.6', 'DE'],
  ['2.5.4.10', 'Styrk'],
  ['2.5.4.3', 'Another CSCA'],
]);
const nameless = testName([['2.5.4.3', 'Conformance CSCA']]);
const badlyNamed = testName([
  ['2.5.4.6', 'Germany'],
  ['2.5.4.3', 'Conformance CSCA'],
]);

const validity = (tag: number): Uint8Array =>
  encodeTlv(0x30, encodeTlv(tag, ascii('20180101000000Z')), encodeTlv(tag, ascii('20320101000000Z')));

// The signer's key under another algorithm identifier.
function keyUnder(identifier: string): Uint8Array {
  const [, key] = decodeTlv(defaultChain.signer.publicKeyInfo).children;
  return encodeTlv(0x30, encodeTlv(0x30, encodeOid(identifier), encodeTlv(0x05)), key?.raw ?? new Uint8Array());
}

const otherAlgorithm = signing(authorityKey, pkcs1('SHA-256')).algorithm;
const issuerAlone = extension(
  '2.5.29.35',
  encodeTlv(0x30, encodeTlv(0xa1, encodeTlv(0xa4, names.authority)), encodeTlv(0x82, Uint8Array.of(1))),
);
const version = (number: number): Uint8Array => encodeTlv(0xa0, encodeInteger(number));

/** LDS_H, the cases that are about the document signer's certificate. */
export const ldsHCertificate: CaseTable = {
  LDS_H_48: several('Wrong version', {
    v1: withCertificate({ body: { version: version(0) } }),
    '9': withCertificate({ body: { version: version(9) } }),
  }),
  LDS_H_49: one('No version', withCertificate({ body: { version: null } })),
  LDS_H_50: several('No serial number', {
    'signer named by its old serial number': withCertificate({ body: { serialNumber: null } }),
    'signer named by key identifier': withCertificate({ body: { serialNumber: null } }, byKeyIdentifier),
  }),
  LDS_H_51: several('Two signature algorithms that differ', {
    'the signed one changed': withCertificate({ body: { signature: otherAlgorithm } }),
    'the other one changed': withCertificate({ outer: { signatureAlgorithm: otherAlgorithm } }),
  }),
  LDS_H_52: one('No signature algorithm inside', withCertificate({ body: { signature: null } })),
  LDS_H_53: several('Issuer name against the rules', {
    'no country': withCertificate({ body: { issuer: nameless } }, named(nameless)),
    'country in full': withCertificate({ body: { issuer: badlyNamed } }, named(badlyNamed)),
  }),
  LDS_H_54: one(
    'Issuer is not the authority’s subject',
    withCertificate({ body: { issuer: otherName } }, named(otherName)),
  ),
  LDS_H_55: one('No issuer', withCertificate({ body: { issuer: null } })),
  LDS_H_56: several('Validity before 2050 with four-digit years', {
    GeneralizedTime: withCertificate({ body: { validity: validity(0x18) } }),
    'UTCTime of that length': withCertificate({ body: { validity: validity(0x17) } }),
  }),
  LDS_H_57: one('No validity', withCertificate({ body: { validity: null } })),
  LDS_H_58: one(
    'Public key algorithm that is not allowed',
    withCertificate({ body: { subjectPublicKeyInfo: keyUnder('1.2.840.113549.1.1.4') } }),
  ),
  LDS_H_59: one('No public key', withCertificate({ body: { subjectPublicKeyInfo: null } })),
  LDS_H_60: one(
    'AuthorityKeyIdentifier without a key identifier',
    withCertificate({ extensions: { authorityKeyIdentifier: issuerAlone } }),
  ),
  LDS_H_61: one('No AuthorityKeyIdentifier', withCertificate({ extensions: { authorityKeyIdentifier: null } })),
  LDS_H_62: one('keyUsage is not critical', withCertificate({ extensions: { keyUsage: keyUsage(0x80, false) } })),
  LDS_H_63: several('keyUsage without digitalSignature', {
    keyCertSign: withCertificate({ extensions: { keyUsage: keyUsage(0x04) } }),
    nonRepudiation: withCertificate({ extensions: { keyUsage: keyUsage(0x40) } }),
  }),
  LDS_H_64: one('No keyUsage', withCertificate({ extensions: { keyUsage: null } })),
  LDS_H_65: one(
    'MD5 in all signatures',
    eac({ chain: { authority: md5Signing(authorityKey), signer: md5Signing(signerKey) } }),
  ),
  LDS_H_66: one('No signature algorithm outside', withCertificate({ outer: { signatureAlgorithm: null } })),
  LDS_H_67: one('Wrong signature', withCertificate({ signature: (value) => flipped(value, 40) })),
  LDS_H_68: one('No signature', withCertificate({ outer: { signatureValue: null } })),
};
