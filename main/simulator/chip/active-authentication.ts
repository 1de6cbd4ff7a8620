import { encodeEcdsaSignature, signEcdsa } from '../../crypto/ecdsa.ts';
import { digest, type HashName } from '../../crypto/hash.ts';
import { unsignedToBytes } from '../../crypto/points.ts';
import type { RandomSource } from '../../crypto/random.ts';
import { signRsaPss } from '../../crypto/rsa.ts';
import { concat } from '../../result/bytes.ts';
import type { IssuingKey } from '../issuing/issuing-keys.ts';
import { answer, type Command, type Response, status } from './apdu.ts';
import { type RecoverableScheme, signRecoverably } from './recoverable-signature.ts';

type EcKey = Extract<IssuingKey, { kind: 'EC' }>;
type RsaKey = Extract<IssuingKey, { kind: 'RSA' }>;

/** The key and the way in which a chip signs a challenge (9303-11 §6.1.2). */
export type ActiveAuthenticationKey =
  | { readonly scheme: 'ISO 9796-2'; readonly key: RsaKey; readonly recoverable: RecoverableScheme }
  | { readonly scheme: 'RSASSA-PSS'; readonly key: RsaKey; readonly hash: HashName }
  | { readonly scheme: 'ECDSA'; readonly key: EcKey; readonly hash: HashName; readonly form: 'plain' | 'DER' };

const challengeLength = 8;

/** INTERNAL AUTHENTICATE (9303-11 §6.1.4). An answer longer than `most` bytes needs a command of extended length. */
export function internalAuthenticate(
  key: ActiveAuthenticationKey,
  command: Command,
  most: number,
  random: RandomSource,
): Response {
  const { p1, p2, data, expected } = command;
  if (p1 !== 0 || p2 !== 0) return answer(status.wrongParameters);
  if (data.length !== challengeLength || expected === null) return answer(status.wrongLength);
  const signature = sign(key, data, random);
  return signature.length > Math.min(most, expected) ? answer(status.wrongLength) : answer(status.done, signature);
}

function sign(own: ActiveAuthenticationKey, challenge: Uint8Array, random: RandomSource): Uint8Array {
  switch (own.scheme) {
    case 'ISO 9796-2':
      return signRecoverably(own.key, own.recoverable, challenge, random);
    case 'RSASSA-PSS': {
      const hashed = digest(own.hash, challenge);
      return signRsaPss(own.key, { hash: own.hash, maskHash: own.hash }, hashed, random(hashed.length));
    }
    case 'ECDSA': {
      const { curve, privateKey } = own.key;
      const numbers = signEcdsa(curve, privateKey, own.hash, digest(own.hash, challenge));
      const part = (number: bigint): Uint8Array => unsignedToBytes(number, curve.orderLength);
      // 9303-11 §6.1.2.3: the plain form of TR-03111 §5.2.1; some chips send the DER one.
      return own.form === 'plain' ? concat(part(numbers.r), part(numbers.s)) : encodeEcdsaSignature(numbers);
    }
  }
}
