import type { HashName } from '../../crypto/hash.ts';
import { type Check, remarksOf, unsuccessful } from '../../result/check.ts';
import type { FailureCode } from '../../result/failure-codes.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import type { PublicKey } from './public-key.ts';

/** What makes a right signature prove less than it should. `open`: the question that it answers cannot be called answered. */
export interface Weakness {
  readonly code: FailureCode;
  readonly open: boolean;
}

// Of these the signature itself is right: what it covers is what the key's owner signed.
const weakButRight: readonly (FailureCode | null)[] = [
  'signature.key-short',
  'signature.hash-broken',
  'signature.exponent-small',
  'security-object.attributes-missing',
];

/** Whether a check of a signature found it right, however little it may prove. */
export function isRight({ result, code }: Check): boolean {
  return result === 'successful' || (result === 'undetermined' && weakButRight.includes(code));
}

/** `signer`: of the security object; `authority`: of the signer's certificate. */
export type Signing = 'signer' | 'authority';

// Ten years is the longest that a passport is valid; the first collision of SHA-1 was shown in February 2017
// (shattered.io), and 9303-12 §4.1.6.4 permits SHA-224 and longer ones alone.
const hashBrokenFrom = '2018-01-01' as PlainDate;
// 9303-12 §4.1.6 asks for lengths that protect, after a catalogue: what gives less than 112 bits of security is no longer
// allowed for signatures (NIST SP 800-131A Rev. 2 §3).
const least = { modulus: 2048, order: 224 };
// Right where the padding is compared as a whole, as here; broken wherever it was not (Bleichenbacher 2006).
const smallExponent = 3n;

/** Whether something made on this day may rest on a collision of SHA-1. A day that nobody states tells nothing: it may. */
export function isHashBroken(hash: HashName | null, made: PlainDate | null): boolean {
  return hash === 'SHA-1' && (made === null || made >= hashBrokenFrom);
}

/**
 * What is weak about a signature that is right: made with `key` over what `hashes` stand for, on the day `made` (the latest
 * that is stated). A key that is too short is so on any day: who has computed it writes what day they like. A hash that
 * was sound on that day is told only.
 */
export function weaknessesOf(
  place: Signing,
  key: PublicKey,
  hashes: readonly HashName[],
  made: PlainDate | null,
): readonly Weakness[] {
  const found: Weakness[] = [];
  if (isShort(key)) found.push({ code: 'signature.key-short', open: true });
  if (hashes.includes('SHA-1')) found.push({ code: 'signature.hash-broken', open: isHashBroken('SHA-1', made) });
  // Authorities of some states (CN, KR, VA) have had such keys for long; no real document signer is known to us that has.
  if (key.kind === 'RSA' && key.exponent <= smallExponent)
    found.push({ code: 'signature.exponent-small', open: place === 'signer' });
  return found;
}

/** The codes of weaknesses, each once. */
export function codesOf(weaknesses: readonly Weakness[]): readonly FailureCode[] {
  return [...new Set(weaknesses.map(({ code }) => code))];
}

/** A check that ended well, as its weaknesses let it stand: told in `remarks`, and undetermined by the first open one. */
export function weighed(check: Check, weaknesses: readonly Weakness[]): Check {
  if (weaknesses.length === 0) return check;
  const detail = { ...check.detail, remarks: [...new Set([...remarksOf(check), ...codesOf(weaknesses)])] };
  const open = weaknesses.find((weakness) => weakness.open);
  return open === undefined ? { ...check, detail } : unsuccessful(check.id, 'undetermined', open.code, detail);
}

function isShort(key: PublicKey): boolean {
  const bits = (value: bigint): number => value.toString(2).length;
  switch (key.kind) {
    case 'RSA':
      return bits(key.modulus) < least.modulus;
    case 'EC':
      return bits(key.curve.parameters.n) < least.order;
    case 'DSA':
      return bits(key.p) < least.modulus || bits(key.q) < least.order;
  }
}

/** The latest of the days that are stated; null where none is. */
export function latest(days: readonly (PlainDate | null)[]): PlainDate | null {
  return days.reduce((one, other) => (one === null || (other !== null && other > one) ? other : one), null);
}
