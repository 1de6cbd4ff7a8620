import type { UnlockedStore } from '../store/types.ts';
import type { AnswerAlgorithm } from './bank-system.ts';
import { toBase64url } from './base64url.ts';
import type { TokenSigner } from './jws.ts';
import { thumbprintOf } from './thumbprint.ts';

/** A public key of the station as its bank's systems keep it (RFC 7517, RFC 8037). */
export type PublicJwk = Readonly<Record<string, string>> & { readonly kid: string; readonly alg: AnswerAlgorithm };

/**
 * The key that answers of this algorithm are verified by. `kid` is the key's own thumbprint (RFC 7638), so that none can be
 * given another's name.
 */
export function answerPublicKey(
  { station, answerKey }: Pick<UnlockedStore, 'station' | 'answerKey'>,
  algorithm: AnswerAlgorithm,
): PublicJwk {
  if (algorithm === 'EdDSA') return named({ crv: 'Ed25519', kty: 'OKP', x: toBase64url(station.publicKey) }, algorithm);
  const { x, y } = answerKey().publicKey;
  return named({ crv: 'P-256', kty: 'EC', x: toBase64url(x), y: toBase64url(y) }, algorithm);
}

function named(key: Parameters<typeof thumbprintOf>[0], alg: AnswerAlgorithm): PublicJwk {
  return { ...key, alg, use: 'sig', kid: thumbprintOf(key) };
}

/**
 * Who signs answers: by EdDSA the key that signs the records too. What it signs there is JSON and begins with a brace; a token
 * begins with the first letters of its header, so that none is ever taken for the other.
 */
export function answerSigner(
  unlocked: Pick<UnlockedStore, 'station' | 'answerKey'>,
  algorithm: AnswerAlgorithm,
): TokenSigner {
  const { kid } = answerPublicKey(unlocked, algorithm);
  const sign = algorithm === 'EdDSA' ? unlocked.station.sign : unlocked.answerKey().sign;
  return { algorithm, kid, sign };
}
