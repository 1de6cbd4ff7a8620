import type { Curve, CurvePoint } from '../crypto/curves.ts';
import { encodeFieldElement, hasPointEncoding } from '../crypto/point-encoding.ts';
import { addPoints, decodePoint, encodePoint, multiplyPoint, randomPrivateKey } from '../crypto/points.ts';
import { SecretBytes } from '../result/secret-bytes.ts';
import type { AgreementGroup } from './agreement-group.ts';

/** Key agreement over an elliptic curve (9303-11 §9.6, TR-03111 §4.3.1). */
export function curveGroup(curve: Curve): AgreementGroup {
  const { p, generator, n } = curve.parameters;
  const encode = (point: CurvePoint | null): Uint8Array | null => (point === null ? null : encodePoint(curve, point));
  const decode = (element: Uint8Array): CurvePoint => {
    const point = decodePoint(curve, element);
    if (point === null) throw new RangeError('not a point of the curve');
    return point;
  };
  const power = (base: Uint8Array, exponent: bigint): Uint8Array | null =>
    encode(multiplyPoint(curve, decode(base), exponent));
  return {
    agreement: 'ECDH',
    name: curve.name,
    strength: n.toString(2).length / 2,
    prime: p,
    generator: encodePoint(curve, generator),
    randomPrivateKey: (random) => randomPrivateKey(curve, random),
    accept: (publicKey) => encode(decodePoint(curve, publicKey)),
    power,
    secretPower: (base, exponent) => SecretBytes.orNull(power(base, exponent)),
    combine: (first, second) => encode(addPoints(curve, decode(first), decode(second))),
    secretOf: (element) => new SecretBytes(element.slice(1, 1 + curve.fieldLength)),
    mapFieldElement: (value) => (hasPointEncoding(curve) ? encode(encodeFieldElement(curve, value)) : null),
  };
}
