import { verifyEcdsa } from '../crypto/ecdsa.ts';
import { digest, digestLength, type HashName } from '../crypto/hash.ts';
import { verifyIso9796 } from '../crypto/iso-9796-2.ts';
import { bytesToUnsigned } from '../crypto/points.ts';
import { verifyRsaPss } from '../crypto/rsa.ts';
import { Failure } from '../result/failure.ts';
import type { ActiveAuthenticationKey } from './active-authentication-key.ts';
import type { SecurityInfo } from './security-infos.ts';

/** How a chip signed our challenge. */
export interface ActiveAuthenticationSignature {
  readonly scheme: 'ISO/IEC 9796-2 scheme 1' | 'RSASSA-PSS' | 'ECDSA';
  readonly hash: HashName;
  /** Whether ActiveAuthenticationInfo names the hash, or it was found by trying. */
  readonly named: boolean;
}

const rsassaPss = '1.2.840.113549.1.1.10';

/** Hashes of ECDSA by object identifier: plain (TR-03111 §5.2.1, 9303-11 §9.2.4), and those of X9.62, met in the field. */
const ecdsaHashes: ReadonlyMap<string, HashName> = new Map([
  ['0.4.0.127.0.7.1.1.4.1.2', 'SHA-224'],
  ['0.4.0.127.0.7.1.1.4.1.3', 'SHA-256'],
  ['0.4.0.127.0.7.1.1.4.1.4', 'SHA-384'],
  ['0.4.0.127.0.7.1.1.4.1.5', 'SHA-512'],
  ['1.2.840.10045.4.3.1', 'SHA-224'],
  ['1.2.840.10045.4.3.2', 'SHA-256'],
  ['1.2.840.10045.4.3.3', 'SHA-384'],
  ['1.2.840.10045.4.3.4', 'SHA-512'],
]);

// SHA-1 is not allowed with ECDSA (§6.1.2.3).
const ecdsaCandidates: readonly HashName[] = ['SHA-256', 'SHA-384', 'SHA-512', 'SHA-224'];
const pssCandidates: readonly HashName[] = ['SHA-256', 'SHA-384', 'SHA-512', 'SHA-224', 'SHA-1'];

function algorithmOf(infos: readonly SecurityInfo[]): string | null {
  return infos.find((info) => info.kind === 'ActiveAuthenticationInfo')?.signatureAlgorithm ?? null;
}

/**
 * Verifies the chip's answer to a challenge (9303-11 §6.1.2) with the key of DG15; `infos` are those of DG14, empty where
 * there are none. Fails with `active-authentication.failed` where the signature is wrong, with
 * `active-authentication.unsupported` where the chip names an algorithm that this house does not know.
 */
export function verifyActiveAuthentication(
  key: ActiveAuthenticationKey,
  infos: readonly SecurityInfo[],
  challenge: Uint8Array,
  response: Uint8Array,
): ActiveAuthenticationSignature {
  const algorithm = algorithmOf(infos);
  const found =
    key.kind === 'RSA' ? verifyRsa(key, algorithm, challenge, response) : verifyEc(key, algorithm, challenge, response);
  if (found === null) throw new Failure('active-authentication.failed', { step: 'signature', algorithm });
  return found;
}

type KeyOf<Kind> = Extract<ActiveAuthenticationKey, { kind: Kind }>;

function verifyRsa(
  { key }: KeyOf<'RSA'>,
  algorithm: string | null,
  challenge: Uint8Array,
  response: Uint8Array,
): ActiveAuthenticationSignature | null {
  if (algorithm !== rsassaPss) {
    const hash = verifyIso9796(key, challenge, response);
    return hash === null ? null : { scheme: 'ISO/IEC 9796-2 scheme 1', hash, named: true };
  }
  // The identifier stands alone, without parameters: the hash is one that verifies, its length that of the salt.
  const hash = pssCandidates.find((candidate) =>
    verifyRsaPss(
      key,
      { hash: candidate, maskHash: candidate, saltLength: digestLength(candidate) },
      digest(candidate, challenge),
      response,
    ),
  );
  return hash === undefined ? null : { scheme: 'RSASSA-PSS', hash, named: false };
}

function verifyEc(
  key: KeyOf<'EC'>,
  algorithm: string | null,
  challenge: Uint8Array,
  response: Uint8Array,
): ActiveAuthenticationSignature | null {
  const named = algorithm === null ? null : (ecdsaHashes.get(algorithm) ?? null);
  if (algorithm !== null && named === null) throw new Failure('active-authentication.unsupported', { algorithm });
  const candidates = named === null ? ecdsaCandidates : [named];
  const hash = candidates.find((candidate) => verifies(key, digest(candidate, challenge), response));
  return hash === undefined ? null : { scheme: 'ECDSA', hash, named: named !== null };
}

// Plain r ‖ s (§6.1.2.3); some chips send the DER SEQUENCE instead.
function verifies({ curve, point, signatureLength }: KeyOf<'EC'>, hashed: Uint8Array, response: Uint8Array): boolean {
  if (response.length === signatureLength) {
    const half = signatureLength / 2;
    const r = bytesToUnsigned(response.subarray(0, half));
    if (verifyEcdsa(curve, point, hashed, { r, s: bytesToUnsigned(response.subarray(half)) })) return true;
  }
  return verifyEcdsa(curve, point, hashed, response);
}
