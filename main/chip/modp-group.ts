import { modularPower, secretModularPower } from '../crypto/modular.ts';
import { bytesToUnsigned, unsignedToBytes } from '../crypto/points.ts';
import type { RandomSource } from '../crypto/random.ts';
import { SecretBytes } from '../result/secret-bytes.ts';
import type { AgreementGroup } from './agreement-group.ts';

/** Numbers modulo a prime. `order` is that of the generator's subgroup; null where nobody says it (PKCS#3). */
export interface ModpParameters {
  readonly prime: bigint;
  readonly generator: bigint;
  readonly order: bigint | null;
}

const drawsAtMost = 256;

function bitLength(number: bigint): number {
  return number.toString(2).length;
}

// NIST SP 800-57 part 1, table 2.
function strengthOf(prime: bigint): number {
  const bits = bitLength(prime);
  return bits >= 3072 ? 128 : bits >= 2048 ? 112 : 80;
}

/** Key agreement with numbers (PKCS#3; 9303-11 §9.6). */
export function modpGroup(name: string, { prime, generator, order }: ModpParameters): AgreementGroup {
  const length = Math.ceil(bitLength(prime) / 8);
  const exponents = order ?? prime - 1n;
  const exponentBits = bitLength(exponents);
  // 9303-11 §9.4.3: public values without leading zeros; the secret alone has the prime's length.
  const encode = (value: bigint): Uint8Array => unsignedToBytes(value, Math.ceil(bitLength(value) / 8));
  const element = (value: bigint): Uint8Array | null => (value <= 1n ? null : encode(value));

  const accept = (publicKey: Uint8Array): Uint8Array | null => {
    if (publicKey.length === 0 || publicKey.length > length) return null;
    const value = bytesToUnsigned(publicKey);
    if (value < 2n || value > prime - 2n) return null;
    return order !== null && modularPower(value, order, prime) !== 1n ? null : encode(value);
  };
  const power = (base: Uint8Array, exponent: bigint): Uint8Array | null =>
    element(secretModularPower(bytesToUnsigned(base), exponent % exponents, prime, exponentBits));
  return {
    agreement: 'DH',
    name,
    strength: strengthOf(prime),
    prime,
    generator: encode(generator),
    randomPrivateKey: (random) => randomExponent(random, length, exponents),
    accept,
    power,
    secretPower: (base, exponent) => SecretBytes.orNull(power(base, exponent)),
    combine: (first, second) => element((bytesToUnsigned(first) * bytesToUnsigned(second)) % prime),
    secretOf: (common) => new SecretBytes(unsignedToBytes(bytesToUnsigned(common), length)),
    mapFieldElement: (value) => (order === null ? null : element(modularPower(value, (prime - 1n) / order, prime))),
  };
}

// As many bytes as the prime has: what is left of the division leans to no exponent that anyone could notice.
function randomExponent(random: RandomSource, length: number, exponents: bigint): bigint {
  for (let draw = 0; draw < drawsAtMost; draw++) {
    using drawn = new SecretBytes(random(length));
    if (drawn.length !== length) throw new RangeError('random source gave another length');
    const exponent = bytesToUnsigned(drawn.reveal()) % exponents;
    if (exponent > 1n) return exponent;
  }
  throw new RangeError('random source gives no private key');
}
