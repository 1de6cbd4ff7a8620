import keyFile from '../../../resources/specimens/chip-keys.json' with { type: 'json' };
import { type CurveName, curveByName } from '../../crypto/curves.ts';
import { digest } from '../../crypto/hash.ts';
import { bytesToUnsigned, encodePoint, publicPoint } from '../../crypto/points.ts';
import { concat, fromHex } from '../../result/bytes.ts';
import type { IssuingKey } from './issuing-keys.ts';

type EcKey = Extract<IssuingKey, { kind: 'EC' }>;
type RsaKey = Extract<IssuingKey, { kind: 'RSA' }>;

/** One of the published RSA keys of specimens' chips, by the length of its modulus in bits. */
export function chipRsaKey(bits: 1024 | 1280 | 1536 | 2048 | 3072): RsaKey {
  const { modulus, publicExponent, privateExponent } = keyFile.keys[`rsa-${bits}`];
  const number = (hex: string): bigint => bytesToUnsigned(fromHex(hex));
  return {
    kind: 'RSA',
    modulus: number(modulus),
    exponent: number(publicExponent),
    privateExponent: number(privateExponent),
  };
}

/** A private key below `order` that follows from the label: anyone can compute it, and it is the same every day. */
export function chipPrivateKey(label: string, order: bigint): bigint {
  const text = new TextEncoder().encode(label);
  // Both digests together are longer than any order in use, so that each key is about as likely.
  const seed = concat(digest('SHA-512', text), digest('SHA-512', concat(text, Uint8Array.of(1))));
  return (bytesToUnsigned(seed) % (order - 1n)) + 1n;
}

/** A key on a curve that follows from the label. */
export function chipCurveKey(label: string, name: CurveName): EcKey {
  const curve = curveByName(name);
  const privateKey = chipPrivateKey(label, curve.parameters.n);
  return { kind: 'EC', curve, privateKey, publicKey: encodePoint(curve, publicPoint(curve, privateKey)) };
}
