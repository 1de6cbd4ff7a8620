import { Null } from 'asn1js';
import { AlgorithmIdentifier, RSASSAPSSParams } from 'pkijs';
import { encodeEcdsaSignature, signEcdsa } from '../../crypto/ecdsa.ts';
import { digest, digestLength, type HashName } from '../../crypto/hash.ts';
import { signRsaPkcs1, signRsaPss } from '../../crypto/rsa.ts';
import type { IssuingKey, SignatureScheme } from './issuing-keys.ts';

const hashOids: Readonly<Record<HashName, string>> = {
  'SHA-1': '1.3.14.3.2.26',
  'SHA-224': '2.16.840.1.101.3.4.2.4',
  'SHA-256': '2.16.840.1.101.3.4.2.1',
  'SHA-384': '2.16.840.1.101.3.4.2.2',
  'SHA-512': '2.16.840.1.101.3.4.2.3',
};

// RFC 5758 §3.2 and RFC 3279 §2.2.3; RFC 8017 §A.2.4.
const ecdsaOids: Readonly<Record<HashName, string>> = {
  'SHA-1': '1.2.840.10045.4.1',
  'SHA-224': '1.2.840.10045.4.3.1',
  'SHA-256': '1.2.840.10045.4.3.2',
  'SHA-384': '1.2.840.10045.4.3.3',
  'SHA-512': '1.2.840.10045.4.3.4',
};
const pkcs1Oids: Readonly<Record<HashName, string>> = {
  'SHA-1': '1.2.840.113549.1.1.5',
  'SHA-224': '1.2.840.113549.1.1.14',
  'SHA-256': '1.2.840.113549.1.1.11',
  'SHA-384': '1.2.840.113549.1.1.12',
  'SHA-512': '1.2.840.113549.1.1.13',
};

/** id-RSASSA-PSS. */
export const rsassaPss = '1.2.840.113549.1.1.10';
const maskGeneration1 = '1.2.840.113549.1.1.8';

/** AlgorithmIdentifier of a hash; both forms are in use (9303-10 §4.6.2.3 note 2). */
export function hashAlgorithm(hash: HashName, parameters: 'null' | 'absent'): AlgorithmIdentifier {
  const algorithmId = hashOids[hash];
  return new AlgorithmIdentifier(
    parameters === 'null' ? { algorithmId, algorithmParams: new Null() } : { algorithmId },
  );
}

/** MGF1 with a hash (RFC 8017 §A.2.3). */
export function maskGeneration(hash: HashName): AlgorithmIdentifier {
  return new AlgorithmIdentifier({
    algorithmId: maskGeneration1,
    algorithmParams: hashAlgorithm(hash, 'null').toSchema(),
  });
}

/** AlgorithmIdentifier of a signature. */
export function signatureAlgorithm({ name, hash }: SignatureScheme): AlgorithmIdentifier {
  if (name === 'ECDSA') return new AlgorithmIdentifier({ algorithmId: ecdsaOids[hash] });
  if (name === 'RSASSA-PKCS1-v1_5')
    return new AlgorithmIdentifier({ algorithmId: pkcs1Oids[hash], algorithmParams: new Null() });
  const parameters = new RSASSAPSSParams({
    hashAlgorithm: hashAlgorithm(hash, 'null'),
    maskGenAlgorithm: maskGeneration(hash),
    saltLength: digestLength(hash),
  });
  return new AlgorithmIdentifier({ algorithmId: rsassaPss, algorithmParams: parameters.toSchema() });
}

/**
 * The signature over `message`, by the noble libraries: the engines of pkijs know no brainpool curve and no explicit
 * parameters. The same message gives the same bytes: RFC 6979, and a salt that is the digest itself.
 */
export function signWith(key: IssuingKey, { name, hash }: SignatureScheme, message: Uint8Array): Uint8Array {
  const hashed = digest(hash, message);
  if (key.kind === 'EC') return encodeEcdsaSignature(signEcdsa(key.curve, key.privateKey, hash, hashed));
  if (name === 'RSASSA-PSS') return signRsaPss(key, { hash, maskHash: hash }, hashed, digest(hash, hashed));
  return signRsaPkcs1(key, hash, hashed);
}
