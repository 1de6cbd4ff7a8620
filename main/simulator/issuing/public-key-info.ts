import { type BaseBlock, Null } from 'asn1js';
import { AlgorithmIdentifier, PublicKeyInfo, RSAPublicKey } from 'pkijs';
import type { Curve } from '../../crypto/curves.ts';
import { digest } from '../../crypto/hash.ts';
import { unsignedToBytes } from '../../crypto/points.ts';
import { concat } from '../../result/bytes.ts';
import { bitString, encoded, integer, objectIdentifier, octetString, sequence } from './asn1.ts';
import type { IssuingKey } from './issuing-keys.ts';

type RsaKey = Extract<IssuingKey, { kind: 'RSA' }>;

/** ECParameters with everything spelt out, cofactor included, as 9303-12 §4.1.6.3 demands (RFC 3279 §2.3.5). */
function explicitParameters({ parameters, fieldLength }: Curve): BaseBlock {
  const { p, a, b, generator, n, h } = parameters;
  const element = (number: bigint): Uint8Array => unsignedToBytes(number, fieldLength);
  return sequence(
    integer(1),
    sequence(objectIdentifier('1.2.840.10045.1.1'), integer(p)),
    sequence(octetString(element(a)), octetString(element(b))),
    octetString(concat(Uint8Array.of(4), element(generator.x), element(generator.y))),
    integer(n),
    integer(h),
  );
}

/** RSAPublicKey (RFC 8017 §A.1.1), in DER. */
export function rsaPublicKey({ modulus, exponent }: RsaKey): Uint8Array {
  return encoded(new RSAPublicKey({ modulus: integer(modulus), publicExponent: integer(exponent) }).toSchema());
}

/** SubjectPublicKeyInfo with a key of an algorithm that has those parameters. */
export function publicKeyOf(algorithmId: string, algorithmParams: BaseBlock, key: Uint8Array): PublicKeyInfo {
  return new PublicKeyInfo({
    algorithm: new AlgorithmIdentifier({ algorithmId, algorithmParams }),
    subjectPublicKey: bitString(key),
  });
}

/** subjectPublicKeyInfo (RFC 5280 §4.1.2.7); `parameters` says how a curve is given. */
export function subjectPublicKeyInfo(key: IssuingKey, parameters: 'explicit' | 'named'): PublicKeyInfo {
  if (key.kind === 'RSA') return publicKeyOf('1.2.840.113549.1.1.1', new Null(), rsaPublicKey(key));
  const curve = parameters === 'explicit' ? explicitParameters(key.curve) : objectIdentifier(key.curve.oid);
  return publicKeyOf('1.2.840.10045.2.1', curve, key.publicKey);
}

/** SHA-1 over the key itself, as RFC 5280 §4.2.1.2 (1) proposes. */
export function keyIdentifier(key: IssuingKey): Uint8Array {
  return digest('SHA-1', key.kind === 'EC' ? key.publicKey : rsaPublicKey(key));
}
