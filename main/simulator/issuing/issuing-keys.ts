import keyFile from '../../../resources/specimens/issuer-keys.json' with { type: 'json' };
import { type Curve, type CurveName, curveByName, curveNames } from '../../crypto/curves.ts';
import type { HashName } from '../../crypto/hash.ts';
import { bytesToUnsigned } from '../../crypto/points.ts';
import { fromHex } from '../../result/bytes.ts';

export type IssuingKeyId = keyof typeof keyFile.keys;

/** Whose key it is does not matter: all of them are published with the project. */
export type IssuingKey =
  | { readonly kind: 'EC'; readonly curve: Curve; readonly privateKey: bigint; readonly publicKey: Uint8Array }
  | {
      readonly kind: 'RSA';
      readonly modulus: bigint;
      readonly exponent: bigint;
      readonly privateExponent: bigint;
    };

export type SignatureScheme = {
  readonly name: 'ECDSA' | 'RSASSA-PSS' | 'RSASSA-PKCS1-v1_5';
  readonly hash: HashName;
};

function isCurveName(name: string): name is CurveName {
  return curveNames.some((known) => known === name);
}

/** One of the published keys. */
export function issuingKey(id: IssuingKeyId): IssuingKey {
  const entry = keyFile.keys[id];
  const number = (hex: string): bigint => bytesToUnsigned(fromHex(hex));
  if ('curve' in entry) {
    if (!isCurveName(entry.curve)) throw new RangeError('curve unknown');
    return {
      kind: 'EC',
      curve: curveByName(entry.curve),
      privateKey: number(entry.privateKey),
      publicKey: fromHex(entry.publicKey),
    };
  }
  return {
    kind: 'RSA',
    modulus: number(entry.modulus),
    exponent: number(entry.publicExponent),
    privateExponent: number(entry.privateExponent),
  };
}

export const issuingKeyIds: readonly IssuingKeyId[] = Object.keys(keyFile.keys).filter(
  (id): id is IssuingKeyId => id in keyFile.keys,
);
