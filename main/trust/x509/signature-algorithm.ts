import type { HashName } from '../../crypto/hash.ts';
import { decodeInteger } from '../../document/der.ts';
import { find, type Tlv } from '../../document/tlv.ts';
import { Failure } from '../../result/failure.ts';
import { expectTag, oidOf, tag } from './asn1-values.ts';
import { oid } from './object-identifiers.ts';

/** How a signature is made. `hash` is null where the identifier names none: the digest algorithm beside it holds. */
export type SignatureAlgorithm =
  | { readonly scheme: 'RSASSA-PKCS1-v1_5'; readonly hash: HashName | null }
  | { readonly scheme: 'RSASSA-PSS'; readonly hash: HashName; readonly maskHash: HashName; readonly saltLength: number }
  | { readonly scheme: 'DSA'; readonly hash: HashName | null }
  /** `plain`: r and s one after the other (TR-03111 §5.2.1), not as a DER SEQUENCE. */
  | { readonly scheme: 'ECDSA'; readonly hash: HashName | null; readonly plain: boolean };

const hashes: Readonly<Record<string, HashName>> = {
  '1.3.14.3.2.26': 'SHA-1',
  '2.16.840.1.101.3.4.2.4': 'SHA-224',
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
};

const rsa = (hash: HashName | null): SignatureAlgorithm => ({ scheme: 'RSASSA-PKCS1-v1_5', hash });
const ecdsa = (hash: HashName | null, plain = false): SignatureAlgorithm => ({ scheme: 'ECDSA', hash, plain });

const dsa = (hash: HashName | null): SignatureAlgorithm => ({ scheme: 'DSA', hash });

const algorithms: Readonly<Record<string, SignatureAlgorithm>> = {
  [oid.rsaEncryption]: rsa(null),
  '1.2.840.113549.1.1.5': rsa('SHA-1'),
  '1.2.840.113549.1.1.14': rsa('SHA-224'),
  '1.2.840.113549.1.1.11': rsa('SHA-256'),
  '1.2.840.113549.1.1.12': rsa('SHA-384'),
  '1.2.840.113549.1.1.13': rsa('SHA-512'),
  [oid.ecPublicKey]: ecdsa(null),
  '1.2.840.10045.4.1': ecdsa('SHA-1'),
  '1.2.840.10045.4.3.1': ecdsa('SHA-224'),
  '1.2.840.10045.4.3.2': ecdsa('SHA-256'),
  '1.2.840.10045.4.3.3': ecdsa('SHA-384'),
  '1.2.840.10045.4.3.4': ecdsa('SHA-512'),
  [oid.dsa]: dsa(null),
  // 9303-12 §4.4.3; RFC 3279 §2.2.2, RFC 5758 §3.1.
  '1.2.840.10040.4.3': dsa('SHA-1'),
  '2.16.840.1.101.3.4.3.1': dsa('SHA-224'),
  '2.16.840.1.101.3.4.3.2': dsa('SHA-256'),
  '0.4.0.127.0.7.1.1.4.1.1': ecdsa('SHA-1', true),
  '0.4.0.127.0.7.1.1.4.1.2': ecdsa('SHA-224', true),
  '0.4.0.127.0.7.1.1.4.1.3': ecdsa('SHA-256', true),
  '0.4.0.127.0.7.1.1.4.1.4': ecdsa('SHA-384', true),
  '0.4.0.127.0.7.1.1.4.1.5': ecdsa('SHA-512', true),
};

// A salt longer than any modulus we take cannot be in a signature.
const maximumSaltLength = 1024n;

/**
 * The hash of a DigestAlgorithmIdentifier, with NULL or without parameters (9303-10 §4.6.2.3 note 2). Null where it is not
 * one of ours. Fails with `tlv.malformed`.
 */
export function parseDigestAlgorithm(node: Tlv | undefined): HashName | null {
  return hashes[oidOf(expectTag(node, tag.sequence, 'digest algorithm').children[0])] ?? null;
}

/** The hash of an object identifier; null where it is not one of ours. */
export function hashOfOid(identifier: string): HashName | null {
  return hashes[identifier] ?? null;
}

function knownHash(node: Tlv | undefined): HashName {
  const hash = parseDigestAlgorithm(node);
  if (hash === null) throw new Failure('certificate.algorithm-unknown', { algorithm: 'RSASSA-PSS' });
  return hash;
}

function tagged(parameters: Tlv, number: number): Tlv | undefined {
  return find(parameters, 0xa0 + number)?.children[0];
}

// RSASSA-PSS-params with its defaults (RFC 4055 §3.1): SHA-1, MGF1 with SHA-1, 20 bytes of salt, trailer BC.
function pssAlgorithm(parameters: Tlv | undefined): SignatureAlgorithm {
  if (parameters === undefined || parameters.tag === tag.null)
    return { scheme: 'RSASSA-PSS', hash: 'SHA-1', maskHash: 'SHA-1', saltLength: 20 };
  expectTag(parameters, tag.sequence, 'RSASSA-PSS parameters');
  const [hash, mask, salt, trailer] = [0, 1, 2, 3].map((number) => tagged(parameters, number));
  const [maskFunction, maskHash] = mask?.children ?? [];
  const saltLength = salt === undefined ? 20n : decodeInteger(expectTag(salt, tag.integer, 'salt length').value);
  const known =
    (mask === undefined || oidOf(maskFunction) === oid.mgf1) &&
    (trailer === undefined || decodeInteger(expectTag(trailer, tag.integer, 'trailer field').value) === 1n);
  if (!known) throw new Failure('certificate.algorithm-unknown', { algorithm: 'RSASSA-PSS' });
  if (saltLength < 0n || saltLength > maximumSaltLength)
    throw new Failure('tlv.malformed', { reason: 'RSASSA-PSS salt length' });
  return {
    scheme: 'RSASSA-PSS',
    hash: hash === undefined ? 'SHA-1' : knownHash(hash),
    maskHash: mask === undefined ? 'SHA-1' : knownHash(maskHash),
    saltLength: Number(saltLength),
  };
}

/** Reads an AlgorithmIdentifier of a signature. Fails with `certificate.algorithm-unknown`, `tlv.malformed`. */
export function parseSignatureAlgorithm(node: Tlv | undefined): SignatureAlgorithm {
  const [identifier, parameters] = expectTag(node, tag.sequence, 'signature algorithm').children;
  const name = oidOf(identifier);
  if (name === oid.rsassaPss) return pssAlgorithm(parameters);
  const algorithm = algorithms[name];
  if (algorithm === undefined) throw new Failure('certificate.algorithm-unknown', { algorithm: name });
  return algorithm;
}

/** The hash that the algorithm itself fixes (RFC 4055 §3.1); null where another one may hold. */
export function signedHash(algorithm: SignatureAlgorithm): HashName | null {
  return algorithm.scheme === 'RSASSA-PSS' ? algorithm.hash : null;
}

/** For people: `RSASSA-PSS SHA-256`, `ECDSA SHA-512`. */
export function signatureAlgorithmName(algorithm: SignatureAlgorithm): string {
  return algorithm.hash === null ? algorithm.scheme : `${algorithm.scheme} ${algorithm.hash}`;
}
