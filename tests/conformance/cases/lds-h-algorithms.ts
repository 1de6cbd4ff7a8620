import type { HashName } from '../../../main/crypto/hash.ts';
import { type Case, type CaseTable, one, several } from '../base/case.ts';
import { conformanceDocument, type DocumentChange, dataGroupTags, fingerprints } from '../base/document.ts';
import { type Chain, defaultChain, signerCertificate } from '../base/public-key-infrastructure.ts';
import {
  authorityKey,
  curveOfLength,
  dsaSigning,
  ecdsa,
  ecKey,
  pkcs1,
  pss,
  type Signing,
  signerKey,
  signing,
  unnamedPkcs1,
} from '../base/signing.ts';

const eac = (change: DocumentChange) => () => conformanceDocument('EAC-noTA', change);

// One hash throughout: data groups, digest, signature, certificates.
const throughout = (hash: HashName, chain: Chain) => eac({ ldsHash: hash, chain });

const withPkcs1 = (hash: HashName): Case =>
  one(
    `PKCS#1 v1.5 with ${hash}`,
    throughout(hash, {
      authority: signing(authorityKey, pkcs1(hash)),
      signer: signing(signerKey, pkcs1(hash)),
    }),
  );

const withPss = (hash: HashName): Case =>
  one(
    `RSASSA-PSS with ${hash}`,
    throughout(hash, {
      authority: signing(authorityKey, pss(hash)),
      signer: signing(signerKey, pss(hash)),
    }),
  );

const withUnnamed = (hash: HashName): Case =>
  one(
    `PKCS#1 v1.5 with ${hash}, SignerInfo names rsaEncryption`,
    throughout(hash, {
      authority: signing(authorityKey, pkcs1(hash)),
      signer: unnamedPkcs1(signerKey, hash),
    }),
  );

const withDsa = (hash: 'SHA-1' | 'SHA-224' | 'SHA-256'): Case =>
  one(
    `DSA with ${hash}`,
    throughout(hash, {
      authority: dsaSigning('authority', hash),
      signer: dsaSigning('signer', hash),
    }),
  );

type Bits = 224 | 256 | 384 | 512;

function ecSigning(bits: Bits, hash: HashName, plain: boolean, seed: number): Signing {
  return signing(ecKey(curveOfLength(bits).name, seed), ecdsa(hash, plain));
}

const withEc = (hash: HashName, authority: Bits, signer: Bits, plain: boolean): Case =>
  one(
    `ECDSA with ${hash}, ${plain ? 'plain' : 'DER'} signatures`,
    throughout(hash, {
      authority: ecSigning(authority, hash, plain, 1),
      signer: ecSigning(signer, hash, plain, 2),
    }),
  );

const certificateElsewhere: Chain = {
  authority: signing(authorityKey, pkcs1('SHA-256')),
  signer: signing(signerKey, pkcs1('SHA-256')),
};

/** LDS_H, the cases that are about algorithms: which ones EF.SOD and its certificates may use. */
export const ldsHAlgorithms: CaseTable = {
  LDS_H_01: withPkcs1('SHA-1'),
  LDS_H_02: withPss('SHA-1'),
  LDS_H_03: several('The default: RSASSA-PSS with SHA-256', {
    'without DG3': eac({}),
    'DG3 listed and not read': eac({
      groups: { 3: fingerprints },
      tags: [1, 2, 3, 14].map((number) => dataGroupTags[number] ?? 0),
    }),
  }),
  LDS_H_04: withPkcs1('SHA-224'),
  LDS_H_05: withPkcs1('SHA-256'),
  LDS_H_06: withPkcs1('SHA-384'),
  LDS_H_07: withPkcs1('SHA-512'),
  LDS_H_08: withDsa('SHA-1'),
  LDS_H_09: withEc('SHA-1', 256, 224, false),
  LDS_H_10: withEc('SHA-1', 256, 224, true),
  LDS_H_11: withEc('SHA-224', 256, 224, true),
  LDS_H_12: withEc('SHA-256', 256, 256, true),
  LDS_H_13: withEc('SHA-384', 384, 384, true),
  LDS_H_14: withEc('SHA-512', 512, 512, true),
  LDS_H_15: one(
    'The document signer’s certificate is not in EF.SOD',
    eac({
      chain: certificateElsewhere,
      signed: { signedData: { certificates: null } },
      trust: { published: [signerCertificate(certificateElsewhere)] },
    }),
  ),
  LDS_H_70: withEc('SHA-224', 256, 224, false),
  LDS_H_71: withEc('SHA-256', 256, 256, false),
  LDS_H_72: withEc('SHA-384', 384, 384, false),
  LDS_H_73: withEc('SHA-512', 512, 512, false),
  LDS_H_74: one(
    'Data groups hashed with SHA-224, signature with SHA-256',
    eac({ ldsHash: 'SHA-224', signed: { digestAlgorithm: 'SHA-256' } }),
  ),
  LDS_H_75: one('Digest with SHA-224, signature with SHA-256', eac({ ldsHash: 'SHA-224' })),
  LDS_H_76: one(
    'EF.SOD signed with RSA, certificates with ECDSA',
    eac({
      ldsHash: 'SHA-224',
      chain: { authority: ecSigning(256, 'SHA-224', false, 3), signer: signing(signerKey, pkcs1('SHA-256')) },
    }),
  ),
  LDS_H_77: one(
    'EF.SOD with SHA-256, certificates with SHA-224',
    eac({ chain: { ...defaultChain, authority: signing(authorityKey, pss('SHA-224')) } }),
  ),
  LDS_H_78: one(
    'EF.SOD with RSASSA-PSS, certificates with PKCS#1 v1.5',
    eac({ chain: { ...defaultChain, authority: signing(authorityKey, pkcs1('SHA-256')) } }),
  ),
  LDS_H_79: withUnnamed('SHA-1'),
  LDS_H_80: withUnnamed('SHA-224'),
  LDS_H_81: withUnnamed('SHA-256'),
  LDS_H_82: withUnnamed('SHA-384'),
  LDS_H_83: withUnnamed('SHA-512'),
  LDS_H_94: withPss('SHA-224'),
  LDS_H_95: withPss('SHA-384'),
  LDS_H_96: withPss('SHA-512'),
  LDS_H_97: withDsa('SHA-224'),
  LDS_H_98: withDsa('SHA-256'),
};
